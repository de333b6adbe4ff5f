import * as contract from '@headroom/contracts/rest/agency';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import { agencyTable } from '../read-models/tables.ts';
import { getUtilisation } from '../read-models/utilisation.ts';

/** Billable by available hours, tied to its contract. */
export const utilisation = (): Bound =>
  bindQuestion(contract.getUtilisation, {
    projections: ['agency'],
    answer: async ({ caller, params, query, instant }, reader) => {
      const scope = { params, query };
      const agency = await reader.get(agencyTable, caller.tenantId);
      if (agency?.settings == null) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.getUtilisation, scope);
      const today = localDate(instant, agency.settings.timeZone);
      const question = { ...params, ...query, today, after, seesRates: caller.seesRates };
      const { body, next } = await getUtilisation(reader, caller.tenantId, agency.workingHours, question);
      const nextCursor = next === null ? null : encodeCursor(contract.getUtilisation, scope, next.map(String));
      return { kind: 'answer', body: { ...body, nextCursor } };
    },
  });
