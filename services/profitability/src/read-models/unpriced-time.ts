import type { OrderValue, RowReader } from '@headroom/projecting';
import type { BillRateBook } from '../formulas/bill-rate.ts';
import { labourAt } from '../formulas/stage-ledger.ts';
import type { AgencyStages } from './in-mind/agency-stages.ts';
import { readBillRates } from './role-prices.ts';
import { type Configured, needsBillRates } from './stage-view.ts';
import type { StageRow } from './tables.ts';

const ALL_TIME = '9999-12-31';

interface Unpriced {
  readonly stageId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly specialistId: string;
  readonly role: string;
  readonly days: readonly { readonly workDate: string; readonly seconds: number }[];
}

/** Billable work of one stage on days without a bill rate, person by person. */
const unpricedOf = ({ stageId, projectId, clientId, ledger }: StageRow, bills: BillRateBook): Unpriced[] => {
  const unpriced = labourAt(ledger, ALL_TIME, []).filter(
    ({ specialistId, role, day, billable, goodwill }) =>
      billable && !goodwill && bills.on({ specialistId, role, projectId, clientId }, day ?? ALL_TIME) === undefined,
  );
  const people = Map.groupBy(unpriced, ({ specialistId, role }) => `${specialistId}|${role}`);
  return [...people.values()].map((lines) => {
    const days = new Map<string, number>();
    for (const { day, seconds } of lines) days.set(day ?? ALL_TIME, (days.get(day ?? ALL_TIME) ?? 0) + seconds);
    const { specialistId = '', role = '' } = lines[0] ?? {};
    return {
      stageId,
      projectId,
      clientId,
      specialistId,
      role,
      days: [...days]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([workDate, seconds]) => ({ workDate, seconds })),
    };
  });
};

const keyOf = ({ stageId, specialistId, role }: Unpriced): string => JSON.stringify([stageId, specialistId, role]);

/** A page of the people whose billable hours on stages billed by time have no bill rate, stage by stage. */
export const listUnpricedTime = async (
  reader: RowReader,
  agency: Configured,
  inMind: AgencyStages,
  { limit, after }: { readonly limit: number; readonly after: readonly OrderValue[] | undefined },
) => {
  const { rows } = await inMind.of(reader, agency);
  const bills = await readBillRates(reader, agency.tenantId);
  const last = after === undefined ? undefined : String(after[0]);
  const all = rows
    .filter(needsBillRates)
    .flatMap((row) => unpricedOf(row, bills))
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => last === undefined || key > last)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const page = all.slice(0, limit);
  const items = page.map(({ item }) => ({
    ...item,
    seconds: item.days.reduce((sum, { seconds }) => sum + seconds, 0),
    days: [...item.days],
  }));
  return { items, next: all.length > limit ? [page.at(-1)?.key ?? ''] : null };
};
