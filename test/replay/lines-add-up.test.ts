/** Over random histories: the lines of every level add up to its totals, for every figure and on every basis. */

import type { ResponseOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/profitability';
import fc from 'fast-check';
import t from 'tap';
import { type Ask, askedInMemory, everyLevel } from '../support/asked-in-memory.ts';
import { historyOf, type PublishedEvent } from '../support/histories.ts';
import { STAGES, steps } from '../support/history-steps.ts';

t.setTimeout(300_000);

const RUNS = Number(process.env.PROPERTY_RUNS ?? 30);
const BASES = ['earned', 'invoiced', 'cash'] as const;
const LATER = '2026-12-31';

type Level = Awaited<ReturnType<typeof everyLevel>>;
type Stage = Level['stages'][number];
type Amount = { readonly minor: number } | null;

const minor = (amount: Amount): number => {
  if (amount === null) throw new Error('an amount is hidden from its owner');
  return amount.minor;
};

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

const mustBe = (what: string, found: number, expected: number): void => {
  if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`);
};

const mustAdd = (what: string, parts: readonly number[], total: number): void => mustBe(what, sumOf(parts), total);

const MONEY = [
  ...(['contractRevenue', 'revenue', 'cost', 'profit', 'estimateAtCompletion'] as const),
  'forecastProfit' as const,
];
const COUNTS = ['seconds', 'lateSeconds'] as const;

type Totals = Pick<Stage, (typeof MONEY)[number] | (typeof COUNTS)[number] | 'bases'>;

/** That some totals are the sums of others, figure by figure. */
const addUp = (what: string, totals: Totals, lines: readonly Totals[]): void => {
  for (const figure of MONEY) {
    const parts = lines.map((line) => minor(line[figure]));
    mustAdd(`${what} ${figure}`, parts, minor(totals[figure]));
  }
  for (const figure of COUNTS) {
    const parts = lines.map((line) => line[figure]);
    mustAdd(`${what} ${figure}`, parts, totals[figure]);
  }
  for (const basis of BASES) {
    const { revenue, profit } = totals.bases[basis];
    const parts = lines.map((line) => minor(line.bases[basis].revenue));
    mustAdd(`${what} ${basis} revenue`, parts, minor(revenue));
    mustBe(`${what} ${basis} profit`, minor(profit), minor(revenue) - minor(totals.cost));
  }
};

interface Labour {
  readonly seconds: number;
  readonly cost: Amount;
}

const stageAddsUp = (stage: Stage): void => {
  const { labourCost, expenses, cost, byActivity, byRole, byExpense, estimateToComplete: left } = stage;
  const what = `stage ${stage.stageId}`;
  const byBoth = stage.plan.byRoleAndActivity.map(({ actualSeconds: seconds, cost: each }) => ({
    seconds,
    cost: each,
  }));
  const breakdowns: readonly (readonly Labour[])[] = [byActivity, byRole, byBoth];
  for (const lines of breakdowns) {
    const costs = lines.map((line) => minor(line.cost));
    mustAdd(`${what} labour`, costs, minor(labourCost));
    const seconds = lines.map((line) => line.seconds);
    mustAdd(`${what} seconds`, seconds, stage.seconds);
  }
  const spent = byExpense.map(({ amount }) => minor(amount));
  mustAdd(`${what} expenses`, spent, minor(expenses));
  mustAdd(`${what} cost`, [minor(labourCost), minor(expenses)], minor(cost));
  mustAdd(`${what} EAC`, [minor(cost), minor(left.cost)], minor(stage.estimateAtCompletion));
  const brought = [minor(stage.fee), minor(stage.extraPayments), -minor(stage.writeOffs)];
  mustAdd(`${what} R`, brought, minor(stage.contractRevenue));
  const on = stage.bases[stage.revenueBasis];
  mustBe(`${what} revenue`, minor(stage.revenue), minor(on.revenue));
  mustBe(`${what} profit`, minor(stage.profit), minor(on.profit));
};

type Entry = ResponseOf<typeof contract.listTimeEntries>['items'][number];

/** Every entry of a stage, page by page. */
const entriesOf = async (ask: Ask, stageId: string): Promise<Entry[]> => {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  do {
    const page: ResponseOf<typeof contract.listTimeEntries> = await ask(contract.listTimeEntries, {
      stageId,
      limit: '7',
      ...(cursor === null ? {} : { cursor }),
    });
    entries.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
};

/** The entries, person by person and one by one, cost what their stage's labour does. */
const entriesAddUp = async (ask: Ask, stages: readonly Stage[], onlyApproved: boolean): Promise<void> => {
  for (const stage of stages) {
    const all = await entriesOf(ask, stage.stageId);
    const entries = all.filter(({ status }) => !onlyApproved || status === 'approved');
    const people = [...Map.groupBy(entries, ({ specialistId }) => specialistId).values()];
    const costs = people.map((own) => sumOf(own.map(({ cost }) => cost?.minor ?? 0)));
    const seconds = people.map((own) => sumOf(own.map((entry) => entry.seconds)));
    mustAdd(`people of ${stage.stageId}`, costs, minor(stage.labourCost));
    mustAdd(`time of ${stage.stageId}`, seconds, stage.seconds);
  }
};

const SUMMED = ['revenue', 'cost', 'labourCost', 'expenses', 'profit'] as const;
const COUNTED = ['seconds', 'lateSeconds', 'goodwillSeconds'] as const;

type Portfolio = Level['portfolios'][number];

const portfolioAddsUp = (stages: readonly Stage[], { groupBy, groups, totals }: Portfolio): void => {
  const what = `portfolio by ${groupBy}`;
  for (const figure of SUMMED) {
    const total = minor(totals[figure]);
    const [parts, own] = [groups, stages].map((lines) => lines.map((line) => minor(line[figure])));
    mustAdd(`${what} ${figure}`, parts ?? [], total);
    mustAdd(`${what} ${figure} of the stages`, own ?? [], total);
  }
  for (const figure of COUNTED) {
    const [parts, own] = [groups, stages].map((lines) => lines.map((line) => line[figure]));
    mustAdd(`${what} ${figure}`, parts ?? [], totals[figure]);
    mustAdd(`${what} ${figure} of the stages`, own ?? [], totals[figure]);
  }
  for (const basis of BASES) {
    const { revenue, profit } = totals.bases[basis];
    const parts = groups.map((group) => minor(group.bases[basis].revenue));
    mustAdd(`${what} ${basis}`, parts, minor(revenue));
    mustBe(`${what} ${basis} profit`, minor(profit), minor(revenue) - minor(totals.cost));
  }
};

const levelsAddUp = ({ stages, projects, clients, portfolios }: Level): void => {
  for (const stage of stages) stageAddsUp(stage);
  for (const project of projects) {
    const own = stages.filter(({ projectId }) => projectId === project.projectId);
    addUp(`project ${project.projectId}`, project, own);
    addUp(`lines of project ${project.projectId}`, project, project.stages);
  }
  for (const client of clients) {
    const own = stages.filter(({ clientId }) => clientId === client.clientId);
    addUp(`client ${client.clientId}`, client, own);
    addUp(`lines of client ${client.clientId}`, client, client.stages);
  }
  for (const portfolio of portfolios) portfolioAddsUp(stages, portfolio);
};

/** The same history in an agency that counts approved hours alone, or with expenses in another currency. */
const turned = (events: readonly PublishedEvent[], onlyApproved: boolean, abroad: boolean): PublishedEvent[] =>
  events.map((event) => {
    if (event.type === 'AgencyConfigured') return { ...event, data: { ...event.data, approvalRequired: onlyApproved } };
    if (event.type !== 'ExpenseRecorded' || !abroad) return event;
    return { ...event, data: { ...event.data, amount: { ...event.data.amount, currency: 'EUR' } } };
  });

const exchange: PublishedEvent = {
  type: 'ExchangeRateSet',
  data: { currency: 'EUR', rate: '97.123456', effectiveFrom: '2026-02-20' },
};

t.test('lines add up to totals at every level and on every basis', async (t) => {
  const day = fc.integer({ min: 0, max: 100 }).map((offset) => new Date(Date.UTC(2026, 1, 1 + offset)));
  const asked = day.map((date) => date.toISOString().slice(0, 10));
  await fc.assert(
    fc.asyncProperty(steps, asked, fc.boolean(), fc.boolean(), async (taken, asOf, onlyApproved, abroad) => {
      const events = turned(historyOf(taken), onlyApproved, abroad);
      const ask = await askedInMemory(abroad ? [...events, exchange] : events);
      for (const basis of BASES) levelsAddUp(await everyLevel(ask, asOf, basis));
      const later = await everyLevel(ask, LATER);
      levelsAddUp(later);
      await entriesAddUp(ask, later.stages, onlyApproved);
    }),
    { numRuns: RUNS },
  );
  t.pass(`${RUNS} histories, ${STAGES.length} stages`);
});
