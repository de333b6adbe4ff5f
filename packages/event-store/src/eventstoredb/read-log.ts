import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Page, ReadAllOptions } from '../port.ts';
import type { Connection } from './connection.ts';
import { pagesUpTo, type Reading } from './log-pages.ts';
import type { Positions } from './positions.ts';
import { steadyClockBehind } from './steady-clock.ts';

export const DEFAULT_PAGE_SIZE = 500;

/**
 * The log behind a position, up to one or to the end that stands now. A reading that breaks off goes on where it was,
 * on a new connection; `Unavailable` when it gets no further for so many ms.
 */
export async function* readLog(
  connection: Connection,
  positions: Positions,
  options: ReadAllOptions,
  patienceMs: number,
): AsyncGenerator<Page> {
  const begun = await connection.persist(patienceMs, async (client) => {
    const head = await positions.head(client);
    const end = Math.min(options.upTo ?? head, head);
    if (options.after >= end) return undefined;
    const after = await positions.resumable(client, options.after, head);
    return { after, end, clock: await steadyClockBehind(client, after, head) };
  });
  if (!begun) return;
  let { after } = begun;
  let until = Date.now() + patienceMs;
  for (let tries = 0; after < begun.end; tries += 1) {
    let client: EventStoreDBClient | undefined;
    try {
      client = await connection.client();
      const reading: Reading = {
        client,
        after,
        wanted: options,
        pageSize: options.pageSize ?? DEFAULT_PAGE_SIZE,
        clock: begun.clock,
        abort: connection.closed,
      };
      for await (const page of pagesUpTo(reading, begun.end)) {
        after = page.upTo;
        yield page;
        until = Date.now() + patienceMs;
        tries = 0;
      }
    } catch (error) {
      await connection.recover(client, error, tries, until);
    }
  }
}
