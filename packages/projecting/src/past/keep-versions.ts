import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import type { Changes } from '../fold/changes.ts';
import { UpcastPage } from '../fold/project-events.ts';
import type { Projection } from '../projection.ts';
import { PastMember } from './past-member.ts';
import { beginPast, pastFingerprint } from './past-schema.ts';

/** Positions from one kept moment to the next: so many events at most have to be folded for an answer about the past. */
export const EVERY = 1_000;

/** Events that are folded before others have their turn. */
const PAGE_SIZE = 200;
const MEMORY_LIMIT = 32 * 1024 * 1024;

interface Kept {
  readonly projection: string;
  readonly position: number;
  readonly version: number;
  readonly fingerprint: string;
}

/**
 * The projections of which versions are to be kept, from where that stopped; from the beginning where they were kept of
 * another version. Those that a newer process keeps are left alone.
 */
export const openMembers = async (
  client: pg.ClientBase,
  projections: readonly Projection[],
  every: number,
): Promise<PastMember[]> => {
  await client.query('begin');
  const { rows } = await client.query<Kept>('select * from projecting.past');
  const members: PastMember[] = [];
  for (const projection of projections) {
    const kept = rows.find(({ projection: name }) => name === projection.name);
    if (kept !== undefined && Number(kept.version) > projection.version) continue;
    const goesOn = kept?.version === projection.version && kept.fingerprint === pastFingerprint(projection, every);
    if (!goesOn) await beginPast(client, projection, every);
    members.push(new PastMember(projection, goesOn ? Number(kept.position) : 0, MEMORY_LIMIT));
  }
  await client.query('commit');
  return members;
};

/** Somebody else keeps versions meanwhile. */
export class PastMoved extends Error {
  override readonly name = 'PastMoved';
}

const ADVANCE = `update projecting.past p set position = $3
  from unnest($1::text[], $2::integer[]) as e (projection, version)
  where p.projection = e.projection and p.version = e.version and p.position = $4`;

const write = async (client: pg.ClientBase, members: readonly PastMember[], from: number, to: number) => {
  const names = members.map(({ projection }) => projection.name);
  const versions = members.map(({ projection }) => projection.version);
  await client.query('begin');
  const { rowCount } = await client.query(ADVANCE, [names, versions, to, from]);
  if (rowCount !== members.length) throw new PastMoved('versions are kept by another process');
  const written = new Map<PastMember, readonly Changes[]>();
  for (const member of members) written.set(member, await member.write(client, to));
  await client.query('commit');
  for (const [member, changes] of written) member.settle(changes, to);
};

/**
 * Keeps the versions that rows have at the next kept moment, of those members (all at the same position). `yieldTo` is
 * waited for between small stretches of work. Throws what a handler threw, `PastMoved`, and what ends the connection;
 * the members are of no use then.
 */
export const keepNext = async (
  { client, store, every }: { readonly client: pg.ClientBase; readonly store: EventStore; readonly every: number },
  members: readonly PastMember[],
  yieldTo: () => Promise<void>,
): Promise<void> => {
  const after = members[0]?.position ?? 0;
  const upTo = after + every;
  const types = [...new Set(members.flatMap((member) => [...member.types]))];
  for await (const { events } of store.readAll({ after, upTo, types, pageSize: PAGE_SIZE })) {
    const upcast = new UpcastPage(events);
    for (const member of members) await member.fold(client, upcast);
    await yieldTo();
  }
  await write(client, members, after, upTo);
};
