import fc from 'fast-check';
import t from 'tap';
import type { LabourLine, StageLedger } from './stage-ledger.ts';
import { type Billed, billedAt } from './stage-revenue.ts';

const ON = '2026-03-31';

interface Work {
  readonly seconds: number;
  readonly billable: boolean;
  readonly goodwill: boolean;
  /** Ten-thousandths of a euro an hour; undefined where nobody set a price. */
  readonly units: number | undefined;
}

const line = ({ seconds, billable, goodwill }: Work, index: number): LabourLine => ({
  specialistId: `person-${index}`,
  role: 'designer',
  activity: 'production',
  billable,
  goodwill,
  late: false,
  approved: false,
  seconds,
  units: null,
  day: ON,
});

/** What hours bring, each person at a price of their own, beside `toDo` hours of a role at another one. */
const billed = (work: readonly Work[], capMinor: number | null, toDo?: { seconds: number; units: number }): Billed => {
  const cap = capMinor === null ? null : { minor: capMinor, currency: 'EUR' };
  const ledger = { billing: { kind: 'time-and-materials', cap }, currency: 'EUR' } as StageLedger;
  return billedAt(ledger, {
    asOf: ON,
    closedOn: undefined,
    labour: work.map(line),
    remaining: toDo === undefined ? [] : [{ role: 'manager', seconds: toDo.seconds }],
    price: ({ specialistId, role }) =>
      role === 'manager' ? toDo?.units : work[Number(specialistId?.slice('person-'.length))]?.units,
    toMinor: ({ minor }) => minor,
  });
};

const UNITS_OF_MINOR = 3_600n * 100n;

/** `seconds x rate`, added exactly and rounded once, halves up: by the definition. */
const cents = (work: readonly Work[], more = 0n): number => {
  const exact = work.reduce(
    (sum, { seconds, billable, goodwill, units = 0 }) =>
      billable && !goodwill ? sum + BigInt(seconds) * BigInt(units) : sum,
    more,
  );
  return Number((2n * exact + UNITS_OF_MINOR) / (2n * UNITS_OF_MINOR));
};

const work = fc.array(
  fc.record({
    seconds: fc.integer({ min: 1, max: 86_400 }),
    billable: fc.boolean(),
    goodwill: fc.boolean(),
    units: fc.option(fc.integer({ min: 1, max: 9_999_999 }), { nil: undefined, freq: 4 }),
  }),
  { maxLength: 8 },
);
const price = fc.integer({ min: 1, max: 9_999_999 });

t.test('half a cent is a cent, and pieces of a cent are added before they are rounded', async (t) => {
  const one = (seconds: number, units: number): Work => ({ seconds, billable: true, goodwill: false, units });
  // 1 s at 18.00 EUR an hour is exactly half a cent.
  t.equal(billed([one(1, 180_000)], null).accruedMinor, 1);
  t.equal(billed([one(1, 179_999)], null).accruedMinor, 0);
  // Two such seconds of two people are one cent, not two.
  t.equal(billed([one(1, 180_000), one(1, 180_000)], null).accruedMinor, 1);
});

t.test('the cap holds to the cent, from below, at it and from above', async (t) => {
  fc.assert(
    fc.property(work, fc.constantFrom(-1, 0, 1, 1_000), (done, beside) => {
      const whole = cents(done);
      const cap = Math.max(0, whole + beside);
      const { accruedMinor, uncappedMinor, atCompletionMinor } = billed(done, cap);
      if (uncappedMinor !== whole) throw new Error(`${uncappedMinor} before the cap instead of ${whole}`);
      if (accruedMinor !== Math.min(whole, cap)) throw new Error(`${accruedMinor} accrued under a cap of ${cap}`);
      if (atCompletionMinor !== accruedMinor) throw new Error('nothing is left to do, and yet more will come');
    }),
    { numRuns: 500 },
  );
  t.pass('what accrues is the lesser of hours and cap');
});

t.test('a cap that is reached takes no more, whatever else is done or still to do', async (t) => {
  fc.assert(
    fc.property(work, work, price, fc.nat(3_600_000), (done, more, units, seconds) => {
      const cap = cents(done);
      const after = billed([...done, ...more], cap, { seconds, units });
      if (after.accruedMinor !== cap) throw new Error(`${after.accruedMinor} accrued beyond a cap of ${cap}`);
      if (after.atCompletionMinor !== cap) throw new Error(`${after.atCompletionMinor} to come under a cap of ${cap}`);
    }),
    { numRuns: 300 },
  );
  t.pass('no hour goes beyond it');
});

t.test('work to do and work done are rounded together, and one second never takes more than its price', async (t) => {
  fc.assert(
    fc.property(work, price, fc.nat(3_600_000), (done, units, seconds) => {
      const { atCompletionMinor, accruedMinor } = billed(done, null, { seconds, units });
      const whole = cents(done, BigInt(seconds) * BigInt(units));
      if (atCompletionMinor !== whole) throw new Error(`${atCompletionMinor} at completion instead of ${whole}`);
      if (atCompletionMinor < (accruedMinor ?? 0)) throw new Error('less will come than came');
    }),
    { numRuns: 500 },
  );
  t.pass('one rounding for the stage');
});

t.test('hours without a price are counted, and bring nothing', async (t) => {
  fc.assert(
    fc.property(work, (done) => {
      const counting = done.filter(({ billable, goodwill }) => billable && !goodwill);
      const { billableSeconds, unpricedSeconds } = billed(done, null);
      const sum = (some: readonly Work[]) => some.reduce((total, { seconds }) => total + seconds, 0);
      if (billableSeconds !== sum(counting)) throw new Error('not all billable seconds are counted');
      if (unpricedSeconds !== sum(counting.filter(({ units }) => units === undefined))) throw new Error('unpriced');
    }),
    { numRuns: 300 },
  );
  t.pass('nothing is guessed');
});
