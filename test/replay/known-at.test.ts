/**
 * Answers of a running server, recorded at moments of random histories: asked again later, with the `knownAt` and the
 * `asOf` that they carry, they are the same, byte for byte.
 */

import type { EventStore } from '@headroom/event-store';
import fc from 'fast-check';
import t from 'tap';
import { again, QUESTIONS } from '../histories/questions.ts';
import { type Step, steps } from '../support/history-steps.ts';
import { type Ask, appender, startRandomAgencies, type Told } from '../support/random-agency.ts';

t.setTimeout(300_000);

/** How many histories; a long run takes thousands. */
const RUNS = Number(process.env.KNOWN_AT_RUNS ?? 3);
const MOMENTS = 3;

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
