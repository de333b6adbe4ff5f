import type { StoredEvent } from '@headroom/event-store';
import { checkpointText, originOf, type TreeHead } from '../checkpoint/checkpoint.ts';
import type { Identity } from '../checkpoint/identity.ts';
import { leafOf } from '../leaf/leaf.ts';
import { type SubjectKinds, subjectsOf } from '../leaf/subjects.ts';
import type { Frontier, WholeNode } from '../tree/frontier.ts';

/** A leaf as it is kept. */
export interface NewLeaf {
  readonly tenantId: string;
  readonly n: number;
  readonly event: StoredEvent;
  readonly subjects: readonly string[];
  readonly hash: Buffer;
}

export interface NewNode extends WholeNode {
  readonly tenantId: string;
}

export interface SignedHead extends TreeHead {
  readonly note: string;
}

/** What sealing some events adds to the trees. */
export interface Sealing {
  readonly leaves: readonly NewLeaf[];
  readonly nodes: readonly NewNode[];
  /** One a tenant. */
  readonly heads: readonly (SignedHead & { readonly frontier: Buffer })[];
}

/** Adds events to the trees of their tenants, and signs what came of it. `now` is an RFC 3339 instant. */
export const sealEvents = (
  { signer, salt }: Identity,
  trees: ReadonlyMap<string, Frontier>,
  events: readonly StoredEvent[],
  kinds: SubjectKinds,
  now: string,
): Sealing => {
  const leaves: NewLeaf[] = [];
  const nodes: NewNode[] = [];
  const last = new Map<string, number>();
  for (const event of events) {
    const { tenantId } = event.meta;
    const tree = trees.get(tenantId) as Frontier;
    const { hash } = leafOf(salt, tenantId, event);
    leaves.push({ tenantId, n: tree.size, event, subjects: subjectsOf(kinds, tenantId, event.data), hash });
    for (const node of tree.add(hash)) nodes.push({ tenantId, ...node });
    last.set(tenantId, event.position);
  }
  const heads = [...last].map(([tenantId, position]) => {
    const tree = trees.get(tenantId) as Frontier;
    const head: TreeHead = { tenantId, size: tree.size, root: tree.root(), position, sealedAt: now };
    return { ...head, note: signer.note(originOf(tenantId), checkpointText(head)), frontier: tree.bytes };
  });
  return { leaves, nodes, heads };
};
