/** What a manager is told about small requests is the same whatever a person's rate is, as long as all visible figures are. */

import {
  agencyBegins,
  stageBegins,
  stageGoesOn,
  stageIds,
  type workedExample,
} from '@headroom/contracts/examples/worked-example';
import { foldInMemory } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { recorded, TENANT } from '../../test-support/recorded.ts';
import { answerSmallRequest } from '../read-models/small-request/answer.ts';
import { type Configured, configured, viewStage } from '../read-models/stage-view.ts';
import { stageTable } from '../read-models/tables.ts';
import { profitabilityProjection } from './profitability.ts';

type Published = (typeof workedExample)[number];

const HOUR = 3_600;
const begun: readonly Published[] = [...agencyBegins, ...stageBegins, ...stageGoesOn];

/** The agency where these people have these rates, in ten-thousandths; who is not named has none. */
const paid = (events: readonly Published[], rates: Readonly<Record<string, number>>): Published[] =>
  events.flatMap((event): Published[] => {
    if (event.type !== 'CostRateSet') return [event];
    const units = rates[event.data.specialistId];
    return units === undefined
      ? []
      : [{ ...event, data: { ...event.data, ratePerHour: (units / 10_000).toFixed(4), breakdown: null } }];
  });

const told = async (events: readonly Published[], seconds: number, seesRates = false) => {
  const reader = (await foldInMemory([profitabilityProjection], recorded(events))).reader();
  const row = await reader.get(stageTable, TENANT, stageIds.stageId);
  const agency = (await configured(reader, TENANT)) as Configured;
  if (row === undefined) throw new Error('no stage');
  const view = await viewStage(reader, row, agency, '2026-03-31');
  const question = { tenantId: TENANT, specialistId: 'anna', seconds, seesRates, language: 'en' as const };
  return answerSmallRequest(reader, agency, view, question);
};

/** Anna's alone: her hours, her plan. */
const alone = begun.flatMap((event): Published[] => {
  if ('specialistId' in event.data && event.data.specialistId === 'boris' && event.type === 'HoursLogged') return [];
  if (event.type !== 'StagePlanned' && event.type !== 'StageStarted') return [event];
  const work = [{ role: 'designer', seconds: 60 * HOUR, ratePerHour: '2328.0000' }];
  return event.type === 'StagePlanned'
    ? [{ ...event, data: { ...event.data, plannedWork: work } }]
    : [{ ...event, data: { ...event.data, baseline: { ...event.data.baseline, work } } }];
});

const seconds = fc.integer({ min: 1, max: 200 * HOUR });

t.test('a stage with one person behind it tells nothing of the rate', async (t) => {
  const rate = fc.integer({ min: 1, max: 90_000_000 });
  await fc.assert(
    fc.asyncProperty(seconds, rate, rate, async (length, one, other) => {
      const answers = await Promise.all([one, other].map((anna) => told(paid(alone, { anna }), length)));
      const [left, right] = answers.map((answer) => JSON.stringify(answer));
      if (left !== right) throw new Error(`${left}\n${right}`);
    }),
    { numRuns: 60 },
  );
  t.pass('the same answer');
});

t.test('where two stand behind a stage, a request of one tells nothing of the rate', async (t) => {
  // Anna has 39.5 h and 4 h to do, Boris 9 h: 18 ten-thousandths more of hers cost what 87 less of his do.
  const turn = fc.integer({ min: -20_000, max: 20_000 });
  await fc.assert(
    fc.asyncProperty(seconds, turn, async (length, k) => {
      const usual = await told(begun, length);
      const turned = { anna: 23_280_000 + 18 * k, boris: 28_162_500 - 87 * k };
      // Who is the cheaper of the two is no secret that lengths could tell.
      fc.pre(turned.anna < turned.boris);
      const answer = await told(paid(begun, turned), length);
      if (JSON.stringify(answer) !== JSON.stringify(usual)) {
        throw new Error(`${JSON.stringify(answer)}\n${JSON.stringify(usual)}`);
      }
    }),
    { numRuns: 60 },
  );
  t.pass('the same answer');
});

t.test('the answer says by what it was judged', async (t) => {
  // 46 planned hours cost 110,017.50, so one is taken as 2,391.6848: 30 h more cost 71,750.54, and 71,585.75 are left.
  const [before, after] = [await told(begun, 29 * HOUR), await told(begun, 30 * HOUR)];
  if (typeof before === 'string' || typeof after === 'string') throw new Error('refused');
  t.strictSame([before.verdict, after.verdict], ['exceeds-standard', 'loses-money']);
  t.strictSame([before.judgedBy, before.suppressed, before.requestCost], ['plan', true, null]);
  t.match(before.internalText, /planned cost of an hour/);
  // At Anna's own 2,328.0000 it is 69,840.00 and would still make no loss.
  const owner = await told(begun, 30 * HOUR, true);
  if (typeof owner === 'string') throw new Error(owner);
  t.strictSame(
    [owner.verdict, owner.judgedBy, owner.requestCost?.minor],
    ['exceeds-standard', 'cost-rates', 6_984_000],
  );
  t.notMatch(owner.internalText, /planned cost of an hour/);
});

t.test('without planned hours there is nothing to judge by', async (t) => {
  const unplanned = alone.map((event): Published => {
    if (event.type === 'StagePlanned') return { ...event, data: { ...event.data, plannedWork: [] } };
    if (event.type !== 'StageStarted') return event;
    return { ...event, data: { ...event.data, baseline: { ...event.data.baseline, work: [] } } };
  });
  t.equal(await told(unplanned, HOUR), 'rate-hidden');
  t.equal(typeof (await told(unplanned, HOUR, true)), 'object', 'an owner is told');
});
