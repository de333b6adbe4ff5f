import { formatRate, meanRateUnits } from '@headroom/money';
import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import { backupOn, managerOn } from '../formulas/managers.ts';
import { rateOn } from '../formulas/stage-ledger.ts';
import { projectTable, type StageStatus, specialistTable, stageTable } from './tables.ts';

interface PageOf {
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const equal = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [{ column, equals: value }];

/** A page of projects by id, with the manager and the backup of a day. */
export const listProjects = async (
  reader: RowReader,
  tenantId: string,
  { clientId, limit, after, day }: PageOf & { readonly clientId?: string | undefined; readonly day: string },
) => {
  const orderBy = [{ column: 'projectId' }];
  const found = await reader.list(projectTable, {
    where: [...equal('tenantId', tenantId), ...equal('clientId', clientId)],
    orderBy,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ projectId, name, serviceType, openedOn, managers, backups, ...project }) => ({
      projectId,
      clientId: project.clientId,
      name,
      managerId: managerOn(managers, day),
      backupManagerId: backupOn(managers, backups, day),
      serviceType,
      openedOn,
      managers: managers.map(({ managerId, from }) => ({ managerId, from })),
    })),
    next: found.length > limit && last !== undefined ? afterRow(projectTable, orderBy, last) : null,
  };
};

/** A page of stages by id. */
export const listStages = async (
  reader: RowReader,
  tenantId: string,
  question: PageOf & {
    readonly projectId?: string | undefined;
    readonly clientId?: string | undefined;
    readonly status?: StageStatus | undefined;
  },
) => {
  const { projectId, clientId, status, limit, after } = question;
  const orderBy = [{ column: 'stageId' }];
  const found = await reader.list(stageTable, {
    where: [
      ...equal('tenantId', tenantId),
      ...equal('projectId', projectId),
      ...equal('clientId', clientId),
      ...equal('status', status),
    ],
    orderBy,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ tenantId: _, ledger: __, externalRef: ___, changedAt: ____, ...stage }) => stage),
    next: found.length > limit && last !== undefined ? afterRow(stageTable, orderBy, last) : null,
  };
};

/** The mean cost rate of each role's people who work on a day, as rate strings; roles without any rate are missing. */
export const roleRates = async (reader: RowReader, tenantId: string, day: string): Promise<Map<string, string>> => {
  const people = await reader.where(specialistTable, 'byTenant', [tenantId]);
  const byRole = Map.groupBy(people, ({ role }) => role);
  const rates = new Map<string, string>();
  for (const [role, members] of byRole) {
    const present = members.filter(({ deactivatedOn }) => deactivatedOn === null || day <= deactivatedOn);
    const mean = meanRateUnits(present.flatMap((member) => rateOn(member.rates, day)?.units ?? []));
    if (mean !== undefined) rates.set(role, formatRate(mean));
  }
  return rates;
};
