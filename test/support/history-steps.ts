import type { TimeEntry } from '@headroom/contracts/events';
import { stageIds } from '@headroom/contracts/examples/worked-example';
import fc from 'fast-check';
import type { RequestStep } from './request-history.ts';

/** What may happen to an agency with two specialists and three stages of two clients, as random steps. */

export const STAGES = [stageIds.stageId, 'second-stage', 'hosting'] as const;

type Judgement = 'HoursSubmitted' | 'HoursApproved' | 'HoursRejected';

export type Step =
  | RequestStep
  | { readonly kind: 'business'; readonly what: number; readonly month: number; readonly amount: number }
  | {
      readonly kind: 'log';
      readonly who: 'anna' | 'boris';
      readonly stage: number;
      readonly day: number;
      readonly seconds: number;
      readonly activity: TimeEntry['activity'];
      readonly goodwill: boolean;
    }
  | {
      readonly kind: 'correct';
      readonly entry: number;
      readonly day: number;
      readonly seconds: number;
      readonly stage: number;
    }
  | { readonly kind: 'void'; readonly entry: number }
  | { readonly kind: 'adjust'; readonly entry: number; readonly seconds: number; readonly later: number }
  | { readonly kind: 'judge'; readonly entry: number; readonly status: Judgement }
  | { readonly kind: 'period'; readonly month: string }
  | { readonly kind: 'timer'; readonly who: 'anna' | 'boris'; readonly discarded: boolean }
  | { readonly kind: 'rate'; readonly who: 'anna' | 'boris'; readonly day: number; readonly rate: number }
  | {
      readonly kind: 'rates';
      readonly changes: readonly { readonly who: 'anna' | 'boris'; readonly day: number; readonly rate: number }[];
    }
  | { readonly kind: 'close'; readonly stage: number; readonly day: number }
  | { readonly kind: 'reopen'; readonly stage: number; readonly day: number }
  | { readonly kind: 'expense'; readonly stage: number; readonly day: number; readonly minor: number }
  | { readonly kind: 'pay'; readonly stage: number; readonly day: number; readonly minor: number }
  | { readonly kind: 'unspend'; readonly expense: number; readonly later: number | null }
  | { readonly kind: 'writeOff'; readonly stage: number; readonly day: number; readonly minor: number }
  | { readonly kind: 'invoice'; readonly stage: number; readonly day: number; readonly minor: number }
  | { readonly kind: 'settle'; readonly invoice: number; readonly day: number }
  | { readonly kind: 'unpay' | 'uninvoice'; readonly invoice: number; readonly later: number | null }
  | { readonly kind: 'price'; readonly who: 'anna' | 'boris' | null; readonly day: number; readonly rate: number }
  | { readonly kind: 'leave'; readonly who: 'anna' | 'boris'; readonly day: number }
  | { readonly kind: 'estimate'; readonly stage: number; readonly day: number; readonly seconds: number }
  | { readonly kind: 'handover' | 'backup'; readonly to: 'anna' | 'boris'; readonly day: number }
  | { readonly kind: 'thresholds'; readonly stage: number; readonly share: number }
  | { readonly kind: 'working-hours'; readonly day: number; readonly hours: number }
  | { readonly kind: 'contact'; readonly day: number; readonly planned: boolean }
  | { readonly kind: 'satisfaction'; readonly day: number; readonly score: number }
  | { readonly kind: 'measure'; readonly day: number; readonly client: boolean; readonly ends: boolean };

const day = fc.integer({ min: 0, max: 89 });
const stage = fc.integer({ min: 0, max: STAGES.length - 1 });
const who = fc.constantFrom<'anna' | 'boris'>('anna', 'boris');
const activity = fc.constantFrom<TimeEntry['activity']>(
  'production',
  'communication',
  'travel',
  'rework',
  'management',
);
const minor = fc.integer({ min: 1, max: 5_000_000 });
const seconds = fc.integer({ min: 1, max: 28_800 });
/** After how many days something of a closed month is taken back; null where its month is open. */
const later = fc.option(fc.nat(40));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      who,
      stage: fc.integer({ min: -1, max: STAGES.length - 1 }),
      day,
      seconds,
      activity,
      goodwill: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('correct' as const), entry: fc.nat(50), day, seconds, stage }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), entry: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('adjust' as const), entry: fc.nat(50), seconds, later: fc.nat(40) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('judge' as const),
      entry: fc.nat(50),
      status: fc.constantFrom<Judgement>('HoursSubmitted', 'HoursApproved', 'HoursRejected'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('period' as const), month: fc.constantFrom('2026-02', '2026-03') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('timer' as const), who, discarded: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rate' as const),
      who,
      day,
      rate: fc.integer({ min: 1, max: 90_000_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rates' as const),
      changes: fc.array(fc.record({ who, day, rate: fc.integer({ min: 1, max: 90_000_000 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'reopen' as const), stage, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('expense' as const, 'pay' as const), stage, day, minor }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unspend' as const), expense: fc.nat(50), later }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('writeOff' as const, 'invoice' as const), stage, day, minor }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('unpay' as const, 'uninvoice' as const),
      invoice: fc.nat(50),
      later,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const), invoice: fc.nat(50), day }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('price' as const),
      who: fc.constantFrom<'anna' | 'boris' | null>('anna', 'boris', null),
      day,
      rate: fc.integer({ min: 1, max: 90_000_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), who, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('estimate' as const), stage, day, seconds }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('handover' as const, 'backup' as const), to: who, day }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('thresholds' as const), stage, share: fc.integer({ min: 0, max: 9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('working-hours' as const), day, hours: fc.integer({ min: 1, max: 744 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('contact' as const), day, planned: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('satisfaction' as const), day, score: fc.integer({ min: 0, max: 10 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('measure' as const), day, client: fc.boolean(), ends: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('business' as const),
      what: fc.nat(6),
      month: fc.nat(2),
      amount: fc.nat(100_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      what: fc.nat(6),
      request: fc.nat(5),
      day,
      minor,
    }),
  },
);

/** Between nothing and some sixty things that happen after an agency has begun. */
export const steps = fc.array(step, { maxLength: 60, size: 'max' });
