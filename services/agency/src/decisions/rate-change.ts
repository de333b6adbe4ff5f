import type { RateChange } from '@headroom/contracts/questions';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { RateChangeEvent } from '../events/streams.ts';

interface Recorded {
  applied: boolean;
}

export const rateChangeEvolution: Evolution<Recorded, RateChangeEvent> = {
  initial: () => ({ applied: false }),
  evolve: (recorded, event) => {
    switch (event.type) {
      case 'RateChangeApplied':
        recorded.applied = true;
        return recorded;
    }
  },
};

/** All rates of the change in one event, once. */
export const decideApply = (
  { rateChangeId, currency, basis, changes, figuresAt, restatements }: RateChange,
  { applied }: Recorded,
): Decision<RateChangeEvent, 'rate-change-exists'> =>
  applied
    ? refuse('rate-change-exists')
    : accept({
        type: 'RateChangeApplied',
        data: {
          rateChangeId,
          currency,
          basis,
          changes: changes.map(({ rateId, specialistId, effectiveFrom, ratePerHour, breakdown }) => ({
            rateId,
            specialistId,
            effectiveFrom,
            ratePerHour,
            breakdown,
          })),
          figuresAt,
          restatements: [...restatements],
        },
      });
