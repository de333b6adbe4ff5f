import type { ResponseOf } from '@headroom/contracts/rest';
import type { listCoverageGaps } from '@headroom/contracts/rest/profitability';
import type { RowReader } from '@headroom/projecting';
import { backupOn, managerOn } from '../../formulas/managers.ts';
import type { AgencyStages } from '../in-mind/agency-stages.ts';
import { type ProjectRow, type SpecialistRow, type StageRow, specialistTable } from '../tables.ts';

type Gap = ResponseOf<typeof listCoverageGaps>['items'][number];

/** How somebody's last day of work leaves a post: vacant already, or soon. */
const leaving = <Post extends 'manager' | 'backup'>(
  post: Post,
  person: SpecialistRow | undefined,
  day: string,
): (`${Post}-gone` | `${Post}-leaving`)[] => {
  const last = person?.deactivatedOn ?? null;
  if (last === null) return [];
  return last < day ? [`${post}-gone`] : [`${post}-leaving`];
};

const shown = (specialistId: string, person: SpecialistRow | undefined) => ({
  specialistId,
  name: person?.name ?? specialistId,
  lastDay: person?.deactivatedOn ?? null,
});

const gapsOf = (
  project: ProjectRow,
  openStages: number,
  people: ReadonlyMap<string, SpecialistRow>,
  day: string,
): Gap | undefined => {
  const managerId = managerOn(project.managers, day);
  const backupId = backupOn(project.managers, project.backups, day);
  const manager = people.get(managerId);
  const backup = backupId === null ? undefined : people.get(backupId);
  const vacant = backupId === null ? (['no-backup'] as const) : leaving('backup', backup, day);
  const gaps = [...leaving('manager', manager, day), ...vacant];
  if (gaps.length === 0) return undefined;
  const { projectId, clientId, name } = project;
  return {
    projectId,
    clientId,
    name,
    openStages,
    manager: shown(managerId, manager),
    backup: backupId === null ? null : shown(backupId, backup),
    gaps,
  };
};

const statusOn = ({ ledger }: StageRow, day: string) =>
  ledger.lifecycle.findLast(({ on }) => on <= day)?.to ?? 'planned';

/** A page, by project, of those that nobody could take over on a day; of projects that are not over. */
export const coverageGaps = async (
  reader: RowReader,
  inMind: AgencyStages,
  tenantId: string,
  question: {
    readonly clientId?: string | undefined;
    readonly asOf: string;
    readonly limit: number;
    readonly after?: string | undefined;
  },
) => {
  const { clientId, asOf, limit, after } = question;
  const projects = [...(await inMind.projects(reader, tenantId)).values()].filter(
    (project) => project.openedOn <= asOf && (clientId === undefined || project.clientId === clientId),
  );
  const rows = (await inMind.ofTenant(reader, tenantId))?.rows ?? [];
  const stages = Map.groupBy(rows, ({ projectId }) => projectId);
  const people = new Map(
    (await reader.where(specialistTable, 'byTenant', [tenantId])).map((each) => [each.specialistId, each]),
  );
  const alive = projects.flatMap((project) => {
    const own = stages.get(project.projectId) ?? [];
    const open = own.filter((stage) => statusOn(stage, asOf) !== 'closed').length;
    return own.length > 0 && open === 0 ? [] : [{ project, open }];
  });
  const all = alive
    .flatMap(({ project, open }) => gapsOf(project, open, people, asOf) ?? [])
    .sort((one, other) => (one.projectId < other.projectId ? -1 : 1));
  const rest = after === undefined ? all : all.filter(({ projectId }) => projectId > after);
  const items = rest.slice(0, limit);
  return {
    items,
    totals: { projects: alive.length, covered: alive.length - all.length, withGaps: all.length },
    next: rest.length > limit ? (items.at(-1)?.projectId ?? null) : null,
    left: rest.length - items.length,
    asOf,
    knownAt: reader.position,
  };
};
