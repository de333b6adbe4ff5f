import { addDays, firstDayOf, monthOf } from '@headroom/kernel';
import { exactCost, moneyOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { countedLabour, labourAt } from '../formulas/stage-ledger.ts';
import type { AgencyStages } from './in-mind/agency-stages.ts';
import type { Configured } from './stage-view.ts';
import { type Settings, type StageRow, type TimeEntryRow, timeEntryTable } from './tables.ts';

/** The order in which entries take their shares of a stage's cost, and are listed. */
export const ENTRY_ORDER = [{ column: 'workDate' }, { column: 'entryId' }];

/** Whether the figures count an entry: where the agency asks for approvals, only once it is approved. */
export const counts = ({ approvalRequired }: Pick<Settings, 'approvalRequired'>, { status }: TimeEntryRow): boolean =>
  !approvalRequired || status === 'approved';

/** What the labour of a stage had cost exactly when a month began. */
const costBefore = ({ ledger }: StageRow, month: string, { approvalRequired }: Settings): bigint =>
  countedLabour(labourAt(ledger, addDays(firstDayOf(month), -1), []), approvalRequired).reduce(
    (sum, { seconds, units }) => sum + exactCost(seconds, units ?? 0),
    0n,
  );

/**
 * Each entry's share of its stage's labour cost, in minor units by entry id: by running total in the order of dates and
 * ids, so that the shares of a stage add up to its cost. `page` is a run of entries in that order; months before it are
 * taken from the ledgers, so only the entries since the beginning of its first month are read.
 */
export const costShares = async (
  inMind: AgencyStages,
  reader: RowReader,
  agency: Configured,
  page: readonly TimeEntryRow[],
): Promise<Map<string, number>> => {
  const shares = new Map<string, number>();
  const stageIds = [...new Set(page.flatMap(({ stageId }) => stageId ?? []))];
  const [first] = page;
  const last = page.at(-1);
  if (first === undefined || last === undefined || stageIds.length === 0) return shares;
  const { tenantId, settings } = agency;
  const month = monthOf(first.workDate);
  const entries = await reader.list(timeEntryTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'stageId', in: stageIds },
      { column: 'workDate', from: firstDayOf(month), to: addDays(last.workDate, 1) },
    ],
    orderBy: ENTRY_ORDER,
  });
  const stages = await inMind.of(reader, agency);
  const spent = new Map(stageIds.map((id) => [id, costBefore(stages.stage(id), month, settings)]));
  for (const entry of entries) {
    if (entry.stageId === null || !counts(settings, entry)) continue;
    const before = spent.get(entry.stageId) ?? 0n;
    const now = before + exactCost(entry.seconds, entry.rateUnits ?? 0);
    spent.set(entry.stageId, now);
    shares.set(entry.entryId, moneyOf(now, settings.currency) - moneyOf(before, settings.currency));
  }
  return shares;
};
