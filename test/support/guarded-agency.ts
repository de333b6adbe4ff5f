import { type Canary, canary, soloCanaries } from './canaries.ts';
import type { Caller } from './running-headroom.ts';
import { done, rub } from './small-agency.ts';

const HOUR = 3_600;

/** Written in every name and text of the agency: no answer to another tenant holds it. */
export const OWN_MARK = 'Zirkonia';

/** Ids by the name of the path parameter or body field that takes them. */
export type Ids = Readonly<Record<string, string>>;

/** A client on whose stage two people work. */
const TEAM: Ids = {
  specialistId: 'anna',
  managerId: 'boris',
  backupManagerId: 'galina',
  clientId: 'flora',
  projectId: 'site',
  stageId: 'design',
  requestId: 'font',
  extraPaymentId: 'font-extra',
  standardId: 'standard',
  expenseId: 'taxi',
  invoiceId: 'invoice',
  estimateId: 'proposal',
  metricId: 'leads',
  subjectId: 'specialist:vera',
  // Of an event that is surely in the log.
  position: '3',
};

/** A client on whose stage Anna works alone: every cost of it tells her rate. */
const SOLO: Ids = {
  ...TEAM,
  clientId: 'granit',
  projectId: 'shop',
  stageId: 'cart',
  requestId: 'basket',
  extraPaymentId: 'basket-extra',
  expenseId: 'licence',
  invoiceId: 'invoice-2',
  estimateId: 'proposal-2',
};

/** Of a person on no stage, so that only lists of people lead to it. */
const GALINA_RATE = '3571.9387';
const BORIS_RATE = '2917.8393';
const ANNA_SALARY = 13_791_137;
const ANNA_OVERHEAD = 3_141_593;

const people = async (owner: Caller): Promise<void> => {
  const add = (specialistId: string, role: string) =>
    done(owner, '/v1/specialists', { specialistId, name: `${specialistId} ${OWN_MARK}`, role });
  const pay = (specialistId: string, rate: object) =>
    done(owner, `/v1/specialists/${specialistId}/cost-rates`, { effectiveFrom: '2026-01-01', reason: 'c', ...rate });
  await add('anna', 'designer');
  await add('boris', 'manager');
  await add('galina', 'editor');
  // Somebody who may be erased without taking a credential or an entry along.
  await add('vera', 'editor');
  const spread = { payrollTax: '0.302', monthlyOverheadMinor: ANNA_OVERHEAD, monthlyHours: 160, utilisation: '0.5' };
  await pay('anna', { breakdown: { monthlySalaryMinor: ANNA_SALARY, ...spread } });
  await pay('boris', { ratePerHour: BORIS_RATE });
  await pay('galina', { ratePerHour: GALINA_RATE });
};

/** Gives the ids with that of the first entry. */
const stage = async (owner: Caller, ids: Ids, workers: readonly string[]): Promise<Ids> => {
  const { clientId, projectId, stageId, requestId, extraPaymentId } = ids as Record<string, string>;
  await done(owner, '/v1/clients', { clientId, name: `${clientId} ${OWN_MARK}`, since: '2025-01-15' });
  const named = { name: `${projectId} ${OWN_MARK}`, serviceType: 'design', openedOn: '2026-01-10' };
  await done(owner, '/v1/projects', { projectId, clientId, managerId: 'boris', ...named });
  const backup = { backupManagerId: 'galina', effectiveFrom: '2026-01-10' };
  await done(owner, `/v1/projects/${projectId}/backup-manager`, backup);
  await done(owner, '/v1/stages', {
    stageId,
    projectId,
    name: `${stageId} ${OWN_MARK}`,
    billing: { kind: 'fixed', fee: rub(10_000_000) },
    plannedWork: workers.map((worker) => ({ role: worker === 'anna' ? 'designer' : 'manager', seconds: 2 * HOUR })),
  });
  await done(owner, `/v1/stages/${stageId}/start`, { startedOn: '2026-02-02' });
  const words = { askedBy: 'The director', channel: 'chat', words: `${OWN_MARK}: a font` };
  const request = { requestId, projectId, stageId, askedAt: '2026-02-05T11:00:00+03:00', ...words };
  await done(owner, '/v1/requests', request);
  const scope = { scope: 'out-of-scope', rationale: 'Not in the annex', classifiedOn: '2026-02-05' };
  await done(owner, `/v1/requests/${requestId}/classification`, scope);
  const entryIds: string[] = [];
  for (const specialistId of workers) {
    const entry = { specialistId, stageId, workDate: '2026-03-06', seconds: HOUR, activity: 'rework', requestId };
    entryIds.push((await done(owner, '/v1/time-entries', entry)).entryId);
  }
  const extra = { extraPaymentId, stageId, requestId, amount: rub(500_000), proposedOn: '2026-02-10' };
  await done(owner, '/v1/extra-payments', extra);
  return { ...ids, entryId: entryIds[0] as string };
};

const aroundStage = async (owner: Caller, ids: Ids): Promise<void> => {
  const { clientId, projectId, stageId, expenseId, invoiceId, estimateId } = ids as Record<string, string>;
  const expense = { expenseId, category: 'travel', amount: rub(180_000), incurredOn: '2026-02-07' };
  await done(owner, `/v1/stages/${stageId}/expenses`, expense);
  const lines = [{ stageId, amountMinor: 4_000_000 }];
  const days = { issuedOn: '2026-02-10', dueOn: '2026-02-24' };
  await done(owner, '/v1/invoices', { invoiceId, currency: 'RUB', lines, ...days });
  const contact = { projectId, channel: 'call', direction: 'inbound', seconds: 900, planned: false };
  await done(owner, `/v1/clients/${clientId}/interactions`, { ...contact, occurredAt: '2026-02-09T12:00:00+03:00' });
  const facts = {
    closeRate: { stated: '0.25', source: 'client' },
    averageCheck: { stated: rub(1_200_000), source: 'client' },
    grossMargin: { stated: '0.5', source: 'estimate' },
  };
  await done(owner, `/v1/clients/${clientId}/business-facts`, { effectiveFrom: '2025-10', ...facts });
  const before = { periodFrom: '2025-10', periodTo: '2025-12', totalVisitors: 5_400, totalInquiries: 60 };
  await done(owner, `/v1/projects/${projectId}/baseline`, before);
  const counted = { month: '2026-01', visitors: 2_450, inquiries: 41, advertisingSpend: rub(1_500_000) };
  await done(owner, `/v1/projects/${projectId}/metrics`, counted);
  const promised = { setupMinor: 20_000_000, monthlyFeeMinor: 5_000_000, gainsMinor: '3000000,6000000' };
  const sums = Object.fromEntries(Object.entries(promised).map(([name, value]) => [name, String(value)]));
  const estimate = { estimateId, clientId, title: 'Site', sharedOn: '2025-12-20', currency: 'RUB', ...sums };
  await done(owner, '/v1/roi/estimates', estimate);
  await done(owner, `/v1/roi/estimates/${estimateId}/project`, { projectId, startMonth: '2026-01' });
};

export interface GuardedAgency {
  readonly canaries: readonly Canary[];
  readonly team: Ids;
  readonly solo: Ids;
}

/** An agency whose cost rates and salaries are numbers that nothing else has; gives those numbers. */
export const guardedAgency = async (owner: Caller, finance: Caller): Promise<GuardedAgency> => {
  const settings = { name: `Agency ${OWN_MARK}`, currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
  await done(owner, '/v1/agency', settings, 'PUT');
  await done(owner, '/v1/standards', { standardId: 'standard', margin: '0.4', effectiveFrom: '2026-01-01' });
  await done(finance, '/v1/standards/standard/approval', {});
  const metric = { name: `Leads ${OWN_MARK}`, counts: 'inquiries', controllableByUs: true, affectsBusiness: true };
  await done(owner, '/v1/metrics/leads', metric, 'PUT');
  await people(owner);
  const team = await stage(owner, TEAM, ['anna', 'boris']);
  const solo = await stage(owner, SOLO, ['anna']);
  await aroundStage(owner, TEAM);
  await aroundStage(owner, SOLO);
  const rates: { readonly specialistId: string; readonly rate: { readonly ratePerHour: string } | null }[] = (
    await owner.get('/v1/cost-rates?asOf=2026-03-31')
  ).body.items;
  const planted = rates.flatMap(({ specialistId, rate }) =>
    rate === null
      ? []
      : [
          canary(`${specialistId}’s cost rate`, rate.ratePerHour),
          canary(`${specialistId}’s cost rate, rounded`, Math.round(Number(rate.ratePerHour) * 100)),
        ],
  );
  const salary = canary('Anna’s salary', ANNA_SALARY);
  const overhead = canary('Anna’s overhead', ANNA_OVERHEAD);
  return { canaries: [salary, overhead, ...planted, ...(await soloCanaries(owner, 'cart'))], team, solo };
};
