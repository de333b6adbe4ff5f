import type { BillRateScope } from '@headroom/contracts/events';
import t from 'tap';
import { billRatesStreamId } from '../events/streams.ts';
import { decideSetBillRate } from './bill-rate.ts';
import { decideDeactivate } from './specialist.ts';

const agency = { configured: { currency: 'RUB', costBasis: 'billable' as const, timeZone: 'Europe/Moscow' } };
const there = { data: {} };
const set = (scope: BillRateScope, subject: { data: object | undefined } | undefined = undefined) =>
  decideSetBillRate({ rateId: 'r', scope, effectiveFrom: '2026-01-01', ratePerHour: '5000' }, { agency, subject });

t.test('a bill rate has 4 decimals and the agency’s currency', async (t) => {
  t.match(set({ kind: 'agency' }), { accepted: [{ data: { ratePerHour: '5000.0000', currency: 'RUB' } }] });
  t.match(set({ kind: 'role', role: 'designer' }), { accepted: [{ data: { scope: { role: 'designer' } } }] });
  t.match(set({ kind: 'client', clientId: 'flora' }, there), { accepted: [{ type: 'BillRateSet' }] });
});

t.test('what a scope names must be there', async (t) => {
  const gone = { data: undefined };
  t.strictSame(set({ kind: 'client', clientId: 'x' }, gone), { refused: 'client-not-found' });
  t.strictSame(set({ kind: 'project', projectId: 'x' }, gone), { refused: 'project-not-found' });
  t.strictSame(set({ kind: 'specialist', specialistId: 'x' }, gone), { refused: 'specialist-not-found' });
  const blank = { agency: { configured: undefined }, subject: undefined };
  const command = { rateId: 'r', scope: { kind: 'agency' }, effectiveFrom: '2026-01-01', ratePerHour: '1' } as const;
  t.strictSame(decideSetBillRate(command, blank), { refused: 'agency-not-configured' });
});

t.test('each scope has a stream of its own, whatever the role is called', async (t) => {
  const scopes: BillRateScope[] = [
    { kind: 'agency' },
    { kind: 'client', clientId: 'x' },
    { kind: 'project', projectId: 'x' },
    { kind: 'specialist', specialistId: 'x' },
    { kind: 'role', role: 'x' },
    { kind: 'role', role: 'design / layout' },
  ];
  t.equal(new Set(scopes.map((scope) => billRatesStreamId('northlight', scope))).size, scopes.length);
});

t.test('a specialist is deactivated once', async (t) => {
  const command = { specialistId: 'anna', deactivatedOn: '2026-06-30' };
  t.strictSame(decideDeactivate(command, { exists: true }), {
    accepted: [{ type: 'SpecialistDeactivated', data: command }],
  });
  t.strictSame(decideDeactivate(command, { exists: false }), { refused: 'specialist-not-found' });
  t.match(decideDeactivate(command, { exists: true, deactivatedOn: '2026-05-31' }), {
    refused: 'specialist-deactivated',
  });
});
