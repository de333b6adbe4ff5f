import { stageIds } from '@headroom/contracts/examples/worked-example';
import type { Ask } from '../support/random-agency.ts';
import { mustBeSame } from './must-be-same.ts';

const { stageId, clientId } = stageIds;
const STAGES = [stageId, 'second-stage'];
export const DAYS = ['2026-02-20', '2026-03-31', '2026-04-10'];

/** Where a figure stands in the answers about a stage, a project or a client. */
const valueIn = (answer: Record<string, { minor: number } | null>, figure: string): number | null =>
  answer[figure]?.minor ?? null;

const IN_ANSWERS = ['contractRevenue', 'revenue', 'cost', 'profit', 'estimateAtCompletion', 'forecastProfit'];

/** Throws unless the changes of every figure between two moments add up to its difference, to the cent. */
export const mustAddUp = async (ask: Ask, key: string, { scope, path, from, to }: Comparison): Promise<void> => {
  const axes = `fromAsOf=${from[0]}&fromKnownAt=${from[1]}&asOf=${to[0]}&knownAt=${to[1]}`;
  const told = async ([asOf, knownAt]: Comparison['from']) =>
    (await ask(`/v1/${path}/profitability?asOf=${asOf}&knownAt=${knownAt}`, key)).body;
  const [before, after] = [await told(from), await told(to)];
  for (const figure of [...IN_ANSWERS, 'headroom', 'invoiced', 'paid']) {
    const { status, body } = await ask(`/v1/figures/comparison?${scope}&figure=${figure}&${axes}&limit=200`, key);
    if (status !== 200) return mustBeSame('what cannot be compared is not there', status, 404);
    const sum = (list: readonly { readonly change: { readonly minor: number } }[]) =>
      list.reduce((total, { change }) => total + change.minor, 0);
    const difference = (body.to.value?.minor ?? 0) - (body.from.value?.minor ?? 0);
    mustBeSame(`${scope} ${figure} ${axes}: causes`, sum(body.causes), difference);
    mustBeSame(`${scope} ${figure} ${axes}: changes`, sum(body.items), difference);
    if (!IN_ANSWERS.includes(figure)) continue;
    const values = [body.from.value?.minor ?? null, body.to.value?.minor ?? null];
    const stated = [valueIn(before, figure), valueIn(after, figure)];
    // A level without a stage sums to nothing; a comparison says that there is no value.
    mustBeSame(
      `${scope} ${figure} ${axes}`,
      values.map((value) => value ?? 0),
      stated.map((value) => value ?? 0),
    );
  }
};

/** Two moments of a stage or a client. */
export interface Comparison {
  readonly scope: string;
  readonly path: string;
  readonly from: readonly [day: string, position: number];
  readonly to: readonly [day: string, position: number];
}

/** Spans of known time, of valid time, and of both, of two stages and a client; between two positions of the log. */
export const comparisons = ([middle, end]: readonly [number, number]): Comparison[] => {
  const [first = '', day = '', last = ''] = DAYS;
  const spans = [
    { from: [day, middle], to: [day, end] },
    { from: [first, end], to: [last, end] },
    { from: [first, middle], to: [day, end] },
  ] as const;
  const places = [...STAGES.map((stage) => ['stage', stage] as const), ['client', clientId] as const];
  return spans.flatMap((span) =>
    places.map(([kind, id]) => ({ scope: `${kind}Id=${id}`, path: `${kind}s/${id}`, ...span })),
  );
};
