import type { Commands } from '@headroom/commanding';
import { subjectKind } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/agency';
import { type Bound, bindCommand, bindLookup, decodeCursor, encodeCursor, eventOf, reply } from '@headroom/http';
import type { Subject, SubjectDesk } from '@headroom/privacy';
import { eraseSubject } from '../commands/erase-subject.ts';
import { shownEvent, shownSubject } from '../read-models/held-data.ts';

const shown = (subject: Subject) => shownSubject(subject, subjectKind.parse(subject.kind));

/** The operations about the people whose personal data is held, tied to their contracts. */
export const subjectOperations = (commands: Commands, subjects: SubjectDesk): Bound[] => [
  bindCommand(contract.eraseSubject, async ({ context, params, body }) =>
    reply(await eraseSubject(commands, subjects, context, { ...params, ...body }), (events) => {
      const { subjectId, erasedOn } = eventOf(events, 'SubjectErased');
      return { subjectId, erasedOn };
    }),
  ),

  bindLookup(contract.listSubjects, async ({ caller: { tenantId }, params, query }) => {
    const { kind, clientId, status, limit } = query;
    const scope = { params, query };
    const after = decodeCursor(contract.listSubjects, scope)?.map(String)[0];
    const about = clientId === undefined ? {} : { clientId };
    const erased = status === undefined ? undefined : status === 'erased';
    const found = await subjects.list(tenantId, { kind, about, erased, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor(contract.listSubjects, scope, [last.subjectId]);
    return { kind: 'answer', body: { items: items.map(shown), nextCursor } };
  }),

  bindLookup(contract.exportSubject, async ({ caller: { tenantId }, params, query }) => {
    const subject = await subjects.get(tenantId, params.subjectId);
    if (subject === undefined) return { kind: 'not-found', what: 'subject' };
    const scope = { params, query };
    const after = Number(decodeCursor(contract.exportSubject, scope)?.[0] ?? 0);
    const { events, next } = await subjects.held(tenantId, subject, { after, limit: query.limit });
    const nextCursor = next === null ? null : encodeCursor(contract.exportSubject, scope, [next]);
    return { kind: 'answer', body: { subject: shown(subject), items: events.map(shownEvent), nextCursor } };
  }),
];
