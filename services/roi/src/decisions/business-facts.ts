import type { EffectShares, MoneyFact, ShareFact } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { BusinessFactsEvent } from '../events/streams.ts';
import { withSharing } from './roi/sharing.ts';
import type { AgencyFacts } from './surroundings.ts';

/** Facts may be recorded again and again, so of the stream only the sharings of effects matter to decisions. */
export interface BusinessFacts {
  sharings: readonly EffectShares[];
}

export const businessFactsEvolution: Evolution<BusinessFacts, BusinessFactsEvent> = {
  initial: () => ({ sharings: [] }),
  evolve: (facts, event) => {
    if (event.type === 'EffectShared') facts.sharings = withSharing(facts.sharings, event.data);
    return facts;
  },
};

/** A fact as it is stated; without a range nobody is in doubt. */
export interface StatedFact<Value> {
  readonly stated: Value;
  readonly low?: Value | undefined;
  readonly high?: Value | undefined;
  readonly source: ShareFact['source'];
}

export interface RecordBusinessFacts {
  readonly clientId: string;
  readonly effectiveFrom: string;
  /** The months over which the figures were counted, the last one included. */
  readonly measured?: { readonly from: string; readonly to: string } | undefined;
  readonly conversion?: StatedFact<string> | undefined;
  readonly closeRate?: StatedFact<string> | undefined;
  readonly averageCheck?: StatedFact<MoneyFact['stated']> | undefined;
  readonly grossMargin?: StatedFact<string> | undefined;
}

const whole = <Value>(fact: StatedFact<Value> | undefined) => {
  if (fact === undefined) return null;
  const { stated, low = stated, high = stated, source } = fact;
  return { stated, low, high, source };
};

export const decideRecordFacts = (
  command: RecordBusinessFacts,
  around: { readonly agency: AgencyFacts | undefined; readonly clientExists: boolean },
): Decision<BusinessFactsEvent, 'agency-not-configured' | 'client-not-found' | 'currency-mismatch'> => {
  const { clientId, effectiveFrom, measured, conversion, closeRate, averageCheck, grossMargin } = command;
  const { agency, clientExists } = around;
  if (agency === undefined) return refuse('agency-not-configured');
  if (!clientExists) return refuse('client-not-found');
  if (averageCheck !== undefined && averageCheck.stated.currency !== agency.currency) {
    return refuse('currency-mismatch', { currency: agency.currency });
  }
  return accept({
    type: 'BusinessFactsRecorded',
    data: {
      clientId,
      effectiveFrom,
      measuredFrom: measured?.from ?? null,
      measuredTo: measured?.to ?? null,
      conversion: whole(conversion),
      closeRate: whole(closeRate),
      averageCheck: whole(averageCheck),
      grossMargin: whole(grossMargin),
    },
  });
};
