/** From when to when somebody worked, as RFC 3339 instants in UTC. What the file leaves open is left out, not guessed. */
export interface WorkedSpan {
  readonly startedAt?: string;
  readonly endedAt?: string;
}

const iso = (instant: number): string => new Date(instant).toISOString();

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
