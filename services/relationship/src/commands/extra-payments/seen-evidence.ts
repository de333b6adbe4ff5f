import type { RowReader } from '@headroom/projecting';
import type { NamedEvidence, SeenEvidence } from '../../decisions/extra-payments/extra-payment.ts';
import type { StageFacts } from '../../decisions/surroundings.ts';
import { requestTable } from '../../read-models/requests/tables.ts';
import { requestTimeTable } from '../../read-models/requests/timeline-tables.ts';
import { interactionTable } from '../../read-models/tables.ts';
import type { Deps } from '../read-present.ts';

interface Looking {
  readonly profitability: Deps['profitability'];
  readonly reader: RowReader;
  readonly tenantId: string;
  readonly stageId: string;
  readonly stage: StageFacts;
}

const seenEntry = async ({ profitability, reader, tenantId, stage }: Looking, ref: string): Promise<SeenEvidence> => {
  const entry = await profitability.entry(reader, tenantId, ref);
  // Hours of the project that are on no stage yet may well be about this one.
  if (entry === undefined || entry.projectId !== stage.projectId) return 'missing';
  const { stageId, workedOn: on, startedAt: at, seconds } = entry;
  return { stageId, on, at, seconds };
};

const seenRequest = async ({ reader, tenantId, stage }: Looking, ref: string): Promise<SeenEvidence> => {
  const request = await reader.get(requestTable, tenantId, ref);
  if (request === undefined || request.projectId !== stage.projectId) return 'missing';
  const time = await reader.get(requestTimeTable, tenantId, ref);
  const { heldStageId: stageId, askedOn: on, askedAt: at } = request;
  return { stageId, on, at, seconds: time?.seconds ?? 0 };
};

const seenContact = async ({ reader, tenantId, stage }: Looking, ref: string): Promise<SeenEvidence> => {
  const [contact] = await reader.where(interactionTable, 'byId', [tenantId, stage.clientId, ref]);
  if (contact === undefined) return 'missing';
  const { occurredOn: on, occurredAt: at, seconds } = contact;
  return { stageId: null, on, at, seconds };
};

const seen = async (looking: Looking, { kind, ref }: NamedEvidence): Promise<SeenEvidence> => {
  switch (kind) {
    case 'time-entry':
      return seenEntry(looking, ref);
    case 'request':
      return seenRequest(looking, ref);
    case 'interaction':
      return seenContact(looking, ref);
    case 'expense':
    case 'document':
      return null;
  }
};

/** What each piece of evidence says now; expenses and documents are kept elsewhere, and are not looked at. */
export const seenEvidence = (looking: Looking, evidence: readonly NamedEvidence[]): Promise<SeenEvidence[]> =>
  Promise.all(evidence.map((each) => seen(looking, each)));
