import { answering } from '../answering.ts';
import { quantile } from '../statistics.ts';
import { HttpConnection, type Response, type Target } from './connection.ts';
import { type Requests, requestsOf, type Traffic } from './requests.ts';

export interface ClosedLoopOrder {
  readonly target: Target;
  readonly traffic: Traffic;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Answers a second, and how long they took in milliseconds. */
export interface Served {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const mustBe = (response: Response | Error, status: number): void => {
  if (response instanceof Error) throw response;
  if (response.status !== status) throw new Error(`answered with ${response.status}: ${response.body.slice(0, 500)}`);
};

/** One client: asks again as soon as it is answered, until `end`. */
const client = (connection: HttpConnection, requests: Requests, end: number, latencies: number[]): Promise<void> =>
  new Promise((resolve, reject) => {
    let sent = 0;
    const ask = (): void => {
      sent = performance.now();
      if (sent >= end) resolve();
      else connection.send(requests.next(), take);
    };
    const take = (response: Response | Error): void => {
      try {
        mustBe(response, requests.status);
      } catch (error) {
        reject(error);
        return;
      }
      latencies.push(performance.now() - sent);
      ask();
    };
    ask();
  });

const loop = async (connections: readonly HttpConnection[], requests: Requests, seconds: number) => {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(connections.map((connection) => client(connection, requests, end, latencies)));
  return { latencies, took: (performance.now() - start) / 1_000 };
};

/** Clients that each wait for an answer before they ask again. */
answering<ClosedLoopOrder, Served>(async ({ target, traffic, connections, warmUpSeconds, seconds }) => {
  const requests = requestsOf(traffic);
  const open = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(target)));
  try {
    await loop(open, requests, warmUpSeconds);
    const { latencies, took } = await loop(open, requests, seconds);
    return { perSecond: latencies.length / took, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
  } finally {
    for (const connection of open) connection.close();
  }
});
