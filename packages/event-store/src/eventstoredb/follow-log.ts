import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Page, SubscribeOptions } from '../port.ts';
import type { Connection } from './connection.ts';
import { mayPass } from './failures.ts';
import { isSelective } from './log-filter.ts';
import { livePages, pagesUpTo, type Reading } from './log-pages.ts';
import { pause, pauseBefore } from './patience.ts';
import type { Positions } from './positions.ts';
import { DEFAULT_PAGE_SIZE } from './read-log.ts';
import { type SteadyClock, steadyClockBehind } from './steady-clock.ts';

/**
 * Follows the log for ever: filtered by the server as far as it stands now, then live. The client does not subscribe
 * again when the connection is lost; this does, on a fresh client, behind the last page that was taken.
 */
export async function* followLog(
  connection: Connection,
  positions: Positions,
  options: SubscribeOptions,
): AsyncGenerator<Page> {
  const abort = AbortSignal.any([options.signal, connection.closed]);
  const seen: Seen = {};
  for (let tries = 0; !abort.aborted; tries += 1) {
    try {
      for await (const page of followOnce(connection, positions, options, seen, abort)) {
        if (abort.aborted) return;
        seen.after = page.upTo;
        tries = 0;
        yield page;
      }
    } catch (error) {
      if (abort.aborted) return;
      if (!mayPass(error)) throw error;
      options.onInterruption?.(error);
      await pause(pauseBefore(tries), abort);
    }
  }
}

/** How far the log has been followed over all connections, and the clock that went with it. */
interface Seen {
  after?: number;
  clock?: SteadyClock;
}

/** Follows the log on one connection, until that fails. */
async function* followOnce(
  connection: Connection,
  positions: Positions,
  options: SubscribeOptions,
  seen: Seen,
  abort: AbortSignal,
): AsyncGenerator<Page> {
  let client: EventStoreDBClient | undefined;
  try {
    client = await connection.client();
    const head = await positions.head(client);
    seen.after ??= await positions.resumable(client, options.after, head);
    seen.clock ??= await steadyClockBehind(client, seen.after, head);
    const { after, clock } = seen;
    const reading: Reading = {
      client,
      after,
      wanted: options,
      pageSize: options.pageSize ?? DEFAULT_PAGE_SIZE,
      clock,
      abort,
    };
    const catchesUp = isSelective(options) && after < head;
    if (catchesUp) yield* pagesUpTo(reading, head);
    yield* livePages(catchesUp ? { ...reading, after: head } : reading);
  } catch (error) {
    connection.failed(client, error);
    throw error;
  }
}
