import type { CumulativeFigures, ProfitabilityQuestions, StageForecast, WorkItem } from '@headroom/contracts/questions';
import { exactCost, moneyOf, ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { headroomMinor, type StageFigures } from '../formulas/stage-figures.ts';
import { standardOn } from '../formulas/standard.ts';
import { clientScope } from './client-scope.ts';
import { counts } from './cost-shares.ts';
import { convertedExpenses } from './expenses.ts';
import type { AgencyStages, StagesOnDays } from './in-mind/agency-stages.ts';
import { effortQuestions } from './in-mind/effort-questions.ts';
import { upTo } from './in-mind/up-to.ts';
import { netEntries } from './net-entries.ts';
import { type Configured, configured, viewStage } from './stage-view.ts';
import { type StageRow, settingsTable, stageTable, type TimeEntryRow, timeEntryTable } from './tables.ts';
import { workersAndEntries } from './workers-and-entries.ts';

const NOTHING = {
  revenueMinor: 0,
  costMinor: 0,
  seconds: 0,
  unpaidSeconds: 0,
  uncostedSeconds: 0,
  tellsOneRate: false,
};

const forecastOf = (
  { stageId, projectId, clientId, name }: StageRow,
  status: StageForecast['status'],
  { contractRevenueMinor: revenueMinor, estimateAtCompletionMinor, costedPeople }: StageFigures,
  standard: string | null,
): StageForecast => ({
  stageId,
  projectId,
  clientId,
  name,
  status,
  revenueMinor,
  estimateAtCompletionMinor,
  forecastMargin: ratioOf(revenueMinor - estimateAtCompletionMinor, revenueMinor),
  standardMargin: standard,
  headroomMinor: standard === null ? null : headroomMinor(revenueMinor, estimateAtCompletionMinor, standard),
  costedPeople: costedPeople.size,
});

/** The sums over those stages of the agency that are asked for. */
const ofStages = async (
  stages: StagesOnDays | undefined,
  dates: readonly string[],
  asked: (stages: StagesOnDays) => readonly StageRow[],
): Promise<CumulativeFigures[]> =>
  stages === undefined ? dates.map((date) => ({ date, ...NOTHING })) : upTo(stages, asked(stages), dates);

const workItem = (entry: TimeEntryRow, currency: string): WorkItem => ({
  kind: 'time-entry',
  id: entry.entryId,
  stageId: entry.stageId,
  specialistId: entry.specialistId,
  date: entry.workedOn,
  seconds: entry.seconds,
  activity: entry.activity,
  goodwill: entry.goodwill,
  requestId: entry.requestId,
  note: entry.note,
  costMinor: entry.rateUnits === null ? null : moneyOf(exactCost(entry.seconds, entry.rateUnits), currency),
});

const dearestFirst = (one: WorkItem, other: WorkItem): number => {
  const difference = (other.costMinor ?? 0) - (one.costMinor ?? 0);
  return difference !== 0 ? difference : one.id < other.id ? -1 : 1;
};

/** The entries that count as of a day, with what adjusts them set off. */
const counted = (entries: readonly TimeEntryRow[], { settings }: Configured, asOf: string): TimeEntryRow[] =>
  netEntries(entries.filter((entry) => entry.workDate <= asOf && counts(settings, entry)));

const UNPLANNED = new Set(['communication', 'travel', 'rework']);

/** What the other services may ask, answered from the snapshot that they read themselves. */
export const profitabilityQuestions = (inMind: AgencyStages): ProfitabilityQuestions<RowReader> => ({
  agency: async (reader, tenantId) => {
    const row = await configured(reader, tenantId);
    return row && { ...row.settings, exchangeRates: row.exchangeRates };
  },

  standardOn: async (reader, tenantId, date, serviceType) =>
    standardOn((await reader.get(settingsTable, tenantId))?.standards ?? [], serviceType, date),

  clientUpTo: async (reader, tenantId, clientId, dates) =>
    ofStages(await inMind.ofTenant(reader, tenantId), dates, (stages) => stages.ofClient(clientId)),

  projectUpTo: async (reader, tenantId, projectId, dates) =>
    ofStages(await inMind.ofTenant(reader, tenantId), dates, (stages) => stages.ofProject(projectId)),

  agencyUpTo: async (reader, tenantId, dates) =>
    ofStages(await inMind.ofTenant(reader, tenantId), dates, (stages) => stages.rows),

  ...effortQuestions(inMind),

  stage: async (reader, tenantId, stageId, asOf) => {
    const row = await reader.get(stageTable, tenantId, stageId);
    const agency = await configured(reader, tenantId);
    if (row === undefined || agency === undefined) return undefined;
    const { state, figures, standard } = await viewStage(reader, row, agency, asOf);
    return forecastOf(row, state.status, figures, standard);
  },

  openStages: async (reader, tenantId, asOf) => {
    const agency = await configured(reader, tenantId);
    const stages = await inMind.ofTenant(reader, tenantId);
    if (agency === undefined || stages === undefined) return [];
    const open = stages.rows.filter(
      ({ ledger }) => ledger.lifecycle.findLast(({ on }) => on <= asOf)?.to === 'started',
    );
    await stages.prepare(open, asOf);
    return open.map((row) => {
      const { figures } = stages.cell(row, asOf);
      const standard = standardOn(agency.standards, row.serviceType, asOf);
      const costShare = ratioOf(figures.costMinor, figures.estimateAtCompletionMinor);
      return { ...forecastOf(row, 'started', figures, standard), costShare };
    });
  },

  stagesOfClient: async (reader, tenantId, clientId, asOf) => {
    const rows = (await inMind.ofTenant(reader, tenantId))?.ofClient(clientId) ?? [];
    return rows.map(({ stageId, projectId, startedOn, ledger }) => {
      const last = ledger.lifecycle.findLast(({ on }) => on <= asOf);
      return {
        stageId,
        projectId,
        status: last?.to ?? 'planned',
        startedOn: startedOn !== null && startedOn <= asOf ? startedOn : null,
        closedOn: last?.to === 'closed' ? last.on : null,
      };
    });
  },

  unplannedWork: async (reader, tenantId, stageId, asOf) => {
    const row = await reader.get(stageTable, tenantId, stageId);
    const agency = await configured(reader, tenantId);
    if (row === undefined || agency === undefined) return [];
    const entries = await reader.where(timeEntryTable, 'byStage', [tenantId, stageId]);
    const work = counted(entries, agency, asOf)
      .filter(({ activity, goodwill }) => goodwill || UNPLANNED.has(activity))
      .map((entry) => workItem(entry, row.ledger.currency));
    const expenses = convertedExpenses(row.ledger, asOf, agency.exchangeRates).map(
      ({ id, on, note, minor }): WorkItem => ({
        kind: 'expense',
        id,
        stageId,
        specialistId: null,
        date: on,
        seconds: 0,
        activity: null,
        goodwill: false,
        requestId: null,
        note,
        costMinor: minor,
      }),
    );
    return [...work, ...expenses].sort(dearestFirst);
  },

  workForRequests: async (reader, tenantId, requestIds, asOf) => {
    const agency = await configured(reader, tenantId);
    if (agency === undefined || requestIds.length === 0) return [];
    const entries = await reader.list(timeEntryTable, {
      where: [
        { column: 'tenantId', equals: tenantId },
        { column: 'requestId', in: requestIds },
      ],
      orderBy: [],
      limit: Number.MAX_SAFE_INTEGER,
    });
    return counted(entries, agency, asOf).map((entry) => workItem(entry, agency.settings.currency));
  },

  workForRequest: async (reader, tenantId, requestId, asOf) => {
    const agency = await configured(reader, tenantId);
    if (agency === undefined) return [];
    const entries = await reader.where(timeEntryTable, 'byRequest', [tenantId, requestId]);
    return counted(entries, agency, asOf)
      .map((entry) => workItem(entry, agency.settings.currency))
      .sort(dearestFirst);
  },

  ...workersAndEntries,
  ...clientScope,
});
