const HOUR = 3_600;
const rub = (minor: number) => ({ minor, currency: 'RUB' });

export const PEOPLE = 12;
export const STAGES = 6;

interface Step {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
}
const post = (path: string, body: unknown): Step => ({ method: 'POST', path, body });

/** An agency with people at work: what the clients of the chaos log their hours on. */
export const scenery = (): Step[] => [
  {
    method: 'PUT',
    path: '/v1/agency',
    body: { name: 'Chaos', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' },
  },
  ...Array.from({ length: PEOPLE }, (_, person) => [
    post('/v1/specialists', { specialistId: `p${person}`, name: `Person ${person}`, role: `role${person % 3}` }),
    post(`/v1/specialists/p${person}/cost-rates`, {
      effectiveFrom: '2026-01-01',
      ratePerHour: `${1_000 + person}.25`,
      reason: 'Contract',
    }),
  ]).flat(),
  post('/v1/clients', { clientId: 'c', name: 'Client', since: '2025-01-01' }),
  post('/v1/projects', { projectId: 'p', clientId: 'c', name: 'Project', managerId: 'p0', openedOn: '2026-01-01' }),
  ...Array.from({ length: STAGES }, (_, stage) => [
    post('/v1/stages', {
      stageId: `s${stage}`,
      projectId: 'p',
      name: `Stage ${stage}`,
      billing: { kind: 'fixed', fee: rub(100_000_000) },
      plannedWork: [{ role: 'role0', seconds: 100 * HOUR }],
    }),
    post(`/v1/stages/s${stage}/start`, { startedOn: '2026-01-02' }),
  ]).flat(),
];

const two = (value: number): string => String(value).padStart(2, '0');

/** The next command of a client: mostly hours, now and then a contact or a new rate for a past date. */
export const nextCommand = (random: () => number): { readonly path: string; readonly body: unknown } => {
  const pick = (most: number): number => Math.floor(random() * most);
  const day = `2026-${two(1 + pick(9))}-${two(1 + pick(28))}`;
  const kind = random();
  if (kind < 0.03) {
    const body = { effectiveFrom: day, ratePerHour: `${900 + pick(400)}.5`, reason: 'A payslip was found' };
    return { path: `/v1/specialists/p${pick(PEOPLE)}/cost-rates`, body };
  }
  if (kind < 0.1) {
    const body = { channel: 'call', direction: 'inbound', occurredAt: `${day}T10:00:00Z`, seconds: 60, planned: false };
    return { path: '/v1/clients/c/interactions', body };
  }
  const entry = {
    specialistId: `p${pick(PEOPLE)}`,
    stageId: `s${pick(STAGES)}`,
    workDate: day,
    seconds: 60 + pick(600),
    activity: kind < 0.3 ? 'communication' : 'production',
  };
  return { path: '/v1/time-entries', body: entry };
};
