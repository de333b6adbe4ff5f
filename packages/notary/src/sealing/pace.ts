/** What the notary saw of the log when it last looked. */
export interface Pace {
  /** Position of the newest event then. */
  readonly head: number;
}

/** Of the time while the log grows, the notary works at most this share: appending comes first. */
const SHARE_WHILE_GROWING = 0.1;
const SHARE_WHILE_QUIET = 0.5;
/** What is appended within it shares a page and a signature. */
const SHORTEST_REST_MS = 50;
/** Under a flood receipts come late; otherwise they are there within a second. */
const LONGEST_REST_MS = 2_000;

/** How long to rest after so many ms of work, with the log now at `head`. */
export const restAfter = (before: Pace, workedMs: number, head: number): number => {
  const share = head === before.head ? SHARE_WHILE_QUIET : SHARE_WHILE_GROWING;
  return Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, workedMs * (1 / share - 1)));
};
