import type { ResponseOf } from '@headroom/contracts/rest';
import type { getMetricHistory, listMetrics } from '@headroom/contracts/rest/roi';
import { exponentOf, formatDecimal } from '@headroom/money';
import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { columns } from '../imports/metrics-csv.ts';
import { type MetricRow, metricTable, projectTable, recordingTable } from './tables.ts';

interface Page {
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

type Listed = ResponseOf<typeof listMetrics>['items'][number];
type Recorded = ResponseOf<typeof getMetricHistory>['items'][number];

const figuresOf = (row: MetricRow, currency: string) => {
  const money = (minor: number | null) => (minor === null ? null : { minor, currency });
  const { visitors, inquiries, calls, forms, sales, turnoverMinor, advertisingSpendMinor } = row;
  return {
    visitors,
    inquiries,
    calls,
    forms,
    sales,
    turnover: money(turnoverMinor),
    advertisingSpend: money(advertisingSpendMinor),
  };
};

const MONTHS = [{ column: 'month' }];
const TIMES = [{ column: 'at' }];
const cut = <Row>(found: readonly Row[], limit: number) => ({
  rows: found.slice(0, limit),
  more: found.length > limit,
});

/** A page of a project's months in their order; undefined when there is no such project. */
export const monthsOfProject = async (
  reader: RowReader,
  tenantId: string,
  projectId: string,
  currency: string,
  { limit, after, from, to }: Page & { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<{ readonly items: Listed[]; readonly next: OrderValue[] | null } | undefined> => {
  if ((await reader.get(projectTable, tenantId, projectId)) === undefined) return undefined;
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to: `${to}~` }) };
  const found = await reader.list(metricTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'projectId', equals: projectId },
      ...(from === undefined && to === undefined ? [] : [{ column: 'month', ...range }]),
    ],
    orderBy: MONTHS,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const { rows, more } = cut(found, limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({ month: row.month, ...figuresOf(row, currency), corrections: row.corrections })),
    next: more && last !== undefined ? afterRow(metricTable, MONTHS, last) : null,
  };
};

/** A page of all that was ever recorded of a month, the oldest first; undefined when there is no such project. */
export const historyOfMonth = async (
  reader: RowReader,
  tenantId: string,
  { projectId, month }: { readonly projectId: string; readonly month: string },
  currency: string,
  { limit, after }: Page,
): Promise<{ readonly items: Recorded[]; readonly next: OrderValue[] | null } | undefined> => {
  if ((await reader.get(projectTable, tenantId, projectId)) === undefined) return undefined;
  const found = await reader.list(recordingTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'projectId', equals: projectId },
      { column: 'month', equals: month },
    ],
    orderBy: TIMES,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const { rows, more } = cut(found, limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => {
      const { recordedAt, recordedBy, reason, position } = row;
      return { ...figuresOf(row, currency), recordedAt, recordedBy, reason, position };
    }),
    next: more && last !== undefined ? afterRow(recordingTable, TIMES, last) : null,
  };
};

/** All months of a project as a CSV file; undefined when there is no such project. */
export const metricsCsv = async (
  reader: RowReader,
  tenantId: string,
  projectId: string,
  currency: string,
): Promise<string | undefined> => {
  if ((await reader.get(projectTable, tenantId, projectId)) === undefined) return undefined;
  const rows = await reader.where(metricTable, 'byProject', [tenantId, projectId]);
  const amount = (minor: number | null) => (minor === null ? '' : formatDecimal(BigInt(minor), exponentOf(currency)));
  const lines = rows.map(({ month, visitors, inquiries, calls, forms, sales, turnoverMinor, advertisingSpendMinor }) =>
    [month, visitors, inquiries, calls, forms, sales, amount(turnoverMinor), amount(advertisingSpendMinor)]
      .map((cell) => cell ?? '')
      .join(','),
  );
  return [columns.join(','), ...lines, ''].join('\r\n');
};
