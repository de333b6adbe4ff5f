import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import { originOf } from './checkpoint/checkpoint.ts';
import { type Identity, openIdentity } from './checkpoint/identity.ts';
import { verifierKeyOf } from './checkpoint/signer.ts';
import { type Checkpoint, checkpointOf, latestCheckpoint } from './reading/checkpoints.ts';
import { type Evidence, readEvidence } from './reading/evidence.ts';
import { spanHashes } from './reading/hashes.ts';
import {
  type LeafFilter,
  type LeafRow,
  leafAt,
  leavesAbout,
  leavesOfCommand,
  listLeaves,
  type PositionRange,
} from './reading/leaves.ts';
import { sealedUpTo } from './sealing/write-sealing.ts';
import { consistencySpans, inclusionSpans } from './tree/proofs.ts';

/** The key with which a tenant's checkpoints are signed. */
export interface NotaryKey {
  /** Who signs: the first line of every checkpoint, too. */
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** As verifiers of signed notes take it (C2SP). */
  readonly verifierKey: string;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** What can be asked of the notary. Everything is about one tenant; sizes count leaves. */
export interface Notary {
  key(tenantId: string): Promise<NotaryKey>;
  /** Waits until the log is sealed up to a position, for so many ms at most; gives up to where it is. */
  sealed(position: number, waitMs: number): Promise<number>;
  latest(tenantId: string): Promise<Checkpoint | undefined>;
  checkpoint(tenantId: string, size: number): Promise<Checkpoint | undefined>;
  leafAt(tenantId: string, position: number): Promise<LeafRow | undefined>;
  leavesOfCommand(tenantId: string, commandKey: string): Promise<LeafRow[]>;
  leavesAbout(
    tenantId: string,
    subjects: readonly { readonly kind: string; readonly id: string }[],
  ): Promise<LeafRow[]>;
  listLeaves(tenantId: string, filter: LeafFilter): Promise<LeafRow[]>;
  /** Throws `DamagedLog` when an event is no longer what was sealed. */
  evidence(leaves: readonly LeafRow[]): Promise<Evidence[]>;
  /** What leads from each of these leaves to the root of the tree of that size. */
  inclusion(tenantId: string, leaves: readonly number[], size: number): Promise<Buffer[][]>;
  /** What shows that the tree of the first size is the beginning of that of the second. */
  consistency(tenantId: string, first: number, second: number): Promise<Buffer[]>;
  /** The head of the tree of so many leaves. */
  root(tenantId: string, size: number): Promise<Buffer>;
  /** Signs a text that ends with a newline, under the tenant's name. */
  sign(tenantId: string, text: string): Promise<string>;
}

export interface NotaryOptions {
  readonly pool: pg.Pool;
  /** The log as it is stored. */
  readonly store: EventStore;
  readonly seed?: Uint8Array | undefined;
}

const LOOK_EVERY_MS = 25;

const waitForSeal = async (pool: pg.Pool, position: number, waitMs: number): Promise<number> => {
  const until = performance.now() + waitMs;
  for (;;) {
    const sealed = await sealedUpTo(pool);
    if (sealed >= position || performance.now() >= until) return sealed;
    await sleep(LOOK_EVERY_MS);
  }
};

/** Where in the log the time lies that is asked for; instants are told to the millisecond. */
const within = async (store: EventStore, { from, to }: LeafFilter): Promise<PositionRange> => {
  const before = from === undefined ? undefined : new Date(Date.parse(from) - 1).toISOString();
  const [after, upTo] = await Promise.all(
    [before, to].map((instant) => (instant === undefined ? undefined : store.positionAt(instant))),
  );
  return { after, upTo };
};

/** Cuts one list into as many as there are lengths. */
const cut = <T>(all: readonly T[], lengths: readonly number[]): T[][] => {
  let from = 0;
  return lengths.map((length) => {
    from += length;
    return all.slice(from - length, from);
  });
};

/** Answers from the trees that `runNotary` keeps, in this process or in another one. */
export const createNotary = ({ pool, store, seed }: NotaryOptions): Notary => {
  let opened: Promise<Identity> | undefined;
  const identity = (): Promise<Identity> => {
    opened ??= openIdentity(pool, seed).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    key: async (tenantId) => {
      const { signer, createdAt } = await identity();
      const name = originOf(tenantId);
      return { name, publicKey: signer.publicKey, verifierKey: verifierKeyOf(name, signer.publicKey), createdAt };
    },
    sealed: (position, waitMs) => waitForSeal(pool, position, waitMs),
    latest: (tenantId) => latestCheckpoint(pool, tenantId),
    checkpoint: (tenantId, size) => checkpointOf(pool, tenantId, size),
    leafAt: (tenantId, position) => leafAt(pool, tenantId, position),
    leavesOfCommand: (tenantId, commandKey) => leavesOfCommand(pool, tenantId, commandKey),
    leavesAbout: (tenantId, subjects) => leavesAbout(pool, tenantId, subjects),
    listLeaves: async (tenantId, filter) => listLeaves(pool, tenantId, filter, await within(store, filter)),
    evidence: async (leaves) => readEvidence(store, (await identity()).salt, leaves),
    inclusion: async (tenantId, leaves, size) => {
      const paths = leaves.map((n) => inclusionSpans(n, size));
      const hashes = await spanHashes(pool, tenantId, paths.flat());
      return cut(
        hashes,
        paths.map(({ length }) => length),
      );
    },
    consistency: (tenantId, first, second) => spanHashes(pool, tenantId, consistencySpans(first, second)),
    root: async (tenantId, size) => (await spanHashes(pool, tenantId, [{ start: 0, end: size }]))[0] as Buffer,
    sign: async (tenantId, text) => (await identity()).signer.note(originOf(tenantId), text),
  };
};
