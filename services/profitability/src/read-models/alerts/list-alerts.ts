import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { ratioOf } from '@headroom/money';
import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import { type AlertRow, alertTable } from './tables.ts';

const ORDER = [
  { column: 'position', descending: true },
  { column: 'threshold', descending: true },
];

export interface ListAlerts {
  readonly stageId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly threshold?: string | undefined;
  readonly acknowledged?: boolean | undefined;
  /** Days on which alerts were raised, half-open. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const FILTERS = ['stageId', 'projectId', 'clientId', 'threshold', 'acknowledged'] as const;

const conditions = (tenantId: string, question: ListAlerts): Condition[] => [
  { column: 'tenantId', equals: tenantId },
  ...FILTERS.flatMap((column) => {
    const equals = question[column];
    return equals === undefined ? [] : [{ column, equals }];
  }),
  ...(question.from === undefined ? [] : [{ column: 'raisedOn', from: question.from }]),
  ...(question.to === undefined ? [] : [{ column: 'raisedOn', to: question.to }]),
];

/** An alert as it is shown: what was spent and planned then is for who may see rates, for it may be one person's. */
export const shownAlert = (alert: AlertRow, seesRates: boolean) => {
  const { tenantId: _, costMinor, plannedCostMinor, acknowledged: __, currency, ...rest } = alert;
  return {
    ...rest,
    cost: seesRates ? { minor: costMinor, currency } : null,
    plannedCost: seesRates ? { minor: plannedCostMinor, currency } : null,
    share: seesRates ? ratioOf(costMinor, plannedCostMinor) : null,
  };
};

/** A page of alerts, the latest first. `next` is where the page after begins. */
export const listAlerts = async (reader: RowReader, tenantId: string, question: ListAlerts, seesRates: boolean) => {
  const { limit, after } = question;
  const found = await reader.list(alertTable, {
    where: conditions(tenantId, question),
    orderBy: ORDER,
    ...(after === undefined ? {} : { after: after.map((value, index) => (index === 0 ? Number(value) : value)) }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map((alert) => shownAlert(alert, seesRates)),
    next: found.length > limit && last !== undefined ? afterRow(alertTable, ORDER, last) : null,
    suppressed: !seesRates,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
