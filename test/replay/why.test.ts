/** Explanations and comparisons of random histories: recomputed and added up, they give the figures of the API exactly. */

import { stageIds } from '@headroom/contracts/examples/worked-example';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { recompute } from '../../services/profitability/src/formulas/explanation/recompute.ts';
import { steps } from '../support/history-steps.ts';
import { type Ask, appender, startRandomAgencies } from '../support/random-agency.ts';

t.setTimeout(300_000);

/** How many histories; a long run takes thousands. */
const RUNS = Number(process.env.WHY_RUNS ?? 2);

const { stageId, projectId, clientId } = stageIds;
const STAGES = [stageId, 'second-stage'];
const DAYS = ['2026-02-20', '2026-03-31', '2026-04-10'];

const fail = (what: string, ...said: unknown[]): never => {
  throw new Error([what, ...said.map((each) => JSON.stringify(each))].join('\n'));
};

const same = (what: string, one: unknown, other: unknown): void => {
  if (JSON.stringify(one) !== JSON.stringify(other)) fail(what, one, other);
};

/** What the API tells of a stage or a level, in the words of its explanation. */
const ofProfitability = (answer: Record<string, { readonly minor: number } | undefined>) =>
  Object.fromEntries(
    ['contractRevenue', 'revenue', 'cost', 'profit', 'estimateAtCompletion', 'forecastProfit'].map((name) => [
      `${name}Minor`,
      answer[name]?.minor,
    ]),
  );

type Explanation = Parameters<typeof recompute>[0];

const divided = ({ numerator, denominator }: { readonly numerator: string; readonly denominator: string }): number => {
  const [above, below] = [BigInt(numerator), BigInt(denominator)];
  const magnitude = (2n * (above < 0n ? -above : above) + below) / (2n * below);
  return Number(above < 0n ? -magnitude : magnitude);
};

const addsUp = (explanation: {
  readonly roundings: readonly { readonly minor: number; readonly numerator: string; readonly denominator: string }[];
  readonly sums: readonly {
    readonly of: string;
    readonly minor: number;
    readonly terms: readonly { minor: number }[];
  }[];
  readonly facts: { readonly entries: readonly { readonly shareMinor: number }[] };
  readonly figures: Readonly<Record<string, number>>;
}): void => {
  for (const rounding of explanation.roundings) same('a rounding', divided(rounding), rounding.minor);
  for (const { of, terms, minor } of explanation.sums) {
    const added = terms.reduce((total, term) => total + term.minor, 0);
    same(`the sum ${of}`, [added, minor], [minor, explanation.figures[`${of}Minor`]]);
  }
  const shares = explanation.facts.entries.reduce((total, { shareMinor }) => total + shareMinor, 0);
  same('the shares of the entries', shares, explanation.figures['labourCostMinor']);
};

const explained = async (ask: Ask, key: string, axes: string): Promise<void> => {
  for (const stage of STAGES) {
    const { body: figures, status } = await ask(`/v1/stages/${stage}/profitability?${axes}`, key);
    const { body: explanation, status: known } = await ask(`/v1/stages/${stage}/explanation?${axes}`, key);
    same(`${stage} is known`, known, status);
    if (status !== 200) continue;
    const told = ofProfitability(figures);
    const { figures: again, headroomMinor } = recompute(explanation.facts as Explanation);
    const { contractRevenueMinor, revenueMinor, costMinor, estimateAtCompletionMinor } = again;
    const profitMinor = revenueMinor - costMinor;
    const forecastProfitMinor = contractRevenueMinor - estimateAtCompletionMinor;
    const recomputed = { contractRevenueMinor, revenueMinor, costMinor, profitMinor, estimateAtCompletionMinor };
    same(`${stage} recomputed from its explanation`, { ...recomputed, forecastProfitMinor }, told);
    same('its headroom', headroomMinor, figures.headroom?.money.minor ?? null);
    same('its margin', explanation.figures.margin, figures.margin);
    same('what is left out', explanation.quality, figures.quality);
    addsUp(explanation);
  }
  for (const level of [`projects/${projectId}`, `clients/${clientId}`]) {
    const { body: figures, status } = await ask(`/v1/${level}/profitability?${axes}`, key);
    if (status !== 200) continue;
    const { body: explanation } = await ask(`/v1/${level}/explanation?${axes}`, key);
    const sums = Object.fromEntries(
      explanation.sums.map(({ of, minor }: { of: string; minor: number }) => [`${of}Minor`, minor]),
    );
    const told = ofProfitability(figures);
    same(level, Object.fromEntries(Object.keys(told).map((name) => [name, sums[name]])), told);
    same(`${level}: margin`, explanation.margin, figures.margin);
  }
};

/** Where a figure stands in the answers about a stage, a project or a client. */
const valueIn = (answer: Record<string, { minor: number } | null>, figure: string): number | null =>
  answer[figure]?.minor ?? null;

const IN_ANSWERS = ['contractRevenue', 'revenue', 'cost', 'profit', 'estimateAtCompletion', 'forecastProfit'];

const compared = async (
  ask: Ask,
  key: string,
  { scope, path, from, to }: { scope: string; path: string; from: [string, number]; to: [string, number] },
): Promise<void> => {
  const axes = `fromAsOf=${from[0]}&fromKnownAt=${from[1]}&asOf=${to[0]}&knownAt=${to[1]}`;
  const told = async ([asOf, knownAt]: [string, number]) =>
    (await ask(`/v1/${path}/profitability?asOf=${asOf}&knownAt=${knownAt}`, key)).body;
  const [before, after] = [await told(from), await told(to)];
  for (const figure of [...IN_ANSWERS, 'headroom', 'invoiced', 'paid']) {
    const { status, body } = await ask(`/v1/figures/comparison?${scope}&figure=${figure}&${axes}&limit=200`, key);
    if (status !== 200) return same('what cannot be compared is not there', status, 404);
    const sum = (list: readonly { readonly change: { readonly minor: number } }[]) =>
      list.reduce((total, { change }) => total + change.minor, 0);
    const difference = (body.to.value?.minor ?? 0) - (body.from.value?.minor ?? 0);
    same(`${scope} ${figure} ${axes}: causes`, sum(body.causes), difference);
    same(`${scope} ${figure} ${axes}: changes`, sum(body.items), difference);
    if (!IN_ANSWERS.includes(figure)) continue;
    const values = [body.from.value?.minor ?? null, body.to.value?.minor ?? null];
    const stated = [valueIn(before, figure), valueIn(after, figure)];
    // A level without a stage sums to nothing; a comparison says that there is no value.
    same(
      `${scope} ${figure} ${axes}`,
      values.map((value) => value ?? 0),
      stated.map((value) => value ?? 0),
    );
  }
};

const allCompared = async (ask: Ask, key: string, [middle, end]: readonly [number, number]): Promise<void> => {
  const [first = '', day = '', last = ''] = DAYS;
  const spans: [[string, number], [string, number]][] = [
    [
      [day, middle],
      [day, end],
    ],
    [
      [first, end],
      [last, end],
    ],
    [
      [first, middle],
      [day, end],
    ],
  ];
  for (const [from, to] of spans) {
    for (const stage of STAGES)
      await compared(ask, key, { scope: `stageId=${stage}`, path: `stages/${stage}`, from, to });
    await compared(ask, key, { scope: `clientId=${clientId}`, path: `clients/${clientId}`, from, to });
  }
};

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
      for (const day of DAYS) await explained(ask, key, `asOf=${day}&knownAt=${position}`);
    await explained(ask, key, `asOf=${DAYS[1]}`);
  }),
);

t.test('the changes between two moments add up to the difference', { timeout: 280_000 }, (t) =>
  eachHistory(t, ({ ask, key, positions }) => allCompared(ask, key, positions)),
);
