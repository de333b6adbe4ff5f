import type { ReviewStatistic } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import { millionths, ONE } from '@headroom/money';
import type { StandardEvent } from '../events/streams.ts';
import type { Standard } from './standard.ts';
import type { Review } from './surroundings.ts';

export interface ProposeStandard {
  readonly standardId: string;
  readonly margin?: string | undefined;
  /** The frozen review that the proposal rests on; the margin is its statistic when none is stated. */
  readonly review?: { readonly month: string; readonly statistic: ReviewStatistic } | undefined;
  readonly effectiveFrom: string;
  readonly serviceType?: string | undefined;
  readonly rationale?: string | undefined;
  readonly proposedBy: string;
  /** Whether the proposer may see figures from which one person's rate can be told. */
  readonly seesRates: boolean;
}

type FoundRefusal = 'review-without-margin' | 'margin-out-of-range' | 'margin-suppressed';
export type ProposeStandardRefusal = FoundRefusal | 'standard-exists' | 'review-not-frozen';

const FIGURES = {
  weighted: 'weightedMargin',
  'lower-quartile': 'lowerQuartile',
  median: 'median',
  'upper-quartile': 'upperQuartile',
} as const;

/** The margin that a review found for a service type (all stages where none is named). */
const found = (
  { stages, statistics }: NonNullable<Review['data']>,
  statistic: ReviewStatistic,
  { serviceType = null, seesRates }: { readonly serviceType?: string | null; readonly seesRates: boolean },
): { readonly margin: string } | FoundRefusal => {
  const margin = statistics.find((each) => each.serviceType === serviceType)?.[FIGURES[statistic]] ?? null;
  if (margin === null) return 'review-without-margin';
  const judged = stages.filter((stage) => serviceType === null || stage.serviceType === serviceType);
  if (!seesRates && judged.some(({ costedPeople }) => costedPeople.length === 1)) return 'margin-suppressed';
  const value = millionths(margin);
  return value < 0n || value >= ONE ? 'margin-out-of-range' : { margin };
};

/** A margin as stated, or as the named review found it. `review` is what the review's stream says. */
export const decidePropose = (
  command: ProposeStandard,
  standard: Standard,
  review: Review,
): Decision<StandardEvent, ProposeStandardRefusal> => {
  if (standard.proposal !== undefined) return refuse('standard-exists');
  const { standardId, effectiveFrom, serviceType = null, rationale = null, proposedBy, seesRates } = command;
  const basis = command.review;
  if (basis !== undefined && review.data === undefined) return refuse('review-not-frozen');
  const taken =
    command.margin === undefined && basis !== undefined && review.data !== undefined
      ? found(review.data, basis.statistic, { serviceType, seesRates })
      : { margin: command.margin ?? '0' };
  if (typeof taken === 'string') return refuse(taken);
  const statistic = command.margin === undefined ? (basis?.statistic ?? null) : null;
  return accept({
    type: 'StandardProposed',
    data: {
      standardId,
      margin: taken.margin,
      effectiveFrom,
      serviceType,
      rationale,
      review: basis === undefined ? null : { month: basis.month, statistic },
      proposedBy,
    },
  });
};
