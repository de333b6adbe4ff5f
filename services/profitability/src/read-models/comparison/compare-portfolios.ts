import { addMonths, lastDayOf } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { changesAlongDays } from '../../formulas/comparison/along-days.ts';
import type { Change } from '../../formulas/comparison/causes.ts';
import {
  movedBy,
  type PortfolioFigure,
  partsOfFigure,
  portfolioValue,
} from '../../formulas/comparison/portfolio-value.ts';
import { type GroupedChange, Telescope } from '../../formulas/comparison/telescope.ts';
import type { StageFacts } from '../../formulas/explanation/facts.ts';
import { addedBetween, type PortfolioSums, recomputePortfolio } from '../../formulas/explanation/portfolio.ts';
import { factRows, factsOf } from '../explanation/facts-of.ts';
import { Sources } from '../explanation/sources.ts';
import { AgencyStages, type StagesOnDays } from '../in-mind/agency-stages.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { isAskedFor, type PortfolioScope, type Projects } from '../portfolio/asked.ts';
import type { Period } from '../portfolio/months.ts';
import { type StageSpan, stageSpans } from '../portfolio/spans.ts';
import { type Configured, configured } from '../stage-view.ts';
import { projectTable, type StageRow, stageTable } from '../tables.ts';
import { alongStages } from './along-stages.ts';
import type { Standings } from './examined.ts';

/** Of which stages and months a portfolio's figure is made. */
export interface ComparedScope extends PortfolioScope {
  readonly tenantId: string;
  readonly period: Period;
  readonly stageId?: string | undefined;
}

const sumsOf = (spans: readonly StageSpan[]): PortfolioSums | undefined => {
  if (spans.length === 0) return undefined;
  const standing = ({ figures, unapprovedSeconds }: StageSpan['now']) => ({ ...figures, unapprovedSeconds });
  return recomputePortfolio(
    spans.map(({ now, before }) => ({
      before: before === undefined ? null : { figures: standing(before) },
      after: { figures: standing(now) },
    })),
  );
};

const broughtBy = async (
  stages: StagesOnDays,
  rows: readonly StageRow[],
  projects: Projects,
  scope: ComparedScope,
): Promise<Map<string, PortfolioSums>> => {
  await stages.prepare(rows, scope.asOf);
  const brought = new Map<string, PortfolioSums>();
  for (const row of rows) {
    const sums = sumsOf(stageSpans(stages, row, projects, { scope, period: scope.period }));
    if (sums !== undefined) brought.set(row.stageId, sums);
  }
  return brought;
};

/** A figure of what stages bring, in its smallest unit; null where it has no value. */
export const amountOf = (figure: PortfolioFigure, brought: ReadonlyMap<string, PortfolioSums>): number | null =>
  portfolioValue(figure)(brought.values());

/** What each stage brings to the months asked about, as a reader knows it; nothing before the agency was configured. */
export const broughtByStages = async (
  reader: RowReader,
  inMind: AgencyStages,
  scope: ComparedScope,
): Promise<Map<string, PortfolioSums>> => {
  const agency = await configured(reader, scope.tenantId);
  if (agency === undefined) return new Map();
  const [stages, projects] = await Promise.all([inMind.of(reader, agency), inMind.projects(reader, scope.tenantId)]);
  const { stageId } = scope;
  const rows = stages.rows.filter(
    (row) => isAskedFor(scope, row) && (stageId === undefined || row.stageId === stageId),
  );
  return broughtBy(stages, rows, projects, scope);
};

const spansOf = async (reader: RowReader, agency: Configured, row: StageRow, scope: ComparedScope) => {
  const project = await reader.get(projectTable, scope.tenantId, row.projectId);
  if (project === undefined) throw new Error(`a stage of the unknown project ${row.projectId}`);
  const stages = await AgencyStages.only([row], reader, agency);
  await stages.prepare([row], scope.asOf);
  const projects = new Map([[row.projectId, project]]);
  return stageSpans(stages, row, projects, { scope, period: scope.period });
};

const broughtByStage = async (
  reader: RowReader,
  stageId: string,
  scope: ComparedScope,
): Promise<PortfolioSums | undefined> => {
  const agency = await configured(reader, scope.tenantId);
  const row = await reader.get(stageTable, scope.tenantId, stageId);
  return agency === undefined || row === undefined ? undefined : sumsOf(await spansOf(reader, agency, row, scope));
};

type PartOfFigure = (typeof partsOfFigure)[PortfolioFigure][number];

/** What days did to the parts of a figure within one span of a stage, in the order of the days. */
const movesAlongSpan = (
  facts: StageFacts,
  { row, firstMonth, day, dayBefore }: StageSpan,
  earlier: string,
  { parts, isCorrection }: { readonly parts: readonly PartOfFigure[]; readonly isCorrection: (at: number) => boolean },
): (Change & { readonly part: PartOfFigure })[] => {
  const beginning = dayBefore ?? lastDayOf(addMonths(firstMonth, -1));
  const fromDay = beginning > earlier ? beginning : earlier;
  if (fromDay >= day) return [];
  return parts
    .flatMap((part) =>
      changesAlongDays(row.stageId, facts, { fromDay, toDay: day, figure: part }, isCorrection).map((change) => ({
        ...change,
        part,
      })),
    )
    .sort((one, other) => {
      const [day, otherDay] = [one.on ?? '', other.on ?? ''];
      return day === otherDay ? (one.position ?? 0) - (other.position ?? 0) : day < otherDay ? -1 : 1;
    });
};

const NOTHING = addedBetween(null, {
  revenueMinor: 0,
  invoicedMinor: 0,
  paidMinor: 0,
  costMinor: 0,
  labourCostMinor: 0,
  expensesMinor: 0,
  seconds: 0,
  lateSeconds: 0,
  goodwillSeconds: 0,
  uncostedSeconds: 0,
  unpricedSeconds: 0,
  unapprovedSeconds: 0,
});

interface Days {
  readonly figure: PortfolioFigure;
  readonly scope: ComparedScope;
  /** The earlier day; the later one is that of the scope. */
  readonly earlier: string;
}

/** Moves what one stage brings along the days, by its facts; who manages it on other days is a hand-over. */
const stageAlongDays = async (
  reader: RowReader,
  stageId: string,
  { sources, telescope, after }: Along,
  { figure, scope, earlier }: Days,
): Promise<void> => {
  const rows = await factRows(reader, scope.tenantId, stageId);
  if (rows === undefined) return;
  const { row, agency } = rows;
  const isCorrection = (position: number) => sources.event(position)?.type === 'HoursAdjusted';
  const asked = { parts: partsOfFigure[figure], isCorrection };
  const facts = factsOf({ ...rows, sources, asOf: scope.asOf });
  for (const span of await spansOf(reader, agency, row, scope)) {
    for (const { part, minor, cause, on, position } of movesAlongSpan(facts, span, earlier, asked)) {
      const positions = position === null ? [] : [position];
      telescope.put(stageId, movedBy(telescope.of(stageId) ?? NOTHING, part, minor), { cause, on, positions });
    }
  }
  const cause = scope.managerId === undefined ? 'passing-time' : 'handovers';
  telescope.put(stageId, after.get(stageId), { cause, on: scope.asOf, positions: [] });
};

interface Along {
  readonly sources: Sources;
  readonly telescope: Telescope<PortfolioSums>;
  readonly after: ReadonlyMap<string, PortfolioSums>;
}

/** Moves the figure along the days, by what is known at the end. */
const alongDays = async (
  { log, stages }: OpenPart,
  reader: RowReader,
  to: Pick<Along, 'telescope' | 'after'>,
  days: Days,
): Promise<void> => {
  const along = { ...to, sources: new Sources(log.events, reader.position) };
  for (const { stageId } of stages) await stageAlongDays(reader, stageId, along, days);
};

/** How a figure of the portfolio came from one moment to another: first along the log, then along the days. */
export const changesOfPortfolio = async (
  part: OpenPart | undefined,
  { before, middle, after }: Standings<PortfolioSums>,
  {
    figure,
    scope,
    earlier,
    span,
    others,
  }: Days & {
    readonly span: { readonly from: number; readonly to: number };
    readonly others: readonly string[];
  },
): Promise<readonly GroupedChange[]> => {
  const telescope = new Telescope(before, portfolioValue(figure));
  const beyond = { cause: 'not-examined', positions: [] } as const;
  if (part !== undefined) {
    const known = { ...scope, asOf: earlier };
    await alongStages(part, telescope, {
      ...span,
      stageIds: part.stages.map(({ stageId }) => stageId),
      singly: scope.stageId !== undefined,
      brought: (reader, stageId) => broughtByStage(reader, stageId, known),
    });
  }
  for (const stageId of others) telescope.put(stageId, middle.get(stageId), { ...beyond, on: null });
  if (earlier === scope.asOf) return telescope.changes;
  if (part !== undefined) await alongDays(part, part.log.at(span.to), { telescope, after }, { figure, scope, earlier });
  for (const stageId of others) telescope.put(stageId, after.get(stageId), { ...beyond, on: scope.asOf });
  return telescope.changes;
};
