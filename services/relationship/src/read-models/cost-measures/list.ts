import type { CostMethod } from '@headroom/contracts/events';
import type { AgencySettings, Effort, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { listCostMeasures } from '@headroom/contracts/rest/relationship';
import { addDays, daysBetween } from '@headroom/kernel';
import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { effectOf } from '../../decisions/cost-measures/effect.ts';
import { extraPaymentTable } from '../extra-payments/tables.ts';
import type { DayOfContacts } from '../loyalty/tables.ts';
import { contactMonths, contactsIn } from './contacts.ts';
import { isRunning } from './estimates.ts';
import { type CostMeasureRow, costMeasureTable } from './tables.ts';

type Answer = ResponseOf<typeof listCostMeasures>;
type Item = Answer['items'][number];
type Effect = NonNullable<Item['effect']>;

/** Fewer days than that say little. */
const ENOUGH_DAYS = 28;
const ORDER = [{ column: 'startedOn', descending: true }];

export interface MeasuresAsked {
  readonly tenantId: string;
  readonly agency: AgencySettings;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly status?: Item['status'] | undefined;
  readonly method?: CostMethod | undefined;
  readonly clientId?: string | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

const statusOf = (row: CostMeasureRow, asOf: string): Item['status'] => {
  if (row.startedOn > asOf) return 'planned';
  return isRunning(row, asOf) ? 'running' : 'ended';
};

/** The days since the start, up to the end or the day, and as many days before. */
const windowsOf = (
  { startedOn, endedOn }: CostMeasureRow,
  asOf: string,
): { before: Days; after: Days; days: number } => {
  const last = endedOn !== null && endedOn < asOf ? endedOn : asOf;
  const after = { from: startedOn, to: addDays(last, 1) };
  const days = daysBetween(after.from, after.to);
  return { before: { from: addDays(startedOn, -days), to: startedOn }, after, days };
};

const agreedWithin = async (
  reader: RowReader,
  { tenantId, scope }: CostMeasureRow,
): Promise<(days: Days) => number> => {
  const keys = scope.kind === 'agency' ? [tenantId] : [tenantId, scope.clientId];
  const payments = await reader.where(extraPaymentTable, 'byClient', keys);
  const ours = payments.filter(({ projectId }) => scope.kind !== 'project' || projectId === scope.projectId);
  return ({ from, to }) =>
    ours
      .filter(
        ({ answer, answeredOn }) => answer === 'agreed' && answeredOn !== null && answeredOn >= from && answeredOn < to,
      )
      .reduce((sum, { agreedMinor }) => sum + (agreedMinor ?? 0), 0);
};

const shownWindow = (
  days: Days,
  { effort, agreedMinor, contacts }: { effort: Effort; agreedMinor: number; contacts: DayOfContacts | null },
  money: (minor: number) => { minor: number; currency: string } | null,
): Effect['before'] => ({
  ...days,
  revenue: money(effort.revenueMinor),
  cost: money(effort.costMinor),
  contactCost: money(effort.contactCostMinor),
  favourCost: money(effort.favourCostMinor),
  agreedExtraPayments: money(agreedMinor),
  seconds: effort.seconds,
  contactSeconds: effort.contactSeconds,
  favourSeconds: effort.favourSeconds,
  unplannedContacts: contacts?.unplanned ?? null,
  inboundContacts: contacts?.inbound ?? null,
  outboundContacts: contacts?.outbound ?? null,
});

const measured = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  row: CostMeasureRow,
  { asOf, agency, seesRates }: MeasuresAsked,
): Promise<{ readonly effect: Effect; readonly uncostedSeconds: number }> => {
  const { tenantId, scope } = row;
  const { before, after, days } = windowsOf(row, asOf);
  const client = scope.kind === 'client' ? scope.clientId : undefined;
  const [efforts, agreed, months] = await Promise.all([
    profitability.effortBetween(reader, tenantId, scope, [before, after]),
    agreedWithin(reader, row),
    contactMonths(reader, tenantId, before.from, client),
  ]);
  const [was, is] = efforts;
  if (was === undefined || is === undefined) throw new Error('a window was asked for and not answered');
  const of = (effort: Effort, within: Days) => ({
    effort,
    agreedMinor: agreed(within),
    contacts: scope.kind === 'project' ? null : contactsIn(months, within),
  });
  const [earlier, later] = [of(was, before), of(is, after)];
  const { savingMinor, monthlyMinor, formula, missing } = effectOf(row.method, earlier, later, days);
  const money = (minor: number) => (seesRates ? { minor, currency: agency.currency } : null);
  return {
    effect: {
      saving: savingMinor === null ? null : money(savingMinor),
      monthlySaving: monthlyMinor === null ? null : money(monthlyMinor),
      days,
      formula,
      before: shownWindow(before, earlier, money),
      after: shownWindow(after, later, money),
      tooEarly: days < ENOUGH_DAYS,
      missing,
    },
    uncostedSeconds: is.uncostedSeconds,
  };
};

const wanted = (row: CostMeasureRow, { status, method, clientId, asOf }: MeasuresAsked): boolean =>
  (status === undefined || statusOf(row, asOf) === status) &&
  (method === undefined || row.method === method) &&
  (clientId === undefined || (row.scope.kind !== 'agency' && row.scope.clientId === clientId));

/** The measures that match, from behind the page before on, and one more than a page holds. */
const matching = async (reader: RowReader, asked: MeasuresAsked): Promise<CostMeasureRow[]> => {
  const { tenantId, limit } = asked;
  const rows: CostMeasureRow[] = [];
  let after = asked.after;
  for (;;) {
    const found = await reader.list(costMeasureTable, {
      where: [{ column: 'tenantId', equals: tenantId }],
      orderBy: ORDER,
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    });
    rows.push(...found.filter((row) => wanted(row, asked)));
    const last = found.at(-1);
    if (last === undefined || found.length <= limit || rows.length > limit) return rows.slice(0, limit + 1);
    after = afterRow(costMeasureTable, ORDER, last);
  }
};

/** A page of cost measures with what they have brought. */
export const costMeasures = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  asked: MeasuresAsked,
): Promise<Omit<Answer, 'nextCursor'> & { readonly next: readonly OrderValue[] | null }> => {
  const { agency, asOf, seesRates, limit } = asked;
  const found = await matching(reader, asked);
  const page = found.slice(0, limit);
  const items: Item[] = [];
  let uncostedSeconds = 0;
  for (const row of page) {
    const status = statusOf(row, asOf);
    const made = status === 'planned' ? undefined : await measured(profitability, reader, row, asked);
    uncostedSeconds += made?.uncostedSeconds ?? 0;
    const { tenantId: _, ...said } = row;
    items.push({ ...said, status, effect: made?.effect ?? null, suppressed: !seesRates && made !== undefined });
  }
  const last = page.at(-1);
  return {
    items,
    next: found.length > limit && last !== undefined ? afterRow(costMeasureTable, ORDER, last) : null,
    currency: agency.currency,
    revenueBasis: 'earned',
    quality: { uncostedSeconds },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
