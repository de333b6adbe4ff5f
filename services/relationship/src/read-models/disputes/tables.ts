import type { Channel, disputeRuled, EventData, RulingAdjustment, Side } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

type Ruled = EventData<typeof disputeRuled>['DisputeRuled'];

/** An adjustment of a ruling, and what became of it; `outcome` is null while it is being posted. */
export type AdjustmentRow = RulingAdjustment & {
  readonly outcome: 'posted' | 'refused' | null;
  readonly ref: string | null;
  readonly refusedWith: string | null;
};

export interface DisputeRow {
  readonly tenantId: string;
  readonly requestId: string;
  readonly disputeId: string;
  readonly clientId: string;
  readonly projectId: string;
  readonly stageId: string | null;
  readonly side: Side;
  readonly raisedBy: string;
  readonly channel: Channel;
  readonly disputedOn: string;
  readonly words: string;
  readonly portalKey: string | null;
  arbiterId: string | null;
  assignedOn: string | null;
  ruledOn: string | null;
  inFavourOf: Ruled['inFavourOf'] | null;
  ruling: string | null;
  adjustments: AdjustmentRow[];
}

export const disputeTable = table<DisputeRow>('dispute', {
  columns: {
    tenantId: 'text',
    requestId: 'text',
    disputeId: 'text',
    clientId: 'text',
    projectId: 'text',
    stageId: { type: 'text', nullable: true },
    side: 'text',
    raisedBy: { type: 'text', personal: true },
    channel: 'text',
    disputedOn: 'date',
    words: { type: 'text', personal: true },
    portalKey: { type: 'text', nullable: true },
    arbiterId: { type: 'text', nullable: true },
    assignedOn: { type: 'date', nullable: true },
    ruledOn: { type: 'date', nullable: true },
    inFavourOf: { type: 'text', nullable: true },
    ruling: { type: 'text', nullable: true },
    adjustments: 'json',
  },
  key: ['tenantId', 'requestId', 'disputeId'],
  lookups: { byClient: ['tenantId', 'clientId', 'disputedOn'] },
});

/** A ruling whose adjustments are still to be posted; without anything personal, for it is looked for in all tenants. */
export interface UnsettledRulingRow {
  readonly tenantId: string;
  readonly requestId: string;
  readonly disputeId: string;
  /** Who recorded the ruling. */
  readonly ruledBy: string;
}

export const unsettledRulingTable = table<UnsettledRulingRow>('unsettled_ruling', {
  columns: { tenantId: 'text', requestId: 'text', disputeId: 'text', ruledBy: 'text' },
  key: ['tenantId', 'requestId', 'disputeId'],
});
