import type { EventStore, StoredEvent } from '../port.ts';
import { follow } from './follower.ts';
import { mustAppend, type Promised, promise, until } from './scene.ts';

const WRITERS = 32;
const APPENDS = 60;

/**
 * Writers of two instances whose commits interleave: small appends overtake large ones that began before them. Where
 * positions are handed out in another order than commits become visible, a follower passes over the late ones.
 */
export const logOrder: readonly Promised[] = [
  promise(
    `${WRITERS} writers of two instances: followers see every event once, in order, and skip none`,
    async (t, scene) => {
      const instances = [scene.store, await scene.another()] as const;
      const filter = { after: scene.start, tenantId: scene.tenantId };
      const followers = [
        follow(scene.store, { ...filter, pageSize: 7 }),
        follow(instances[1], { ...filter, pageSize: 500 }),
        follow(await scene.another(), filter),
        follow(await scene.another(), { ...filter, types: ['Happened'] }),
      ];
      const acknowledged: string[] = [];
      const write = async (store: EventStore, writer: number): Promise<void> => {
        for (let n = 0; n < APPENDS; n += 1) {
          // Every eighth writer is slow at it: its appends hold many events.
          const size = writer % 8 === 0 ? 40 : 1;
          const events = Array.from({ length: size }, (_, m) => scene.event(`${writer}/${n}`, m));
          const stream = writer % 4 === 1 ? `shared ${n % 5}` : `own ${writer}`;
          await mustAppend(store, scene.stream(stream), events);
          acknowledged.push(...events.map(({ id }) => id));
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(instances[n % 2 === 0 ? 0 : 1], n)));
      const head = await scene.store.head();
      for (const [n, follower] of followers.entries()) {
        await until(() => follower.upTo() >= head);
        await follower.stop();
        t.equal(missing(acknowledged, follower.events), 0, `follower ${n} skipped nothing`);
        t.equal(follower.events.length, acknowledged.length, `follower ${n} saw nothing twice`);
        const positions = follower.events.map(({ position }) => position);
        t.ok(
          positions.every((position, i) => i === 0 || position > (positions[i - 1] as number)),
          `follower ${n} saw them in order`,
        );
      }
      t.ok(revisionsGrow(followers[0]?.events ?? []), 'revisions of each stream go up one by one along the log');
    },
  ),
];

const missing = (acknowledged: readonly string[], events: readonly StoredEvent[]): number => {
  const seen = new Set(events.map(({ id }) => id));
  return acknowledged.filter((id) => !seen.has(id)).length;
};

const revisionsGrow = (events: readonly StoredEvent[]): boolean => {
  const revisions = new Map<string, number>();
  return events.every(({ streamId, revision }) => {
    const expected = (revisions.get(streamId) ?? -1) + 1;
    revisions.set(streamId, revision);
    return revision === expected;
  });
};
