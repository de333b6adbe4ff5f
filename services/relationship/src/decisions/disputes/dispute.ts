import type { DisputeEvent } from '../../events/streams.ts';

type Said<Type extends DisputeEvent['type']> = Extract<DisputeEvent, { type: Type }>['data'];

/** A dispute as its request's stream tells it. */
export interface Dispute {
  readonly raised: Said<'RequestDisputed'>;
  arbiter: Said<'ArbiterAssigned'> | undefined;
  ruling: Said<'DisputeRuled'> | undefined;
  /** What became of the ruling's adjustments, by their ids. */
  readonly settled: Map<string, Said<'RulingAdjustmentSettled'>>;
}

/** Disputes of one request by id, the oldest first. */
export type Disputes = Map<string, Dispute>;

const known = (disputes: Disputes, disputeId: string): Dispute => {
  const dispute = disputes.get(disputeId);
  if (dispute === undefined) throw new Error(`the dispute ${disputeId} was never raised`);
  return dispute;
};

export const evolveDisputes = (disputes: Disputes, { type, data }: DisputeEvent): void => {
  switch (type) {
    case 'RequestDisputed':
      disputes.set(data.disputeId, { raised: data, arbiter: undefined, ruling: undefined, settled: new Map() });
      return;
    case 'ArbiterAssigned':
      known(disputes, data.disputeId).arbiter = data;
      return;
    case 'DisputeRuled':
      known(disputes, data.disputeId).ruling = data;
      return;
    case 'RulingAdjustmentSettled':
      known(disputes, data.disputeId).settled.set(data.adjustmentId, data);
      return;
  }
};

/** The dispute of a request that awaits its ruling; there is one at most. */
export const openDispute = (disputes: Disputes): Dispute | undefined =>
  [...disputes.values()].find(({ ruling }) => ruling === undefined);
