import { setTimeout as sleep } from 'node:timers/promises';

export interface FollowOrder {
  /** A migrated, empty database. */
  readonly url: string;
  readonly writers: number;
  readonly seconds: number;
}

export interface Lost {
  readonly appended: number;
  readonly lost: number;
  readonly twice: number;
}

/** A log with somebody who follows it. */
export interface FollowedLog {
  /** Appends the n-th event; gives the id by which the reader will know it, once the append is acknowledged. */
  readonly append: (n: number) => Promise<string>;
  /** Tells of each event that the reader is given, until stopped. */
  readonly follow: (seen: (id: string) => void) => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

/** A reader that has got nothing for so long has got all that it will ever get. */
const QUIET_MS = 3_000;
const LOOK_EVERY_MS = 50;

/** Lets writers append while the reader follows, waits until the reader has come to the end, and compares. */
export const countLost = async (
  { writers, seconds }: FollowOrder,
  { append, follow, stop }: FollowedLog,
): Promise<Lost> => {
  const seen = new Map<string, number>();
  const appended: string[] = [];
  let lastNews = performance.now();
  const following = follow((id) => {
    seen.set(id, (seen.get(id) ?? 0) + 1);
    lastNews = performance.now();
  });
  const end = performance.now() + seconds * 1_000;
  let next = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() < end) {
      next += 1;
      appended.push(await append(next));
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  lastNews = performance.now();
  while (seen.size < appended.length && performance.now() - lastNews < QUIET_MS) await sleep(LOOK_EVERY_MS);
  await stop();
  await following;
  return {
    appended: appended.length,
    lost: appended.filter((id) => !seen.has(id)).length,
    twice: [...seen.values()].filter((times) => times > 1).length,
  };
};
