import type { BriefPeriod, BriefScope, Favour, Favours } from '@headroom/contracts/questions';
import { exactCost, moneyOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import type { BillRateBook } from '../../formulas/bill-rate.ts';
import { convertedMinor } from '../../formulas/stage-state.ts';
import { counts } from '../cost-shares.ts';
import type { AgencyStages } from '../in-mind/agency-stages.ts';
import { stagesOnDays } from '../level-profitability.ts';
import { netEntries } from '../net-entries.ts';
import { readBillRates } from '../role-prices.ts';
import type { Configured } from '../stage-view.ts';
import { type TimeEntryRow, timeEntryTable } from '../tables.ts';

const valued = (entries: readonly TimeEntryRow[], book: BillRateBook, currency: string): Favour => {
  const [first] = entries as readonly [TimeEntryRow, ...TimeEntryRow[]];
  let exact = 0n;
  let seconds = 0;
  let unpricedSeconds = 0;
  for (const entry of entries) {
    const units = book.on(entry, entry.workedOn);
    seconds += entry.seconds;
    if (units === undefined) unpricedSeconds += entry.seconds;
    else exact += exactCost(entry.seconds, units);
  }
  return {
    stageId: first.stageId,
    activity: first.activity,
    seconds,
    valueMinor: moneyOf(exact, currency),
    unpricedSeconds,
  };
};

/**
 * What was done free of charge on purpose in a period, a line a stage and activity, worth the bill rate of the day of
 * the work (each line rounded once), and what was written off. Hours without a bill rate are counted, never guessed.
 */
export const favoursOf = async (
  inMind: AgencyStages,
  reader: RowReader,
  agency: Configured,
  { tenantId, clientId, projectId }: BriefScope,
  { from, to }: BriefPeriod,
): Promise<Favours> => {
  const { settings, exchangeRates } = agency;
  const entries = await reader.list(timeEntryTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'clientId', equals: clientId },
      ...(projectId === undefined ? [] : [{ column: 'projectId', equals: projectId }]),
      { column: 'workDate', from, to },
      { column: 'goodwill', equals: true },
    ],
    orderBy: [],
  });
  const free = netEntries(entries.filter((entry) => counts(settings, entry)));
  const lines = Map.groupBy(free, ({ stageId, activity }) => `${stageId ?? ''} ${activity}`);
  const book = await readBillRates(reader, tenantId);
  const scope = projectId === undefined ? { clientId } : { projectId };
  const { rows } = await stagesOnDays(inMind, reader, scope, agency);
  const writeOffs = rows.flatMap(({ stageId, ledger }) =>
    ledger.writeOffs
      .filter(({ on }) => on >= from && on < to)
      .map(({ on, amount }) => ({
        stageId,
        on,
        minor: convertedMinor(amount, on, settings.currency, exchangeRates),
      })),
  );
  return {
    work: [...lines]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, line]) => valued(line, book, settings.currency))
      .filter(({ seconds }) => seconds !== 0),
    writeOffs: writeOffs.flatMap(({ minor, ...each }) => (minor === undefined ? [] : [{ ...each, minor }])),
    unconverted: writeOffs.filter(({ minor }) => minor === undefined).length,
  };
};
