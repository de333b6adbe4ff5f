import type { Page } from '@headroom/event-store';
import type pg from 'pg';
import { readCheckpoints } from '../database/checkpoints.ts';
import { UpcastPage } from '../fold/project-events.ts';
import { isOwnFault, messageOf } from './faults.ts';
import type { Member } from './member.ts';
import { prefetch } from './prefetch.ts';
import { recordStop, type Term } from './term.ts';
import { Unwritable, writePage } from './write-page.ts';

/** The event that a projection cannot fold. */
class Poison extends Error {
  override readonly name = 'Poison';
  readonly page: Page;
  constructor(page: Page, cause: unknown) {
    super(`cannot fold up to ${page.upTo}`, { cause });
    this.page = page;
  }
}

/** A page for each event, and one for what is behind the last: then it is known which event fails. */
const singly = ({ events, upTo }: Page): Page[] => [
  ...events.map((event) => ({ events: [event], upTo: event.position })),
  ...(events.at(-1)?.position === upTo ? [] : [{ events: [], upTo }]),
];

const advance = async (client: pg.Client, term: Term, member: Member, page: Page): Promise<void> => {
  if (page.upTo <= member.position) return;
  try {
    const part = await member.fold(client, page, new UpcastPage(page.events));
    await writePage(client, term.lease, [part], page.upTo);
  } catch (error) {
    const cause = error instanceof Unwritable ? error.cause : error;
    throw isOwnFault(cause) ? new Poison(page, cause) : cause;
  }
  term.settings.onPage({ projections: [member.projection.name], events: page.events.length, position: page.upTo });
};

const readOn = (term: Term, member: Member, upTo: number | undefined): AsyncIterable<Page> =>
  term.settings.store.readAll({
    after: member.position,
    types: [...member.types],
    pageSize: term.settings.pageSize,
    ...(upTo === undefined ? {} : { upTo }),
  });

const run = async (
  client: pg.Client,
  term: Term,
  member: Member,
  upTo: number | undefined,
  carefulUpTo: number,
): Promise<void> => {
  for await (const page of prefetch(readOn(term, member, upTo), () => undefined)) {
    const parts = member.position < carefulUpTo ? singly(page) : [page];
    for (const part of parts) {
      if (term.signal.aborted) return;
      await advance(client, term, member, part);
    }
  }
};

const stop = async (client: pg.Client, term: Term, member: Member, poison: Poison): Promise<void> => {
  const [event] = poison.page.events;
  const failure = {
    position: event?.position ?? poison.page.upTo,
    type: event?.type ?? '',
    error: messageOf(poison.cause),
  };
  await recordStop(client, term.lease, member.projection.name, failure);
  term.settings.logger.error(
    { projection: member.projection.name, ...failure, err: poison.cause },
    'projection stopped',
  );
};

/** Where the checkpoint of a projection stands. */
export const committedPosition = async (client: pg.Client, { projection }: Member): Promise<number> =>
  (await readCheckpoints(client, [projection.name])).get(projection.name)?.position ?? 0;

/**
 * Folds one projection on its own, up to the end of the log as it stands (or `upTo`). Where a page fails it is gone
 * through event by event; the event that fails stops the projection, which is written down. Gives whether it got
 * through; when the term ends on the way that does not matter any more.
 */
export const catchUp = async (
  client: pg.Client,
  term: Term,
  member: Member,
  { upTo, careful = 0 }: { readonly upTo?: number; readonly careful?: number } = {},
): Promise<boolean> => {
  let carefulUpTo = careful;
  while (upTo === undefined || member.position < upTo) {
    try {
      await run(client, term, member, upTo, carefulUpTo);
      return true;
    } catch (error) {
      if (!(error instanceof Poison)) throw error;
      // Memory holds half of the failed page, the database what was before it.
      member.restart(await committedPosition(client, member));
      if (error.page.events.length <= 1) {
        await stop(client, term, member, error);
        return false;
      }
      carefulUpTo = error.page.upTo;
    }
  }
  return true;
};
