import { defaultLoyaltySettings, defaultRuleSettings } from '@headroom/contracts/events';
import t from 'tap';
import { decideConfigure, decideExchangeRate } from './agency.ts';
import { decidePropose } from './propose-standard.ts';
import { type AddSpecialist, decideAddSpecialist, decideSetCostRate, type SetCostRate } from './specialist.ts';
import { decideApprove, standardEvolution } from './standard.ts';

const northlight = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' } as const;
const blank = { configured: undefined };
const configured = { configured: northlight };

t.test('an agency chooses its currency and basis once', async (t) => {
  t.strictSame(decideConfigure(northlight, blank), {
    accepted: [
      { type: 'AgencyConfigured', data: { ...northlight, loyalty: defaultLoyaltySettings, ...defaultRuleSettings } },
    ],
  });
  const rules = { approvalRequired: true, overlap: 'refuse', kpiTolerance: '0.02' } as const;
  t.match(
    decideConfigure({ ...northlight, ...rules, budgetThresholds: ['1', '0.75', '0.750'] }, blank),
    { accepted: [{ data: { ...rules, kpiTolerance: '0.020000', budgetThresholds: ['0.750000', '1.000000'] } }] },
    'thresholds rise, each once, and ratios have six decimals',
  );
  t.match(decideConfigure({ ...northlight, name: 'North' }, configured), { accepted: [{}] }, 'the name may change');
  t.match(decideConfigure({ ...northlight, currency: 'EUR' }, configured), { refused: 'currency-fixed' });
  t.match(decideConfigure({ ...northlight, costBasis: 'capacity' }, configured), { refused: 'cost-basis-fixed' });
});

t.test('rates of exchange are for other currencies', async (t) => {
  const rate = { currency: 'EUR', rate: '101.25', effectiveFrom: '2026-03-01' };
  t.strictSame(decideExchangeRate(rate, configured), { accepted: [{ type: 'ExchangeRateSet', data: rate }] });
  t.strictSame(decideExchangeRate(rate, blank), { refused: 'agency-not-configured' });
  t.strictSame(decideExchangeRate({ ...rate, currency: 'RUB' }, configured), { refused: 'own-currency' });
});

t.test('a specialist is added once', async (t) => {
  const anna: AddSpecialist = { specialistId: 'anna', name: 'Anna', role: 'designer', kind: 'employee' };
  t.match(decideAddSpecialist(anna, { exists: false }), { accepted: [{ data: { ...anna, externalRef: null } }] });
  t.strictSame(decideAddSpecialist(anna, { exists: true }), { refused: 'specialist-exists' });
});

t.test('a cost rate is given, or derived from what it is made of', async (t) => {
  const command = { rateId: 'r', specialistId: 'anna', effectiveFrom: '2026-01-01' };
  const breakdown = {
    monthlySalaryMinor: 12_000_000,
    payrollTax: '0.302',
    monthlyOverheadMinor: 3_000_000,
    monthlyHours: 160,
    utilisation: '0.5',
  };
  const set = (more: Partial<SetCostRate>, exists = true, agency: typeof blank | typeof configured = configured) =>
    decideSetCostRate({ ...command, ...more }, { exists }, agency);
  t.match(set({ breakdown }), {
    accepted: [{ data: { ratePerHour: '2328.0000', basis: 'billable', currency: 'RUB' } }],
  });
  t.match(set({ ratePerHour: '12.5' }), { accepted: [{ data: { ratePerHour: '12.5000', breakdown: null } }] });
  t.strictSame(set({ breakdown }, true, blank), { refused: 'agency-not-configured' });
  t.strictSame(set({ breakdown }, false), { refused: 'specialist-not-found' });
  t.match(set({ breakdown, basis: 'capacity' }), { refused: 'basis-mismatch' });
  t.strictSame(set({ breakdown: { ...breakdown, utilisation: '0' } }), { refused: 'no-sold-hour' });
});

t.test('a standard is approved by another person than proposed it', async (t) => {
  const proposal = {
    standardId: 's',
    margin: '0.4',
    effectiveFrom: '2026-01-01',
    proposedBy: 'key:boss',
    seesRates: false,
  };
  const proposed = decidePropose(proposal, standardEvolution.initial(), { data: undefined });
  const [event] = 'accepted' in proposed ? proposed.accepted : [];
  if (event === undefined) throw new Error('not proposed');
  const state = standardEvolution.evolve(standardEvolution.initial(), event);
  t.strictSame(decidePropose(proposal, state, { data: undefined }), { refused: 'standard-exists' });
  t.strictSame(decideApprove({ approvedBy: 'key:boss' }, state), { refused: 'approver-is-proposer' });
  const approved = decideApprove({ approvedBy: 'key:finance' }, state);
  t.match(approved, { accepted: [{ type: 'StandardApproved', data: { margin: '0.4', approvedBy: 'key:finance' } }] });
  t.strictSame(decideApprove({ approvedBy: 'key:finance' }, { ...state, approved: true }), {
    refused: 'standard-already-approved',
  });
  t.strictSame(decideApprove({ approvedBy: 'key:finance' }, standardEvolution.initial()), {
    refused: 'standard-not-found',
  });
});
