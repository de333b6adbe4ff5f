import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type QuestionReply, type QuestionRequest } from '@headroom/http';
import type { ReadModels, RowReader } from '@headroom/projecting';
import type { Moment } from '../read-models/comparison/compare-figures.ts';
import {
  amountOf,
  broughtByStages,
  type ComparedScope,
  changesOfPortfolio,
} from '../read-models/comparison/compare-portfolios.ts';
import { movedStages } from '../read-models/comparison/examined.ts';
import { shownComparison } from '../read-models/comparison/shown-comparison.ts';
import type { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { periodOf } from '../read-models/portfolio/asked.ts';
import { type Configured, configured, dayOf } from '../read-models/stage-view.ts';
import { cursorTo, placeOf, readAt } from './at-one-moment.ts';
import { aloneAt, partOf, projections, refused } from './over-stages.ts';

type PortfolioRequest = QuestionRequest<typeof contract.comparePortfolio>;

const operation = contract.comparePortfolio;

const scopeOf = (agency: Configured, { query, instant }: PortfolioRequest, dayOfPlace: string | undefined) => {
  const { tenantId } = agency;
  const { clientId, managerId, serviceType, stageId } = query;
  const asOf = dayOfPlace ?? dayOf(query.asOf, instant, agency);
  const period = periodOf({ ...query, asOf });
  if (typeof period === 'string') return period;
  return { tenantId, clientId, managerId, serviceType, stageId, asOf, period } satisfies ComparedScope;
};

/** What is known at the later moment: of the earlier day, and of the later one. */
const laterStandings =
  (inMind: AgencyStages, request: PortfolioRequest, dayOfPlace: string | undefined) => async (reader: RowReader) => {
    const agency = await configured(reader, request.caller.tenantId);
    if (agency === undefined) return 'agency-not-configured' as const;
    const scope = scopeOf(agency, request, dayOfPlace);
    if (typeof scope === 'string') return scope;
    const known: ComparedScope = { ...scope, asOf: request.query.fromAsOf ?? scope.asOf };
    const middle = await broughtByStages(reader, inMind, known);
    const after = known.asOf === scope.asOf ? middle : await broughtByStages(reader, inMind, scope);
    return { position: reader.position, currency: agency.settings.currency, scope, known, middle, after };
  };

/** The same figure between the same moments, of one stage alone. */
const aloneOf = (figure: string, scope: ComparedScope, from: Moment, to: Moment) => {
  const { clientId, managerId, serviceType, stageId, period } = scope;
  if (stageId !== undefined) return () => null;
  const moments = {
    fromAsOf: from.asOf,
    fromKnownAt: String(from.knownAt),
    asOf: to.asOf,
    knownAt: String(to.knownAt),
  };
  const filters = { clientId, managerId, serviceType };
  return aloneAt('comparePortfolio', '/v1/portfolio/comparison', { figure, ...period, ...filters, ...moments });
};

const ask = async (
  inMind: AgencyStages,
  request: PortfolioRequest,
  readModels: ReadModels,
  asked?: number,
): Promise<QuestionReply<typeof operation>> => {
  const { caller, params, query, from: earlier } = request;
  const { tenantId } = caller;
  const { figure, limit } = query;
  if (earlier === undefined && query.fromAsOf === undefined) return refused('nothing-to-compare');
  const place = placeOf(operation, { params, query });
  const moment = { tenantId, projections, position: place?.position ?? asked };
  const later = await readAt(readModels, moment, laterStandings(inMind, request, place?.day));
  if (typeof later === 'string') return refused(later);
  const { scope, known, middle, after, position, currency } = later;
  const from = { asOf: known.asOf, knownAt: earlier?.position ?? position };
  const to = { asOf: scope.asOf, knownAt: position };
  if (from.asOf > to.asOf || from.knownAt > position) return refused('from-is-later');
  const ofStages = (reader: RowReader) => broughtByStages(reader, inMind, known);
  const before =
    from.knownAt === position ? middle : await readModels.at(projections, tenantId, from.knownAt, ofStages);
  const standings = { before, middle, after };
  const { examined, others } = movedStages(standings, ({ profitMinor }) => profitMinor);
  const part = await partOf(readModels, tenantId, examined, position);
  const span = { from: from.knownAt, to: position };
  const changes = await changesOfPortfolio(part, standings, { figure, scope, earlier: from.asOf, span, others });
  const { body, next } = shownComparison({
    unit: figure === 'margin' ? 'ratio' : 'money',
    currency,
    from: { ...from, amount: amountOf(figure, before) },
    to: { ...to, amount: amountOf(figure, after) },
    changes,
    events: part?.log.events ?? [],
    comparison: aloneOf(figure, scope, from, to),
    offset: place?.offset ?? 0,
    limit,
  });
  const nextCursor = cursorTo(operation, { params, query }, next, { position, day: scope.asOf });
  return { kind: 'answer', body: { figure, months: scope.period, ...body, nextCursor } };
};

/** Why the agency's months moved. */
export const portfolioComparison = (inMind: AgencyStages): Bound =>
  bindQuestion(operation, {
    projections,
    hot: (request, readModels) => ask(inMind, request, readModels),
    past: (request, position, readModels) => ask(inMind, request, readModels, position),
    answer: async () => refused('agency-not-configured'),
  });
