import type { billRateSet, EventData } from '@headroom/contracts/events';
import { rateUnits } from '@headroom/money';
import type { Handler } from '@headroom/projecting';
import { type BillRate, keyOfScope } from '../formulas/bill-rate.ts';
import { billRatesTable } from '../read-models/tables.ts';

export type BillRateEvents = EventData<typeof billRateSet>;

const sameVersion = (one: BillRate, other: BillRate): boolean =>
  one.scope === other.scope && one.key === other.key && one.effectiveFrom === other.effectiveFrom;

/** By date; what has the same date stays in the order in which it was set. */
const byDate = (one: BillRate, other: BillRate): number =>
  one.effectiveFrom < other.effectiveFrom ? -1 : one.effectiveFrom > other.effectiveFrom ? 1 : 0;

export const billRateHandlers: {
  readonly [Type in keyof BillRateEvents & string]: Handler<Type, BillRateEvents[Type]>;
} = {
  BillRateSet: {
    needs: (wanted, { tenantId }) => wanted.row(billRatesTable, tenantId),
    fold: (rows, { tenantId, position, data: { scope, effectiveFrom, ratePerHour } }) => {
      const rate: BillRate = { ...keyOfScope(scope), effectiveFrom, units: rateUnits(ratePerHour) };
      const before = rows.get(billRatesTable, tenantId)?.rates ?? [];
      const rates = [...before.filter((each) => !sameVersion(each, rate)), rate].sort(byDate);
      rows.put(billRatesTable, { tenantId, rates, changedAt: position });
    },
  },
};
