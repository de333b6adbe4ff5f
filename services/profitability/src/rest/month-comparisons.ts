import type { Question } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type QuestionReply, type QuestionRequest } from '@headroom/http';
import type { ReadModels } from '@headroom/projecting';
import {
  changesOfMonth,
  figureOfManager,
  figureOfReview,
  judgedStages,
  type MonthFigure,
  type MonthScope,
  profitOfJudged,
} from '../read-models/comparison/compare-reviews.ts';
import { movedStages } from '../read-models/comparison/examined.ts';
import { shownComparison } from '../read-models/comparison/shown-comparison.ts';
import { reviewTable } from '../read-models/reviews/tables.ts';
import { configured, dayOf } from '../read-models/stage-view.ts';
import { specialistTable } from '../read-models/tables.ts';
import { cursorTo, placeOf, readAt } from './at-one-moment.ts';
import { aloneAt, partOf, projections, refused } from './over-stages.ts';

/** What of a month's figure is asked, whoever it is of. */
interface MonthAsked {
  readonly operation: Question;
  readonly path: string;
  readonly figure: MonthFigure;
  /** Of whom, where it is one manager's. */
  readonly managerId?: string;
}

type MonthRequest = Pick<QuestionRequest<typeof contract.compareMonthlyReview>, 'caller' | 'instant' | 'from'> & {
  readonly params: { readonly month: string };
  readonly query: {
    readonly asOf?: string | undefined;
    readonly limit: number;
    readonly serviceType?: string | undefined;
    readonly stageId?: string | undefined;
  };
};

const ofMonth = async (
  { operation, path, managerId, figure: { name: figure, unit, measure } }: MonthAsked,
  request: MonthRequest,
  readModels: ReadModels,
  asked?: number,
) => {
  const { caller, params, query, from, instant } = request;
  const { tenantId } = caller;
  const { month } = params;
  const { serviceType, stageId, limit } = query;
  const place = placeOf(operation, { params, query });
  const later = await readAt(
    readModels,
    { tenantId, projections, position: place?.position ?? asked },
    async (reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return refused('agency-not-configured');
      if (managerId !== undefined && (await reader.get(specialistTable, tenantId, managerId)) === undefined)
        return { kind: 'not-found', what: 'manager' } as const;
      const asOf = place?.day ?? dayOf(query.asOf, instant, agency);
      const scope: MonthScope = { tenantId, month, asOf, serviceType, stageId };
      const frozen = (await reader.get(reviewTable, tenantId, month))?.review;
      const after = await judgedStages(reader, scope);
      const { currency } = agency.settings;
      return { position: reader.position, currency, scope, after, frozenAt: frozen?.figuresAt };
    },
  );
  if (later.kind !== undefined) return later;
  const { scope, after, position, currency, frozenAt } = later;
  const start = from?.position ?? frozenAt;
  if (start === undefined) return refused('nothing-to-compare');
  if (start > position) return refused('from-is-later');
  const before = await readModels.at(projections, tenantId, start, (reader) => judgedStages(reader, scope));
  const standings = { before, middle: after, after };
  const { examined, others } = movedStages(standings, profitOfJudged);
  const part = await partOf(readModels, tenantId, examined, position);
  const { changes } = await changesOfMonth(part, standings, {
    measure,
    scope,
    span: { from: start, to: position },
    others,
  });
  const axes = { fromKnownAt: String(start), asOf: scope.asOf, knownAt: String(position) };
  const { body, next } = shownComparison({
    unit,
    currency,
    from: { asOf: scope.asOf, knownAt: start, amount: measure(before.values()) },
    to: { asOf: scope.asOf, knownAt: position, amount: measure(after.values()) },
    changes,
    events: part?.log.events ?? [],
    comparison:
      stageId === undefined ? aloneAt(operation.operationId, path, { figure, serviceType, ...axes }) : () => null,
    offset: place?.offset ?? 0,
    limit,
  });
  const nextCursor = cursorTo(operation, { params, query }, next, { position, day: scope.asOf });
  return { kind: 'answer', body: { figure, month, ...body, nextCursor } } as const;
};

const review = (): Bound => {
  const operation = contract.compareMonthlyReview;
  const ask = (request: QuestionRequest<typeof operation>, readModels: ReadModels, asked?: number) => {
    const { month } = request.params;
    const path = `/v1/reviews/${month}/comparison`;
    return ofMonth({ operation, path, figure: figureOfReview(request.query.figure) }, request, readModels, asked);
  };
  return bindQuestion(operation, {
    projections,
    hot: (request, readModels) => ask(request, readModels),
    past: (request, position, readModels) => ask(request, readModels, position),
    answer: async () => refused('agency-not-configured'),
  });
};

const manager = (): Bound => {
  const operation = contract.compareManagerKpi;
  const ask = async (
    request: QuestionRequest<typeof operation>,
    readModels: ReadModels,
    asked?: number,
  ): Promise<QuestionReply<typeof operation>> => {
    const { month, managerId } = request.params;
    const figure = figureOfManager(request.query.figure, managerId);
    const path = `/v1/reviews/${month}/managers/${encodeURIComponent(managerId)}/comparison`;
    const told = await ofMonth({ operation, path, figure, managerId }, request, readModels, asked);
    return told.kind === 'answer' ? { kind: 'answer', body: { managerId, ...told.body } } : told;
  };
  return bindQuestion(operation, {
    projections,
    hot: (request, readModels) => ask(request, readModels),
    past: (request, position, readModels) => ask(request, readModels, position),
    answer: async () => refused('agency-not-configured'),
  });
};

/** Why the figures of a month's closed stages moved. */
export const monthComparisons = (): Bound[] => [review(), manager()];
