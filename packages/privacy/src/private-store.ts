import type { EventStore, Page, StoredEvent, StreamAppend } from '@headroom/event-store';
import type { PersonalFields } from './personal-fields.ts';
import { revealedEvent, sealedEvent, tokensOf } from './sealed-event.ts';
import type { Vault } from './vault.ts';

/**
 * The log as those see it who may read it: what is personal is encrypted on its way in, and readable on its way out as
 * long as the subject's key is there. Events without personal fields pass as they are.
 */
export const privateStore = (store: EventStore, vault: Vault, personal: PersonalFields): EventStore => {
  const isPersonal = ({ type }: { readonly type: string }): boolean => personal(type) !== undefined;

  const seal = async ({ events, ...append }: StreamAppend): Promise<StreamAppend> => ({
    ...append,
    events: await Promise.all(events.map((event) => sealedEvent(vault, personal, event))),
  });

  /** The same list when nothing in it is personal. */
  const reveal = async (events: StoredEvent[]): Promise<StoredEvent[]> => {
    const byTenant = Map.groupBy(events.filter(isPersonal), ({ meta }) => meta.tenantId);
    if (byTenant.size === 0) return events;
    const revealed = new Map<StoredEvent, StoredEvent>();
    for (const [tenantId, theirs] of byTenant) {
      const text = await vault.reveal(
        tenantId,
        theirs.flatMap((event) => tokensOf(personal, event)),
      );
      for (const event of theirs) revealed.set(event, revealedEvent(personal, event, text));
    }
    return events.map((event) => revealed.get(event) ?? event);
  };

  async function* revealAll(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
    for await (const page of pages) {
      yield page.events.some(isPersonal) ? { ...page, events: await reveal([...page.events]) } : page;
    }
  }

  const underWay = new Set<Promise<unknown>>();
  /** Appends what had to be encrypted first; whoever closes the store waits for it. */
  const afterSealing = <T>(appending: Promise<T>): Promise<T> => {
    const ended: Promise<unknown> = appending.then(
      () => underWay.delete(ended),
      () => underWay.delete(ended),
    );
    underWay.add(ended);
    return appending;
  };

  const appendAll = async (appends: readonly StreamAppend[]) =>
    store.appendAtomically(await Promise.all(appends.map(seal)));

  /** Appends in some way, after sealing what is personal. */
  const sealing =
    <T>(make: (append: StreamAppend) => Promise<T>) =>
    (append: StreamAppend): Promise<T> =>
      append.events.some(isPersonal) ? afterSealing(seal(append).then(make)) : make(append);

  const { appendClaiming } = store;
  return {
    capabilities: store.capabilities,
    append: sealing((append) => store.append(append)),
    ...(appendClaiming === undefined
      ? {}
      : { appendClaiming: (append, claims) => sealing((sealed) => appendClaiming(sealed, claims))(append) }),
    appendAtomically: (appends) =>
      appends.some(({ events }) => events.some(isPersonal))
        ? afterSealing(appendAll(appends))
        : store.appendAtomically(appends),
    readStream: async (...asked) => reveal(await store.readStream(...asked)),
    readAll: (options) => revealAll(store.readAll(options)),
    subscribe: (options) => revealAll(store.subscribe(options)),
    head: () => store.head(),
    positionAt: (instant) => store.positionAt(instant),
    recordedAt: (position) => store.recordedAt(position),
    ping: () => store.ping(),
    close: async () => {
      await Promise.all(underWay);
      await store.close();
    },
  };
};
