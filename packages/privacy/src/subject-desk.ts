import type { EventStore, JsonObject, StoredEvent } from '@headroom/event-store';
import type { PersonalFields } from './personal-fields.ts';
import { revealedEvent, tokensOf } from './sealed-event.ts';
import type { Subject } from './subject.ts';
import type { SubjectFilter } from './subject-rows.ts';
import { isToken, subjectOfToken } from './token.ts';
import type { Vault } from './vault.ts';

/** A page of what is held on a subject; `next` is the position behind which the page after begins. */
export interface HeldEvents {
  readonly events: readonly StoredEvent[];
  readonly next: number | null;
}

/** What may be asked of the people whose data is held. */
export interface SubjectDesk {
  get(tenantId: string, subjectId: string): Promise<Subject | undefined>;
  /** By id. */
  list(tenantId: string, filter: SubjectFilter): Promise<Subject[]>;
  /** Everything in the log that tells of the subject, readable, in log order. */
  held(
    tenantId: string,
    subject: Subject,
    page: { readonly after: number; readonly limit: number },
  ): Promise<HeldEvents>;
  /**
   * Lets go of a subject for ever: what is kept of it beside the log, then its key. May be repeated; what was left undone
   * by a process that died is done then.
   */
  erase(tenantId: string, subjectId: string): Promise<void>;
}

export interface SubjectDeskOptions {
  readonly vault: Vault;
  /** The log as it is stored, tokens and all. */
  readonly store: EventStore;
  readonly personal: PersonalFields;
  /** Stored types that may tell of a subject. */
  readonly types: readonly string[];
  /** Whether an event without personal texts of the subject is about it all the same. */
  readonly concerns: (subject: Subject, event: StoredEvent) => boolean;
  /** The part of an event's data that may be handed out: without what it says of other people. */
  readonly portion: (subject: Subject, event: StoredEvent) => JsonObject;
  /** Removes what is kept of a subject outside of log and read models. May be repeated. */
  readonly forget: (tenantId: string, subject: Subject) => Promise<void>;
}

/** The desk over the vault and the log. */
export const createSubjectDesk = (options: SubjectDeskOptions): SubjectDesk => {
  const { vault, store, personal, types, concerns, portion, forget } = options;

  const tellsOf = (subject: Subject, event: StoredEvent): boolean =>
    concerns(subject, event) || tokensOf(personal, event).some((token) => subjectOfToken(token) === subject.subjectId);

  const find = async (tenantId: string, subject: Subject, after: number, limit: number): Promise<StoredEvent[]> => {
    const found: StoredEvent[] = [];
    for await (const { events } of store.readAll({ after, tenantId, types })) {
      for (const event of events) {
        if (!tellsOf(subject, event)) continue;
        found.push(event);
        if (found.length === limit) return found;
      }
    }
    return found;
  };

  return {
    get: vault.get,
    list: vault.list,

    held: async (tenantId, subject, { after, limit }) => {
      const found = await find(tenantId, subject, after, limit + 1);
      const page = found.slice(0, limit);
      const reveal = await vault.reveal(
        tenantId,
        page.flatMap((event) => tokensOf(personal, event)),
      );
      // An event may hold personal texts of others, too; they are not the subject's to be given.
      const own = (token: string): string =>
        isToken(token) && subjectOfToken(token) !== subject.subjectId ? '[of another person]' : reveal(token);
      const next = found.length > limit ? (page.at(-1)?.position ?? null) : null;
      const readable = page.map((event) => revealedEvent(personal, event, own));
      return { events: readable.map((event) => ({ ...event, data: portion(subject, event) })), next };
    },

    erase: async (tenantId, subjectId) => {
      const subject = await vault.get(tenantId, subjectId);
      if (subject === undefined) return;
      await forget(tenantId, subject);
      await vault.destroy(tenantId, subjectId);
    },
  };
};
