/** Comparisons over many stages, and what is explained of a client, in random histories of a running server. */

import fc from 'fast-check';
import t from 'tap';
import { DAYS } from '../histories/compared.ts';
import { mustAddUpOverStages } from '../histories/compared-over-stages.ts';
import { clientsMustBeExplained } from '../histories/explained-clients.ts';
import { steps } from '../support/history-steps.ts';
import { appender, startRandomAgencies } from '../support/random-agency.ts';

t.setTimeout(300_000);

/** How many histories; a long run takes thousands. */
const RUNS = Number(process.env.WHY_RUNS ?? 2);

t.test('figures over many stages add up, and those of a client are recomputed', { timeout: 280_000 }, async (t) => {
  const { store, keyFor, ask } = await startRandomAgencies(t);
  let tenants = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      tenants += 1;
      const tenantId = `over${tenants}`;
      const key = await keyFor('owner', tenantId);
      const append = appender(store, tenantId, taken);
      await append(0, 0.5);
      const middle = await store.head();
      await append(0.5, 1);
      const end = await store.head();
      await ask('/v1/stages', key, { 'min-position': String(end) });
      await mustAddUpOverStages(ask, key, [middle, end]);
      for (const position of [middle, end])
        await clientsMustBeExplained(ask, key, `asOf=${DAYS[2]}&knownAt=${position}`);
    }),
    { numRuns: RUNS },
  );
  t.pass(`${tenants} histories`);
});
