import type { Channel, EventData, extraPaymentAgreed, extraPaymentProposed } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

type Agreed = EventData<typeof extraPaymentAgreed>['ExtraPaymentAgreed'];
type Proposed = EventData<typeof extraPaymentProposed>['ExtraPaymentProposed'];

export interface ExtraPaymentRow {
  readonly tenantId: string;
  readonly extraPaymentId: string;
  readonly requestId: string | null;
  readonly stageId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly currency: string;
  readonly proposedMinor: number;
  readonly proposedOn: string;
  answer: 'agreed' | 'declined' | null;
  agreedMinor: number | null;
  answeredOn: string | null;
  withdrawnOn: string | null;
  /** Where it stands: `proposed` until it is answered or withdrawn. */
  status: 'proposed' | 'agreed' | 'declined' | 'withdrawn';
  answeredBy: string | null;
  channel: Channel | null;
  agreedAt: string | null;
  attachment: Agreed['attachment'];
  portalKey: string | null;
  disputeId: string | null;
  readonly evidence: Proposed['evidence'];
  /** The requests on whose timelines it stands: the one it pays for, and those that are its evidence. */
  readonly requestIds: readonly string[];
}

export const extraPaymentTable = table<ExtraPaymentRow>('extra_payment', {
  columns: {
    tenantId: 'text',
    extraPaymentId: 'text',
    requestId: { type: 'text', nullable: true },
    stageId: 'text',
    projectId: 'text',
    clientId: 'text',
    currency: 'text',
    proposedMinor: 'integer',
    proposedOn: 'date',
    answer: { type: 'text', nullable: true },
    agreedMinor: { type: 'integer', nullable: true },
    answeredOn: { type: 'date', nullable: true },
    withdrawnOn: { type: 'date', nullable: true },
    status: 'text',
    answeredBy: { type: 'text', nullable: true, personal: true },
    channel: { type: 'text', nullable: true },
    agreedAt: { type: 'instant', nullable: true },
    attachment: { type: 'json', nullable: true },
    portalKey: { type: 'text', nullable: true },
    disputeId: { type: 'text', nullable: true },
    evidence: 'json',
    requestIds: 'json',
  },
  key: ['tenantId', 'extraPaymentId'],
  lookups: { byClient: ['tenantId', 'clientId'], byStage: ['tenantId', 'stageId'] },
});
