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
  /** Who recorded the ruling. */
  ruledBy: string | null;
  adjustments: AdjustmentRow[];
  /** Whether adjustments of the ruling are still to be posted. */
  unsettled: boolean;
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
    ruledBy: { type: 'text', nullable: true },
    adjustments: 'json',
    unsettled: 'boolean',
  },
  key: ['tenantId', 'requestId', 'disputeId'],
  lookups: { byClient: ['tenantId', 'clientId', 'disputedOn'], unsettled: ['unsettled'] },
});
