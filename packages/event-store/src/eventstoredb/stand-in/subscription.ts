import { randomUUID } from 'node:crypto';
import type { Delivery } from './delivery.ts';
import { invalidPosition } from './errors.ts';
import { type Filter, filterOf } from './filter.ts';
import type { Log } from './log.ts';
import { caughtUpMessage, checkpointMessage, confirmationMessage, eventMessage } from './messages.ts';
import type { streams } from './stubs.ts';

type Options = InstanceType<typeof streams.ReadReq.Options>;

const UNFILTERED: Filter = { allows: () => true, window: 500, checkpointEvery: Number.POSITIVE_INFINITY };

/**
 * A subscription to the whole log, as servers since 23.10 run it. It starts behind the position given. Pages of the
 * log are considered one after the other; a page that finds the end makes the subscription caught up. The checkpoint
 * that precedes this is where that last page began: when it held nothing, that is the place where the next event
 * will be written, and who resumes behind that place with a commit position alone skips the event.
 */
export const followLog = async (log: Log, options: Options, delivery: Delivery): Promise<void> => {
  const filterOptions = options.getFilter();
  const start = startOf(log, options);
  const follower: Follower = {
    log,
    delivery,
    filter: filterOptions ? filterOf(filterOptions) : UNFILTERED,
    after: start.after,
    index: start.index,
    considered: 0,
    lastSent: -1,
  };
  await delivery.send(confirmationMessage(randomUUID()));
  if (!start.atEnd) await catchUp(follower);
  await delivery.send(caughtUpMessage());
  await goLive(follower);
};

interface Follower {
  readonly log: Log;
  readonly delivery: Delivery;
  readonly filter: Filter;
  /** Events up to this position are of no interest, also when they do not exist yet. */
  readonly after: number;
  /** Index of the record to consider next. */
  index: number;
  /** Records considered since the last checkpoint. */
  considered: number;
  /** Position of the last event that was sent. */
  lastSent: number;
}

interface Start {
  readonly index: number;
  readonly after: number;
  /** Whether there is nothing to catch up with. */
  readonly atEnd: boolean;
}

const startOf = (log: Log, options: Options): Start => {
  const all = options.getAll();
  const last = log.records.at(-1)?.position ?? -1;
  if (all?.hasEnd()) return { index: log.records.length, after: last, atEnd: true };
  if (!all?.hasPosition()) return { index: 0, after: -1, atEnd: false };
  const after = Number(all.getPosition()?.getCommitPosition());
  if (after >= last) return { index: log.records.length, after, atEnd: true };
  const index = log.indexAt(after);
  if (index === undefined) throw invalidPosition();
  return { index, after, atEnd: false };
};

const catchUp = async (follower: Follower): Promise<void> => {
  const { log, filter } = follower;
  for (let reachedEnd = false; !reachedEnd; ) {
    const pageStart = log.records[follower.index]?.position ?? log.end();
    const held = follower.index < log.records.length;
    const pageEnd = Math.min(follower.index + filter.window, log.records.length);
    reachedEnd = pageEnd - follower.index < filter.window;
    await considerUpTo(follower, pageEnd);
    if (!reachedEnd && follower.considered < filter.checkpointEvery) continue;
    follower.considered %= filter.checkpointEvery;
    if (follower.lastSent >= pageStart) await checkpoint(follower, follower.lastSent, follower.lastSent);
    else await checkpoint(follower, pageStart, held ? pageStart : 0);
  }
};

const goLive = async (follower: Follower): Promise<void> => {
  const { log, filter, delivery } = follower;
  for (;;) {
    while (follower.index < log.records.length) {
      const position = log.records[follower.index]?.position ?? -1;
      const full = consider(follower);
      if (full) await full;
      if (follower.considered < filter.checkpointEvery) continue;
      follower.considered = 0;
      await checkpoint(follower, position, position);
    }
    await nextWrite(log, delivery.gone);
  }
};

/** Sends the next record if it passes the filter; gives a promise to wait for when the client takes in nothing more. */
const consider = (follower: Follower): Promise<unknown> | undefined => {
  const record = follower.log.records[follower.index];
  follower.index += 1;
  if (!record || record.position <= follower.after) return undefined;
  follower.considered += 1;
  if (!follower.filter.allows(record)) return undefined;
  follower.lastSent = record.position;
  return follower.delivery.send(eventMessage(record));
};

const considerUpTo = async (follower: Follower, end: number): Promise<void> => {
  while (follower.index < end) {
    const full = consider(follower);
    if (full) await full;
  }
};

const checkpoint = async (follower: Follower, commit: number, prepare: number): Promise<void> => {
  if (follower.filter !== UNFILTERED) await follower.delivery.send(checkpointMessage(commit, prepare));
};

/** Passes after the next write. Rejects when the client has gone. */
const nextWrite = (log: Log, gone: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (settle: () => void) => (): void => {
      stopListening();
      gone.removeEventListener('abort', leave);
      settle();
    };
    const leave = done(() => reject(gone.reason));
    const stopListening = log.onWrite(done(resolve));
    gone.addEventListener('abort', leave);
    if (gone.aborted) leave();
  });
