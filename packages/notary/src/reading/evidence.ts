import type { EventStore, StoredEvent } from '@headroom/event-store';
import { type Disclosed, disclosuresOf, leafOf } from '../leaf/leaf.ts';
import type { LeafRow } from './leaves.ts';

/** A sealed event with what its leaf says, and every member that may be shown of it. */
export interface Evidence {
  readonly leaf: LeafRow;
  /** Canonical JSON; its hash is the leaf's. */
  readonly text: string;
  readonly disclosures: readonly Disclosed[];
}

/** An event in the log is no longer what was sealed, or is gone. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
  readonly position: number;

  constructor(position: number) {
    super(`the event at position ${position} is not what was sealed`);
    this.position = position;
  }
}

/** Reads streams once each, from the first revision that is wanted. */
const eventsOf = async (store: EventStore, leaves: readonly LeafRow[]): Promise<Map<string, StoredEvent>> => {
  const first = new Map<string, number>();
  for (const { streamId, revision } of leaves) first.set(streamId, Math.min(revision, first.get(streamId) ?? revision));
  const streams = await Promise.all([...first].map(([streamId, from]) => store.readStream(streamId, from)));
  return new Map(streams.flat().map((event) => [`${event.streamId}@${event.revision}`, event]));
};

const evidenceOf = (salt: string, leaf: LeafRow, found: StoredEvent | undefined): Evidence => {
  if (found === undefined) throw new DamagedLog(leaf.position);
  const { streamId, revision, position, id, type, data, meta } = found;
  // As it was told when the log was read in order; a read of one stream may tell it less steadily.
  const event = { streamId, revision, position, id, type, data, meta, recordedAt: leaf.recordedAt };
  const { text, hash } = leafOf(salt, leaf.tenantId, event);
  if (!hash.equals(leaf.hash)) throw new DamagedLog(leaf.position);
  return { leaf, text, disclosures: disclosuresOf(salt, event) };
};

/** The events behind leaves, in their order, as the log has them now. Throws `DamagedLog` when one is not what was sealed. */
export const readEvidence = async (
  store: EventStore,
  salt: string,
  leaves: readonly LeafRow[],
): Promise<Evidence[]> => {
  const events = await eventsOf(store, leaves);
  return leaves.map((leaf) => evidenceOf(salt, leaf, events.get(`${leaf.streamId}@${leaf.revision}`)));
};
