import { allEvents, type TimeEntry } from '@headroom/contracts/events';
import { foldInMemory } from '@headroom/projecting';
import t from 'tap';
import { projections } from '../../operations.ts';
import { history } from './history.ts';
import type { Step } from './recorder.ts';

const EVENTS = 20_000;
const ORDINARY = [
  'AgencyConfigured',
  'ExchangeRateSet',
  'StandardApproved',
  'SpecialistAdded',
  'CostRateSet',
  'ClientRegistered',
  'InteractionLogged',
  'ProjectOpened',
  'StagePlanned',
  'StageStarted',
  'RemainingEstimateRevised',
  'StageClosed',
  'StageReopened',
  'ExpenseRecorded',
  'HoursLogged',
  'HoursCorrected',
  'HoursVoided',
  'ClientRequestRegistered',
  'RequestClassified',
  'ExtraPaymentProposed',
  'ExtraPaymentAgreed',
  'BusinessFactsRecorded',
  'BaselineSet',
  'MetricRecorded',
];
const steps: Step[] = [...history({ events: EVENTS, tenantId: 'bench', specialists: 40 })];
const events = steps.flatMap((step) => step.flatMap((append) => append.events));
/** The name of an event without its version. */
const nameOf = (type: string): string => type.split('.v')[0] ?? '';

t.test('is the same every time, and as long as was asked for', async (t) => {
  t.equal(events.length, EVENTS);
  t.strictSame(
    [...history({ events: 2_000, tenantId: 'bench', specialists: 40 })],
    [...history({ events: 2_000, tenantId: 'bench', specialists: 40 })],
  );
});

t.test('every event is of the published language', async (t) => {
  const schemas = new Map(allEvents.map((each) => [each.storedType, each.schema]));
  const wrong = events.filter(({ type, data }) => !schemas.get(type)?.safeParse(data).success);
  t.strictSame(wrong, []);
});

t.test('is as mixed as the life of an agency', async (t) => {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(nameOf(type), (counts.get(nameOf(type)) ?? 0) + 1);
  const hours = (counts.get('HoursLogged') ?? 0) / EVENTS;
  t.ok(hours > 0.85 && hours < 0.91, `${hours} of the events are hours`);
  const never = ORDINARY.filter((name) => !counts.has(name));
  t.strictSame(never, [], 'what happens in every agency occurs');
  const late = events.filter(
    ({ type, data }) => nameOf(type) === 'CostRateSet' && !String(data.rateId).endsWith('first'),
  );
  t.ok(late.length > 10);
});

t.test('a step names a stream once, and nobody works more than a day a day', async (t) => {
  t.ok(steps.every((step) => new Set(step.map(({ streamId }) => streamId)).size === step.length));
  const seconds = new Map<string, number>();
  const add = (entry: unknown, sign: 1 | -1): void => {
    const { specialistId, workDate, seconds: worked } = entry as TimeEntry;
    const day = `${specialistId} ${workDate}`;
    seconds.set(day, (seconds.get(day) ?? 0) + sign * worked);
  };
  for (const { type, data } of events) {
    if (nameOf(type) === 'HoursLogged') add(data, 1);
    if (nameOf(type) === 'HoursVoided') add(data.entry, -1);
    if (nameOf(type) === 'HoursCorrected') {
      add(data.before, -1);
      add(data.after, 1);
    }
  }
  t.ok(Math.max(...seconds.values()) <= 86_400);
  t.ok(Math.min(...seconds.values()) >= 0);
});

t.test('every projection can fold it', async (t) => {
  let position = 0;
  const page = steps.flatMap((step) =>
    step.flatMap(({ streamId, events: appended }) =>
      appended.map((event, revision) => {
        position += 1;
        return { ...event, streamId, revision, position, recordedAt: '2026-03-16T09:30:00.000Z' };
      }),
    ),
  );
  const model = await foldInMemory(projections, [{ events: page, upTo: position }]);
  t.equal(model.reader().position, EVENTS);
});
