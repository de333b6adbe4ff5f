import type { EventStore } from '../port.ts';
import type { Wire } from './wire.ts';

/** A store that the suite may do anything to: every test opens one and cleans it up. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Another instance over the same log, as another process would have it. The suite closes it. */
  readonly reopen: () => Promise<EventStore>;
  /** The wire between `store` and its server (not that of reopened instances); without it, faults are not tried. */
  readonly wire?: Wire;
  /** Called after the suite has closed the stores. */
  readonly cleanup: () => Promise<void>;
}

export interface ContractSuiteOptions {
  /** Names the adapter in the report. */
  readonly name: string;
  /**
   * Opens a store. Its log need not be empty, nor its own: the suite keeps to a tenant of its own per test,
   * reads behind the head that it found, and takes other tenants' events to be somebody else's.
   */
  readonly open: () => Promise<OpenedStore>;
}
