import type { StoredEvent } from '@headroom/event-store';
import fc from 'fast-check';
import type { ToyEvents } from './toy.ts';

export type ToyEvent = {
  [Type in keyof ToyEvents]: { readonly type: Type; readonly data: ToyEvents[Type] };
}[keyof ToyEvents];
export type TenantEvent = ToyEvent & { readonly tenantId: string };

/** Beyond the basic plane, and just below: their order differs between UTF-16 and UTF-8. */
const awkward = ['a', 'ab', 'Ä', '\uffee', '\u{1f600}', 'a"\\b', "it's\ttabbed\nand more", '\\N', ''];
const stageId = fc.constantFrom('s1', 's2', '\u{1f600}', '\uffee');
const specialistId = fc.constantFrom('anna', 'boris', 'w"e\\ird');
const entryId = fc.integer({ min: 1, max: 40 }).map((n) => `e${n}`);
const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`);

const event: fc.Arbitrary<ToyEvent> = fc.oneof(
  fc.record({
    type: fc.constant('StageOpened' as const),
    data: fc.record({ stageId, name: fc.constantFrom(...awkward) }),
  }),
  fc.record({ type: fc.constant('StageClosed' as const), data: fc.record({ stageId, closedOn: date }) }),
  fc.record({ type: fc.constant('StageDropped' as const), data: fc.record({ stageId }) }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('RateSet' as const),
      data: fc.record({ specialistId, effectiveFrom: date, perHour: fc.integer({ min: -3, max: 3_000_000 }) }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('HoursLogged' as const),
      data: fc.record({
        entryId,
        specialistId,
        stageId,
        workDate: date,
        seconds: fc.integer({ min: 1, max: 86_400 }),
        note: fc.option(fc.constantFrom(...awkward)),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('HoursMoved' as const),
      data: fc.record({ entryId, fromStageId: stageId, toStageId: stageId }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('HoursVoided' as const), data: fc.record({ entryId, stageId }) }),
  },
);

/** Whatever may happen to two agencies. */
export const history = (maxLength: number): fc.Arbitrary<TenantEvent[]> =>
  fc.array(
    fc.tuple(event, fc.constantFrom('t1', 't2')).map(([happened, tenantId]) => ({ ...happened, tenantId })),
    { minLength: 1, maxLength, size: 'max' },
  );

/** The events as a log would hold them, at positions 1, 2, ... */
export const stored = (events: readonly TenantEvent[]): StoredEvent[] =>
  events.map(({ type, data, tenantId }, index) => ({
    id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    type,
    data,
    meta: {
      tenantId,
      actor: 'system:test',
      commandKey: `c${index}`,
      fingerprint: `f${index}`,
      correlationId: 'test',
    },
    position: index + 1,
    streamId: `toy-${tenantId}/log`,
    revision: index,
    recordedAt: new Date(Date.UTC(2026, 3, 1) + index * 1_000).toISOString(),
  }));
