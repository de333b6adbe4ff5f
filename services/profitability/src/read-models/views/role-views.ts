import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader } from '@headroom/projecting';
import { convertedMinor } from '../../formulas/stage-state.ts';
import { shownAlert } from '../alerts/list-alerts.ts';
import { leftOutOf, qualityOf } from '../quality.ts';
import { stageProfitabilityOf } from '../stage-profitability.ts';
import type { Configured } from '../stage-view.ts';
import { invoiceTable } from '../tables.ts';
import { totalsOf } from '../totals.ts';
import { stageVisibility, totalVisibility } from '../visibility.ts';
import { type OpenStage, openStages } from './open-stages.ts';
import type { ScopeRequestRow } from './tables.ts';

export interface ViewQuestion {
  readonly tenantId: string;
  readonly agency: Configured;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly projectId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly limit: number;
  /** Id of the stage where the page before ended. */
  readonly after?: string | undefined;
}

const UNPLANNED = new Set<string>(['communication', 'travel', 'rework']);

const requestsOf = (requests: readonly ScopeRequestRow[]) => {
  const of = (scope: ScopeRequestRow['scope']) => requests.filter((request) => request.scope === scope).length;
  return { inScope: of('in-scope'), outOfScope: of('out-of-scope'), unclear: of('unclear'), unclassified: of(null) };
};

const asked = async (reader: RowReader, question: ViewQuestion) => {
  const { projectId, clientId, limit, after } = question;
  const all = (await openStages(reader, question)).filter(
    ({ view: { row } }) =>
      (projectId === undefined || row.projectId === projectId) && (clientId === undefined || row.clientId === clientId),
  );
  const rest = after === undefined ? all : all.filter(({ view }) => view.row.stageId > after);
  const page = rest.slice(0, limit);
  const next = rest.length > limit ? (page.at(-1)?.view.row.stageId ?? null) : null;
  return { all, page, next };
};

/** What every view says of a stage, taken from the stage's own answer. */
export const stageLine = ({ view, alerts }: OpenStage, { seesRates }: ViewQuestion, knownAt: number) => {
  const figures = stageProfitabilityOf(view, { seesRates, basis: 'earned', knownAt });
  const { stageId, projectId, clientId, name, seconds, lateSeconds, quality, suppressed } = figures;
  const common = { stageId, projectId, clientId, name, startedOn: view.row.startedOn, seconds, lateSeconds };
  return {
    figures,
    common: { ...common, quality, suppressed, alerts: alerts.map((alert) => shownAlert(alert, seesRates)) },
  };
};

/** What every view ends with. */
export const closingOf = (all: readonly OpenStage[], { agency, asOf }: ViewQuestion, knownAt: number) => ({
  currency: agency.settings.currency,
  quality: qualityOf(
    all.map(({ view }) => leftOutOf(view)),
    0,
  ),
  revenueBasis: 'earned' as const,
  asOf,
  knownAt,
  formulaVersion: FORMULA_VERSION,
});

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const remainingSeconds = ({ view }: OpenStage): number => sum(view.state.remaining.work, ({ seconds }) => seconds);
const unplannedSeconds = ({ view }: OpenStage): number =>
  sum(view.state.labour, (line) => (line.goodwill || UNPLANNED.has(line.activity) ? line.seconds : 0));

/** What production asks: how much is left to do and to spare, what came unplanned, and what is being asked for. */
export const productionView = async (reader: RowReader, question: ViewQuestion) => {
  const { all, page, next } = await asked(reader, question);
  const items = page.map((stage) => {
    const { figures, common } = stageLine(stage, question, reader.position);
    return {
      ...common,
      work: figures.plan.work,
      remaining: figures.estimateToComplete.work,
      remainingSeconds: remainingSeconds(stage),
      headroomByRole: figures.headroom?.byRole ?? [],
      unplannedSeconds: unplannedSeconds(stage),
      goodwillSeconds: figures.goodwillSeconds,
      byActivity: figures.byActivity.map(({ activity, seconds }) => ({ activity, seconds })),
      requests: requestsOf(stage.requests),
    };
  });
  return {
    items,
    next,
    totals: {
      stages: all.length,
      seconds: sum(all, ({ view }) => view.figures.seconds),
      remainingSeconds: sum(all, remainingSeconds),
      unplannedSeconds: sum(all, unplannedSeconds),
      openAlerts: sum(all, ({ alerts }) => alerts.length),
      requests: requestsOf(all.flatMap(({ requests }) => requests)),
    },
    suppressed: items.some(({ suppressed }) => suppressed),
    ...closingOf(all, question, reader.position),
  };
};

/** Invoices of the clients asked for that are not paid, in the agency's currency at the rate of their issue. */
const openInvoices = async (reader: RowReader, { tenantId, clientId, agency, asOf }: ViewQuestion) => {
  const invoices = await reader.list(invoiceTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'status', equals: 'open' },
      ...(clientId === undefined ? [] : [{ column: 'clientId', equals: clientId }]),
    ],
    orderBy: [],
    limit: Number.MAX_SAFE_INTEGER,
  });
  const { currency } = agency.settings;
  const issued = invoices.filter(({ issuedOn }) => issuedOn <= asOf);
  const owed = issued.map(({ total, payments, issuedOn, dueOn }) => {
    const stands = ({ paidOn, voidedOn }: (typeof payments)[number]) =>
      paidOn <= asOf && (voidedOn === null || voidedOn > asOf);
    const paid = sum(payments.filter(stands), ({ amount }) => amount.minor);
    const left = { minor: total.minor - paid, currency: total.currency };
    return { minor: convertedMinor(left, issuedOn, currency, agency.exchangeRates), overdue: dueOn < asOf };
  });
  const overdue = owed.filter((each) => each.overdue);
  const money = (of: typeof owed) => ({ minor: sum(of, ({ minor }) => minor ?? 0), currency });
  return {
    count: owed.length,
    owed: money(owed),
    overdueCount: overdue.length,
    overdue: money(overdue),
    unconverted: owed.filter(({ minor }) => minor === undefined).length,
  };
};

/** What finance asks: what is earned and will be, what the figures leave out, who still owes, where budgets run out. */
export const financeView = async (reader: RowReader, question: ViewQuestion) => {
  const { agency, seesRates } = question;
  const { all, page, next } = await asked(reader, question);
  const { currency } = agency.settings;
  const lines = all.map(({ view: { figures, state } }) => ({
    figures,
    visibility: stageVisibility(seesRates, figures, state),
  }));
  const visible = totalVisibility(lines);
  const items = page.map((stage) => {
    const { figures, common } = stageLine(stage, question, reader.position);
    const { view } = stage;
    const visibility = stageVisibility(seesRates, view.figures, view.state);
    return {
      ...common,
      ...totalsOf([view.figures], { currency, basis: 'earned', visible: visibility }),
      standardMargin: figures.standardMargin,
      headroom: figures.headroom?.money ?? null,
    };
  });
  return {
    items,
    next,
    totals: {
      stages: all.length,
      openAlerts: sum(all, ({ alerts }) => alerts.length),
      ...totalsOf(
        lines.map(({ figures }) => figures),
        { currency, basis: 'earned', visible },
      ),
    },
    openInvoices: await openInvoices(reader, question),
    suppressed: !(visible.actual && visible.forecast && lines.every(({ visibility }) => visibility.actual)),
    ...closingOf(all, question, reader.position),
  };
};
