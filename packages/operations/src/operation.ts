/** Plain data, as it is kept. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export type OperationStatus = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Long work as it stands. */
export interface Operation {
  readonly tenantId: string;
  readonly operationId: string;
  readonly kind: string;
  /** What a credential needs to see it. */
  readonly permission: string;
  readonly actor: string;
  readonly status: OperationStatus;
  readonly cancelRequested: boolean;
  /** What is being done now, in the kind's own word. */
  readonly phase: string | null;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  /** Of the present attempt; null before there is anything to measure. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
  readonly result: JsonObject | null;
  readonly failure: string | null;
  /** RFC 3339 instants. */
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface Progress {
  readonly phase?: string;
  readonly done?: number;
  readonly total?: number;
  /** What the next attempt is given, should this one end in the midst of it. */
  readonly checkpoint?: Json;
}

/** One attempt at an operation, as its kind sees it. */
export interface Attempt<Input = JsonObject> {
  readonly tenantId: string;
  readonly operationId: string;
  readonly actor: string;
  readonly requestedAt: string;
  readonly input: Input;
  /** What came with the request, piece by piece from its beginning; nothing when nothing was spooled. */
  readonly spooled: () => AsyncIterable<Uint8Array>;
  /** The last one that was kept; null at the first attempt. */
  readonly checkpoint: Json;
  /**
   * Tells how far the work is, and keeps the checkpoint; writes at most a few times a second, unless `now`. Throws
   * `Interrupted` when this process is to stop or has lost the operation: the next attempt goes on at the checkpoint.
   */
  report(progress: Progress, now?: 'now'): Promise<void>;
  /** Whether somebody wants the work to end; known since the last report that was written. */
  readonly cancelled: () => boolean;
}

export interface Finished {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly result: JsonObject;
  /** Why it failed, for the person who asked. */
  readonly failure?: string;
}

/** A kind of long work. Whatever it does must have one effect however often it is begun anew. */
export interface OperationKind {
  readonly name: string;
  /** What it throws is a fault: the operation is tried again after a while, and fails when that does not help. */
  readonly run: (attempt: Attempt) => Promise<Finished>;
}

/** This process is to stop, or the operation is no longer its own; thrown on by kinds. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
