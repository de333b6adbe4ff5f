import type { backupManagerAssigned, EventData, managerReplaced, projectOpened } from '@headroom/contracts/events';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import { withTenure } from '../formulas/managers.ts';
import { type ProjectRow, projectTable } from '../read-models/tables.ts';

export type ProjectEvents = EventData<typeof projectOpened | typeof managerReplaced | typeof backupManagerAssigned>;

interface OfProject {
  readonly tenantId: string;
  readonly position: number;
  readonly data: { readonly projectId: string };
}

const needs = (wanted: Needs, { tenantId, data }: Omit<OfProject, 'position'>) =>
  wanted.row(projectTable, tenantId, data.projectId);

/** The project that an event changes. */
export const projectRow = (rows: Rows, { tenantId, position, data: { projectId } }: OfProject): ProjectRow => {
  const row = rows.edit(projectTable, tenantId, projectId);
  if (row === undefined) throw new Error(`an event of the unknown project ${projectId}`);
  row.changedAt = position;
  return row;
};

export const projectHandlers: { readonly [Type in keyof ProjectEvents & string]: Handler<Type, ProjectEvents[Type]> } =
  {
    ProjectOpened: {
      fold: (rows, { tenantId, position, data }) =>
        rows.put(projectTable, {
          tenantId,
          changedAt: position,
          unattributed: {},
          sheets: [],
          ...data,
          managers: [{ from: data.openedOn, managerId: data.managerId }],
          backups: [],
        }),
    },
    ManagerReplaced: {
      needs,
      fold: (rows, event) => {
        const { effectiveFrom: from, managerId } = event.data;
        const row = projectRow(rows, event);
        row.managers = withTenure(row.managers, { from, managerId });
        row.managerId = managerId;
      },
    },
    BackupManagerAssigned: {
      needs,
      fold: (rows, event) => {
        const { effectiveFrom: from, backupManagerId: managerId } = event.data;
        const row = projectRow(rows, event);
        row.backups = withTenure(row.backups, { from, managerId });
      },
    },
  };
