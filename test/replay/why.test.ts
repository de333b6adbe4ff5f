/** Explanations and comparisons of random histories: recomputed and added up, they give the figures of the API exactly. */

import fc from 'fast-check';
import t, { type Test } from 'tap';
import { comparisons, DAYS, mustAddUp } from '../histories/compared.ts';
import { mustBeExplained } from '../histories/explained.ts';
import { mustBeExplainedOverStages } from '../histories/explained-over-stages.ts';
import { steps } from '../support/history-steps.ts';
import { type Ask, appender, startRandomAgencies } from '../support/random-agency.ts';

t.setTimeout(300_000);

/** How many histories; \`npm run histories\` takes thousands. */
const RUNS = Number(process.env.WHY_RUNS ?? 2);

const eachHistory = async (
  t: Test,
  check: (history: { ask: Ask; key: string; positions: readonly [number, number] }) => Promise<void>,
): Promise<void> => {
  const { store, keyFor, ask } = await startRandomAgencies(t);
  let tenants = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      tenants += 1;
      const tenantId = `why${tenants}`;
      const key = await keyFor('owner', tenantId);
      const append = appender(store, tenantId, taken);
      await append(0, 0.5);
      const middle = await store.head();
      await append(0.5, 1);
      const end = await store.head();
      await ask('/v1/stages', key, { 'min-position': String(end) });
      await check({ ask, key, positions: [middle, end] });
    }),
    { numRuns: RUNS },
  );
  t.pass(`${tenants} histories`);
};

t.test('figures recomputed from their explanation alone are the same', { timeout: 280_000 }, (t) =>
  eachHistory(t, async ({ ask, key, positions }) => {
    for (const position of positions)
      for (const day of DAYS) await mustBeExplained(ask, key, `asOf=${day}&knownAt=${position}`);
    await mustBeExplained(ask, key, `asOf=${DAYS[1]}`);
    await mustBeExplainedOverStages(ask, key, `asOf=${DAYS[1]}`);
    await mustBeExplainedOverStages(ask, key, `asOf=${DAYS[2]}&knownAt=${positions[0]}`);
  }),
);

t.test('the changes between two moments add up to the difference', { timeout: 280_000 }, (t) =>
  eachHistory(t, async ({ ask, key, positions }) => {
    for (const comparison of comparisons(positions)) await mustAddUp(ask, key, comparison);
  }),
);
