import type { SubjectKind } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { SubjectEvent } from '../events/streams.ts';

/** Somebody whose personal data is held. */
export interface DataSubject {
  erasedOn: string | undefined;
}

export const subjectEvolution: Evolution<DataSubject, SubjectEvent> = {
  initial: () => ({ erasedOn: undefined }),
  evolve: (subject, event) => {
    switch (event.type) {
      case 'SubjectErased':
        subject.erasedOn = event.data.erasedOn;
        return subject;
    }
  },
};

export interface EraseSubject {
  readonly subjectId: string;
  readonly kind: SubjectKind;
  readonly specialistId: string | null;
  readonly clientId: string | null;
}

/** What stands around the subject. */
export interface ErasureFacts {
  /** The agency's day. */
  readonly today: string;
  /** Whether data of the subject is held under a key. */
  readonly held: boolean;
  /** The specialist that the subject is; undefined for others, and when there is no such specialist. */
  readonly specialist: { readonly deactivatedOn?: string | undefined } | undefined;
}

export type EraseSubjectRefusal =
  | 'subject-not-found'
  | 'subject-erased'
  | 'subject-recorded-in-clear'
  | 'specialist-active';

/** Nobody is erased whose hours may still come in: they would have to be told from whom. */
export const decideErase = (
  { subjectId, kind, specialistId, clientId }: EraseSubject,
  subject: DataSubject,
  { today, held, specialist }: ErasureFacts,
): Decision<SubjectEvent, EraseSubjectRefusal> => {
  if (subject.erasedOn !== undefined) return refuse('subject-erased', { erasedOn: subject.erasedOn });
  if (!held) return refuse(specialist === undefined ? 'subject-not-found' : 'subject-recorded-in-clear');
  if (specialist !== undefined && (specialist.deactivatedOn === undefined || specialist.deactivatedOn >= today)) {
    return refuse('specialist-active', { deactivatedOn: specialist.deactivatedOn ?? null });
  }
  return accept({
    type: 'SubjectErased',
    data: { subjectId, kind, specialistId, clientId, erasedOn: today },
  });
};
