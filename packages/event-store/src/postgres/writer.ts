import { setImmediate as turn } from 'node:timers/promises';
import { isConnectionLoss } from '@headroom/postgres';
import type pg from 'pg';
import { type KeyClaim, type KeysTaken, Unavailable, UnknownOutcome } from '../port.ts';
import {
  type AppendRow,
  appendStatement,
  type Bundle,
  readMisused,
  readVerdicts,
  type Verdict,
} from './append-statement.ts';
import { gather, type Waiting } from './gathering.ts';
import { createWriteConnection, type WriteConnection } from './write-connection.ts';

export interface WriterOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  /** How long an append may wait for a connection, and then for its outcome. */
  readonly timeoutMs: number;
  /** As of the store's options; claims need it. */
  readonly claimingFunction: string | undefined;
}

/** Appends, many callers to a commit. */
export interface Writer {
  /**
   * Gives one verdict an append. Throws `UnknownOutcome` when the connection was lost before the reply, `Unavailable`
   * when nothing was written. The claims are taken with it, or it is not appended.
   */
  readonly append: (bundle: Bundle, claims: readonly KeyClaim[]) => Promise<readonly Verdict[] | KeysTaken>;
  /** Takes nothing more, and waits for what it has. */
  readonly close: () => Promise<void>;
}

const stateOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Bad data (class 22) or a broken constraint (23): the fault of one append of the batch, whichever it is. */
const blamesContent = (error: unknown): boolean => /^2[23]/.test(stateOf(error));

/** Read-only (class 25), out of resources (53), cancelled (57): the server will not write now, and has written nothing. */
const blamesServer = (error: unknown): boolean => /^(25|53|57)/.test(stateOf(error));

const unknown = (cause: unknown): UnknownOutcome =>
  new UnknownOutcome('the connection to the store was lost before it answered', { cause });

const unavailable = (cause: unknown): Unavailable => new Unavailable('the store does not take events now', { cause });

/** Tells nobody anything. */
const nobody = (): void => undefined;

class Batches {
  readonly #queue: Waiting[] = [];
  readonly #connection: WriteConnection;
  readonly #timeoutMs: number;
  readonly #claimingFunction: string | undefined;
  #running: Promise<void> | undefined;

  constructor(connection: WriteConnection, { timeoutMs, claimingFunction }: WriterOptions) {
    this.#connection = connection;
    this.#timeoutMs = timeoutMs;
    this.#claimingFunction = claimingFunction;
  }

  add(bundle: Bundle, claims: readonly KeyClaim[]): Promise<readonly Verdict[] | KeysTaken> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ bundle, claims, deadline: performance.now() + this.#timeoutMs, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  /**
   * While a batch is under way the next one gathers; no timer makes anybody wait. When many have gathered, they are sent
   * before the callers of the last batch are told, so that the server need not wait for what those do next.
   */
  async #run(): Promise<void> {
    let tell = nobody;
    let size = Number.POSITIVE_INFINITY;
    for (;;) {
      if (this.#queue.length * 2 < size) {
        tell();
        tell = nobody;
        // One turn of the event loop: whoever was just told, or arrived together with the first, comes along.
        await turn();
      }
      if (this.#queue.length === 0) break;
      const client = this.#connection.current();
      if (client) {
        const batch = gather(this.#queue);
        const sent = this.#send(client, batch);
        tell();
        tell = await sent;
        size = batch.length;
      } else {
        tell();
        tell = nobody;
        await this.#reconnect();
      }
    }
    this.#running = undefined;
  }

  /** What was not sent yet may wait for another connection, but not for ever. */
  async #reconnect(): Promise<void> {
    const { failed } = await this.#connection.establish();
    if (failed === undefined) return;
    const now = performance.now();
    const overdue = this.#queue.filter(({ deadline }) => deadline <= now);
    const rest = this.#queue.filter(({ deadline }) => deadline > now);
    this.#queue.splice(0, this.#queue.length, ...rest);
    for (const { reject } of overdue) reject(new Unavailable('the store cannot be reached', { cause: failed }));
  }

  /** Gives what tells the callers. */
  async #send(client: pg.Client, batch: readonly Waiting[]): Promise<() => void> {
    const bundles = batch.map(({ bundle }) => bundle);
    const claims = batch.flatMap((waiting) => waiting.claims);
    const timer = setTimeout(() => this.#connection.drop(client), this.#timeoutMs);
    try {
      const { rows } = await client.query<AppendRow>(appendStatement(bundles, claims, this.#claimingFunction));
      const row = rows[0] as AppendRow;
      const misused = new Set(readMisused(row).map((n) => claims[n] as KeyClaim));
      if (misused.size > 0) return this.#setAside(batch, misused);
      const verdicts = readVerdicts(bundles, row);
      return () => {
        for (const [n, { resolve }] of batch.entries()) resolve(verdicts[n] as Verdict[]);
      };
    } catch (error) {
      return await this.#fail(client, batch, error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The batch was not appended, since keys of some belong to other content: the others are first in the next one. */
  #setAside(batch: readonly Waiting[], misused: ReadonlySet<KeyClaim>): () => void {
    const keysOf = ({ claims }: Waiting): string[] =>
      claims.filter((claim) => misused.has(claim)).map(({ key }) => key);
    this.#queue.unshift(...batch.filter((waiting) => keysOf(waiting).length === 0));
    return () => {
      for (const waiting of batch) {
        const keys = keysOf(waiting);
        if (keys.length > 0) waiting.resolve({ kind: 'keys-taken', keys });
      }
    };
  }

  async #fail(client: pg.Client, batch: readonly Waiting[], error: unknown): Promise<() => void> {
    const lost = isConnectionLoss(error);
    if (lost || blamesServer(error)) this.#connection.drop(client);
    if (!lost && batch.length > 1 && blamesContent(error)) return this.#sendOneByOne(client, batch);
    const reason = (): unknown => (lost ? unknown(error) : blamesServer(error) ? unavailable(error) : error);
    return () => {
      for (const { reject } of batch) reject(reason());
    };
  }

  /** The batch was rolled back because of one of its appends: the others shall not suffer for it. */
  async #sendOneByOne(client: pg.Client, batch: readonly Waiting[]): Promise<() => void> {
    for (const [n, waiting] of batch.entries()) {
      if (this.#connection.current() !== client) {
        this.#queue.unshift(...batch.slice(n));
        break;
      }
      (await this.#send(client, [waiting]))();
    }
    return nobody;
  }
}

export const createWriter = (options: WriterOptions): Writer => {
  const connection = createWriteConnection(options.connectionString, options.applicationName);
  const batches = new Batches(connection, options);
  let closed = false;
  return {
    append: async (bundle, claims) => {
      if (closed) throw new Unavailable('the store is closed');
      return batches.add(bundle, claims);
    },
    close: async () => {
      closed = true;
      await batches.idle();
      await connection.close();
    },
  };
};
