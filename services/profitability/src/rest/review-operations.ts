import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, bindQuestion, eventOf, reply } from '@headroom/http';
import { freezeMonthlyReview } from '../commands/reviews/freeze-monthly-review.ts';
import { getManagerKpi } from '../read-models/reviews/manager-kpi.ts';
import { getMonthlyReview } from '../read-models/reviews/monthly-review.ts';
import { configured } from '../read-models/stage-view.ts';
import type { Deps } from './stage-commands.ts';

const projections = [projectionNames.profitability];
const notConfigured = { kind: 'refused', code: 'agency-not-configured' } as const;

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
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return notConfigured;
      const body = await getMonthlyReview(reader, agency, { ...params, ...query, instant, seesRates });
      return { kind: 'answer', body };
    },
  }),

  bindQuestion(contract.getManagerKpi, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return notConfigured;
      const body = await getManagerKpi(reader, agency, { ...params, ...query, instant, seesRates });
      if (body === 'not-frozen') return { kind: 'refused', code: body };
      return { kind: 'answer', body };
    },
  }),
];
