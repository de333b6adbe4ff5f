import { stageIds } from '@headroom/contracts/examples/worked-example';
import { recompute } from '../../services/profitability/src/formulas/explanation/recompute.ts';
import type { Ask } from '../support/random-agency.ts';
import { mustBeSame } from './must-be-same.ts';

const { stageId, projectId, clientId } = stageIds;
const STAGES = [stageId, 'second-stage'];

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
  for (const rounding of explanation.roundings) mustBeSame('a rounding', divided(rounding), rounding.minor);
  for (const { of, terms, minor } of explanation.sums) {
    const added = terms.reduce((total, term) => total + term.minor, 0);
    mustBeSame(`the sum ${of}`, [added, minor], [minor, explanation.figures[`${of}Minor`]]);
  }
  const shares = explanation.facts.entries.reduce((total, { shareMinor }) => total + shareMinor, 0);
  mustBeSame('the shares of the entries', shares, explanation.figures.labourCostMinor);
};

/** Throws unless the figures of every stage and level are what their explanation, and it alone, gives on these axes. */
export const mustBeExplained = async (ask: Ask, key: string, axes: string): Promise<void> => {
  for (const stage of STAGES) {
    const { body: figures, status } = await ask(`/v1/stages/${stage}/profitability?${axes}`, key);
    const { body: explanation, status: known } = await ask(`/v1/stages/${stage}/explanation?${axes}`, key);
    mustBeSame(`${stage} is known`, known, status);
    if (status !== 200) continue;
    const told = ofProfitability(figures);
    const { figures: again, headroomMinor } = recompute(explanation.facts as Explanation);
    const { contractRevenueMinor, revenueMinor, costMinor, estimateAtCompletionMinor } = again;
    const profitMinor = revenueMinor - costMinor;
    const forecastProfitMinor = contractRevenueMinor - estimateAtCompletionMinor;
    const recomputed = { contractRevenueMinor, revenueMinor, costMinor, profitMinor, estimateAtCompletionMinor };
    mustBeSame(`${stage} recomputed from its explanation`, { ...recomputed, forecastProfitMinor }, told);
    mustBeSame('its headroom', headroomMinor, figures.headroom?.money.minor ?? null);
    mustBeSame('its margin', explanation.figures.margin, figures.margin);
    mustBeSame('what is left out', explanation.quality, figures.quality);
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
    mustBeSame(level, Object.fromEntries(Object.keys(told).map((name) => [name, sums[name]])), told);
    mustBeSame(`${level}: margin`, explanation.margin, figures.margin);
  }
};
