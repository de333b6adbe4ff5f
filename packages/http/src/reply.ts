import type { Outcome } from '@headroom/commanding';
import type { DomainEvent } from '@headroom/kernel';

interface Receipt {
  readonly revision: number;
  readonly position: number;
}

/**
 * The reply to a command from its outcome. `body` sees nothing but the command's own events, so that a replay
 * answers exactly what the first time answered.
 */
export const reply = <Event extends DomainEvent, Code extends string, Body extends object>(
  outcome: Outcome<Event, Code>,
  body: (events: readonly Event[]) => Body,
) => {
  if (outcome.kind !== 'accepted') return outcome;
  const { revision, position, replayed } = outcome;
  const receipt: Receipt = { revision, position };
  return { kind: 'accepted' as const, body: { ...body(outcome.events), ...receipt }, ...receipt, replayed };
};

/** The first event of a type among a command's events. Throws when it is missing: the decision promised it. */
export const eventOf = <Event extends DomainEvent, Type extends Event['type']>(
  events: readonly Event[],
  type: Type,
): Extract<Event, { type: Type }>['data'] => {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`the command made no ${type}`);
  return found.data as Extract<Event, { type: Type }>['data'];
};
