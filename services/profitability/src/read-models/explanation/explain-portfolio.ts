import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import {
  addedBetween,
  type PortfolioSums,
  portfolioRatios,
  recomputePortfolio,
  sumsOfStanding,
} from '../../formulas/explanation/portfolio.ts';
import type { AgencyStages, StageCell } from '../in-mind/agency-stages.ts';
import { isAskedFor, type PortfolioScope, periodOf } from '../portfolio/asked.ts';
import { type StageSpan, stageSpans } from '../portfolio/spans.ts';
import type { Configured } from '../stage-view.ts';
import { stageExplanation } from './addresses.ts';

const standingOf = ({ figures, unapprovedSeconds }: StageCell): PortfolioSums =>
  sumsOfStanding({ ...figures, unapprovedSeconds });

const standing = ({ row }: StageSpan, day: string, cell: StageCell, knownAt: number) => ({
  day,
  figures: standingOf(cell),
  explanation: stageExplanation(row.stageId, { asOf: day, knownAt }),
});

const partOf = (span: StageSpan, knownAt: number) => {
  const { stageId, projectId, clientId, name, serviceType } = span.row;
  const { before: earlier, dayBefore, now, day, firstMonth, lastMonth } = span;
  const before = earlier === undefined || dayBefore === undefined ? null : standing(span, dayBefore, earlier, knownAt);
  const after = standing(span, day, now, knownAt);
  const added = addedBetween(before?.figures ?? null, after.figures);
  return { stageId, projectId, clientId, name, serviceType, firstMonth, lastMonth, before, after, added };
};

type Part = ReturnType<typeof partOf>;

const byProfit = (one: Part, other: Part): number =>
  Math.abs(other.added.profitMinor) - Math.abs(one.added.profitMinor) ||
  (one.stageId === other.stageId ? (one.firstMonth < other.firstMonth ? -1 : 1) : one.stageId < other.stageId ? -1 : 1);

const sharesOf = (added: PortfolioSums, totals: PortfolioSums) => ({
  revenue: ratioOf(added.revenueMinor, totals.revenueMinor),
  cost: ratioOf(added.costMinor, totals.costMinor),
  profit: ratioOf(added.profitMinor, totals.profitMinor),
});

export interface PortfolioExplained extends PortfolioScope {
  readonly offset: number;
  readonly limit: number;
}

/** What the agency's months are made of, stage by stage; or a refusal. */
export const explainPortfolio = async (
  reader: RowReader,
  agency: Configured,
  inMind: AgencyStages,
  question: PortfolioExplained,
) => {
  const { asOf, offset, limit } = question;
  const period = periodOf(question);
  if (typeof period === 'string') return period;
  const [stages, projects] = await Promise.all([inMind.of(reader, agency), inMind.projects(reader, agency.tenantId)]);
  const rows = stages.rows.filter((row) => isAskedFor(question, row));
  await stages.prepare(rows, asOf);
  const asked = { scope: question, period };
  const spans = rows.flatMap((row) => stageSpans(stages, row, projects, asked));
  const parts = spans
    .map((span) => partOf(span, reader.position))
    .filter(({ added }) => Object.values(added).some((amount) => amount !== 0))
    .sort(byProfit);
  const totals = recomputePortfolio(parts);
  return {
    next: parts.length > offset + limit ? offset + limit : null,
    body: {
      ...period,
      stages: new Set(parts.map(({ stageId }) => stageId)).size,
      totals,
      ratios: portfolioRatios(totals),
      parts: parts.slice(offset, offset + limit).map((part) => ({ ...part, shares: sharesOf(part.added, totals) })),
      currency: agency.settings.currency,
      asOf,
      knownAt: reader.position,
      formulaVersion: FORMULA_VERSION,
    },
  };
};
