import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type Caller, type QuestionRequest } from '@headroom/http';
import type { ReadModels, RowReader } from '@headroom/projecting';
import { type Told, toldBy } from '@headroom/projecting';
import { explainManagerKpi } from '../read-models/explanation/explain-manager-kpi.ts';
import { explainPortfolio } from '../read-models/explanation/explain-portfolio.ts';
import { explainMonthlyReview } from '../read-models/explanation/explain-review.ts';
import type { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { type Configured, configured, dayOf } from '../read-models/stage-view.ts';
import { cursorTo, placeOf, readAt } from './at-one-moment.ts';

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

type PortfolioRequest = QuestionRequest<typeof contract.explainPortfolio>;

const portfolio = (inMind: AgencyStages): Bound => {
  const operation = contract.explainPortfolio;
  const ask = (request: PortfolioRequest, readModels: ReadModels, asked?: number) => {
    const { caller, params, query, instant } = request;
    const { tenantId } = caller;
    const place = placeOf(operation, { params, query });
    const moment = { tenantId, projections, position: place?.position ?? asked };
    return readAt(readModels, moment, async (reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return notConfigured;
      const day = place?.day ?? dayOf(query.asOf, instant, agency);
      const question = { ...query, asOf: day, offset: place?.offset ?? 0 };
      const answer = await explainPortfolio(reader, agency, inMind, question);
      if (typeof answer === 'string') return { kind: 'refused', code: answer } as const;
      const nextCursor = cursorTo(operation, { params, query }, answer.next, { position: reader.position, day });
      return { kind: 'answer', body: { ...answer.body, nextCursor } } as const;
    });
  };
  return bindQuestion(operation, {
    projections,
    hot: (request, readModels) => ask(request, readModels),
    past: (request, position, readModels) => ask(request, readModels, position),
    answer: async () => notConfigured,
  });
};

/** What figures over many stages are made of. */
export const agencyExplanations = (inMind: AgencyStages): Bound[] => [
  portfolio(inMind),
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
      if (body === 'unknown') return { kind: 'not-found', what: 'manager' };
      return body === 'not-frozen' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    }),
  ),
];
