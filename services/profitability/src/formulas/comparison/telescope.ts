import type { Cause } from './causes.ts';

/** What some events that followed each other did to a figure; `amount` in the figure's smallest unit. */
export interface GroupedChange {
  readonly cause: Cause;
  readonly amount: number;
  /** The stage that moved; null where no single one did. */
  readonly stageId: string | null;
  /** The day from which it counts; null where the events themselves are what is compared. */
  readonly on: string | null;
  /** Of the events responsible; none where time alone did it. */
  readonly positions: readonly number[];
}

/** Why what a stage brings is another by now. */
export type Reason = Omit<GroupedChange, 'amount' | 'stageId'>;

/**
 * A figure of many stages, moved from one moment to another stage by stage: each change is the figure after it less the
 * figure before, so all changes add up to the difference whatever the figure is made of.
 */
export class Telescope<Brought> {
  readonly changes: GroupedChange[] = [];
  readonly #brought: Map<string, Brought>;
  readonly #measure: (brought: Iterable<Brought>) => number | null;
  #value: number;

  /** `measure` is the figure of what stages bring; null counts as 0. */
  constructor(brought: ReadonlyMap<string, Brought>, measure: (brought: Iterable<Brought>) => number | null) {
    this.#brought = new Map(brought);
    this.#measure = measure;
    this.#value = measure(this.#brought.values()) ?? 0;
  }

  /** What a stage brings so far; undefined: nothing. */
  of(stageId: string): Brought | undefined {
    return this.#brought.get(stageId);
  }

  /** A stage brings something else from now on. */
  put(stageId: string, brought: Brought | undefined, reason: Reason): void {
    if (brought === undefined) this.#brought.delete(stageId);
    else this.#brought.set(stageId, brought);
    const now = this.#measure(this.#brought.values()) ?? 0;
    if (now !== this.#value) this.changes.push({ ...reason, stageId, amount: now - this.#value });
    this.#value = now;
  }
}

/** Changes by cause, the greatest first, with how many events are behind each; they add up to what all changes do. */
export const summedGroups = (changes: readonly GroupedChange[]) =>
  [...Map.groupBy(changes, ({ cause }) => cause)]
    .map(([cause, list]) => ({
      cause,
      amount: list.reduce((total, { amount }) => total + amount, 0),
      changes: new Set(list.flatMap(({ positions }) => positions)).size,
    }))
    .sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount) || (one.cause < other.cause ? -1 : 1));

/** The greatest change first; of equal ones the earlier. */
export const groupsByWeight = (one: GroupedChange, other: GroupedChange): number =>
  Math.abs(other.amount) - Math.abs(one.amount) ||
  (one.positions[0] ?? 0) - (other.positions[0] ?? 0) ||
  ((one.on ?? '') < (other.on ?? '') ? -1 : (one.on ?? '') > (other.on ?? '') ? 1 : 0) ||
  ((one.stageId ?? '') < (other.stageId ?? '') ? -1 : 1);
