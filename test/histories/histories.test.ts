/** The short version of `npm run histories`. */
import fc from 'fast-check';
import t from 'tap';
import { steps } from '../support/history-steps.ts';
import { runBatch } from './batch.ts';
import { makeHistory } from './history.ts';
import { lookInMemory } from './in-memory.ts';
import { openScene } from './scene.ts';
import { smallerThan } from './smaller.ts';

t.setTimeout(300_000);

/** `npm run histories` takes another one each time. */
const SEED = Number(process.env.PROPERTY_SEED ?? 582_466);
const HISTORIES = Number(process.env.HISTORIES ?? 5);

const histories = () =>
  fc.sample(steps, { numRuns: HISTORIES, seed: SEED }).map((taken, index) => makeHistory(index + 1, taken, SEED));

t.test('whatever happens, every way to the figures leads to the same', { timeout: 280_000 }, async (t) => {
  const { failures, answers, replayed } = await runBatch(await openScene(t), histories());
  t.strictSame(failures, [], `seed ${SEED}`);
  t.ok(answers > HISTORIES, `${answers} answers were asked for once more`);
  t.ok(replayed > 0);
});

t.test('what the API says of random histories holds', async (t) => {
  for (const history of histories()) {
    const { failures, answers } = await lookInMemory(history);
    t.strictSame(failures, [], `history ${history.number} of seed ${SEED}`);
    t.ok(answers > 0);
  }
});

t.test('what fails is told with the fewest steps that still fail', async (t) => {
  const taken = (fc.sample(steps, { numRuns: 1, seed: 7 })[0] ?? []).slice(0, 4);
  const whole = { number: 1, property: 'differences add up', message: 'nothing' } as const;
  t.strictSame(await smallerThan(taken, whole, 7), { taken, message: 'nothing' }, 'all, where none fails with fewer');
});
