import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import { checkpointText, originOf } from './checkpoint/checkpoint.ts';
import { type Identity, openIdentity } from './checkpoint/identity.ts';
import { isNoteOf } from './checkpoint/signer.ts';
import { leafOf } from './leaf/leaf.ts';
import type { Checkpoint } from './reading/checkpoints.ts';
import type { LeafRow } from './reading/leaves.ts';
import { sealedUpTo } from './sealing/write-sealing.ts';
import { Frontier } from './tree/frontier.ts';

/** Something that is not as it was sealed. */
export interface Finding {
  readonly tenantId: string;
  /** Of the event it was found at; null when it is about a whole tree. */
  readonly position: number | null;
  readonly what: string;
}

export interface AuditReport {
  readonly events: number;
  readonly checkpoints: number;
  /** Up to where the log was sealed, and so was audited. */
  readonly upTo: number;
  /** Empty when all is as it was sealed. The first of each tree; what follows it differs by necessity. */
  readonly findings: readonly Finding[];
}

/** A tree head that somebody holds from elsewhere: the log must have grown out of it. */
export interface HeldHead {
  readonly tenantId: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export interface AuditOptions {
  readonly pool: pg.Pool;
  /** The log as it is stored. */
  readonly store: EventStore;
  readonly seed?: Uint8Array | undefined;
  readonly held?: readonly HeldHead[];
  readonly onProgress?: (events: number, position: number) => void;
}

/** One tenant's tree, made anew from the log and held against what is kept of it. */
interface Inspected {
  readonly tree: Frontier;
  readonly leaves: LeafRow[];
  readonly checkpoints: Checkpoint[];
  /** Not reached yet, the smallest first. */
  readonly held: HeldHead[];
  found: boolean;
}

const LEAVES = `
  select tenant_id as "tenantId", n, position, stream_id as "streamId", revision, type, actor,
    command_key as "commandKey", recorded_at as "recordedAt", hash
  from notary.leaf where tenant_id = $1 and n >= $2 order by n limit 2000`;

const CHECKPOINTS = `
  select tenant_id as "tenantId", size, position, root, note, sealed_at as "sealedAt"
  from notary.checkpoint where tenant_id = $1 order by size`;

const NODES = 'select level, n, hash from notary.node where tenant_id = $1 and level = $2 and n = $3';

class Auditor {
  readonly findings: Finding[] = [];
  events = 0;
  checkpoints = 0;
  readonly #pool: pg.Pool;
  readonly #identity: Identity;
  readonly #inspected = new Map<string, Inspected>();

  readonly #held: readonly HeldHead[];

  constructor(pool: pg.Pool, identity: Identity, held: readonly HeldHead[]) {
    this.#held = held.toSorted((one, other) => one.size - other.size);
    this.#pool = pool;
    this.#identity = identity;
  }

  async of(tenantId: string): Promise<Inspected> {
    const known = this.#inspected.get(tenantId);
    if (known !== undefined) return known;
    const { rows } = await this.#pool.query<Checkpoint>(CHECKPOINTS, [tenantId]);
    const held = this.#held.filter((head) => head.tenantId === tenantId);
    const inspected = { tree: new Frontier(), leaves: [], checkpoints: rows, held, found: false };
    this.#inspected.set(tenantId, inspected);
    return inspected;
  }

  find(tenantId: string, position: number | null, what: string): void {
    const inspected = this.#inspected.get(tenantId);
    if (inspected?.found) return;
    if (inspected !== undefined) inspected.found = true;
    this.findings.push({ tenantId, position, what });
  }

  async add(event: Parameters<typeof leafOf>[2], actor: string, commandKey: string, tenantId: string): Promise<void> {
    const inspected = await this.of(tenantId);
    this.events += 1;
    const { tree } = inspected;
    const n = tree.size;
    if (inspected.leaves.length === 0)
      inspected.leaves.push(...(await this.#pool.query<LeafRow>(LEAVES, [tenantId, n])).rows);
    const kept = inspected.leaves.shift();
    const { hash } = leafOf(this.#identity.salt, tenantId, event);
    if (kept === undefined) this.find(tenantId, event.position, 'an event was added that was never sealed here');
    else if (kept.position !== event.position)
      this.find(tenantId, Math.min(kept.position, event.position), 'an event was added, removed or moved');
    else if (!kept.hash.equals(hash)) this.find(tenantId, event.position, 'the event was changed after it was sealed');
    else if (kept.n !== n || kept.actor !== actor || kept.commandKey !== commandKey || kept.streamId !== event.streamId)
      this.find(tenantId, event.position, 'the index of the notary says something else');
    await this.#add(tenantId, inspected, hash);
  }

  async #add(tenantId: string, { tree, checkpoints, held }: Inspected, hash: Buffer): Promise<void> {
    for (const { level, n, hash: node } of tree.add(hash)) {
      const { rows } = await this.#pool.query<{ hash: Buffer }>(NODES, [tenantId, level, n]);
      if (!rows[0]?.hash.equals(node)) this.find(tenantId, null, `the kept hash ${n} of level ${level} is another one`);
    }
    while (held[0] !== undefined && held[0].size <= tree.size) {
      const { size, root } = held.shift() as HeldHead;
      if (!tree.root().equals(root))
        this.find(tenantId, null, `the log was rewritten since the checkpoint in hand (${size})`);
    }
    while (checkpoints[0] !== undefined && checkpoints[0].size <= tree.size) {
      const checkpoint = checkpoints.shift() as Checkpoint;
      this.checkpoints += 1;
      this.#check(tenantId, tree, checkpoint);
    }
  }

  #check(tenantId: string, tree: Frontier, checkpoint: Checkpoint): void {
    const { size, note, root, position } = checkpoint;
    const text = checkpointText(checkpoint);
    const { publicKey } = this.#identity.signer;
    if (size !== tree.size || !root.equals(tree.root()))
      this.find(tenantId, position, `the checkpoint of size ${size} was signed over another log`);
    else if (!isNoteOf(note, originOf(tenantId), text, publicKey))
      this.find(tenantId, position, `the checkpoint of size ${size} is not as it was signed`);
  }

  /** What is kept of a tree must end where the log does. */
  async finish(tenantId: string): Promise<void> {
    const { tree, checkpoints, held } = await this.of(tenantId);
    const { rows } = await this.#pool.query<{ size: number; frontier: Buffer; leaves: number; heads: number }>(
      `select t.size, t.frontier, (select count(*) from notary.leaf l where l.tenant_id = t.tenant_id) as leaves,
         (select count(*) from notary.checkpoint c where c.tenant_id = t.tenant_id and c.size = t.size) as heads
       from notary.tree t where t.tenant_id = $1`,
      [tenantId],
    );
    const kept = rows[0];
    const [beyond] = checkpoints;
    if (held[0] !== undefined)
      this.find(tenantId, null, `events are gone: the checkpoint in hand was signed over ${held[0].size}`);
    else if (beyond !== undefined)
      this.find(
        tenantId,
        beyond.position,
        `events are gone that the checkpoint of size ${beyond.size} was signed over`,
      );
    else if (kept === undefined || kept.size !== tree.size || kept.leaves !== tree.size)
      this.find(tenantId, null, `${tree.size} events are in the log, ${kept?.leaves ?? 0} were sealed`);
    else if (!kept.frontier.equals(tree.bytes) || kept.heads !== 1)
      this.find(tenantId, null, 'the newest tree head is not as it was signed');
  }

  async finishAll(): Promise<void> {
    const { rows } = await this.#pool.query<{ tenantId: string }>(
      `select tenant_id as "tenantId" from notary.tree union select tenant_id from notary.checkpoint
       union select distinct tenant_id from notary.leaf`,
    );
    const held = this.#held.map(({ tenantId }) => tenantId);
    const tenants = new Set([...this.#inspected.keys(), ...held, ...rows.map(({ tenantId }) => tenantId)]);
    for (const tenantId of tenants) await this.finish(tenantId);
  }
}

/**
 * Makes every tree anew from the log and holds it against all that was ever signed: finds events that were changed,
 * removed, added or moved since, by whatever means, and hashes, checkpoints and signatures that are not as they were.
 * What is in the log behind the last seal is not looked at.
 */
export const audit = async ({ pool, store, seed, held = [], onProgress }: AuditOptions): Promise<AuditReport> => {
  const auditor = new Auditor(pool, await openIdentity(pool, seed), held);
  const upTo = await sealedUpTo(pool);
  for await (const page of store.readAll({ after: 0, upTo })) {
    for (const event of page.events) {
      const { streamId, revision, position, id, type, recordedAt, data, meta } = event;
      const plain = { streamId, revision, position, id, type, recordedAt, data, meta };
      await auditor.add(plain, meta.actor, meta.commandKey, meta.tenantId);
    }
    onProgress?.(auditor.events, page.upTo);
  }
  await auditor.finishAll();
  const { findings, events, checkpoints } = auditor;
  return { events, checkpoints, upTo, findings };
};
