import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import { marginOf } from '../../formulas/stage-figures.ts';
import { type RestatementRow, restatementTable } from './tables.ts';

const ORDER = [{ column: 'month' }, { column: 'position' }];

const figures = (revenueMinor: number, costMinor: number, currency: string) => ({
  revenue: { minor: revenueMinor, currency },
  cost: { minor: costMinor, currency },
  profit: { minor: revenueMinor - costMinor, currency },
  margin: marginOf(revenueMinor, costMinor),
});

const shown = (row: RestatementRow) => ({
  rateChangeId: row.rateChangeId,
  month: row.month,
  reported: figures(row.reportedRevenueMinor, row.reportedCostMinor, row.currency),
  before: figures(row.beforeRevenueMinor, row.beforeCostMinor, row.currency),
  restated: figures(row.revenueMinor, row.costMinor, row.currency),
  seconds: row.seconds,
  reason: row.reason,
  appliedAt: row.appliedAt,
  appliedBy: row.appliedBy,
  figuresAt: row.figuresAt,
  position: row.position,
});

interface ListRestatements {
  readonly month?: string | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

/** A page of what closed months were restated to, by month. `next` is where the page after begins. */
export const listRestatements = async (
  reader: RowReader,
  tenantId: string,
  { month, limit, after }: ListRestatements,
) => {
  const where: Condition[] = [{ column: 'tenantId', equals: tenantId }];
  if (month !== undefined) where.push({ column: 'month', equals: month });
  const found = await reader.list(restatementTable, {
    where,
    orderBy: ORDER,
    ...(after === undefined ? {} : { after: after.map((value, index) => (index === 1 ? Number(value) : value)) }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    next: found.length > limit && last !== undefined ? afterRow(restatementTable, ORDER, last) : null,
    body: {
      items: rows.map(shown),
      revenueBasis: 'earned' as const,
      currency: last?.currency ?? null,
      knownAt: reader.position,
      formulaVersion: FORMULA_VERSION,
    },
  };
};
