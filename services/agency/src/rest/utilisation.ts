import * as contract from '@headroom/contracts/rest/agency';
import { type Bound, bindQuestion, decodeCursor, encodeCursor } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import { RememberedBySnapshot } from '@headroom/projecting';
import { agencyTable } from '../read-models/tables.ts';
import { getUtilisation } from '../read-models/utilisation.ts';

type Body = Awaited<ReturnType<typeof getUtilisation>>['body'] & { readonly nextCursor: string | null };

// It looks at every person, and is asked again and again while nothing changes.
const answers = new RememberedBySnapshot<Body>(100);

interface Asked {
  readonly caller: { readonly tenantId: string; readonly seesRates: boolean };
  readonly params: object;
  readonly query: object;
}

const keyOf = ({ caller: { tenantId, seesRates }, params, query }: Asked, today: string): string =>
  JSON.stringify([tenantId, seesRates, params, query, today]);

/** Billable by available hours, tied to its contract. */
export const utilisation = (): Bound =>
  bindQuestion(contract.getUtilisation, {
    projections: ['agency'],
    hot: async (request, readModels) => {
      const { row, snapshot } = await readModels.row('agency', agencyTable, request.caller.tenantId);
      if (row?.settings == null) return undefined;
      const today = localDate(request.instant, row.settings.timeZone);
      const body = await answers.known(snapshot, keyOf(request, today));
      return body && { kind: 'answer', body, lasting: true };
    },
    answer: async (request, reader) => {
      const { caller, params, query, instant } = request;
      const scope = { params, query };
      const agency = await reader.get(agencyTable, caller.tenantId);
      if (agency?.settings == null) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.getUtilisation, scope);
      const today = localDate(instant, agency.settings.timeZone);
      const question = { ...params, ...query, today, after, seesRates: caller.seesRates };
      const body = await answers.of(reader, keyOf(request, today), async () => {
        const found = await getUtilisation(reader, caller.tenantId, agency.workingHours, question);
        const { body, next } = found;
        return {
          ...body,
          nextCursor: next === null ? null : encodeCursor(contract.getUtilisation, scope, next.map(String)),
        };
      });
      return { kind: 'answer', body };
    },
  });
