import { hash } from 'node:crypto';
import * as contract from '@headroom/contracts/rest/audit';
import { type Bound, bindLookup } from '@headroom/http';
import type { Checkpoint } from '@headroom/notary';
import { type AuditParts, sealedAsSeen, sealedAt } from './parts.ts';

const shown = ({ tenantId, size, root, position, sealedAt: at, note }: Checkpoint) => ({
  origin: `headroom/${tenantId}`,
  size,
  root: root.toString('base64'),
  position,
  sealedAt: at,
  note,
});

type Found = { readonly checkpoint: Checkpoint } | { readonly code: 'nothing-sealed' | 'checkpoint-not-found' };

const find = async ({ notary }: AuditParts, tenantId: string, size: number | undefined): Promise<Found> => {
  const checkpoint = await (size === undefined ? notary.latest(tenantId) : notary.checkpoint(tenantId, size));
  if (checkpoint !== undefined) return { checkpoint };
  return { code: size === undefined ? 'nothing-sealed' : 'checkpoint-not-found' };
};

const checkpoint = (parts: AuditParts): Bound =>
  bindLookup(contract.getCheckpoint, async ({ caller: { tenantId }, query, minPosition }) => {
    if (query.size === undefined) await sealedAsSeen(parts, minPosition);
    const found = await find(parts, tenantId, query.size);
    return 'code' in found ? { kind: 'refused', ...found } : { kind: 'answer', body: shown(found.checkpoint) };
  });

const key = ({ notary }: AuditParts): Bound =>
  bindLookup(contract.getNotaryKey, async ({ caller: { tenantId } }) => {
    const { name, publicKey, verifierKey, createdAt } = await notary.key(tenantId);
    return {
      kind: 'answer',
      body: {
        name,
        algorithm: 'Ed25519' as const,
        publicKey: publicKey.toString('base64'),
        fingerprint: hash('sha256', publicKey, 'hex'),
        verifierKey,
        createdAt,
      },
    };
  });

const inclusion = (parts: AuditParts): Bound =>
  bindLookup(contract.getInclusionProof, async ({ caller: { tenantId }, query: { position, size } }) => {
    const { notary } = parts;
    const sealed = await sealedAt(parts, position);
    const leaf = await notary.leafAt(tenantId, position);
    if (leaf === undefined)
      return sealed < position && position <= (await parts.store.head())
        ? { kind: 'refused', code: 'not-sealed-yet' }
        : { kind: 'not-found', what: 'event' };
    const found = await find(parts, tenantId, size);
    if ('code' in found) return { kind: 'refused', ...found };
    if (leaf.n >= found.checkpoint.size) return { kind: 'refused', code: 'not-sealed-yet' };
    const [path = []] = await notary.inclusion(tenantId, [leaf.n], found.checkpoint.size);
    return {
      kind: 'answer',
      body: {
        index: leaf.n,
        leafHash: leaf.hash.toString('base64'),
        path: path.map((each) => each.toString('base64')),
        checkpoint: shown(found.checkpoint),
      },
    };
  });

const consistency = (parts: AuditParts): Bound =>
  bindLookup(contract.getConsistencyProof, async ({ caller: { tenantId }, query: { first, second }, minPosition }) => {
    const { notary } = parts;
    if (second === undefined) await sealedAsSeen(parts, minPosition);
    const found = await find(parts, tenantId, second);
    if ('code' in found) return { kind: 'refused', ...found };
    if (first > found.checkpoint.size) return { kind: 'refused', code: 'first-is-larger' };
    const [root, path] = await Promise.all([
      notary.root(tenantId, first),
      notary.consistency(tenantId, first, found.checkpoint.size),
    ]);
    return {
      kind: 'answer',
      body: {
        first: { size: first, root: root.toString('base64') },
        path: path.map((each) => each.toString('base64')),
        checkpoint: shown(found.checkpoint),
      },
    };
  });

/** Checkpoints, the key behind them, and the proofs between them. */
export const checkpointQuestions = (parts: AuditParts): Bound[] => [
  checkpoint(parts),
  key(parts),
  inclusion(parts),
  consistency(parts),
];
