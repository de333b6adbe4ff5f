/** From when to when somebody worked, as RFC 3339 instants in UTC. What the file leaves open is left out, not guessed. */
export interface WorkedSpan {
  readonly startedAt?: string;
  readonly endedAt?: string;
}

const DAY_MS = 86_400_000;

/** What is written of the days (by number since 1970) and of the times of day that a file has: few, and many rows. */
const dates = new Map<number, string>();
const times = new Map<number, string>();
const MAX_KEPT = 20_000;

const kept = (known: Map<number, string>, key: number, write: () => string): string => {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= MAX_KEPT) known.clear();
  const text = write();
  known.set(key, text);
  return text;
};

/** As `toISOString` writes it, which takes a good part of reading a row. */
const iso = (instant: number): string => {
  const day = Math.floor(instant / DAY_MS);
  const date = kept(dates, day, () => new Date(instant).toISOString().slice(0, -13));
  return date + kept(times, instant - day * DAY_MS, () => new Date(instant).toISOString().slice(-13));
};

/**
 * The span of an entry from the instants its start and its end may mean. In the hour that comes twice in autumn both may
 * mean two; then the pair that lies as far apart as the entry is long is the one meant, if only one does.
 */
export const workedSpan = (starts: readonly number[], ends: readonly number[], seconds: number): WorkedSpan => {
  const fitting = starts.filter((start) => ends.includes(start + seconds * 1_000));
  const [start, otherStart] = starts.length > 1 ? fitting : starts;
  if (start === undefined || otherStart !== undefined) return {};
  const [end, otherEnd] = fitting.includes(start) ? [start + seconds * 1_000] : ends;
  if (end === undefined || otherEnd !== undefined) return { startedAt: iso(start) };
  return { startedAt: iso(start), endedAt: iso(end) };
};
