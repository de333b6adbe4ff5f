import type { ClosedStage } from '@headroom/contracts/events';
import { accept, addMonths, type Decision, type Evolution, firstDayOf, refuse } from '@headroom/kernel';
import type { ReviewEvent } from '../../events/streams.ts';
import { allStatisticsOf } from '../../formulas/reviews/statistics.ts';

export interface Review {
  frozen: boolean;
}

export const reviewEvolution: Evolution<Review, ReviewEvent> = {
  initial: () => ({ frozen: false }),
  evolve: (review, event) => {
    switch (event.type) {
      case 'MonthlyReviewFrozen':
        review.frozen = true;
        return review;
    }
  },
};

export interface FreezeReview {
  readonly month: string;
  /** The local date of the agency on which the command arrived. */
  readonly today: string;
  readonly currency: string;
  readonly kpiTolerance: string;
  readonly stages: readonly ClosedStage[];
  /** The log position that the figures of the stages hold for. */
  readonly figuresAt: number;
  readonly formulaVersion: string;
}

export type FreezeRefusal = 'month-not-over' | 'already-frozen';

/** Freezes a month that is over, once. */
export const decideFreeze = (
  { month, today, currency, kpiTolerance, stages, figuresAt, formulaVersion }: FreezeReview,
  { frozen }: Review,
): Decision<ReviewEvent, FreezeRefusal> => {
  if (frozen) return refuse('already-frozen');
  const over = firstDayOf(addMonths(month, 1));
  if (today < over) return refuse('month-not-over', { over });
  return accept({
    type: 'MonthlyReviewFrozen',
    data: {
      month,
      currency,
      frozenOn: today,
      figuresAt,
      formulaVersion,
      kpiTolerance,
      stages: [...stages],
      statistics: allStatisticsOf(stages),
    },
  });
};
