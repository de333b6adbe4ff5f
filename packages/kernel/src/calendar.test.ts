import fc from 'fast-check';
import t from 'tap';
import {
  addDays,
  addMonths,
  addMonthsTo,
  daysBetween,
  firstDayOf,
  isTimeZone,
  lastDayOf,
  localDate,
  monthOf,
  monthsBetween,
  monthsFrom,
  weekdayOf,
  wholeMonthsBetween,
  workingDaysBetween,
} from './index.ts';

/** The runtime's own calendar, to compare with. */
const utc = (date: string) => new Date(`${date}T00:00:00Z`).getTime();
const DAY = 86_400_000;
const anyDate = fc
  .integer({ min: utc('1990-01-01') / DAY, max: utc('2100-12-31') / DAY })
  .map((day) => new Date(day * DAY).toISOString().slice(0, 10));

t.test('days and months', async (t) => {
  t.equal(addDays('2026-02-28', 1), '2026-03-01');
  t.equal(addDays('2024-02-28', 1), '2024-02-29');
  t.equal(addDays('2026-01-01', -1), '2025-12-31');
  t.equal(daysBetween('2026-03-16', '2026-03-16'), 0);
  t.equal(daysBetween('2026-03-16', '2026-03-01'), -15);
  t.equal(monthOf('2026-03-16'), '2026-03');
  t.equal(addMonths('2026-11', 3), '2027-02');
  t.equal(addMonths('2026-01', -1), '2025-12');
  t.equal(addMonths('2026-01', -13), '2024-12');
  t.equal(monthsBetween('2025-11', '2026-02'), 3);
  t.strictSame(monthsFrom('2025-12', '2026-02'), ['2025-12', '2026-01', '2026-02']);
  t.strictSame(monthsFrom('2026-02', '2026-01'), []);
  t.equal(firstDayOf('2026-02'), '2026-02-01');
  t.strictSame(['2026-02', '2024-02', '2026-12', '2000-02'].map(lastDayOf), [
    '2026-02-28',
    '2024-02-29',
    '2026-12-31',
    '2000-02-29',
  ]);
  t.equal(addMonthsTo('2026-01-31', 1), '2026-02-28', 'a month without such a day gives its last');
  t.equal(addMonthsTo('2026-03-16', -12), '2025-03-16');
  t.equal(wholeMonthsBetween('2026-01-31', '2026-02-28'), 1);
  t.equal(wholeMonthsBetween('2026-01-16', '2026-03-15'), 1);
  t.equal(wholeMonthsBetween('2026-01-16', '2026-03-16'), 2);
  t.equal(wholeMonthsBetween('2026-03-16', '2026-01-16'), 0);
});

t.test('working days are Mondays to Fridays', async (t) => {
  t.equal(weekdayOf('2026-03-16'), 1, 'a Monday');
  t.equal(weekdayOf('2026-03-15'), 7, 'a Sunday');
  t.equal(workingDaysBetween('2026-03-16', '2026-03-23'), 5);
  t.equal(workingDaysBetween('2026-03-14', '2026-03-16'), 0, 'a weekend');
  t.equal(workingDaysBetween('2026-03-13', '2026-03-17'), 2, 'Friday and Monday');
  t.equal(workingDaysBetween('2026-03-17', '2026-03-13'), 0, 'nothing backwards');
});

t.test('a local date is that of the time zone', async (t) => {
  t.equal(localDate('2026-03-16T22:30:00Z', 'Europe/Moscow'), '2026-03-17');
  t.equal(localDate('2026-03-16T22:30:00Z', 'America/New_York'), '2026-03-16');
  t.equal(localDate('2026-03-16T23:59:59.999+03:00', 'Europe/Moscow'), '2026-03-16');
  t.equal(localDate('1990-01-01T00:00:00+14:00', 'UTC'), '1989-12-31');
  t.strictSame(['Europe/Moscow', 'UTC', 'Mars/Olympus', '+03:00', ''].map(isTimeZone), [
    true,
    true,
    false,
    false,
    false,
  ]);
  t.throws(() => localDate('2026-03-16T22:30:00Z', 'Mars/Olympus'), RangeError);
});

t.test('properties', async (t) => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
      const moved = addDays(date, days);
      return moved === new Date(utc(date) + days * DAY).toISOString().slice(0, 10) && daysBetween(date, moved) === days;
    }),
  );
  t.pass('days are those of the runtime');
  fc.assert(fc.property(anyDate, (date) => weekdayOf(date) === (new Date(utc(date)).getUTCDay() || 7)));
  t.pass('so are weekdays');
  fc.assert(
    fc.property(anyDate, fc.nat(60), (from, length) => {
      const days = Array.from({ length }, (_, index) => addDays(from, index));
      return workingDaysBetween(from, addDays(from, length)) === days.filter((day) => weekdayOf(day) <= 5).length;
    }),
  );
  t.pass('working days are counted one by one');
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -300, max: 300 }), (date, months) => {
      const moved = addMonths(monthOf(date), months);
      return monthsBetween(monthOf(date), moved) === months && monthOf(addMonthsTo(date, months)) === moved;
    }),
  );
  t.pass('months are counted as they are added');
});
