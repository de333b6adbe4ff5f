import { z } from 'zod';
import { event } from './event.ts';
import { date, id } from './values.ts';

/**
 * Whose personal data it is: a specialist; a person who speaks for a client, told by name; or whoever else speaks for
 * the client.
 */
export const subjectKind = z.enum(['specialist', 'contact', 'contacts']);
export type SubjectKind = z.infer<typeof subjectKind>;

const LONGEST_ID = 80;

/** The kind, a colon, and the specialist's id or what was made by chance. */
export const subjectId = z
  .string()
  .max(LONGEST_ID)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'a subject’s id is its kind, a colon, and letters or digits')
  .meta({ description: 'As `listSubjects` gives it', examples: ['specialist:anna'] });

/** The key of somebody's personal data was destroyed: what stood encrypted under it is gone, here and in every copy. */
export const subjectErased = event('SubjectErased', 1, {
  subjectId,
  kind: subjectKind,
  /** Null for people on the client's side. */
  specialistId: id.nullable(),
  /** Null for specialists. */
  clientId: id.nullable(),
  erasedOn: date,
});

export const subjectEvents = [subjectErased] as const;
