import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import { specialistTable, timeEntryTable } from './tables.ts';

type Questions = Pick<ProfitabilityQuestions<RowReader>, 'entry' | 'hasWorkedOn' | 'ownRoles'>;

/** Far more people than any agency has in one tenant. */
const MOST_PEOPLE = 10_000;

/** What other services ask about who worked, and about single entries. */
export const workersAndEntries: Questions = {
  entry: async (reader, tenantId, entryId) => {
    const row = await reader.get(timeEntryTable, tenantId, entryId);
    if (row === undefined || row.adjusts !== null) return undefined;
    const { stageId, projectId, workedOn, startedAt, seconds } = row;
    return { entryId, stageId, projectId, workedOn, startedAt, seconds };
  },

  hasWorkedOn: async (reader, tenantId, projectId, specialistId) => {
    const found = await reader.list(timeEntryTable, {
      where: [
        { column: 'tenantId', equals: tenantId },
        { column: 'specialistId', equals: specialistId },
        { column: 'projectId', equals: projectId },
      ],
      orderBy: [],
      limit: 1,
    });
    return found.length > 0;
  },

  ownRoles: async (reader, tenantId, day) => {
    const people = await reader.list(specialistTable, {
      where: [
        { column: 'tenantId', equals: tenantId },
        { column: 'kind', equals: 'employee' },
      ],
      orderBy: [],
      limit: MOST_PEOPLE,
    });
    const present = people.filter(({ deactivatedOn }) => deactivatedOn === null || deactivatedOn >= day);
    return new Set(present.map(({ role }) => role));
  },
};
