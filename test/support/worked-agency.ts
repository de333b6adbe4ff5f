import { stageEntries, stageIds } from '@headroom/contracts/examples/worked-example';
import type { Caller } from './running-headroom.ts';
import { done, rub } from './small-agency.ts';

const HOUR = 3_600;
const { stageId, projectId, clientId } = stageIds;

export const breakdown = (monthlySalaryMinor: number) => ({
  monthlySalaryMinor,
  payrollTax: '0.302',
  monthlyOverheadMinor: 3_000_000,
  monthlyHours: 160,
  utilisation: '0.5',
});

/** The worked example up to the agreed extra payment: 40.27%. */
export const workedAgency = async (owner: Caller, finance: Caller): Promise<void> => {
  const settings = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
  await done(owner, '/v1/agency', settings, 'PUT');
  await done(owner, '/v1/standards', { standardId: 's40', margin: '0.4', effectiveFrom: '2026-01-01' });
  await done(finance, '/v1/standards/s40/approval', {});
  for (const [specialistId, name, role, salary] of [
    ['anna', 'Anna', 'designer', 12_000_000],
    ['boris', 'Boris', 'manager', 15_000_000],
  ] as const) {
    await done(owner, '/v1/specialists', { specialistId, name, role });
    const rate = { effectiveFrom: '2026-01-01', breakdown: breakdown(salary), reason: 'Contract' };
    await done(owner, `/v1/specialists/${specialistId}/cost-rates`, rate);
  }
  await done(owner, '/v1/clients', { clientId, name: 'Butovo Bricks', since: '2025-01-15' });
  const project = { projectId, clientId, name: 'Landing page', managerId: 'boris', openedOn: '2026-03-01' };
  await done(owner, '/v1/projects', project);
  const plannedWork = [
    { role: 'designer', seconds: 40 * HOUR },
    { role: 'manager', seconds: 6 * HOUR },
  ];
  const billing = { kind: 'fixed', fee: rub(20_000_000) };
  await done(owner, '/v1/stages', { stageId, projectId, name: 'Landing design', billing, plannedWork });
  await done(owner, `/v1/stages/${stageId}/start`, { startedOn: '2026-03-02' });
  const items = stageEntries.map(({ specialistId, workDate, seconds, activity }) => ({
    specialistId,
    stageId,
    workDate,
    seconds,
    activity,
  }));
  // 119,102.25 are 108% of the planned 110,017.50; 125,449.50 will be 114%.
  await done(owner, `/v1/stages/${stageId}/thresholds`, { thresholds: ['1.120000'] }, 'PUT');
  await done(owner, '/v1/time-entries/bulk', { items });
  await done(owner, `/v1/stages/${stageId}/expenses`, {
    category: 'travel',
    amount: rub(180_000),
    incurredOn: '2026-03-12',
  });
  const remainingWork = [
    { role: 'designer', seconds: 4 * HOUR },
    { role: 'manager', seconds: 0 },
  ];
  await done(owner, `/v1/stages/${stageId}/estimate`, { revisedOn: '2026-03-19', remainingWork });
  const extra = { extraPaymentId: 'font', stageId, amount: rub(1_500_000), proposedOn: '2026-03-19' };
  await done(owner, '/v1/extra-payments', extra);
  const agreed = { agreedOn: '2026-03-20', agreedBy: 'The director', channel: 'email' };
  await done(owner, '/v1/extra-payments/font/agreement', agreed);
};
