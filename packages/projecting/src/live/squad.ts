import type { Page } from '@headroom/event-store';
import type pg from 'pg';
import { readCheckpoints } from '../database/checkpoints.ts';
import { UpcastPage } from '../fold/project-events.ts';
import { isOwnFault, messageOf } from './faults.ts';
import type { Folded, Member } from './member.ts';
import { prefetch } from './prefetch.ts';
import { catchUp } from './solo.ts';
import type { Term } from './term.ts';
import { Unwritable, writePage } from './write-page.ts';

/** Told of members that leave. */
export interface Departures {
  /** It cannot keep step: it is to be looked at alone, event by event up to a position. */
  readonly onStraggler: (member: Member, carefulUpTo: number) => void;
  /** It met an event that it cannot fold, which has been written down. */
  readonly onStopped: (member: Member) => void;
}

/**
 * The projections that advance in lock step: each page of the log is folded by all of them and written in one
 * transaction, so their rows always hold for the same moment.
 */
export class Squad {
  readonly #term: Term;
  readonly #departures: Departures;
  #members: Member[] = [];
  #joining: Member[] = [];
  #position = 0;
  /** Ends the subscription that is open, so that members can come and go. */
  #pause = new AbortController();

  constructor(term: Term, departures: Departures) {
    this.#term = term;
    this.#departures = departures;
  }

  /** A projection that is about as far as the others; it goes in step with them from the next page on. */
  join(member: Member): void {
    this.#joining.push(member);
    this.#pause.abort();
  }

  /** Folds until the term ends. Throws when this process must not, or cannot, go on. */
  async follow(): Promise<void> {
    const term = this.#term;
    await term.withSession((loader) =>
      term.withSession(async (writer) => {
        while (!term.signal.aborted) {
          this.#pause = new AbortController();
          await this.#admit(writer);
          if (this.#members.length > 0) await this.#followSubscription(loader, writer);
          else await aborted(AbortSignal.any([term.signal, this.#pause.signal]));
        }
      }),
    );
  }

  async #admit(client: pg.Client): Promise<void> {
    for (const member of this.#joining.splice(0)) {
      if (this.#members.length === 0) this.#position = member.position;
      // A member may also come from ahead of the others.
      const front = Math.max(this.#position, member.position);
      const together = [...this.#members, member];
      this.#members = [];
      for (const each of together) {
        if (await catchUp(client, this.#term, each, { upTo: front })) this.#members.push(each);
        else this.#departures.onStopped(each);
      }
      this.#position = front;
    }
  }

  async #followSubscription(loader: pg.Client, writer: pg.Client): Promise<void> {
    const { settings, signal: ended } = this.#term;
    const unwritten = new AbortController();
    const signal = AbortSignal.any([ended, this.#pause.signal, unwritten.signal]);
    const source = new AbortController();
    signal.addEventListener('abort', () => source.abort(), { once: true });
    const pages = settings.store.subscribe({
      after: this.#position,
      types: [...new Set(this.#members.flatMap(({ types }) => [...types]))],
      pageSize: settings.pageSize,
      signal: source.signal,
      onInterruption: (error) => settings.logger.warn({ err: error }, 'the event store does not answer'),
    });
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const page of prefetch(pages, () => source.abort())) {
        if (signal.aborted) break;
        const { parts, failed } = await this.#fold(loader, page);
        await writing;
        this.#dismiss(failed, page);
        writing = this.#write(writer, parts, page);
        // Met below; while no page comes nobody else would notice.
        writing.catch(() => unwritten.abort());
        this.#position = page.upTo;
        if (this.#members.length === 0) break;
      }
      await writing;
    } catch (error) {
      await writing.catch(() => undefined);
      await this.#recover(writer, error);
    }
  }

  /** Folds a page with every member; the others go on without one that fails. */
  async #fold(client: pg.Client, page: Page): Promise<{ readonly parts: Folded[]; readonly failed: Member[] }> {
    const upcast = new UpcastPage(page.events);
    const parts: Folded[] = [];
    const failed: Member[] = [];
    for (const member of this.#members) {
      try {
        parts.push(await member.fold(client, page, upcast));
      } catch (error) {
        if (!isOwnFault(error)) throw error;
        failed.push(member);
        this.#report(member, error, page);
      }
    }
    return { parts, failed };
  }

  /** Only when the page before is written do the checkpoints of those that leave stand still. */
  #dismiss(failed: readonly Member[], page: Page): void {
    if (failed.length === 0) return;
    this.#members = this.#members.filter((member) => !failed.includes(member));
    for (const member of failed) this.#departures.onStraggler(member, page.upTo);
  }

  async #write(client: pg.Client, parts: readonly Folded[], page: Page): Promise<void> {
    if (parts.length === 0) return;
    await writePage(client, this.#term.lease, parts, page.upTo);
    this.#term.settings.onPage({
      projections: parts.map(({ member }) => member.projection.name),
      events: page.events.length,
      position: page.upTo,
    });
  }

  /** After a page whose rows could not be written everybody goes back to what is; the one at fault is looked at alone. */
  async #recover(client: pg.Client, error: unknown): Promise<void> {
    if (!(error instanceof Unwritable)) throw error;
    this.#report(error.member, error.cause, undefined);
    const checkpoints = await readCheckpoints(
      client,
      this.#members.map(({ projection }) => projection.name),
    );
    const carefulUpTo = error.member.position;
    for (const member of this.#members) member.restart(checkpoints.get(member.projection.name)?.position ?? 0);
    this.#members = this.#members.filter((member) => member !== error.member);
    this.#position = this.#members[0]?.position ?? 0;
    this.#departures.onStraggler(error.member, carefulUpTo);
  }

  #report(member: Member, error: unknown, page: Page | undefined): void {
    this.#term.settings.logger.warn(
      { projection: member.projection.name, upTo: page?.upTo, error: messageOf(error) },
      'a projection cannot fold a page; it is gone through event by event',
    );
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
