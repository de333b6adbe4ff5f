import { createPostgresEventStore, type EventStore } from '@headroom/event-store';
import { historyOf, newEvents } from './histories.ts';
import type { Step } from './history-steps.ts';
import { type Span, startHeadroom } from './running-headroom.ts';
import { inTheirStreams } from './streams-of-history.ts';

export interface Told {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export type Ask = (path: string, key: string, headers?: Record<string, string>) => Promise<Told>;

/** A running server, and the log behind it to which random histories are appended. */
export const startRandomAgencies = async (t: Span, options: { readonly pastEvery?: number } = {}) => {
  const { url, databaseUrl, keyFor } = await startHeadroom(t, 'Postgres', undefined, { ...options, notary: false });
  const store = await createPostgresEventStore({ connectionString: databaseUrl });
  t.teardown(() => store.close());
  const ask: Ask = async (path, key, headers = {}) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, body: json ? JSON.parse(text) : text };
  };
  return { url, store, databaseUrl, keyFor, ask };
};

/** Appends parts of a history, event by event in its own streams: from one share of it to another. */
export const appender = (store: EventStore, tenantId: string, taken: readonly Step[]) => {
  const published = historyOf(taken);
  const runs = inTheirStreams(published, newEvents(published, tenantId), tenantId);
  return async (from: number, to: number): Promise<void> => {
    const cut = runs.slice(Math.floor(runs.length * from), Math.floor(runs.length * to));
    for (const { streamId, events } of cut) await store.append({ streamId, expected: 'any', events });
  };
};
