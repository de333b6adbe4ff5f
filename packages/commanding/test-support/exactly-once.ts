import fc from 'fast-check';
import type { Test } from 'tap';
import type { Commands } from '../src/command.ts';
import { type Account, account, accountId, deposit, open } from './account.ts';
import type { Office } from './office.ts';

/** The account as the log alone tells it. */
export const folded = async ({ store }: Office, name: string): Promise<Account> => {
  const { initial, evolve } = account.evolution;
  const stored = await store.readStream(accountId(name));
  return stored.reduce((state, { type, data }) => evolve(state, { type, data } as never), initial());
};

interface Act {
  readonly clerk: number;
  readonly account: number;
  readonly key: number;
  readonly amount: number;
  readonly how: 'one' | 'each' | 'atomic';
}

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    clerk: fc.nat(1),
    account: fc.nat(2),
    key: fc.nat(30),
    amount: fc.integer({ min: 1, max: 2 }),
    how: fc.constantFrom('one', 'each', 'atomic'),
  }),
  { minLength: 10, maxLength: 60 },
);

/** Deposits as the acts say, all at once; gives what was acknowledged, as `account key amount`. */
const perform = async (clerks: readonly Commands[], run: number, wanted: readonly Act[]): Promise<string[]> => {
  const outcomes = wanted.map(async ({ clerk, account: n, key, amount, how }) => {
    const wish = deposit(`run ${run} account ${n}`, `run ${run} key ${key}`, amount);
    const commands = clerks[clerk] as Commands;
    const mode = how === 'each' ? 'best-effort' : 'atomic';
    const [outcome] = how === 'one' ? [await commands.execute(wish)] : await commands.executeAll([wish], mode);
    return outcome?.kind === 'accepted' ? [`${wish.streamId} ${wish.context.commandKey} ${amount}`] : [];
  });
  return [...new Set((await Promise.all(outcomes)).flat())].sort();
};

/** What the log holds of a run, as `account key amount`, each as often as it is there. */
const deposited = async ({ store }: Office, run: number): Promise<string[]> => {
  const found: string[] = [];
  for (const n of [0, 1, 2]) {
    for (const { streamId, data } of await store.readStream(accountId(`run ${run} account ${n}`))) {
      const { amount = 0, by } = data as { readonly amount?: number; readonly by?: string };
      if (amount > 0) found.push(`${streamId} ${by} ${amount}`);
    }
  }
  return found.sort();
};

/**
 * Two processes try random deposits at once, some with keys that were used before: what is acknowledged is in the log
 * once, nothing else is, and what each process remembers is what the log says.
 */
export const exactlyOnce = async (t: Test, office: Office, runs: number): Promise<void> => {
  const clerks = [await office.clerk(), await office.clerk()];
  let run = 0;
  const property = fc.asyncProperty(acts, async (wanted) => {
    run += 1;
    const names = [0, 1, 2].map((n) => `run ${run} account ${n}`);
    await Promise.all(names.map((name) => clerks[0]?.execute(open(name, `open ${name}`))));
    const acknowledged = await perform(clerks, run, wanted);
    t.strictSame(await deposited(office, run), acknowledged);
    for (const commands of clerks) {
      await commands.catchUp();
      for (const name of names)
        t.strictSame((await commands.state(account, accountId(name))).state, await folded(office, name));
    }
  });
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
};
