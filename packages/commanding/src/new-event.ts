import type { EventMeta, JsonObject, NewEvent } from '@headroom/event-store';
import { type DomainEvent, derivedId } from '@headroom/kernel';
import type { AnyWish } from './job.ts';

/**
 * The `index`-th event of a command, as it is stored. Its id is derived from tenant, key and index, so that whoever
 * repeats the command makes the same ids, and the store sees that the events are there.
 */
export const newEvent = ({ kind, context, reason }: AnyWish, event: DomainEvent, index: number): NewEvent => {
  const { tenantId, actor, commandKey, fingerprint, correlationId, traceparent } = context;
  const meta: { -readonly [Name in keyof EventMeta]: EventMeta[Name] } = {
    tenantId,
    actor,
    commandKey,
    fingerprint,
    correlationId,
  };
  if (reason !== undefined) meta.reason = reason;
  if (traceparent !== undefined) meta.traceparent = traceparent;
  return {
    id: derivedId(tenantId, commandKey, String(index)),
    type: kind.storedType?.(event.type) ?? event.type,
    data: event.data as JsonObject,
    meta,
  };
};
