import { z } from 'zod';
import { derivedDate } from './derived-values.ts';
import { event } from './event.ts';
import { channel, date, externalRef, id, instant, name, note } from './values.ts';

export const clientRegistered = event('ClientRegistered', 1, {
  clientId: id,
  name,
  /** Since when the agency works for the client. */
  since: date,
  externalRef: externalRef.nullable(),
});

export const direction = z.enum(['inbound', 'outbound']);

/** A contact with the client; its stream is that of the client and of the month of `occurredAt` in UTC. */
export const interactionLogged = event('InteractionLogged', 1, {
  interactionId: id,
  clientId: id,
  projectId: id.nullable(),
  channel,
  direction,
  occurredAt: instant,
  /** The date of `occurredAt` in the agency's time zone. */
  occurredOn: derivedDate,
  seconds: z.int().min(0).max(86_400),
  /** Whether it had been arranged before. */
  planned: z.boolean(),
  note: note.nullable(),
});

/** How content the client said to be; its stream is that of the client. */
export const satisfactionRecorded = event('SatisfactionRecorded', 1, {
  satisfactionId: id,
  clientId: id,
  /** The project that it was said of; `null`: of the whole work. */
  projectId: id.nullable(),
  /** From 0 to 10. */
  score: z.int().min(0).max(10),
  /** Who said it, for the client. */
  statedBy: name,
  statedOn: date,
  words: note.nullable(),
});

export const clientEvents = [clientRegistered] as const;
export const interactionEvents = [interactionLogged] as const;
export const satisfactionEvents = [satisfactionRecorded] as const;
