import { storedTypeOf } from '@headroom/contracts/events/upcast';
import type { JsonObject, StoredEvent } from '@headroom/event-store';

const RECORDED_AT = '2026-03-20T12:00:00.000Z';
export const TENANT = 'northlight';

/** Events as a log would hold them, at positions from `after + 1` on. */
export const recorded = (
  events: readonly { readonly type: string; readonly data: unknown }[],
  after = 0,
): StoredEvent[] =>
  events.map(({ type, data }, index) => ({
    id: `00000000-0000-8000-8000-${String(after + index + 1).padStart(12, '0')}`,
    type: storedTypeOf(type),
    data: structuredClone(data) as JsonObject,
    meta: {
      tenantId: TENANT,
      actor: 'key:owner',
      commandKey: `command-${after + index + 1}`,
      fingerprint: 'f',
      correlationId: 'c',
    },
    position: after + index + 1,
    streamId: `test-${TENANT}/${after + index + 1}`,
    revision: 0,
    recordedAt: RECORDED_AT,
  }));
