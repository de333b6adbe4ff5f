import type { EventStore } from '../port.ts';
import type { Wire } from './wire.ts';

/** A store that the suite may do anything to. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Another instance over the same log, as another process would have it. The suite closes it. */
  readonly reopen: () => Promise<EventStore>;
  /** The wire between `store` and its server (not that of reopened instances); without it, faults are not tried. */
  readonly wire?: Wire;
  /** Called at the end, when the suite has closed all stores. */
  readonly cleanup: () => Promise<void>;
}

export type Topic = 'appending' | 'atomic appends' | 'reading' | 'following' | 'order of the log' | 'faults';

export interface ContractSuiteOptions {
  /** Names the adapter in the report. */
  readonly name: string;
  /**
   * Opens the store, once. Its log need not be empty, nor its own: each test keeps to a tenant of its own, reads behind
   * the head that it found, and takes other tenants' events to be somebody else's.
   */
  readonly open: () => Promise<OpenedStore>;
  /** For what stands before an adapter that keeps all promises itself: those that it could break. All, when absent. */
  readonly topics?: readonly Topic[];
}
