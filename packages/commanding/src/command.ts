import type { Decision, DomainEvent, Evolution } from '@headroom/kernel';

/** Who commands what, once: from the credential and the `Idempotency-Key` of the request. */
export interface CommandContext {
  readonly tenantId: string;
  /** `key:<id>`, `user:<subject>` or `system:<name>`. */
  readonly actor: string;
  /** The caller's idempotency key; with the tenant it identifies the command for ever. */
  readonly commandKey: string;
  /** Hash over operation, parameters and body: the same key with another fingerprint is a mistake of the caller. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  /** The revision of `If-Match`; the command is refused when the stream stands elsewhere. */
  readonly expectedRevision?: number;
  /** RFC 3339 instant at which the command arrived: the only clock that decisions see. */
  readonly now: string;
}

/** A kind of stream: its category, how its state is folded, and how old event shapes become current. */
export interface StreamKind<State, Event extends DomainEvent> {
  readonly category: string;
  readonly evolution: Evolution<State, Event>;
  readonly upcast: (storedType: string, data: unknown) => { readonly type: string; readonly data: unknown };
  /** The stored type of a current event; its name when absent, which holds as long as no shape was superseded. */
  readonly storedType?: (type: string) => string;
}

/** Makes kinds of streams whose events are stored and become current again in one way: `kind(category, evolution)`. */
export const streamKinds =
  (upcast: StreamKind<unknown, DomainEvent>['upcast'], storedType: (type: string) => string) =>
  <State, Event extends DomainEvent>(
    category: string,
    evolution: Evolution<State, Event>,
  ): StreamKind<State, Event> => ({ category, evolution, upcast, storedType });

/** One command on one stream. */
export interface Wish<State, Event extends DomainEvent, Code extends string> {
  readonly kind: StreamKind<State, Event>;
  readonly streamId: string;
  readonly context: CommandContext;
  /** Kept in the metadata of every event of the command. */
  readonly reason?: string;
  /** Pure and synchronous; asked again with newer state when another writer was faster. */
  readonly decide: (state: State) => Decision<Event, Code>;
}

export type Outcome<Event extends DomainEvent, Code extends string> =
  | {
      readonly kind: 'accepted';
      /** The events of the command, in their current shape; the same on a replay, so an answer made of them is too. */
      readonly events: readonly Event[];
      readonly revision: number;
      readonly position: number;
      /** True when the command had been carried out before and this is its first outcome again. */
      readonly replayed: boolean;
    }
  | { readonly kind: 'refused'; readonly code: Code; readonly detail?: Readonly<Record<string, unknown>> }
  /** `If-Match` named another revision than the stream's. */
  | { readonly kind: 'revision-mismatch'; readonly actualRevision: number }
  /** The key was used before with another content. */
  | { readonly kind: 'key-reused' }
  /** The same command is being carried out right now. */
  | { readonly kind: 'in-flight' };

export interface Commands {
  /** The present state of a stream, for decisions on other streams that depend on it. Do not change it. */
  state<State, Event extends DomainEvent>(
    kind: StreamKind<State, Event>,
    streamId: string,
  ): Promise<{ readonly state: State; readonly revision: number }>;

  /** Load, decide, append; retried on a conflict unless `If-Match` was given. */
  execute<State, Event extends DomainEvent, Code extends string>(
    wish: Wish<State, Event, Code>,
  ): Promise<Outcome<Event, Code>>;

  /**
   * Many commands, each with its own key, in order within each stream, one append a stream. `atomic`: all or none
   * (the first refusal is then the outcome of every accepted one too: `refused` with code `not-carried-out`); throws
   * `NotSupported` when the store cannot append to several streams at once and several are named.
   */
  executeAll<State, Event extends DomainEvent, Code extends string>(
    wishes: readonly Wish<State, Event, Code>[],
    mode: 'best-effort' | 'atomic',
    options?: { readonly dryRun?: boolean },
  ): Promise<Outcome<Event, Code | 'not-carried-out'>[]>;

  /**
   * Waits until the states known here hold what stands in the log now (or up to `position`), two seconds at most.
   * Before a refusal is told that rests on the state of other streams, this and a second look make it certain.
   */
  catchUp(position?: number): Promise<void>;

  /** Grows whenever something that another process wrote reaches the states known here. */
  news(): number;

  /** Position of the newest event in the log. */
  head(): Promise<number>;
  close(): Promise<void>;
}
