import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import type { OpenRequest } from '../../decisions/extra-payment-advice/facts.ts';
import { type Classification, type RequestRow, requestTable } from './tables.ts';

/** The classification that holds on a day: of the latest date by then, the newest. */
export const classificationOn = (row: RequestRow, asOf: string): Classification | undefined =>
  row.classifications
    .filter(({ classifiedOn }) => classifiedOn <= asOf)
    .reduce<Classification | undefined>(
      (held, next) => (held === undefined || next.classifiedOn >= held.classifiedOn ? next : held),
      undefined,
    );

/** Requests about a stage that were held to be out of scope on a day, with the work that went into them. */
export const outOfScopeRequests = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  stage: { readonly tenantId: string; readonly projectId: string; readonly stageId: string },
  asOf: string,
): Promise<OpenRequest[]> => {
  const { tenantId, projectId, stageId } = stage;
  const rows = await reader.where(requestTable, 'byProject', [tenantId, projectId]);
  const matching = rows.filter((row) => {
    const held = classificationOn(row, asOf);
    return row.askedOn <= asOf && held?.scope === 'out-of-scope' && held.stageId === stageId;
  });
  const requests = await Promise.all(
    matching.map(async ({ requestId, askedOn, words }) => {
      const work = await profitability.workForRequest(reader, tenantId, requestId, asOf);
      const costs = work.map(({ costMinor }) => costMinor);
      return {
        requestId,
        askedOn,
        words,
        seconds: work.reduce((sum, { seconds }) => sum + seconds, 0),
        costMinor: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
      };
    }),
  );
  return requests.sort((one, other) => (one.askedOn < other.askedOn ? -1 : 1));
};
