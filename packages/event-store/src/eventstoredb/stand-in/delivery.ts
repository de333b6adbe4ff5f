import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { streams } from './stubs.ts';

export type ReadCall = ServerWritableStream<InstanceType<typeof streams.ReadReq>, Buffer>;

/** What is open, what has gone out and what has come in: for tests of leaks, of backpressure and of ways to append. */
export interface Traffic {
  openReads: number;
  sentMessages: number;
  appends: number;
  batchAppends: number;
}

/** One read on its way to the client. */
export interface Delivery {
  /** Aborted when the client has gone or the server stops. */
  readonly gone: AbortSignal;
  /**
   * Sends a message. When the client takes in nothing more for now it gives a promise, which passes when the client
   * does again. Throws and rejects when the client has gone.
   */
  send(message: Buffer): Promise<unknown> | undefined;
}

/** Made once: a read that ends should not cost a stack trace. */
const GONE = new Error('the client has gone');

export const openDelivery = (call: ReadCall, traffic: Traffic): Delivery => {
  const gone = new AbortController();
  traffic.openReads += 1;
  const leave = (): void => {
    if (gone.signal.aborted) return;
    traffic.openReads -= 1;
    gone.abort(GONE);
  };
  for (const event of ['cancelled', 'close', 'error', 'finish']) call.once(event, leave);
  return {
    gone: gone.signal,
    send: (message) => {
      gone.signal.throwIfAborted();
      traffic.sentMessages += 1;
      return call.write(message) ? undefined : once(call, 'drain', { signal: gone.signal });
    },
  };
};
