import type { EventStore } from '@headroom/event-store';
import type { PackMakers } from '../read-models/make-pack.ts';

export interface AuditParts extends PackMakers {
  /** The log as people read it. */
  readonly store: Pick<EventStore, 'head' | 'readStream'>;
}

/** How long a question waits for the notary to seal what is in the log already. */
const PATIENCE_MS = 2_000;

/** Up to where the log is sealed; waits for what the caller has seen of it already (`Min-Position`), and for nothing else. */
export const sealedAsSeen = async ({ notary, store }: AuditParts, minPosition = 0): Promise<number> =>
  notary.sealed(minPosition === 0 ? 0 : Math.min(minPosition, await store.head()), PATIENCE_MS);

/** Waits until all that is in the log now is sealed; gives up to where it is. */
export const sealedByNow = async ({ notary, store }: AuditParts): Promise<number> =>
  notary.sealed(await store.head(), PATIENCE_MS);

/** As `sealedByNow`, for one position; a position beyond the log is not waited for. */
export const sealedAt = async ({ notary, store }: AuditParts, position: number): Promise<number> =>
  notary.sealed(Math.min(position, await store.head()), PATIENCE_MS);
