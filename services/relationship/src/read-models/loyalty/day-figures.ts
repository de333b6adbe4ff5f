import type { CumulativeFigures, ProfitabilityQuestions, StageSummary } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import { dayBefore, GROWTH_MONTHS, PROFIT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import { type ClientRow, clientTable } from '../tables.ts';
import type { DayFigures } from './facts.ts';

const halfYearBefore = (asOf: string): string => dayBefore(trailingMonths(asOf, GROWTH_MONTHS));
const yearBefore = (asOf: string): string => dayBefore(trailingMonths(asOf, PROFIT_MONTHS));

const byDate = (figures: readonly CumulativeFigures[]) => {
  const found = new Map(figures.map((each) => [each.date, each]));
  return (date: string): CumulativeFigures => {
    const figure = found.get(date);
    if (figure === undefined) throw new Error('a figure was asked for and not answered');
    return figure;
  };
};

/** A stage that begins later has not begun on the day. */
const startedBy = (stages: readonly StageSummary[], asOf: string): StageSummary[] =>
  stages.map((stage) => (stage.startedOn !== null && stage.startedOn > asOf ? { ...stage, startedOn: null } : stage));

/** What the scores of an agency's clients on some days need of the profitability service. */
export interface FiguresOnDays {
  readonly clients: readonly ClientRow[];
  /** One client's figures, one a day, in the order of the days. */
  readonly ofClient: (clientId: string) => Promise<DayFigures[]>;
}

/** The figures on those days; what concerns the whole agency is asked once, however many clients follow. */
export const figuresOnDays = async (
  questions: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  days: readonly string[],
): Promise<FiguresOnDays> => {
  const agencyDates = [...new Set(days.flatMap((day) => [day, yearBefore(day)]))];
  const clientDates = [...new Set(days.flatMap((day) => [day, halfYearBefore(day), yearBefore(day)]))];
  const last = days.toSorted().at(-1) ?? '';
  const [clients, whole, margins] = await Promise.all([
    reader.where(clientTable, 'byName', [tenantId]),
    questions.agencyUpTo(reader, tenantId, agencyDates),
    Promise.all(days.map(async (day) => [day, await questions.standardOn(reader, tenantId, day, null)] as const)),
  ]);
  const agency = byDate(whole);
  const standards = new Map(margins);
  const ofClient = async (clientId: string): Promise<DayFigures[]> => {
    const [figures, stages] = await Promise.all([
      questions.clientUpTo(reader, tenantId, clientId, clientDates),
      questions.stagesOfClient(reader, tenantId, clientId, last),
    ]);
    const own = byDate(figures);
    return days.map((asOf) => ({
      asOf,
      standardMargin: standards.get(asOf) ?? null,
      clients: clients.filter(({ since }) => since <= asOf).length,
      client: [own(asOf), own(halfYearBefore(asOf)), own(yearBefore(asOf))],
      agency: [agency(asOf), agency(yearBefore(asOf))],
      stages: startedBy(stages, asOf),
    }));
  };
  return { clients, ofClient };
};
