/**
 * The vocabulary of a decision: a command is either accepted (with the events that record it) or refused
 * with a code from a closed set. Expected failures are values; only faults throw.
 */

/** A past-tense fact, before it is stored: its name and its data. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

export interface Accepted<Event> {
  readonly accepted: readonly Event[];
}

export interface Refused<Code extends string> {
  readonly refused: Code;
  /** Facts that help the caller mend the command, for example the limit that was crossed. Never money rates. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

export type Decision<Event, Code extends string> = Accepted<Event> | Refused<Code>;

/** Accepts a command with the events that record it; none when the wish is already fulfilled. */
export const accept = <Event>(...events: Event[]): Accepted<Event> => ({ accepted: events });

/** Refuses a command with a code of its closed set, and optionally the facts behind the refusal. */
export const refuse = <Code extends string>(code: Code, detail?: Readonly<Record<string, unknown>>): Refused<Code> =>
  detail === undefined ? { refused: code } : { refused: code, detail };

export const isRefused = <Event, Code extends string>(decision: Decision<Event, Code>): decision is Refused<Code> =>
  'refused' in decision;

/**
 * How the state that decisions of one kind of stream need is folded from its events.
 * `evolve` owns the state it is given: it may change it in place and returns it. A `decide` never changes it.
 */
export interface Evolution<State, Event extends DomainEvent> {
  readonly initial: () => State;
  readonly evolve: (state: State, event: Event) => State;
}
