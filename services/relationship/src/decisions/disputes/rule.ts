import type { disputeRuled, EventData, Money, RulingAdjustment } from '@headroom/contracts/events';
import { accept, type Decision, type Refused, refuse } from '@headroom/kernel';
import type { RequestEvent } from '../../events/streams.ts';
import type { Request } from '../requests/request.ts';
import type { Dispute } from './dispute.ts';
import { linksOf, type NotPending, pendingDispute, type TeamTie } from './pending.ts';

export type WantedAdjustment =
  | { readonly kind: 'write-off'; readonly stageId: string; readonly amount: Money }
  | {
      readonly kind: 'extra-payment';
      readonly stageId: string;
      readonly amount: Money;
      readonly estimatedCost?: Money | undefined;
    }
  | { readonly kind: 'goodwill'; readonly entryId: string };

export interface RuleOnDispute {
  readonly disputeId: string;
  readonly inFavourOf: EventData<typeof disputeRuled>['DisputeRuled']['inFavourOf'];
  readonly ruling: string;
  readonly ruledOn?: string | undefined;
  readonly adjustments: readonly WantedAdjustment[];
}

export type RuleOnDisputeRefusal =
  | NotPending
  | 'arbiter-missing'
  | 'not-the-arbiter'
  | 'arbiter-on-team'
  | 'adjustment-repeated'
  | 'adjustment-impossible';

/** Who rules: the specialist behind the credential, or one that stands for nobody and may take rulings down. */
export interface Ruler {
  readonly specialistId: string | undefined;
  readonly mayRecord: boolean;
}

export interface AroundRuling {
  readonly today: string | undefined;
  readonly ruler: Ruler;
  /** Of the arbiter, as of now: somebody may have logged hours since being named. */
  readonly tie: TeamTie;
  /** Why an adjustment could not be posted now, in the order of the adjustments. */
  readonly impossible: readonly (string | undefined)[];
  readonly adjustmentIds: readonly string[];
}

const rulesRightly = (
  { arbiter }: Dispute,
  { specialistId, mayRecord }: Ruler,
): Refused<'arbiter-missing' | 'not-the-arbiter'> | undefined => {
  if (arbiter === undefined) return refuse('arbiter-missing');
  const allowed = specialistId === undefined ? mayRecord : specialistId === arbiter.arbiterId;
  return allowed ? undefined : refuse('not-the-arbiter', { arbiterId: arbiter.arbiterId });
};

const subjectOf = (wanted: WantedAdjustment): string | undefined => {
  if (wanted.kind === 'goodwill') return `entry ${wanted.entryId}`;
  return wanted.kind === 'write-off' ? `stage ${wanted.stageId}` : undefined;
};

const repeats = (adjustments: readonly WantedAdjustment[]): boolean => {
  const subjects = adjustments.map(subjectOf).filter((subject) => subject !== undefined);
  return new Set(subjects).size < subjects.length;
};

/** A wanted adjustment as the ruling orders it. */
export const ordered = (wanted: WantedAdjustment, adjustmentId: string): RulingAdjustment => {
  if (wanted.kind !== 'extra-payment') return { ...wanted, adjustmentId };
  const { kind, stageId, amount, estimatedCost = { minor: 0, currency: amount.currency } } = wanted;
  return { adjustmentId, kind, stageId, amount, estimatedCost };
};

/** Once, by the arbiter; what it orders has been checked, and is posted once the ruling stands. */
export const decideRule = (
  { disputeId, inFavourOf, ruling, ruledOn, adjustments }: RuleOnDispute,
  request: Request,
  { today, ruler, tie, impossible, adjustmentIds }: AroundRuling,
): Decision<RequestEvent, RuleOnDisputeRefusal> => {
  const pending = pendingDispute(request, disputeId, ruledOn ?? today);
  if ('refused' in pending) return pending;
  const { dispute, on } = pending;
  const wrongly = rulesRightly(dispute, ruler);
  if (wrongly !== undefined) return wrongly;
  if (tie !== undefined) return refuse('arbiter-on-team', { because: tie });
  if (repeats(adjustments)) return refuse('adjustment-repeated');
  const adjustment = impossible.findIndex((because) => because !== undefined);
  if (adjustment >= 0) return refuse('adjustment-impossible', { adjustment, because: impossible[adjustment] });
  return accept({
    type: 'DisputeRuled',
    data: {
      ...linksOf(dispute),
      arbiterId: dispute.arbiter?.arbiterId as string,
      ruledOn: on,
      inFavourOf,
      ruling,
      adjustments: adjustments.map((wanted, n) => ordered(wanted, adjustmentIds[n] as string)),
    },
  });
};
