import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, bindQuestion, eventOf, reply } from '@headroom/http';
import { type ReadModels, RememberedBySnapshot } from '@headroom/projecting';
import { freezeMonthlyReview } from '../commands/reviews/freeze-monthly-review.ts';
import { getManagerKpi } from '../read-models/reviews/manager-kpi.ts';
import { getMonthlyReview } from '../read-models/reviews/monthly-review.ts';
import { type Configured, configured, dayOf } from '../read-models/stage-view.ts';
import { settingsTable } from '../read-models/tables.ts';
import type { Deps } from './stage-commands.ts';

const projections = [projectionNames.profitability];
const notConfigured = { kind: 'refused', code: 'agency-not-configured' } as const;

const MOST_KEPT = 100;

// Both look at every stage of a month, and are asked again and again while nothing changes.
const reviews = new RememberedBySnapshot<Awaited<ReturnType<typeof getMonthlyReview>>>(MOST_KEPT);
const kpis = new RememberedBySnapshot<Awaited<ReturnType<typeof getManagerKpi>>>(MOST_KEPT);

interface Asked {
  readonly caller: { readonly tenantId: string; readonly seesRates: boolean };
  readonly params: object;
  readonly query: { readonly asOf?: string | undefined };
  readonly instant: string;
}

/** All that an answer depends on but the rows: who asks what, and which day it is in the agency. */
const keyOf = ({ caller: { tenantId, seesRates }, params, query, instant }: Asked, agency: Configured): string =>
  JSON.stringify([tenantId, seesRates, params, query, dayOf(undefined, instant, agency)]);

/** The answer that was made of the rows as they are; undefined when there is none yet. */
const keptAnswer = async <Answer>(
  remembered: RememberedBySnapshot<Answer>,
  asked: Asked,
  readModels: ReadModels,
): Promise<Answer | undefined> => {
  const { tenantId } = asked.caller;
  const { row, snapshot } = await readModels.row(projectionNames.profitability, settingsTable, tenantId);
  return row?.settings == null ? undefined : remembered.known(snapshot, keyOf(asked, row as Configured));
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
    hot: async (request, readModels) => {
      const body = await keptAnswer(reviews, request, readModels);
      return body && { kind: 'answer', body, lasting: true };
    },
    answer: async (request, reader) => {
      const { caller, params, query, instant } = request;
      const agency = await configured(reader, caller.tenantId);
      if (agency === undefined) return notConfigured;
      const { seesRates } = caller;
      const body = await reviews.of(reader, keyOf(request, agency), () =>
        getMonthlyReview(reader, agency, { ...params, ...query, instant, seesRates }),
      );
      return { kind: 'answer', body };
    },
  }),

  bindQuestion(contract.getManagerKpi, {
    projections,
    hot: async (request, readModels) => {
      const body = await keptAnswer(kpis, request, readModels);
      return body === undefined || body === 'not-frozen' ? undefined : { kind: 'answer', body, lasting: true };
    },
    answer: async (request, reader) => {
      const { caller, params, query, instant } = request;
      const agency = await configured(reader, caller.tenantId);
      if (agency === undefined) return notConfigured;
      const { seesRates } = caller;
      const body = await kpis.of(reader, keyOf(request, agency), () =>
        getManagerKpi(reader, agency, { ...params, ...query, instant, seesRates }),
      );
      if (body === 'not-frozen') return { kind: 'refused', code: body };
      return { kind: 'answer', body };
    },
  }),
];
