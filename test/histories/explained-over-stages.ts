import { recomputeManagerMonth } from '../../services/profitability/src/formulas/explanation/manager-month.ts';
import { recomputePortfolio } from '../../services/profitability/src/formulas/explanation/portfolio.ts';
import { recomputeReview } from '../../services/profitability/src/formulas/explanation/review.ts';
import type { Ask } from '../support/random-agency.ts';
import { mustBeSame } from './must-be-same.ts';

interface Asked {
  readonly ask: Ask;
  readonly key: string;
}

/** Asks what has to be there. */
const answered = async ({ ask, key }: Asked, path: string) => {
  const { status, body } = await ask(path, key);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
};

const figuresAt = async (asked: Asked, path: string) => (await answered(asked, path)).figures;

const MONTHS = ['2026-02', '2026-03'];

const reviewExplained = async (asked: Asked, month: string, axes: string): Promise<void> => {
  const { figures } = await answered(asked, `/v1/reviews/${month}?${axes}`);
  const explanation = await answered(asked, `/v1/reviews/${month}/explanation?${axes}`);
  const again = recomputeReview(explanation.facts);
  mustBeSame(`${month} ${axes}: recomputed`, again, explanation.figures);
  mustBeSame(
    `${month} ${axes}: as the review says`,
    [again.stages, again.revenueMinor, again.costMinor, again.weightedMargin, again.median, again.hits, again.seconds],
    [
      figures.stages,
      figures.revenue.minor,
      figures.cost.minor,
      figures.weightedMargin,
      figures.median,
      figures.hits,
      figures.seconds,
    ],
  );
  mustBeSame(
    `${month}: deviation`,
    [again.profitDeviationMinor, again.marginDeviation],
    [figures.deviation.profit.minor, figures.deviation.margin],
  );
  for (const stage of explanation.facts.stages) {
    const told = await figuresAt(asked, stage.explanation.path);
    mustBeSame(
      `${stage.stageId} where its part is explained`,
      [told.revenueMinor, told.costMinor, told.planRevenueMinor, told.planCostMinor, told.seconds],
      [stage.revenueMinor, stage.costMinor, stage.baselineRevenueMinor, stage.baselineCostMinor, stage.seconds],
    );
    mustBeSame('the event that closed it', stage.from.length, 1);
  }
};

interface Worked {
  readonly workDate: string;
  readonly seconds: number;
  readonly counted: boolean;
}

/** The seconds worked under a manager, out of the stage's entries and who managed its project since when. */
const secondsUnder = (
  managerId: string,
  tenures: readonly { readonly managerId: string; readonly since: string }[],
  entries: readonly Worked[],
): number =>
  entries
    .filter(({ counted, workDate }) => {
      const holder = tenures.findLast(({ since }) => since <= workDate) ?? tenures[0];
      return counted && holder?.managerId === managerId;
    })
    .reduce((total, { seconds }) => total + seconds, 0);

const managersExplained = async (asked: Asked, month: string, axes: string): Promise<void> => {
  const { managers } = await answered(asked, `/v1/reviews/${month}/managers?${axes}`);
  for (const manager of managers) {
    const { managerId } = manager;
    const explanation = await answered(asked, `/v1/reviews/${month}/managers/${managerId}/explanation?${axes}`);
    const again = recomputeManagerMonth(explanation.facts, managerId);
    mustBeSame(`${managerId} ${month} ${axes}: recomputed`, again, explanation.figures);
    mustBeSame(
      `${managerId} ${month} ${axes}: as the KPI says`,
      [again.stages, again.stagesClosed, again.hits, again.hitRate, again.plannedProfitMinor, again.actualProfitMinor],
      [
        manager.stages,
        manager.stagesClosed,
        manager.hits,
        manager.hitRate,
        manager.plannedProfit.minor,
        manager.actualProfit.minor,
      ],
    );
    for (const { stageId, managers: parts, tenures, explanation: by, seconds } of explanation.facts.stages) {
      if (seconds === 0 || parts.some((part: Worked) => part.seconds < 0)) continue;
      const { facts } = await answered(asked, by.path);
      const stated = parts.find((part: { managerId: string }) => part.managerId === managerId);
      const under = secondsUnder(managerId, tenures, facts.entries);
      mustBeSame(`${stageId}: seconds under ${managerId}`, under, stated.seconds);
    }
  }
};

const PORTFOLIO = 'from=2026-01&to=2026-05';

const everyPart = async (asked: Asked, query: string) => {
  const path = `/v1/portfolio/explanation?${query}&limit=2`;
  const first = await answered(asked, path);
  const parts = [...first.parts];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const page = await answered(asked, `${path}&cursor=${encodeURIComponent(cursor)}`);
    parts.push(...page.parts);
    cursor = page.nextCursor;
  }
  return { totals: first.totals, ratios: first.ratios, parts };
};

const portfolioExplained = async (asked: Asked, axes: string): Promise<void> => {
  const whole = await answered(asked, `/v1/portfolio?${PORTFOLIO}&groupBy=manager&${axes}`);
  const groups = whole.groups.map((group: { key: string }) => ({ group, filter: `managerId=${group.key}` }));
  for (const { group, filter } of [{ group: whole.totals, filter: '' }, ...groups]) {
    const { totals, parts, ratios } = await everyPart(asked, `${PORTFOLIO}&${filter}&${axes}`);
    mustBeSame(`portfolio ${filter} ${axes}: recomputed`, recomputePortfolio(parts), totals);
    mustBeSame(
      `portfolio ${filter} ${axes}: as the portfolio says`,
      [totals.revenueMinor, totals.costMinor, totals.profitMinor, totals.labourCostMinor, totals.seconds],
      [group.revenue.minor, group.cost.minor, group.profit.minor, group.labourCost.minor, group.seconds],
    );
    mustBeSame(`portfolio ${filter}: margin`, ratios[0].ratio, group.margin);
    if (filter !== '') continue;
    for (const { before, after } of parts) {
      for (const end of before === null ? [after] : [before, after]) {
        const told = await figuresAt(asked, end.explanation.path);
        const { revenueMinor, costMinor, invoicedMinor, paidMinor, seconds } = end.figures;
        mustBeSame(
          `a part where it is explained: ${end.explanation.path}`,
          [told.revenueMinor, told.costMinor, told.invoicedMinor, told.paidMinor, told.seconds],
          [revenueMinor, costMinor, invoicedMinor, paidMinor, seconds],
        );
      }
    }
  }
};

/** The explanations of figures over many stages, recomputed and followed down to where their parts are explained. */
export const mustBeExplainedOverStages = async (ask: Ask, key: string, axes: string): Promise<void> => {
  const asked = { ask, key };
  for (const month of MONTHS) {
    await reviewExplained(asked, month, axes);
    await managersExplained(asked, month, axes);
  }
  await portfolioExplained(asked, axes);
};
