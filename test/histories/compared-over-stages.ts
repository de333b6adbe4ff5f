import type { Ask } from '../support/random-agency.ts';
import { DAYS } from './compared.ts';
import { mustBeSame } from './must-be-same.ts';

interface Quantity {
  readonly money?: { readonly minor: number };
  readonly ratio?: string;
  readonly count?: number;
}

const MILLION = 1_000_000;

/** A quantity in its smallest unit. */
const amountOf = (quantity: Quantity | null): number => {
  if (quantity === null) return 0;
  const { money, ratio, count } = quantity;
  if (money !== undefined) return money.minor;
  return ratio === undefined ? (count ?? 0) : Math.round(Number(ratio) * MILLION);
};

interface Item {
  readonly change: Quantity;
  readonly stageId: string | null;
  readonly events: { readonly count: number };
  readonly comparison: { readonly path: string } | null;
}

interface Asked {
  readonly ask: Ask;
  readonly key: string;
}

const sumOf = (list: readonly Pick<Item, 'change'>[]): number =>
  list.reduce((total, { change }) => total + amountOf(change), 0);

const everyItem = async ({ ask, key }: Asked, path: string) => {
  const { status, body } = await ask(`${path}&limit=3`, key);
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  const items: Item[] = [...body.items];
  for (let cursor = body.nextCursor; cursor !== null; ) {
    const page = await ask(`${path}&limit=3&cursor=${encodeURIComponent(cursor)}`, key);
    items.push(...page.body.items);
    cursor = page.body.nextCursor;
  }
  return { body, items };
};

/** A comparison that adds up in causes and in items, and whose ends are what the question itself answers. */
const addsUp = async (
  asked: Asked,
  path: string,
  ends: readonly [Quantity | null, Quantity | null],
): Promise<Item[]> => {
  const { body, items } = await everyItem(asked, path);
  const difference = amountOf(body.difference);
  mustBeSame(`${path}: ends`, [amountOf(body.from.value), amountOf(body.to.value)], ends.map(amountOf));
  mustBeSame(`${path}: difference`, difference, amountOf(body.to.value) - amountOf(body.from.value));
  mustBeSame(`${path}: causes`, sumOf(body.causes), difference);
  mustBeSame(`${path}: items`, sumOf(items), difference);
  return items;
};

/** What is told of a stage in groups is what its single events add up to, where a figure is a sum over stages. */
const singlyAlike = async (asked: Asked, items: readonly Item[]): Promise<void> => {
  for (const [stageId, groups] of Map.groupBy(items, (item) => item.stageId)) {
    const path = groups[0]?.comparison?.path;
    if (stageId === null || path === undefined) continue;
    const alone = await everyItem(asked, path);
    mustBeSame(`${path}: its events`, sumOf(alone.items), sumOf(groups));
    mustBeSame(
      `${path}: each for itself`,
      alone.items.every(({ events }) => events.count <= 1),
      true,
    );
  }
};

type End = readonly [day: string, position: number];

const MONTHS = 'from=2026-02&to=2026-05';
const PORTFOLIO = ['revenue', 'cost', 'profit', 'margin'] as const;

const inPortfolio = (line: Record<string, never> | undefined, figure: string): Quantity | null => {
  if (line === undefined) return null;
  return figure === 'margin' ? { ratio: line['margin'] ?? '0.000000' } : { money: line[figure] as never };
};

const portfolios = async (asked: Asked, from: End, to: End): Promise<void> => {
  const told = async ([asOf, knownAt]: End, filter: string) => {
    const path = `/v1/portfolio?${MONTHS}${filter}&asOf=${asOf}&knownAt=${knownAt}`;
    return (await asked.ask(path, asked.key)).body.totals;
  };
  const axes = `fromAsOf=${from[0]}&fromKnownAt=${from[1]}&asOf=${to[0]}&knownAt=${to[1]}`;
  for (const filter of ['', '&managerId=boris']) {
    const [before, after] = [await told(from, filter), await told(to, filter)];
    for (const figure of PORTFOLIO) {
      const path = `/v1/portfolio/comparison?figure=${figure}&${MONTHS}${filter}&${axes}`;
      const items = await addsUp(asked, path, [inPortfolio(before, figure), inPortfolio(after, figure)]);
      if (figure === 'profit') await singlyAlike(asked, items);
    }
  }
};

const REVIEW = {
  profit: ({ profit }: { profit: { minor: number } }) => ({ money: profit }),
  median: ({ median }: { median: string | null }) => (median === null ? null : { ratio: median }),
  hits: ({ hits }: { hits: number }) => ({ count: hits }),
} as const;

const months = async (asked: Asked, day: string, [from, to]: readonly [number, number]): Promise<void> => {
  const at = async (path: string, knownAt: number) => {
    const { body, status } = await asked.ask(`${path}?asOf=${day}&knownAt=${knownAt}`, asked.key);
    return status === 200 ? body : undefined;
  };
  const path = '/v1/reviews/2026-03';
  const axes = `fromKnownAt=${from}&asOf=${day}&knownAt=${to}`;
  const [before, after] = [await at(path, from), await at(path, to)];
  for (const [figure, of] of Object.entries(REVIEW)) {
    const ends = [before && of(before.figures), of(after.figures)] as const;
    const items = await addsUp(asked, `${path}/comparison?figure=${figure}&${axes}`, [ends[0] ?? null, ends[1]]);
    if (figure === 'profit') await singlyAlike(asked, items);
  }
  const [earlier, later] = [await at(`${path}/managers`, from), await at(`${path}/managers`, to)];
  for (const { managerId } of later.managers) {
    const of = (told: typeof later) =>
      told?.managers.find((each: { managerId: string }) => each.managerId === managerId)?.actualProfit;
    const [one, other] = [of(earlier), of(later)];
    const compared = `${path}/managers/${managerId}/comparison?figure=actualProfit&${axes}`;
    await addsUp(asked, compared, [one === undefined ? null : { money: one }, { money: other }]);
  }
};

/** Comparisons of figures over many stages add up exactly, along the log and along the days. */
export const mustAddUpOverStages = async (
  ask: Ask,
  key: string,
  [middle, end]: readonly [number, number],
): Promise<void> => {
  const asked = { ask, key };
  const [first = '', day = '', last = ''] = DAYS;
  await portfolios(asked, [day, middle], [day, end]);
  await portfolios(asked, [first, middle], [last, end]);
  await months(asked, last, [middle, end]);
};
