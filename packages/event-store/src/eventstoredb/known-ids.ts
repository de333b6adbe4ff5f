/** Where an event of a stream stands. */
interface Placed {
  readonly id: string;
  readonly revision: number;
}

/**
 * Which events a stream is known to hold from a revision on. Streams only grow, so that what is known of one stays
 * true; it may hold more.
 */
export interface KnownIds {
  /** The first revision that is looked at. */
  readonly from: number;
  /** The first revision of which nothing is known. */
  readonly next: number;
  /** Takes note of a run of events behind what is known; what is known already is no news. */
  add(run: readonly Placed[]): void;
  /** Takes note that what has not been told up to a revision, that one included, is nothing of interest. */
  passOver(upTo: number): void;
  /** How many of these events are there, from the first on, one behind the other. */
  countOf(ids: readonly string[]): number;
  revisionOf(id: string): number | undefined;
  /** Nothing of it was true. */
  forget(): void;
}

export const createKnownIds = (from: number): KnownIds => {
  const revisions = new Map<string, number>();
  let next = from;
  return {
    from,
    get next() {
      return next;
    },
    add: (run) => {
      for (const { id, revision } of run) {
        if (revision < next) continue;
        revisions.set(id, revision);
        next = revision + 1;
      }
    },
    passOver: (upTo) => {
      next = Math.max(next, upTo + 1);
    },
    countOf: (ids) => {
      const first = revisions.get(ids[0] ?? '');
      if (first === undefined) return 0;
      const missing = ids.findIndex((id, n) => revisions.get(id) !== first + n);
      return missing < 0 ? ids.length : missing;
    },
    revisionOf: (id) => revisions.get(id),
    forget: () => {
      revisions.clear();
      next = from;
    },
  };
};

/** Ids that are remembered of all streams together: some ten megabytes. */
const MOST_IDS = 100_000;
const LOOKS_BETWEEN_TRIMS = 1_000;

/** What was learnt of the streams that were appended to without an expected revision, the latest ones. */
export interface StreamMemory {
  /** Does something with what is known of a stream, one after the other: they would only get in each other's way. */
  inTurn<T>(streamId: string, use: (known: KnownIds) => Promise<T>): Promise<T>;
}

interface Remembered {
  readonly known: KnownIds;
  turn: Promise<unknown>;
}

export const createStreamMemory = (): StreamMemory => {
  const streams = new Map<string, Remembered>();
  let looks = 0;

  const trim = (): void => {
    let ids = 0;
    for (const [streamId, { known }] of [...streams].reverse()) {
      ids += known.next + 1;
      if (ids > MOST_IDS) streams.delete(streamId);
    }
  };

  return {
    inTurn: (streamId, use) => {
      looks += 1;
      if (looks % LOOKS_BETWEEN_TRIMS === 0) trim();
      const stream = streams.get(streamId) ?? { known: createKnownIds(0), turn: Promise.resolve() };
      streams.delete(streamId);
      streams.set(streamId, stream);
      const used = stream.turn.then(() => use(stream.known));
      stream.turn = used.catch(() => undefined);
      return used;
    },
  };
};
