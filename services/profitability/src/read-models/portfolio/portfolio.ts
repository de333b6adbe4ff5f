import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { OrderValue, RowReader } from '@headroom/projecting';
import type { RevenueBasis } from '../bases.ts';
import type { AgencyStages, StagesOnDays } from '../in-mind/agency-stages.ts';
import type { Configured } from '../stage-view.ts';
import type { StageRow } from '../tables.ts';
import { isAskedFor, managerOf, type Projects, periodOf } from './asked.ts';
import { type Period, type StageMonth, stageMonths } from './months.ts';
import { shownTally, Tally } from './tally.ts';
import { unattributedSeconds } from './unattributed.ts';

export interface PortfolioQuestion {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly groupBy: 'month' | 'client' | 'manager' | 'service-type';
  readonly clientId?: string | undefined;
  readonly managerId?: string | undefined;
  readonly serviceType?: string | undefined;
  readonly revenueBasis: RevenueBasis;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

/** The group of a stage's month; the empty text stands for “no service type”. */
const groupOf = (
  question: PortfolioQuestion,
  projects: Projects,
  row: StageRow,
  { month, day }: StageMonth,
): string => {
  switch (question.groupBy) {
    case 'month':
      return month;
    case 'client':
      return row.clientId;
    case 'manager':
      return managerOf(projects, row, day);
    case 'service-type':
      return row.serviceType ?? '';
  }
};

interface Asked {
  readonly question: PortfolioQuestion;
  readonly period: Period;
}

/** Every group's sums and those of all. */
const tallied = (stages: StagesOnDays, rows: readonly StageRow[], projects: Projects, asked: Asked) => {
  const { question, period } = asked;
  const groups = new Map<string, Tally>();
  const total = new Tally();
  for (const row of rows) {
    for (const added of stageMonths(stages, row, period, question.asOf)) {
      const { managerId } = question;
      if (managerId !== undefined && managerOf(projects, row, added.day) !== managerId) continue;
      const key = groupOf(question, projects, row, added);
      const group = groups.get(key) ?? new Tally();
      groups.set(key, group);
      for (const tally of [group, total]) {
        tally.add(row, added.now, added.before);
        if (!question.seesRates) tally.addPeople(added.costedPeople);
      }
    }
  }
  return { groups, total };
};

/** The total may be shown when what is hidden in the groups is not one person's alone. */
const showsTotal = (groups: Iterable<Tally>): boolean => {
  const hidden = [...groups].filter(({ tellsOneRate }) => tellsOneRate);
  return hidden.length === 0 || new Set(hidden.flatMap(({ people }) => [...people])).size >= 2;
};

const unconvertedOf = (stages: StagesOnDays, rows: readonly StageRow[], asOf: string) => {
  const sums = new Map<string, number>();
  for (const { currency, minor } of rows.flatMap((row) => stages.cell(row, asOf).unconverted)) {
    sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums]
    .filter(([, minor]) => minor !== 0)
    .sort()
    .map(([currency, minor]) => ({ minor, currency }));
};

const pageOf = (groups: ReadonlyMap<string, Tally>, { after, limit }: PortfolioQuestion) => {
  const last = after === undefined ? undefined : String(after[0]);
  const keys = [...groups.keys()].sort().filter((key) => last === undefined || key > last);
  const page = keys.slice(0, limit);
  return { keys: page, next: keys.length > limit ? [page.at(-1) ?? ''] : null };
};

/** Revenue, cost and margin of the whole agency over some months, by month, client, manager or service type; or a refusal. */
export const getPortfolio = async (
  reader: RowReader,
  agency: Configured,
  inMind: AgencyStages,
  question: PortfolioQuestion,
) => {
  const { asOf, revenueBasis: basis, groupBy } = question;
  const { currency } = agency.settings;
  const period = periodOf(question);
  if (typeof period === 'string') return period;
  const [stages, projects] = await Promise.all([inMind.of(reader, agency), inMind.projects(reader, agency.tenantId)]);
  const rows = stages.rows.filter((row) => isAskedFor(question, row));
  await stages.prepare(rows, asOf);
  const { groups, total } = tallied(stages, rows, projects, { question, period });
  const shows = (tally: Tally) => ({ currency, basis, actual: question.seesRates || !tally.tellsOneRate });
  const actual = question.seesRates || showsTotal(groups.values());
  const { keys, next } = pageOf(groups, question);
  return {
    next,
    body: {
      ...period,
      groupBy,
      totals: shownTally(total, { currency, basis, actual }),
      groups: keys.map((key) => {
        const tally = groups.get(key) as Tally;
        return { key: key === '' ? null : key, ...shownTally(tally, shows(tally)) };
      }),
      revenueBasis: basis,
      currency,
      // An adjustment posted into the period may take more away than the period itself had.
      quality: {
        uncostedSeconds: Math.max(0, total.sums.uncostedSeconds),
        unapprovedSeconds: Math.max(0, total.unapprovedSeconds),
        unattributedSeconds: Math.max(0, unattributedSeconds(projects.values(), { ...question, ...period })),
        unpricedSeconds: Math.max(0, total.sums.unpricedSeconds),
        unconvertedAmounts: unconvertedOf(stages, rows, asOf),
      },
      suppressed: !(actual && [...groups.values()].every((tally) => question.seesRates || !tally.tellsOneRate)),
      asOf,
      knownAt: reader.position,
      formulaVersion: FORMULA_VERSION,
    },
  };
};
