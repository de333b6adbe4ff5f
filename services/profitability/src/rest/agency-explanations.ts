import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type Caller } from '@headroom/http';
import type { ReadModels, RowReader } from '@headroom/projecting';
import { explainManagerKpi } from '../read-models/explanation/explain-manager-kpi.ts';
import { explainMonthlyReview } from '../read-models/explanation/explain-review.ts';
import { type Told, toldBy } from '../read-models/explanation/told.ts';
import { type Configured, configured } from '../read-models/stage-view.ts';

const projections = [projectionNames.profitability];

interface Asked {
  readonly caller: Caller;
}

const notConfigured = { kind: 'refused', code: 'agency-not-configured' } as const;

/**
 * A question whose answer names events beside rows: live out of one snapshot, of the past out of the fold. Both read the
 * streams that they name apart, so there is no plain answer.
 */
const fromRowsAndEvents = <Request extends Asked, Reply>(
  explain: (told: Told, agency: Configured, request: Request) => Promise<Reply>,
) => {
  const ask = async (request: Request, readModels: ReadModels, reader: RowReader) => {
    const { tenantId } = request.caller;
    const agency = await configured(reader, tenantId);
    if (agency === undefined) return notConfigured;
    return explain(toldBy(readModels, reader, { tenantId, projections }), agency, request);
  };
  return {
    projections,
    hot: (request: Request, readModels: ReadModels) =>
      readModels.live(projections, (reader) => ask(request, readModels, reader)),
    past: (request: Request, position: number, readModels: ReadModels) =>
      readModels.at(projections, request.caller.tenantId, position, (reader) => ask(request, readModels, reader)),
    answer: async () => notConfigured,
  };
};

/** What figures over many stages are made of. */
export const agencyExplanations = (): Bound[] => [
  bindQuestion(
    contract.explainMonthlyReview,
    fromRowsAndEvents(async (told, agency, { params, query, instant }) => {
      const body = await explainMonthlyReview(told, agency, { ...params, ...query, instant });
      return body === 'not-frozen' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    }),
  ),
  bindQuestion(
    contract.explainManagerKpi,
    fromRowsAndEvents(async (told, agency, { params, query, instant }) => {
      const body = await explainManagerKpi(told, agency, { ...params, ...query, instant });
      return body === 'not-frozen' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    }),
  ),
];
