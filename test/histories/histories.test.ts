/** The short version of `npm run histories`. */
import fc from 'fast-check';
import t from 'tap';
import { steps } from '../support/history-steps.ts';
import { runBatch } from './batch.ts';
import { makeHistory } from './history.ts';
import { PROPERTIES } from './properties.ts';
import { openScene } from './scene.ts';

t.setTimeout(300_000);

/** Another seed each time: what is found is told with it. */
const SEED = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000);
const HISTORIES = Number(process.env.HISTORIES ?? 8);

t.test('whatever happens, every way to the figures leads to the same', { timeout: 280_000 }, async (t) => {
  const taken = fc.sample(steps, { numRuns: HISTORIES, seed: SEED });
  const histories = taken.map((each, index) => makeHistory(index + 1, each, SEED));
  const { failures, answers } = await runBatch(await openScene(t), histories);
  for (const property of PROPERTIES) {
    const failed = failures.filter((failure) => failure.property === property);
    t.strictSame(failed, [], `${property} (seed ${SEED})`);
  }
  t.ok(answers > HISTORIES, `${answers} answers were asked for once more`);
});
