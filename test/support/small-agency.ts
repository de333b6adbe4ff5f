import type { Caller } from './running-headroom.ts';

const HOUR = 3_600;
export const rub = (minor: number) => ({ minor, currency: 'RUB' });

/** Carries a command out; throws when it is not accepted, so that a test's story stops where it goes wrong. */
export const done = async (by: Caller, path: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
  const { status, body: answer } = await by.command(method, path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
};

/**
 * An agency with Anna (designer, 1,234.56 an hour) and Boris (manager, 2,345.67), a client `flora`, its project `site`
 * and two stages: `design` has started, `shop` is planned. The standard is 40%.
 */
export const smallAgency = async (owner: Caller, finance: Caller): Promise<void> => {
  const settings = { name: 'Small', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
  await done(owner, '/v1/agency', settings, 'PUT');
  await done(owner, '/v1/standards', { standardId: 's', margin: '0.4', effectiveFrom: '2026-01-01' });
  await done(finance, '/v1/standards/s/approval', {});
  for (const [specialistId, role, ratePerHour] of [
    ['anna', 'designer', '1234.56'],
    ['boris', 'manager', '2345.67'],
  ]) {
    await done(owner, '/v1/specialists', { specialistId, name: specialistId, role });
    const rate = { effectiveFrom: '2026-01-01', ratePerHour, reason: 'Contract' };
    await done(owner, `/v1/specialists/${specialistId}/cost-rates`, rate);
  }
  await done(owner, '/v1/clients', { clientId: 'flora', name: 'Flora', since: '2025-01-15' });
  const project = { projectId: 'site', clientId: 'flora', name: 'Site', managerId: 'boris', openedOn: '2026-01-10' };
  await done(owner, '/v1/projects', project);
  for (const stageId of ['design', 'shop']) {
    await done(owner, '/v1/stages', {
      stageId,
      projectId: 'site',
      name: stageId,
      billing: { kind: 'fixed', fee: rub(10_000_000) },
      plannedWork: [
        { role: 'designer', seconds: 20 * HOUR },
        { role: 'manager', seconds: 4 * HOUR },
      ],
    });
  }
  await done(owner, '/v1/stages/design/start', { startedOn: '2026-02-02' });
};
