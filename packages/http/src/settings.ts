import type { Commands } from '@headroom/commanding';
import type { EventStore } from '@headroom/event-store';
import type { Spool } from '@headroom/operations';
import type { ReadModels } from '@headroom/projecting';
import type { Logger } from 'pino';
import type { Database } from './access/keys.ts';
import type { Bound } from './binding.ts';
import type { Gauged } from './metrics.ts';
import type { RateLimit } from './rate-limit.ts';

export interface ApiSettings {
  /** Shown in the document; `0.0.0` unless told. */
  readonly version?: string;
  /** Largest body in bytes where the operation says nothing else; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** Per API key and process; 6,000 requests in 60 seconds unless told, `false` for none. */
  readonly rateLimit?: RateLimit | false;
  /** Requests without a valid credential, per address and process; 300 in 60 seconds unless told, `false` for none. */
  readonly strangerLimit?: RateLimit | false;
  /** How long a question with `Min-Position` waits for its projections; 2,000 ms unless told. */
  readonly projectionWaitMs?: number;
  /** How long a request may take before it is answered with 503; 60,000 ms unless told. */
  readonly answerWithinMs?: number;
  /** How long a key is trusted without looking again; 3,000 ms unless told. */
  readonly credentialCacheMs?: number;
  /** Whether answers are checked against their contract (costs time); in production not, unless told. */
  readonly checkResponses?: boolean;
  /** Whether `/metrics` is served; it is unless told. */
  readonly metrics?: boolean;
  /** Whether addresses of `X-Forwarded-For` are believed; only behind a proxy of ours. */
  readonly trustProxy?: boolean;
}

/** A part of the system that must be well for requests to be taken; gives what is wrong, or nothing. */
export type ReadinessCheck = () => Promise<string | undefined>;

export interface ApiOptions {
  readonly operations: readonly Bound[];
  readonly store: EventStore;
  /** The same that the operations' handlers use. */
  readonly commands: Pick<Commands, 'catchUp' | 'news'>;
  readonly readModels: ReadModels;
  /** Takes in files that are too large to be held in memory; without it they are refused. */
  readonly spool?: Spool;
  /** For the API keys. */
  readonly pool: Database;
  /** The clock that decisions see; this machine's unless told. */
  readonly clock?: () => Date;
  readonly logger: Logger;
  /** HTML pages that anybody may load, by path: each in one file, asking nobody for anything. */
  readonly pages?: Readonly<Record<string, () => Promise<string>>>;
  /** By name, for `/readyz`; the database and the event store are always checked. */
  readonly readiness?: Readonly<Record<string, ReadinessCheck>>;
  /** Further figures for `/metrics`. */
  readonly gauges?: readonly Gauged[];
  readonly settings?: ApiSettings;
}
