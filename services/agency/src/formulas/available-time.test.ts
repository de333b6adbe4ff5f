import { addDays, addMonths, daysBetween, firstDayOf, lastDayOf } from '@headroom/kernel';
import fc from 'fast-check';
import t from 'tap';
import { availableSeconds, availableSpans, lastDayCounted } from './available-time.ts';

const HOUR = 3_600;
const march = '2025-03';
const always = (monthlyHours: number | null) => [{ effectiveFrom: '2025-01-01', monthlyHours }];
const spans = (costRates: Parameters<typeof availableSpans>[2]['costRates'], more: Partial<Told> = {}) =>
  availableSpans(
    march,
    more.through ?? '2025-03-31',
    { costRates, deactivatedOn: more.left ?? null },
    more.agency ?? [],
  );

interface Told {
  readonly through: string;
  readonly left: string;
  readonly agency: Parameters<typeof availableSpans>[3];
}

t.test('the days of a month that count', async (t) => {
  t.equal(lastDayCounted(march, '2025-04-01'), '2025-03-31');
  t.equal(lastDayCounted(march, '2025-03-10'), '2025-03-10', 'a running month counts until today');
  t.equal(lastDayCounted(march, '2025-02-28'), undefined);
  t.strictSame(availableSpans(march, undefined, { costRates: always(160), deactivatedOn: null }, []), []);
});

t.test('the breakdown tells the hours, else the agency, else nobody', async (t) => {
  t.strictSame(spans(always(160), { agency: always(155) }), [
    { from: '2025-03-01', to: '2025-04-01', monthlyHours: 160, source: 'cost-rate' },
  ]);
  t.match(spans(always(null), { agency: always(155) }), [{ monthlyHours: 155, source: 'agency' }]);
  t.match(spans([], { agency: always(155) }), [{ from: '2025-03-01', monthlyHours: 155 }], 'nor rate nor date');
  t.match(spans(always(null)), [{ monthlyHours: null, source: null }]);
  t.equal(availableSeconds(march, spans(always(null))), null);
  const plainSince = { effectiveFrom: '2025-03-17', monthlyHours: null };
  t.equal(availableSeconds(march, spans([...always(160), plainSince])), null, 'half a denominator is none');
});

t.test('a person is available from the first rate until the deactivation', async (t) => {
  const joined = spans([{ effectiveFrom: '2025-03-17', monthlyHours: 160 }]);
  t.equal(availableSeconds(march, joined), 278_710, '160 h x 15 / 31 days');
  t.equal(availableSeconds(march, spans(always(160), { left: '2025-03-20' })), Math.round((160 * HOUR * 20) / 31));
  t.strictSame(spans(always(160), { left: '2025-02-28' }), []);
  t.strictSame(spans([{ effectiveFrom: '2025-04-01', monthlyHours: 160 }]), []);
});

const dayOfMonth = fc.integer({ min: 0, max: 30 }).map((days) => addDays('2025-03-01', days));
const hours = fc.integer({ min: 1, max: 744 });
const versions = fc
  .uniqueArray(fc.record({ effectiveFrom: dayOfMonth, monthlyHours: hours }), {
    selector: ({ effectiveFrom }) => effectiveFrom,
    maxLength: 6,
  })
  .map((some) => some.sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1)));

t.test('spans follow each other without gap, and every day has the hours in force on it', async (t) => {
  fc.assert(
    fc.property(versions, versions, dayOfMonth, (costRates, agency, through) => {
      const found = availableSpans(march, through, { costRates, deactivatedOn: null }, [...always(160), ...agency]);
      const from = costRates[0]?.effectiveFrom ?? '2025-03-01';
      const covered = found.reduce((sum, span) => sum + daysBetween(span.from, span.to), 0);
      // By the day: the naive way.
      let naive = 0;
      for (let day = from; day <= through; day = addDays(day, 1)) {
        const own = costRates.findLast(({ effectiveFrom }) => effectiveFrom <= day)?.monthlyHours;
        naive +=
          own ?? [...always(160), ...agency].findLast(({ effectiveFrom }) => effectiveFrom <= day)?.monthlyHours ?? 0;
      }
      const gapless = found.every((span, index) => index === 0 || found[index - 1]?.to === span.from);
      return (
        gapless &&
        covered === Math.max(0, daysBetween(from, addDays(through, 1))) &&
        availableSeconds(march, found) === Math.round((naive * HOUR) / 31)
      );
    }),
  );
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 400 }), (monthlyHours, months) => {
      const month = addMonths('2000-01', months);
      const costRates = [{ effectiveFrom: firstDayOf('1999-01'), monthlyHours }];
      const whole = availableSpans(month, lastDayOf(month), { costRates, deactivatedOn: null }, []);
      return availableSeconds(month, whole) === monthlyHours * HOUR;
    }),
  );
  t.pass('a whole month has its monthly hours, however long it is');
});
