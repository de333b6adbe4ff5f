import type { QueryOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/audit';
import { type Bound, bindLookup, decodeCursor, encodeCursor } from '@headroom/http';
import type { LeafFilter } from '@headroom/notary';
import { eventsOfLeaves } from '../read-models/events-of-leaves.ts';
import { shownEvent } from '../read-models/shown-event.ts';
import { type AuditParts, sealedAsSeen } from './parts.ts';

type Query = QueryOf<typeof contract.listAuditEvents>;

/** More versions of an event than there will ever be. */
const VERSIONS = 20;

/** Every stored type of an event: its name, and that with a version behind it. */
const typesOf = (name: string): string[] => [name, ...Array.from({ length: VERSIONS }, (_, n) => `${name}.v${n + 2}`)];

const filterOf = (query: Query, before: number | undefined): LeafFilter => {
  const { subject, subjectId, stream, actor, event, commandKey, from, to, limit } = query;
  return {
    subject: subject && subjectId ? { kind: subject, id: subjectId } : undefined,
    streamId: stream,
    actor,
    types: event === undefined ? undefined : typesOf(event),
    commandKey,
    from,
    to,
    before,
    // One more than is shown tells whether there is a further page.
    limit: limit + 1,
  };
};

/** The audit trail: everything that was recorded, by what, whom and when. */
export const auditEvents = (parts: AuditParts): Bound =>
  bindLookup(contract.listAuditEvents, async ({ caller: { tenantId, seesRates }, params, query, minPosition }) => {
    if ((query.subject === undefined) !== (query.subjectId === undefined))
      return { kind: 'refused', code: 'subject-incomplete' };
    const after = decodeCursor(contract.listAuditEvents, { params, query });
    const sealedUpTo = await sealedAsSeen(parts, minPosition);
    const before = after === undefined ? undefined : Number(after[0]);
    const found = await parts.notary.listLeaves(tenantId, filterOf(query, before));
    const leaves = found.slice(0, query.limit);
    const events = await eventsOfLeaves(parts.store, leaves);
    if (events === undefined) return { kind: 'refused', code: 'log-damaged' };
    const last = leaves.at(-1);
    const nextCursor =
      found.length > query.limit && last !== undefined
        ? encodeCursor(contract.listAuditEvents, { params, query }, [last.n])
        : null;
    const items = events.map((each) => shownEvent(each, seesRates));
    return { kind: 'answer', body: { items, nextCursor, sealedUpTo } };
  });
