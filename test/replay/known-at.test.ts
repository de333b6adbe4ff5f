/**
 * Answers of a running server, recorded at moments of random histories: asked again later, with the `knownAt` and the
 * `asOf` that they carry, they are the same, byte for byte.
 */

import { stageIds } from '@headroom/contracts/examples/worked-example';
import type { EventStore } from '@headroom/event-store';
import fc from 'fast-check';
import t from 'tap';
import { type Step, steps } from '../support/history-steps.ts';
import { type Ask, appender, startRandomAgencies, type Told } from '../support/random-agency.ts';

t.setTimeout(300_000);

/** How many histories; a long run takes thousands. */
const RUNS = Number(process.env.KNOWN_AT_RUNS ?? 3);
const MOMENTS = 3;

const { stageId, projectId, clientId } = stageIds;
const DAYS = ['2026-02-20', '2026-03-31', '2026-04-10'];
const ofFigures = (path: string): string[] => DAYS.map((day) => `${path}?asOf=${day}`);

const QUESTIONS = [
  ...ofFigures(`/v1/stages/${stageId}/profitability`),
  ...ofFigures('/v1/stages/second-stage/profitability'),
  ...ofFigures(`/v1/projects/${projectId}/profitability`),
  ...ofFigures(`/v1/clients/${clientId}/profitability`),
  `/v1/stages/${stageId}/profitability`,
  '/v1/portfolio?from=2026-02&to=2026-04&groupBy=month',
  '/v1/portfolio?from=2026-02&to=2026-04&groupBy=client&asOf=2026-03-20',
  '/v1/reviews/2026-03?asOf=2026-03-31',
  `/v1/clients/${clientId}/loyalty?asOf=2026-03-31`,
  `/v1/clients/${clientId}/roi?asOf=2026-04-30`,
  `/v1/clients/${clientId}/quote?plannedCostMinor=10000000&asOf=2026-04-30`,
  `/v1/stages/${stageId}/small-request?specialistId=anna&seconds=7200&asOf=2026-03-31`,
  `/v1/stages/${stageId}/extra-payment-advice?asOf=2026-03-31`,
  '/v1/views/production?asOf=2026-03-31',
  '/v1/views/finance?asOf=2026-03-31',
  '/v1/time-entries?limit=50',
  '/v1/cost-rates?asOf=2026-03-31',
  '/v1/bill-rates?asOf=2026-03-31',
  '/v1/invoices',
  '/v1/stages',
  '/v1/projects?asOf=2026-03-31',
  '/v1/alerts',
  '/v1/specialists',
  '/v1/uncosted-time',
  '/v1/unpriced-time',
];

/** How the question is asked again: as of the day and as known at the position that its answer carries. */
const again = (question: string, { body: { asOf } }: Told, position: number): string => {
  const [path = '', query = ''] = question.split('?');
  const asked = new URLSearchParams(query);
  if (asOf !== undefined) asked.set('asOf', asOf);
  asked.set('knownAt', String(position));
  return `${path}?${asked}`;
};

interface Recorded {
  readonly question: string;
  readonly key: string;
  readonly told: Told;
  readonly position: number;
}

/** Every question, at some moments of the history. */
const record = async (
  ask: Ask,
  { store, tenantId, taken, keys }: { store: EventStore; tenantId: string; taken: readonly Step[]; keys: string[] },
): Promise<Recorded[]> => {
  const append = appender(store, tenantId, taken);
  const recorded: Recorded[] = [];
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    await append(moment / MOMENTS, (moment + 1) / MOMENTS);
    const position = await store.head();
    const headers = { 'min-position': String(position) };
    for (const key of keys)
      for (const question of QUESTIONS)
        recorded.push({ question, key, told: await ask(question, key, headers), position });
  }
  // What is refused says nothing of the past: the texts of problems carry the id of their request.
  return recorded.filter(({ told }) => told.status === 200);
};

t.test('an answer never changes afterwards', { timeout: 280_000 }, async (t) => {
  const { store, keyFor, ask } = await startRandomAgencies(t);
  let tenants = 0;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      tenants += 1;
      const tenantId = `past${tenants}`;
      const keys = [await keyFor('owner', tenantId), await keyFor('manager', tenantId)];
      for (const { question, key, told, position } of await record(ask, { store, tenantId, taken, keys })) {
        const later = await ask(again(question, told, position), key);
        compared += 1;
        if (later.text !== told.text) throw new Error(`${question} at ${position}:\n${told.text}\n${later.text}`);
      }
    }),
    { numRuns: RUNS },
  );
  t.ok(compared > RUNS * QUESTIONS.length, `${compared} answers of ${tenants} histories`);
});
