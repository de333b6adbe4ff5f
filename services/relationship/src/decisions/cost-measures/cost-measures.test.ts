import type { Effort } from '@headroom/contracts/questions';
import fc from 'fast-check';
import t from 'tap';
import { effectOf } from './effect.ts';
import { type EstimateFacts, estimates, medianOf, specialityOf } from './estimate.ts';

const HOUR = 3_600;
const effort: Effort = {
  revenueMinor: 10_000_000,
  costMinor: 2_500_000,
  labourCostMinor: 2_400_000,
  seconds: 20 * HOUR,
  uncostedSeconds: 0,
  contactSeconds: 4 * HOUR,
  contactCostMinor: 900_000,
  favourSeconds: HOUR,
  favourCostMinor: 120_000,
  ownWork: [
    { role: 'designer', seconds: 15 * HOUR, costMinor: 1_800_000 },
    { role: 'writer', seconds: 5 * HOUR, costMinor: 600_000 },
  ],
  costedPeople: 2,
  stages: 2,
};
const facts: EstimateFacts = {
  currency: 'RUB',
  effort,
  unplannedSeconds: 2 * HOUR,
  inboundSeconds: 3 * HOUR,
  outboundSeconds: 4 * HOUR,
  medianUnplannedSeconds: HOUR,
  contractorRates: [
    { role: 'designer', units: 1_000_000, people: 1 },
    { role: 'writer', units: 9_000_000, people: 2 },
  ],
  speciality: 'designer',
  outOfScope: { seconds: HOUR, costMinor: 60_000 },
};
const of = (change: Partial<EstimateFacts>) =>
  Object.fromEntries(estimates({ ...facts, ...change }).map((each) => [each.method, each]));
const savings = (change: Partial<EstimateFacts>) =>
  estimates({ ...facts, ...change }).map(({ monthlyMinor }) => monthlyMinor);

t.test('the five methods, by hand', async (t) => {
  // An hour costs 1,200 on average. 1 h / 3 and 1 h / 3; 6,000 - 5 x 900 = 1,500 / 3; (1,200 + 600) / 3; 9,000 / 3 / 3.
  t.strictSame(savings({}), [40_000, 40_000, 50_000, 60_000, 100_000]);
  t.strictSame(savings({ unplannedSeconds: HOUR / 2, outboundSeconds: HOUR }).slice(0, 2), [0, 0], 'never below zero');
  const dear = { contractorRates: [{ role: 'writer', units: 99_000_000, people: 1 }] };
  t.equal(of(dear).subcontract?.monthlyMinor, 0, 'a dearer contractor saves nothing');
});

t.test('what cannot be told is missing, with the reason', async (t) => {
  t.match(of({ unplannedSeconds: 0 })['reduce-contact'], { monthlyMinor: null, missing: /no unplanned contact/ });
  t.match(of({ outboundSeconds: 0 })['mirror-client'], { monthlyMinor: null, missing: /no outbound/ });
  t.match(of({ contractorRates: [] }).subcontract, { monthlyMinor: null, missing: /no contractor/ });
  t.match(of({ speciality: 'writer', contractorRates: [{ role: 'writer', units: 1, people: 1 }] }).subcontract, {
    monthlyMinor: null,
  });
  const uncosted = { effort: { ...effort, uncostedSeconds: effort.seconds } };
  t.match(of(uncosted)['reduce-contact'], { monthlyMinor: null, missing: /cost rate/ });
  const idle = { effort: { ...effort, seconds: 0, stages: 0 } };
  t.match(of(idle)['enforce-contract'], { missing: /no hours/ });
  t.match(of(idle)['new-sale'], { missing: /no stage/ });
});

t.test('median and speciality', async (t) => {
  t.strictSame([medianOf([]), medianOf([7]), medianOf([9, 1, 5]), medianOf([1, 4])], [0, 7, 5, 2]);
  t.equal(specialityOf(effort), 'designer');
  t.equal(specialityOf({ ownWork: [] }), null);
});

t.test('the effect, against the window before', async (t) => {
  const before = { effort, agreedMinor: 0 };
  const after = {
    effort: { ...effort, revenueMinor: 5_000_000, costMinor: 1_000_000, contactCostMinor: 300_000, favourCostMinor: 0 },
    agreedMinor: 50_000,
  };
  const saving = (method: Parameters<typeof effectOf>[0]) => effectOf(method, before, after, 73).savingMinor;
  t.equal(saving('reduce-contact'), 600_000);
  t.equal(saving('mirror-client'), 600_000);
  t.equal(saving('subcontract'), 250_000, 'a quarter of 50,000 was 12,500; it is 10,000');
  t.equal(saving('enforce-contract'), 170_000, '1,200 of favours, and 500 agreed');
  t.equal(saving('new-sale'), 150_000, '9% of 50,000 was 4,500; it is 3,000');
  t.equal(effectOf('reduce-contact', before, after, 73).monthlyMinor, 250_000, '6,000 x 365 / 12 / 73');
  const nothing = { effort: { ...effort, seconds: 0 }, agreedMinor: 0 };
  t.match(effectOf('reduce-contact', nothing, after, 73), { savingMinor: null, missing: /no hours/ });
  const unpaid = { effort: { ...effort, revenueMinor: 0 }, agreedMinor: 0 };
  t.match(effectOf('new-sale', before, unpaid, 73), { savingMinor: null, monthlyMinor: null, missing: /earned/ });
});

t.test('what was saved and what is lost again are opposite', async (t) => {
  const some = fc
    .record({ contactCostMinor: fc.nat(10 ** 9), favourCostMinor: fc.nat(10 ** 9), agreedMinor: fc.nat(10 ** 9) })
    .map(({ agreedMinor, ...change }) => ({ effort: { ...effort, ...change }, agreedMinor }));
  fc.assert(
    fc.property(
      some,
      some,
      fc.constantFrom('reduce-contact' as const, 'enforce-contract' as const),
      (one, other, method) => {
        const [there, back] = [effectOf(method, one, other, 30), effectOf(method, other, one, 30)];
        return (there.savingMinor ?? 0) + (back.savingMinor ?? 0) === 0;
      },
    ),
  );
  t.pass('for methods that compare costs');
});
