import type { Test } from 'tap';
import type { Caller, RunningHeadroom } from './running-headroom.ts';

const rub = (minor: number) => ({ minor, currency: 'RUB' });
/** A salary that must show up nowhere but with those who may see it; and what an hour of it costs. */
export const SALARY = 12_345_678;
export const HIDDEN_COST = 4_656_123;

export const done = async (t: Test, by: Caller, path: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
  const answer = await by.command(method, path, body);
  if (answer.status >= 300) t.fail(`${path}: ${JSON.stringify(answer.body)}`);
  return answer;
};

/** An agency in which a request was asked, judged, worked on, and paid for. */
export const negotiate = async (t: Test, owner: Caller) => {
  const settings = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
  await done(t, owner, '/v1/agency', settings, 'PUT');
  for (const [specialistId, role] of [
    ['anna', 'designer'],
    ['boris', 'manager'],
  ])
    await done(t, owner, '/v1/specialists', { specialistId, name: specialistId, role });
  await done(t, owner, '/v1/specialists/anna/cost-rates', {
    effectiveFrom: '2026-01-01',
    breakdown: {
      monthlySalaryMinor: SALARY,
      payrollTax: '0.302',
      monthlyOverheadMinor: 3_000_000,
      monthlyHours: 160,
      utilisation: '0.5',
    },
    reason: `Salary of ${SALARY}`,
  });
  await done(t, owner, '/v1/clients', { clientId: 'flora', name: 'Flora', since: '2025-01-15' });
  await done(t, owner, '/v1/projects', {
    projectId: 'flora-site',
    clientId: 'flora',
    name: 'Site',
    managerId: 'boris',
    openedOn: '2026-03-01',
  });
  await done(t, owner, '/v1/stages', {
    stageId: 'landing-design',
    projectId: 'flora-site',
    name: 'Landing design',
    billing: { kind: 'fixed', fee: rub(20_000_000) },
    plannedWork: [{ role: 'designer', seconds: 144_000 }],
  });
  await done(t, owner, '/v1/stages/landing-design/start', { startedOn: '2026-03-02' });
  await done(t, owner, '/v1/requests', {
    requestId: 'font-change',
    projectId: 'flora-site',
    stageId: 'landing-design',
    askedBy: 'Vera Orlova',
    channel: 'chat',
    askedAt: '2026-03-20T08:05:00Z',
    words: 'Could you also change the font?',
  });
  await done(t, owner, '/v1/requests/font-change/classification', {
    scope: 'out-of-scope',
    rationale: 'The contract names one typeface',
    contractClause: 'Annex 1, item 4',
    classifiedOn: '2026-03-20',
  });
  const logged = await done(t, owner, '/v1/time-entries', {
    specialistId: 'anna',
    stageId: 'landing-design',
    workDate: '2026-03-21',
    seconds: 7_200,
    activity: 'production',
    requestId: 'font-change',
  });
  await done(t, owner, `/v1/time-entries/${logged.body.entryId}/correction`, {
    seconds: 9_000,
    reason: 'Half an hour more',
  });
  await done(t, owner, '/v1/extra-payments', {
    extraPaymentId: 'font-extra',
    stageId: 'landing-design',
    requestId: 'font-change',
    amount: rub(15_000_00),
    estimatedCost: rub(HIDDEN_COST),
    proposedOn: '2026-03-23',
    evidence: [{ kind: 'request', ref: 'font-change' }],
  });
  return done(t, owner, '/v1/extra-payments/font-extra/agreement', {
    agreedBy: 'Vera Orlova',
    channel: 'email',
    agreedOn: '2026-03-24',
    evidence: [{ kind: 'document', ref: 'mail-2026-03-24', note: 'Agreed, please go on' }],
  });
};

/** An answer that is a file, byte by byte. */
export const fileOf = async (headroom: RunningHeadroom, key: string, path: string) => {
  const response = await fetch(`${headroom.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
};
