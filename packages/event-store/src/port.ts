/**
 * The port to the log. Two adapters implement it, Postgres and EventStoreDB, and both pass the suite in
 * `contract-suite/`. Revisions count from 0 within a stream; -1 means that the stream does not exist.
 * Positions order all events of a store; no reader that follows them ever skips an event.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Who, why and in which context: kept beside every event. */
export interface EventMeta {
  readonly tenantId: string;
  /** Who acted: `key:<id>`, `user:<subject>` or `system:<name>`. */
  readonly actor: string;
  /** The idempotency key of the command, and the fingerprint of its content; both travel in the event for ever. */
  readonly commandKey: string;
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly reason?: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
}

export interface NewEvent {
  /** A UUID; a repeated append with the same ids has one effect. */
  readonly id: string;
  /** The stored type: the event's name, with `.vN` behind it from its second version on. */
  readonly type: string;
  readonly data: JsonObject;
  readonly meta: EventMeta;
}

/**
 * An event as it is read. It may be an instance that parses its metadata when asked for it: take the fields you
 * need by name, never `{ ...event }`.
 */
export interface StoredEvent extends NewEvent {
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  /** RFC 3339 instant, in UTC, to the millisecond, at which the store recorded the event; never decreasing along the log. */
  readonly recordedAt: string;
}

/**
 * The revision that the writer saw last (-1: no stream yet), or `any` when it does not matter. Either way a repeated
 * append has one effect: with a revision the ids are compared with those behind it, with `any` with those of the stream.
 */
export type ExpectedRevision = number | 'any';

export interface StreamAppend {
  readonly streamId: string;
  readonly expected: ExpectedRevision;
  /** One or more. */
  readonly events: readonly NewEvent[];
}

export interface Appended {
  readonly kind: 'appended';
  /** Revision of the last event of this append in its stream. */
  readonly revision: number;
  /** Position of the last event of this append. */
  readonly position: number;
  /** True when these very events were there already: a retry, answered with its first outcome. */
  readonly repeated: boolean;
}

/** The stream is not where the writer expected it, or holds only some of the events. Nothing was appended. */
export interface Conflict {
  readonly kind: 'conflict';
  readonly streamId: string;
  readonly actualRevision: number;
}

export type AppendOutcome = Appended | Conflict;

/** An idempotency key, and the content that it is to belong to. */
export interface KeyClaim {
  readonly tenantId: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** Keys that belong to other content already. Nothing was appended. */
export interface KeysTaken {
  readonly kind: 'keys-taken';
  readonly keys: readonly string[];
}

export interface AtomicallyAppended {
  readonly kind: 'appended';
  /** One outcome a stream, in the order given. */
  readonly streams: readonly Appended[];
}

export interface ReadAllOptions {
  /** Events behind this position; 0 reads from the beginning. */
  readonly after: number;
  /** Up to and with this position; absent, or beyond the end, reads to the end that stood when the reading began. */
  readonly upTo?: number;
  /** Stored types wanted; absent means all. The filter works in the store, before anything is parsed. */
  readonly types?: readonly string[];
  /** Only this tenant's events. */
  readonly tenantId?: string;
  /** The most events a page holds; pages may be smaller. */
  readonly pageSize?: number;
}

/** A run of events in log order, and the position up to which everything that was asked for has been seen. */
export interface Page {
  readonly events: readonly StoredEvent[];
  readonly upTo: number;
}

export interface SubscribeOptions extends Omit<ReadAllOptions, 'upTo'> {
  /** Ends the subscription: the iteration returns, nothing leaks. */
  readonly signal: AbortSignal;
  /** Told when the connection to the store is lost and is being tried again; the subscription itself goes on. */
  readonly onInterruption?: (error: unknown) => void;
}

export interface EventStore {
  /** What this store can do that the other may not. */
  readonly capabilities: {
    readonly atomicAcrossStreams: boolean;
    /** Whether the events of one append stand at positions one behind the other. */
    readonly consecutivePositions: boolean;
  };

  /**
   * Appends to one stream, whole or not at all. Throws `UnknownOutcome` when the store may or may not have
   * taken the events (a retry with the same ids settles it), `TooLarge` when one event is over the limit,
   * `Unavailable` when the store could not be reached in time.
   */
  append(append: StreamAppend): Promise<AppendOutcome>;

  /**
   * As `append`, and in the same commit the keys are claimed for their contents, where no other content has them. Absent
   * where the keys are not kept beside the log.
   */
  readonly appendClaiming?: (append: StreamAppend, claims: readonly KeyClaim[]) => Promise<AppendOutcome | KeysTaken>;

  /**
   * Appends to several streams (each named once), all or none. Throws what `append` throws, and `NotSupported` where
   * the store cannot.
   */
  appendAtomically(appends: readonly StreamAppend[]): Promise<AtomicallyAppended | Conflict>;

  /**
   * The events of a stream from a revision on, oldest first; empty when the stream does not exist. Who wants only those
   * whose data holds one of these texts as a value says so (`mentioning`: texts that JSON writes as they are): a store
   * that can tell them apart leaves others out, and another one gives all.
   */
  readStream(streamId: string, fromRevision?: number, mentioning?: readonly string[]): Promise<StoredEvent[]>;

  /**
   * Pages of the log, streamed: memory does not grow with the log, and the next page is fetched when the consumer
   * asks for it. The last page reaches the end that was asked for, if need be without events.
   */
  readAll(options: ReadAllOptions): AsyncIterable<Page>;

  /**
   * Follows the log for ever: first what is there, then what comes, in pages, with backpressure (the next page
   * is fetched when the consumer asks for it). Survives the loss of the store by reconnecting and resuming.
   * A page without events is yielded when the filter passed over events, so that a checkpoint can move.
   * Returns when the signal aborts or the store closes; throws only what reconnecting cannot mend.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<Page>;

  /** Position of the newest event, 0 for an empty log. */
  head(): Promise<number>;

  /** The last position recorded at or before an instant (RFC 3339), 0 when there is none. */
  positionAt(instant: string): Promise<number>;

  /** When the event at or before this position was recorded; undefined for an empty log. */
  recordedAt(position: number): Promise<string | undefined>;

  /** Whether the store answers now. */
  ping(): Promise<boolean>;

  /** Waits for the appends under way, ends subscriptions, fails readings, and lets go of the store. */
  close(): Promise<void>;
}

/** The store may or may not have taken the append; repeating it with the same event ids settles it. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
}

/** The store could not be reached, or is closed; nothing was appended. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** One event is larger than any store takes (1 MiB with its metadata). */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** The store cannot do this by its nature. */
export class NotSupported extends Error {
  override readonly name = 'NotSupported';
}
