import type { BillRateScope } from '@headroom/contracts/events';
import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { type BillRateRow, billRateTable, type CostRate } from './tables.ts';

const ORDER = [{ column: 'scope' }, { column: 'subject' }];

/** The row of a scope: its kind, and what it names. */
export const rowOfScope = (
  scope: BillRateScope,
): { readonly scope: BillRateScope['kind']; readonly subject: string } => {
  switch (scope.kind) {
    case 'agency':
      return { scope: 'agency', subject: 'agency' };
    case 'client':
      return { scope: 'client', subject: scope.clientId };
    case 'project':
      return { scope: 'project', subject: scope.projectId };
    case 'role':
      return { scope: 'role', subject: scope.role };
    case 'specialist':
      return { scope: 'specialist', subject: scope.specialistId };
  }
};

const scopeOf = ({ scope, subject }: BillRateRow): BillRateScope => {
  switch (scope) {
    case 'agency':
      return { kind: 'agency' };
    case 'client':
      return { kind: 'client', clientId: subject };
    case 'project':
      return { kind: 'project', projectId: subject };
    case 'role':
      return { kind: 'role', role: subject };
    case 'specialist':
      return { kind: 'specialist', specialistId: subject };
  }
};

/** The version in force on a day and the day on which the next one begins. `rates` are in the order of their dates. */
export const inForce = <Rate extends Pick<CostRate, 'effectiveFrom'>>(rates: readonly Rate[], day: string) => {
  const index = rates.findLastIndex(({ effectiveFrom }) => effectiveFrom <= day);
  const rate = rates[index];
  return rate === undefined ? undefined : { rate, until: rates[index + 1]?.effectiveFrom ?? null };
};

/** A page of the scopes' rates in force on a day, by scope; a scope whose first rate begins later is not on it. */
export const listBillRates = async (
  reader: RowReader,
  tenantId: string,
  question: {
    readonly scope?: BillRateScope['kind'] | undefined;
    readonly asOf: string;
    readonly limit: number;
    readonly after: readonly OrderValue[] | undefined;
  },
) => {
  const { scope, asOf, limit, after } = question;
  const found = await reader.list(billRateTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      ...(scope === undefined ? [] : [{ column: 'scope', equals: scope }]),
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const items = rows.flatMap((row) => {
    const version = inForce(row.rates, asOf);
    if (version === undefined) return [];
    const { rateId, effectiveFrom, ratePerHour, currency } = version.rate;
    return [{ rateId, scope: scopeOf(row), effectiveFrom, until: version.until, ratePerHour, currency }];
  });
  const next = found.length > limit && last !== undefined ? afterRow(billRateTable, ORDER, last) : null;
  return { items, next };
};
