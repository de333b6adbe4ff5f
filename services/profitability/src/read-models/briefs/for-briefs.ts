import type { DeliveryQuestions, Favours } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import { backupOn, managerOn } from '../../formulas/managers.ts';
import type { AgencyStages } from '../in-mind/agency-stages.ts';
import { configured } from '../stage-view.ts';
import { projectTable, specialistTable } from '../tables.ts';
import { favoursOf } from './favours.ts';
import { stageProgress } from './stage-progress.ts';

const NO_FAVOURS: Favours = { work: [], writeOffs: [], unconverted: 0 };

/** What briefs may ask of this service, answered from the snapshot that they read themselves. */
export const deliveryQuestions = (inMind: AgencyStages): DeliveryQuestions<RowReader> => ({
  project: async (reader, tenantId, projectId, asOf) => {
    const row = await reader.get(projectTable, tenantId, projectId);
    if (row === undefined) return undefined;
    const { clientId, name, serviceType, openedOn, managers, backups } = row;
    return {
      projectId,
      clientId,
      name,
      serviceType,
      openedOn,
      managers: managers.filter(({ from }, index) => index === 0 || from <= asOf),
      managerId: managerOn(managers, asOf),
      backupManagerId: backupOn(managers, backups, asOf),
    };
  },
  people: async (reader, tenantId) =>
    (await reader.where(specialistTable, 'byTenant', [tenantId])).map(
      ({ specialistId, name, role, deactivatedOn }) => ({ specialistId, name, role, deactivatedOn }),
    ),
  stages: async (reader, scope, asked) => {
    const agency = await configured(reader, scope.tenantId);
    return agency === undefined ? [] : stageProgress(inMind, reader, agency, scope, asked);
  },
  favours: async (reader, scope, period) => {
    const agency = await configured(reader, scope.tenantId);
    return agency === undefined ? NO_FAVOURS : favoursOf(inMind, reader, agency, scope, period);
  },
});
