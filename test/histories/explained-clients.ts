import { stageIds } from '@headroom/contracts/examples/worked-example';
import type { LoyaltyFacts } from '../../services/relationship/src/decisions/loyalty/facts.ts';
import { scoreClient } from '../../services/relationship/src/decisions/loyalty/score.ts';
import { type RoiFacts, recomputeRoi, roiFigures } from '../../services/roi/src/decisions/roi/explained.ts';
import type { Ask } from '../support/random-agency.ts';
import { mustBeSame } from './must-be-same.ts';

const { clientId } = stageIds;
const HUNDRED = 100;

const hundredths = (points: number | null): number | null => points && Math.round(points * HUNDRED);

interface Sum {
  readonly of: string;
  readonly minor: number;
}

const loyaltyExplained = async (ask: Ask, key: string, axes: string): Promise<void> => {
  const { body: told, status } = await ask(`/v1/clients/${clientId}/loyalty?${axes}`, key);
  const { body: explanation, status: known } = await ask(`/v1/clients/${clientId}/loyalty/explanation?${axes}`, key);
  mustBeSame('the client is known', known, status);
  if (status !== 200) return;
  const score = scoreClient(explanation.facts as LoyaltyFacts);
  mustBeSame(
    `loyalty ${axes}: recomputed`,
    [score.value, score.attention, score.loyalty, score.segment],
    [hundredths(told.value), hundredths(told.attention), hundredths(told.loyalty), told.segment],
  );
  mustBeSame(
    'the points of its components',
    score.components.map(({ component, points }) => [component, points]),
    told.components.map(({ component, points }: { component: string; points: number | null }) => [
      component,
      points === null ? null : Math.round(points * HUNDRED),
    ]),
  );
  mustBeSame('each contact has its event', explanation.facts.contacts.from.length, explanation.facts.contacts.count);
  for (const { revenueMinor, costMinor, explanation: by } of explanation.facts.client) {
    const { sums }: { sums: Sum[] } = (await ask(by.path, key)).body;
    const of = (name: string) => sums.find((sum) => sum.of === name)?.minor;
    mustBeSame(by.path, [of('revenue'), of('cost')], [revenueMinor, costMinor]);
  }
  const [now, yearAgo] = await Promise.all(
    explanation.facts.agency.map(async (each: { explanation: { path: string } }) => {
      const { totals } = (await ask(each.explanation.path, key)).body;
      return totals.profitMinor;
    }),
  );
  const profit = ({ revenueMinor, costMinor }: { revenueMinor: number; costMinor: number }) => revenueMinor - costMinor;
  const [one, other] = explanation.facts.agency;
  mustBeSame('the agency’s profit of the year', now - yearAgo, profit(one) - profit(other));
};

const roiExplained = async (ask: Ask, key: string, axes: string): Promise<void> => {
  const { body: told, status } = await ask(`/v1/clients/${clientId}/roi?${axes}`, key);
  const { body: explanation, status: known } = await ask(`/v1/clients/${clientId}/roi/explanation?${axes}`, key);
  mustBeSame('the return can be told', known, status);
  if (status !== 200) return;
  const { gain, costMinor, roi } = roiFigures(recomputeRoi(explanation.facts as RoiFacts));
  const minor = (each: { minor: number } | undefined) => each?.minor;
  mustBeSame(
    `ROI ${axes}: recomputed`,
    [gain?.low, gain?.base, gain?.high, costMinor, roi],
    [minor(told.gain?.low), minor(told.gain?.base), minor(told.gain?.high), told.cost.minor, told.roi],
  );
  for (const { earned } of explanation.facts.projects) {
    const { revenueMinor, explanation: by } = earned.at(-1) ?? {};
    if (by === undefined) continue;
    const { sums }: { sums: Sum[] } = (await ask(by.path, key)).body;
    mustBeSame(by.path, sums.find(({ of }) => of === 'revenue')?.minor, revenueMinor);
  }
};

/** The explanations of figures about a client, recomputed. */
export const clientsMustBeExplained = async (ask: Ask, key: string, axes: string): Promise<void> => {
  await loyaltyExplained(ask, key, axes);
  await roiExplained(ask, key, axes);
};
