import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from './replay-scene.ts';
import { PEOPLE } from './scenery.ts';

/** Entries of an hour that everybody has. */
export const ENTRIES_EACH = 10;
/** The share of changes that somebody wants to end. */
const CANCELLED = 0.25;

/** The latest rate of everybody. */
const ratesOf = async ({ ask }: Scene): Promise<Set<string>> => {
  const { body } = await ask('/v1/specialists?limit=200');
  const items: { readonly costRates: readonly { readonly ratePerHour: string }[] }[] = body.items;
  return new Set(items.map(({ costRates }) => costRates.at(-1)?.ratePerHour ?? ''));
};

const changeOf = (rate: string) => ({
  reason: 'Faults',
  rates: Array.from({ length: PEOPLE }, (_, n) => ({
    specialistId: `p${n}`,
    effectiveFrom: '2026-01-15',
    ratePerHour: rate,
  })),
});

/** Everybody's hours together, an hour at a time. */
const HOURS = PEOPLE * ENTRIES_EACH;

/** What all hours cost at the rate that everybody has. */
const costAt = (rate: string): number => Math.round(Number(rate) * 100) * HOURS;

/** What is seen at a moment that is neither how it was nor how it will be. */
const mixture = async (scene: Scene, rates: readonly string[]): Promise<string[]> => {
  const seen = [...(await ratesOf(scene))];
  const { body } = await scene.ask('/v1/projects/p/profitability');
  const whole = seen.length === 1 && rates.map(costAt).includes(body.cost.minor);
  return whole ? [] : [`rates ${seen} and a cost of ${body.cost.minor}`];
};

const isDone = async ({ ask }: Scene, operationId: string) => {
  const { body } = await ask(`/v1/operations/${operationId}`);
  return body.finishedAt === null ? undefined : String(body.status);
};

interface Hit {
  readonly round: number;
  readonly before: string;
  readonly after: string;
  /** Kills within so many milliseconds. */
  readonly withinMs: number;
}

/** Changes everybody's rate while a process is killed; gives how it ended, and what was seen that may not be. */
const hitOneChange = async (scene: Scene, { round, before, after, withinMs }: Hit) => {
  const { ask, random, kept } = scene;
  const { body: begun } = await ask('/v1/rate-changes', { key: `change-${round}`, body: changeOf(after) });
  const { operationId } = begun;
  const wantsEnd = random() < CANCELLED;
  if (wantsEnd) await ask(`/v1/operations/${operationId}/cancel`, { key: `cancel-${round}`, body: {} });
  const killing = sleep(random() * withinMs).then(() => kept[Math.floor(random() * kept.length)]?.kill());
  const mixtures: string[] = [];
  let status: string | undefined;
  do {
    mixtures.push(...(await mixture(scene, [before, after])).map((seen) => `change ${round}: ${seen}`));
    status = await isDone(scene, operationId);
  } while (status === undefined);
  await killing;
  return { status, wantsEnd, mixtures };
};

/** Gives everybody the same rate; gives how long that takes when nobody is killed, in milliseconds. */
const makeAlike = async (scene: Scene, rate: string): Promise<number> => {
  const since = performance.now();
  const { body } = await scene.ask('/v1/rate-changes', { key: 'alike', body: changeOf(rate) });
  while ((await isDone(scene, body.operationId)) === undefined) await sleep(20);
  return performance.now() - since;
};

/** Kills processes while everybody's rate is changed: all rates are others, or none is. */
export const hitRateChanges = async (scene: Scene, rounds: number) => {
  const [torn, untrue]: [string[], string[]] = [[], []];
  let [applied, cancelled] = [0, 0];
  let rate = '2000.0000';
  const withinMs = await makeAlike(scene, rate);
  for (let round = 0; round < rounds; round += 1) {
    const next = `${2_001 + round}.0000`;
    const { status, wantsEnd, mixtures } = await hitOneChange(scene, { round, before: rate, after: next, withinMs });
    torn.push(...mixtures);
    if (status === 'succeeded') {
      applied += 1;
      rate = next;
    } else if (status === 'cancelled' && wantsEnd) cancelled += 1;
    else untrue.push(`change ${round}: ${status}`);
    untrue.push(...(await mixture(scene, [rate])).map((seen) => `change ${round}: ${seen} after ${status}`));
    scene.say(`change ${round + 1} of ${rounds}: ${applied} applied, ${cancelled} cancelled`);
  }
  return { torn, untrue, applied, cancelled };
};
