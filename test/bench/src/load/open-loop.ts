import { answering } from '../answering.ts';
import { quantile } from '../statistics.ts';
import { HttpConnection, type Response, type Target } from './connection.ts';
import { type Requests, requestsOf, type Traffic } from './requests.ts';

export interface OpenLoopOrder {
  readonly target: Target;
  /** By name: what is asked, and how often a second. */
  readonly streams: { readonly [name: string]: { readonly traffic: Traffic; readonly perSecond: number } };
  readonly seconds: number;
  /** Begins to count so long after the beginning. */
  readonly warmUpSeconds: number;
  readonly connections: number;
}

/** Latencies in milliseconds from the time at which a request was due, not from when it could be sent. */
export interface Answered {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

interface Due {
  readonly at: number;
  readonly stream: Stream;
}

interface Stream {
  readonly requests: Requests;
  readonly everyMs: number;
  readonly latencies: number[];
  sent: number;
}

/** Sends what is due over whichever connection is free; what finds none waits, and its time runs. */
class OpenLoop {
  readonly #idle: HttpConnection[];
  readonly #streams: readonly Stream[];
  readonly #waiting: Due[] = [];
  readonly #done = Promise.withResolvers<void>();
  #open = 0;
  #sendingOver = false;
  #countFrom = 0;

  constructor(connections: readonly HttpConnection[], streams: readonly Stream[]) {
    this.#idle = [...connections];
    this.#streams = streams;
  }

  run(seconds: number, warmUpSeconds: number): Promise<void> {
    const start = performance.now();
    this.#countFrom = start + warmUpSeconds * 1_000;
    const end = start + seconds * 1_000;
    const tick = (): void => {
      const now = performance.now();
      for (const stream of this.#streams) this.#dispatch(stream, start, Math.min(now, end));
      if (now < end) setTimeout(tick, 1);
      else this.#sendingOver = true;
      this.#finishIfOver();
    };
    tick();
    return this.#done.promise;
  }

  #dispatch(stream: Stream, start: number, until: number): void {
    for (let at = start + stream.sent * stream.everyMs; at < until; at = start + stream.sent * stream.everyMs) {
      stream.sent += 1;
      this.#open += 1;
      this.#send({ at, stream });
    }
  }

  #send(due: Due): void {
    const connection = this.#idle.pop();
    if (connection) connection.send(due.stream.requests.next(), (response) => this.#take(connection, due, response));
    else this.#waiting.push(due);
  }

  #take(connection: HttpConnection, { at, stream }: Due, response: Response | Error): void {
    if (response instanceof Error || response.status !== stream.requests.status) {
      this.#done.reject(response instanceof Error ? response : new Error(`${response.status}: ${response.body}`));
      return;
    }
    if (at >= this.#countFrom) stream.latencies.push(performance.now() - at);
    this.#open -= 1;
    this.#idle.push(connection);
    const next = this.#waiting.shift();
    if (next) this.#send(next);
    else this.#finishIfOver();
  }

  #finishIfOver(): void {
    if (this.#sendingOver && this.#open === 0) this.#done.resolve();
  }
}

/** Requests at a fixed rate, however long the answers take. */
answering<OpenLoopOrder, { readonly [name: string]: Answered }>(async (order) => {
  const { target, seconds, warmUpSeconds, connections } = order;
  const open = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(target)));
  const named = Object.entries(order.streams).map(([name, { traffic, perSecond }]) => {
    const stream: Stream = { requests: requestsOf(traffic), everyMs: 1_000 / perSecond, latencies: [], sent: 0 };
    return [name, stream] as const;
  });
  try {
    await new OpenLoop(
      open,
      named.map(([, stream]) => stream),
    ).run(seconds + warmUpSeconds, warmUpSeconds);
    return Object.fromEntries(
      named.map(([name, { latencies }]) => [
        name,
        {
          requests: latencies.length,
          perSecond: latencies.length / seconds,
          p50: quantile(latencies, 0.5),
          p99: quantile(latencies, 0.99),
          worst: quantile(latencies, 1),
        },
      ]),
    );
  } finally {
    for (const connection of open) connection.close();
  }
});
