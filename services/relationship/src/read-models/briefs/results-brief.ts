import type { AgencySettings, BriefPeriod, BriefScope, Favours, StageProgress } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getResultsBrief } from '@headroom/contracts/rest/relationship';
import { addDays, daysBetween, localDate, monthOf } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { extraPaymentTable } from '../extra-payments/tables.ts';
import { classificationOn } from '../requests/stage-requests.ts';
import { requestTable } from '../requests/tables.ts';
import { clientTable } from '../tables.ts';
import { clientProfit, comparedMetrics } from './benefit.ts';
import { inOrder } from './in-order.ts';
import type { BriefPorts } from './ports.ts';

export type ResultsBrief = ResponseOf<typeof getResultsBrief>;

export interface AskResultsBrief {
  readonly tenantId: string;
  readonly clientId: string;
  readonly projectId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
}

const MOST_ITEMS = 200;

const deliveredIn = (stages: readonly StageProgress[], { from, to }: BriefPeriod): ResultsBrief['delivered'] => {
  const items = stages
    .flatMap(({ stageId, projectId, name, serviceType, dueOn, closedOn }) => {
      if (closedOn === null || closedOn < from || closedOn >= to) return [];
      const days = dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, closedOn));
      const onTime = dueOn === null ? null : days === 0;
      return [{ stageId, projectId, name, serviceType, dueOn, closedOn, onTime, daysLate: days }];
    })
    .sort(
      inOrder(
        'newest-first',
        ({ closedOn }) => closedOn,
        ({ stageId }) => stageId,
      ),
    );
  const count = (onTime: boolean | null) => items.filter((each) => each.onTime === onTime).length;
  return {
    stages: items.length,
    onTime: count(true),
    late: count(false),
    undated: count(null),
    items: items.slice(0, MOST_ITEMS),
  };
};

const underWayOn = (stages: readonly StageProgress[], day: string): ResultsBrief['underWay'] =>
  stages.flatMap(({ stageId, projectId, name, serviceType, status, startedOn, dueOn }) =>
    status === 'started' && startedOn !== null
      ? [{ stageId, projectId, name, serviceType, startedOn, dueOn, overdue: dueOn !== null && dueOn < day }]
      : [],
  );

/** What was asked and done in the period; `free`: beyond the agreement, and nobody paid extra for it. */
const requestsIn = async (
  reader: RowReader,
  { tenantId, clientId, projectId }: BriefScope,
  { from, to }: BriefPeriod,
): Promise<ResultsBrief['requests']> => {
  const rows = (await reader.where(requestTable, 'byClient', [tenantId, clientId])).filter(
    (row) => projectId === undefined || row.projectId === projectId,
  );
  const payments = await reader.where(extraPaymentTable, 'byClient', [tenantId, clientId]);
  const paid = new Set(
    payments.flatMap(({ requestId, answer, answeredOn }) =>
      requestId !== null && answer === 'agreed' && answeredOn !== null && answeredOn < to ? [requestId] : [],
    ),
  );
  const items = rows
    .flatMap((row) => {
      const { requestId, words, askedOn, completedOn, result } = row;
      if (result !== 'done' || completedOn === null || completedOn < from || completedOn >= to) return [];
      const beyond = classificationOn(row, addDays(to, -1))?.scope === 'out-of-scope';
      return [{ requestId, words, askedOn, completedOn, free: beyond && !paid.has(requestId) }];
    })
    .sort(
      inOrder(
        'newest-first',
        ({ completedOn }) => completedOn,
        ({ requestId }) => requestId,
      ),
    );
  return {
    asked: rows.filter(({ askedOn }) => askedOn >= from && askedOn < to).length,
    done: items.length,
    free: items.filter(({ free }) => free).length,
    items: items.slice(0, MOST_ITEMS),
  };
};

const favoursShown = (
  { work, writeOffs }: Favours,
  stages: readonly StageProgress[],
  currency: string,
): ResultsBrief['favours'] => {
  const money = (minor: number) => ({ minor, currency });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const value = sum(work.map(({ valueMinor }) => valueMinor));
  const written = sum(writeOffs.map(({ minor }) => minor));
  const nameOf = new Map(stages.map(({ stageId, name }) => [stageId, name]));
  return {
    seconds: sum(work.map(({ seconds }) => seconds)),
    value: money(value),
    unpricedSeconds: sum(work.map(({ unpricedSeconds }) => unpricedSeconds)),
    writeOffs: money(written),
    total: money(value + written),
    items: work.map(({ stageId, activity, seconds, valueMinor, unpricedSeconds }) => ({
      stageId,
      name: stageId === null ? null : (nameOf.get(stageId) ?? null),
      activity,
      seconds,
      value: money(valueMinor),
      unpricedSeconds,
    })),
  };
};

const benefitOf = async (
  { benefit }: BriefPorts,
  reader: RowReader,
  { tenantId, clientId, projectId }: BriefScope,
  { from, to }: BriefPeriod,
  instant: string,
) => {
  const asked = { tenantId, clientId, asOf: addDays(to, -1), instant };
  const client = await benefit.client(reader, asked);
  if (client === undefined) return undefined;
  const projects = client.projects.filter((each) => projectId === undefined || each.projectId === projectId);
  const months = { from: monthOf(from), to: monthOf(asked.asOf) };
  const measured = await Promise.all(
    projects.map((each) => benefit.metrics(reader, { ...asked, ...months, projectId: each.projectId })),
  );
  const outcome = projectId === undefined ? client : projects[0];
  return {
    metrics: measured.flatMap((each) => (each === undefined ? [] : (comparedMetrics(each) ?? []))),
    profit: outcome === undefined ? undefined : clientProfit(outcome, { from, to }, client.currency),
  };
};

const NOTHING = { gain: null, paid: null, profit: null };
const NO_PROFIT: ResultsBrief['profit'] = {
  inPeriod: { ...NOTHING, months: 0, monthsUnknown: 0 },
  sinceStart: { ...NOTHING, roi: null, paidBackIn: null },
};

type Refused = 'not-found' | 'project-not-of-client' | 'period-empty' | 'beyond-range';

/** The days of the brief: up to the day as of which it is asked at the latest. */
const periodOf = (
  { from, to, asOf, instant }: AskResultsBrief,
  { timeZone }: AgencySettings,
  since: string,
): BriefPeriod => {
  const end = addDays(asOf ?? localDate(instant, timeZone), 1);
  return { from: from ?? since, to: to === undefined || to > end ? end : to };
};

/** What a client got from us in a period. Fit for the client’s eyes whoever asks: no cost and no margin goes into it. */
export const resultsBrief = async (
  ports: BriefPorts,
  reader: RowReader,
  question: AskResultsBrief,
): Promise<ResultsBrief | Refused> => {
  const { tenantId, clientId, projectId, instant } = question;
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await ports.profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return 'not-found';
  const period = periodOf(question, agency, client.since);
  if (period.from >= period.to) return 'period-empty';
  const asOf = addDays(period.to, -1);
  if (projectId !== undefined) {
    const project = await ports.delivery.project(reader, tenantId, projectId, asOf);
    if (project?.clientId !== clientId) return 'project-not-of-client';
  }
  const scope = { tenantId, clientId, projectId };
  const [stages, favours, requests, benefit] = await Promise.all([
    ports.delivery.stages(reader, scope, { asOf, seesRates: false }),
    ports.delivery.favours(reader, scope, period),
    requestsIn(reader, scope, period),
    benefitOf(ports, reader, scope, period, instant),
  ]);
  if (benefit === undefined) return 'beyond-range';
  const profit = benefit.profit ?? NO_PROFIT;
  const shown = favoursShown(favours, stages, agency.currency);
  return {
    agencyName: agency.name,
    clientId,
    clientName: client.name,
    projectId: projectId ?? null,
    period,
    delivered: deliveredIn(stages, period),
    underWay: underWayOn(stages, asOf),
    requests,
    metrics: benefit.metrics,
    profit,
    favours: shown,
    currency: agency.currency,
    revenueBasis: 'earned',
    quality: {
      unpricedSeconds: shown.unpricedSeconds,
      unconvertedAmounts: favours.unconverted,
      monthsUnknown: profit.inPeriod.monthsUnknown,
    },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
