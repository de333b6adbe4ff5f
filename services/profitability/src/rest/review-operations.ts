import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, bindQuestion, eventOf, reply } from '@headroom/http';
import { type ReadModels, RememberedAtPosition } from '@headroom/projecting';
import { freezeMonthlyReview } from '../commands/reviews/freeze-monthly-review.ts';
import { getManagerKpi } from '../read-models/reviews/manager-kpi.ts';
import { getMonthlyReview } from '../read-models/reviews/monthly-review.ts';
import { type Configured, configured, dayOf } from '../read-models/stage-view.ts';
import { settingsTable } from '../read-models/tables.ts';
import type { Deps } from './stage-commands.ts';

const projections = [projectionNames.profitability];
const notConfigured = { kind: 'refused', code: 'agency-not-configured' } as const;

type KpiAnswer = Exclude<Awaited<ReturnType<typeof getManagerKpi>>, string>;

// Both look at every stage of a month, and are asked again and again while nothing changes.
const reviews = new RememberedAtPosition<Awaited<ReturnType<typeof getMonthlyReview>>>();
const kpis = new RememberedAtPosition<KpiAnswer>();

interface Asked {
  readonly caller: { readonly tenantId: string; readonly seesRates: boolean };
  readonly params: object;
  readonly query: { readonly asOf?: string | undefined };
  readonly instant: string;
}

/** All that an answer depends on but the rows: who asks what, and which day it is in the agency. */
const keyOf = ({ caller: { tenantId, seesRates }, params, query, instant }: Asked, agency: Configured): string =>
  JSON.stringify([tenantId, seesRates, params, query, dayOf(undefined, instant, agency)]);

/** The answer that was made at the present position of the log; undefined when there is none yet. */
const hotAnswer = async <Answer extends { readonly knownAt: number }>(
  remembered: RememberedAtPosition<Answer>,
  asked: Asked,
  readModels: ReadModels,
) => {
  const { row, position } = await readModels.row(projectionNames.profitability, settingsTable, asked.caller.tenantId);
  if (row?.settings == null) return undefined;
  const body = remembered.at(keyOf(asked, row as Configured), position);
  return body && { kind: 'answer' as const, body, lasting: true };
};

/** The monthly review and what managers are measured by, tied to their contracts. */
export const reviewOperations = (deps: Deps): Bound[] => [
  bindCommand(contract.freezeMonthlyReview, async ({ context, params, body, caller: { seesRates } }) => {
    const outcome = await freezeMonthlyReview(deps, context, { ...params, ...body });
    if (outcome === undefined) return notConfigured;
    return reply(outcome, (events) => {
      const { month, stages, statistics, frozenOn, figuresAt } = eventOf(events, 'MonthlyReviewFrozen');
      const shown = seesRates ? statistics[0] : undefined;
      return {
        month,
        stages: stages.length,
        weightedMargin: shown?.weightedMargin ?? null,
        lowerQuartile: shown?.lowerQuartile ?? null,
        median: shown?.median ?? null,
        upperQuartile: shown?.upperQuartile ?? null,
        frozenOn,
        figuresAt,
      };
    });
  }),

  bindQuestion(contract.getMonthlyReview, {
    projections,
    hot: async (request, readModels) => hotAnswer(reviews, request, readModels),
    answer: async (request, reader) => {
      const { caller, params, query, instant } = request;
      const agency = await configured(reader, caller.tenantId);
      if (agency === undefined) return notConfigured;
      const { seesRates } = caller;
      const body = await getMonthlyReview(reader, agency, { ...params, ...query, instant, seesRates });
      return { kind: 'answer', body: query.knownAt === undefined ? reviews.keep(keyOf(request, agency), body) : body };
    },
  }),

  bindQuestion(contract.getManagerKpi, {
    projections,
    hot: async (request, readModels) => hotAnswer(kpis, request, readModels),
    answer: async (request, reader) => {
      const { caller, params, query, instant } = request;
      const agency = await configured(reader, caller.tenantId);
      if (agency === undefined) return notConfigured;
      const { seesRates } = caller;
      const body = await getManagerKpi(reader, agency, { ...params, ...query, instant, seesRates });
      if (body === 'not-frozen') return { kind: 'refused', code: body };
      return { kind: 'answer', body: query.knownAt === undefined ? kpis.keep(keyOf(request, agency), body) : body };
    },
  }),
];
