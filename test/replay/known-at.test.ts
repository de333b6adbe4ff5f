/**
 * Answers of a running server, recorded at moments of random histories: asked again later, with the `knownAt` and the
 * `asOf` that they carry, they are the same, byte for byte; whether they are folded from the log, or made from versions of
 * rows that were kept meanwhile.
 */

import type { EventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { catchUpPast } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { again, QUESTIONS } from '../histories/questions.ts';
import { type Step, steps } from '../support/history-steps.ts';
import { type Ask, appender, startRandomAgencies, type Told } from '../support/random-agency.ts';

t.setTimeout(300_000);

/** How many histories; a long run takes thousands. */
const RUNS = Number(process.env.KNOWN_AT_RUNS ?? 3);
const MOMENTS = 3;
/** Versions are kept at so few positions usually that a random history would never get to the first one. */
const EVERY = 4;

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
  const { store, databaseUrl, keyFor, ask } = await startRandomAgencies(t, { pastEvery: EVERY });
  let tenants = 0;
  let compared = 0;
  const compare = async (recorded: readonly Recorded[]): Promise<void> => {
    for (const { question, key, told, position } of recorded) {
      const later = await ask(again(question, told, position), key);
      compared += 1;
      if (later.text !== told.text) throw new Error(`${question} at ${position}:\n${told.text}\n${later.text}`);
    }
  };
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      tenants += 1;
      const tenantId = `past${tenants}`;
      const keys = [await keyFor('owner', tenantId), await keyFor('manager', tenantId)];
      const recorded = await record(ask, { store, tenantId, taken, keys });
      await catchUpPast({ store, connectionString: databaseUrl, projections, every: EVERY });
      await compare(recorded);
    }),
    { numRuns: RUNS },
  );
  t.ok(compared > RUNS * QUESTIONS.length, `${compared} answers of ${tenants} histories`);
});
