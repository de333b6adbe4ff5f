import { setTimeout as sleep } from 'node:timers/promises';
import type { createPool } from '@headroom/postgres';
import type { Kept } from './processes.ts';

const PATIENCE_MS = 60_000;

/** An agency behind processes that are killed. */
export interface Scene {
  readonly databaseUrl: string;
  readonly pool: ReturnType<typeof createPool>;
  readonly kept: readonly Kept[];
  readonly random: () => number;
  /** Tells whoever waits how far it is. */
  readonly say: (text: string) => void;
  /** Asks until there is an answer: the process may be dead at the moment. */
  readonly ask: (
    path: string,
    sent?: { readonly key: string; readonly body: unknown; readonly method?: string },
  ) => Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly body: any;
}

/** Asks the API at this address, with this credential, until it answers. */
export const asker =
  (url: string, authorization: string): Scene['ask'] =>
  async (path, sent) => {
    const headers = { authorization, 'content-type': 'application/json', ...(sent && { 'idempotency-key': sent.key }) };
    const request = sent ? { method: sent.method ?? 'POST', headers, body: JSON.stringify(sent.body) } : { headers };
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      const answer = await fetch(`${url}${path}`, request)
        .then(async (response) => ({ status: response.status, body: (await response.json()) as Answered['body'] }))
        .catch(() => undefined);
      if (answer !== undefined && answer.status < 500 && answer.body.code !== 'command-in-flight') return answer;
      if (Date.now() > deadline) throw new Error(`${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
      await sleep(50);
    }
  };
