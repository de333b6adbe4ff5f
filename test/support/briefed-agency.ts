import type { Caller } from './running-headroom.ts';
import { done, rub } from './small-agency.ts';

const HOUR = 3_600;

/** An hour of everybody is billed at 3,000. */
const agency = async (owner: Caller, finance: Caller): Promise<void> => {
  const settings = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
  await done(owner, '/v1/agency', settings, 'PUT');
  await done(owner, '/v1/standards', { standardId: 's', margin: '0.4', effectiveFrom: '2025-01-01' });
  await done(finance, '/v1/standards/s/approval', {});
  for (const [specialistId, name, role, ratePerHour] of [
    ['anna', 'Anna', 'designer', '1000'],
    ['boris', 'Boris', 'manager', '1500'],
    ['galina', 'Galina', 'manager', '1500'],
  ]) {
    await done(owner, '/v1/specialists', { specialistId, name, role });
    const rate = { effectiveFrom: '2025-01-01', ratePerHour, reason: 'Contract' };
    await done(owner, `/v1/specialists/${specialistId}/cost-rates`, rate);
  }
  const price = { scope: { kind: 'agency' }, effectiveFrom: '2025-01-01', ratePerHour: '3000', reason: 'Price list' };
  await done(owner, '/v1/bill-rates', price);
};

const projects = async (owner: Caller): Promise<void> => {
  await done(owner, '/v1/clients', { clientId: 'flora', name: 'Flora & Sons <Garden>', since: '2025-10-01' });
  await done(owner, '/v1/clients', { clientId: 'granit', name: 'Granit', since: '2025-06-01' });
  for (const [projectId, clientId, name, managerId, openedOn] of [
    ['site', 'flora', 'Site of Flora', 'boris', '2026-01-01'],
    ['ads', 'granit', 'Advertising', 'boris', '2025-06-01'],
    ['blog', 'granit', 'Blog', 'galina', '2025-06-01'],
    ['old', 'granit', 'Old site', 'boris', '2025-06-01'],
  ])
    await done(owner, '/v1/projects', { projectId, clientId, name, managerId, openedOn });
  const backup = (projectId: string, backupManagerId: string) =>
    done(owner, `/v1/projects/${projectId}/backup-manager`, { backupManagerId, effectiveFrom: '2026-01-01' });
  await backup('site', 'galina');
  await backup('ads', 'galina');
  await backup('blog', 'anna');
};

const work = [
  { role: 'designer', seconds: 10 * HOUR },
  { role: 'manager', seconds: 4 * HOUR },
];

const stages = async (owner: Caller): Promise<void> => {
  const plan = async (
    stageId: string,
    projectId: string,
    name: string,
    fee: number,
    days: object,
    startedOn: string,
  ) => {
    const billing = { kind: 'fixed', fee: rub(fee) };
    await done(owner, '/v1/stages', { stageId, projectId, name, billing, plannedWork: work, ...days });
    await done(owner, `/v1/stages/${stageId}/start`, { startedOn });
  };
  await plan('design', 'site', 'Design', 20_000_000, { endsOn: '2026-01-31' }, '2026-01-05');
  await plan('build', 'site', 'Building', 10_000_000, { endsOn: '2026-02-20' }, '2026-02-02');
  await plan('shop', 'site', 'Shop', 2_400_000, { endsOn: '2026-03-20' }, '2026-03-02');
  await plan('banners', 'ads', 'Banners', 5_000_000, {}, '2026-03-02');
  await plan('past', 'old', 'Past', 1_000_000, {}, '2025-07-01');
  const log = (specialistId: string, stageId: string, workDate: string, hours: number, more: object = {}) =>
    done(owner, '/v1/time-entries', {
      specialistId,
      stageId,
      workDate,
      seconds: hours * HOUR,
      activity: 'production',
      ...more,
    });
  const free = { goodwill: true, billable: false };
  await log('anna', 'design', '2026-01-12', 8);
  await log('boris', 'design', '2026-01-13', 3, { activity: 'management' });
  await log('anna', 'design', '2026-01-20', 2, free);
  await log('anna', 'build', '2026-02-05', 8);
  await log('boris', 'build', '2026-02-10', 1, { ...free, activity: 'communication' });
  await log('anna', 'shop', '2026-03-05', 6);
  await log('boris', 'shop', '2026-03-06', 2, { activity: 'management' });
  await done(owner, '/v1/stages/design/close', { closedOn: '2026-01-28' });
  await done(owner, '/v1/stages/build/close', { closedOn: '2026-02-25' });
  await done(owner, '/v1/stages/past/close', { closedOn: '2025-08-01' });
  const reduction = { amount: rub(500_000), writtenOffOn: '2026-02-27', reason: 'It was late' };
  await done(owner, '/v1/stages/build/write-offs', reduction);
};

const relationship = async (owner: Caller): Promise<void> => {
  const request = async (requestId: string, words: string, day: string, scope: string) => {
    const asked = { projectId: 'site', stageId: 'shop', askedBy: 'The director of Flora', channel: 'chat' };
    await done(owner, '/v1/requests', { requestId, words, askedAt: `${day}T11:00:00+03:00`, ...asked });
    const clause = { rationale: 'Annex 1 names the parts', contractClause: 'Annex 1', classifiedOn: day };
    await done(owner, `/v1/requests/${requestId}/classification`, { scope, ...clause });
  };
  await request('filter', 'A filter by colour', '2026-03-20', 'out-of-scope');
  await request('font', 'Another font', '2026-03-23', 'unclear');
  await done(owner, '/v1/extra-payments', {
    extraPaymentId: 'filter-extra',
    stageId: 'shop',
    requestId: 'filter',
    amount: rub(1_500_000),
    proposedOn: '2026-03-24',
  });
  const contact = (occurredAt: string, seconds: number, direction: string, planned: boolean) =>
    done(owner, '/v1/clients/flora/interactions', { channel: 'call', occurredAt, seconds, direction, planned });
  await contact('2026-03-03T18:40:00+03:00', 900, 'inbound', false);
  await contact('2026-03-10T18:10:00+03:00', 600, 'inbound', false);
  await contact('2026-03-17T18:30:00+03:00', 600, 'inbound', false);
  await contact('2026-03-18T12:00:00+03:00', 3_600, 'outbound', true);
};

const business = async (owner: Caller): Promise<void> => {
  await done(owner, '/v1/clients/flora/business-facts', {
    effectiveFrom: '2025-10',
    closeRate: { stated: '0.25', source: 'client' },
    averageCheck: { stated: rub(4_000_000), source: 'client' },
    grossMargin: { stated: '0.5', source: 'client' },
  });
  await done(owner, '/v1/projects/site/baseline', {
    periodFrom: '2025-10',
    periodTo: '2025-12',
    totalVisitors: 5_400,
    totalInquiries: 60,
    totalPromotionCost: rub(18_000_000),
  });
  for (const [month, visitors, inquiries] of [
    ['2026-01', 2_000, 40],
    ['2026-02', 2_500, 60],
    ['2026-03', 3_000, 100],
  ])
    await done(owner, '/v1/projects/site/metrics', { month, visitors, inquiries, advertisingSpend: rub(0) });
};

/** An agency with something to tell of its work for Flora; the project was handed over in the middle of March. */
export const briefedAgency = async (owner: Caller, finance: Caller): Promise<void> => {
  await agency(owner, finance);
  await projects(owner);
  await stages(owner);
  await relationship(owner);
  await business(owner);
  const handover = { managerId: 'galina', effectiveFrom: '2026-03-16', reason: 'The client asked for somebody new' };
  await done(owner, '/v1/projects/site/manager', handover);
  const leave = { deactivatedOn: '2026-03-28', reason: 'Moves to another city' };
  await done(owner, '/v1/specialists/boris/deactivation', leave);
};
