import type {
  alertAcknowledged,
  clientRegistered,
  EventData,
  expenseRecorded,
  expenseVoided,
  extraPaymentAgreed,
  remainingEstimateRevised,
  revenueWrittenOff,
  stageClosed,
  stagePlanned,
  stageReopened,
  stageStarted,
  stageThresholdsSet,
} from '@headroom/contracts/events';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import type { StageLedger } from '../formulas/stage-ledger.ts';
import { alertTable } from '../read-models/alerts/tables.ts';
import { stageClosingTable } from '../read-models/reviews/tables.ts';
import { clientTable, type StageRow, stageTable } from '../read-models/tables.ts';
import { notePastStage } from './past-stages.ts';

export type StageEvents = EventData<
  | typeof clientRegistered
  | typeof stagePlanned
  | typeof stageStarted
  | typeof remainingEstimateRevised
  | typeof stageClosed
  | typeof stageReopened
  | typeof expenseRecorded
  | typeof expenseVoided
  | typeof revenueWrittenOff
  | typeof extraPaymentAgreed
  | typeof stageThresholdsSet
  | typeof alertAcknowledged
>;

interface OfStage {
  readonly tenantId: string;
  readonly data: { readonly stageId: string };
}

const needs = (wanted: Needs, { tenantId, data }: OfStage) => wanted.row(stageTable, tenantId, data.stageId);

/**
 * The stage that an event changes. Its absence is a fault: no decision lets an event of an unknown stage pass.
 */
export const stageRow = (
  rows: Rows,
  { tenantId, position }: { readonly tenantId: string; readonly position: number },
  stageId: string,
): StageRow => {
  const row = rows.edit(stageTable, tenantId, stageId);
  if (row === undefined) throw new Error(`an event of the unknown stage ${stageId}`);
  row.changedAt = position;
  return row;
};

const freshLedger = ({
  billing,
  plannedRevenue,
  plannedWork,
  plannedActivities,
  plannedExpenses,
}: StageEvents['StagePlanned']): StageLedger => ({
  currency: plannedRevenue.currency,
  billing,
  plannedRevenueMinor: plannedRevenue.minor,
  plan: { work: plannedWork, activities: plannedActivities, expensesMinor: plannedExpenses.minor },
  baseline: null,
  lifecycle: [],
  estimates: [],
  extraPayments: [],
  expenses: [],
  writeOffs: [],
  invoiced: [],
  paid: [],
  labour: {},
  people: {},
  lastWorkDate: '',
});

export const stageHandlers: { readonly [Type in keyof StageEvents & string]: Handler<Type, StageEvents[Type]> } = {
  ClientRegistered: {
    fold: (rows, { tenantId, data: { clientId, name } }) => rows.put(clientTable, { tenantId, clientId, name }),
  },
  StagePlanned: {
    fold: (rows, { tenantId, position, data }) =>
      rows.put(stageTable, {
        tenantId,
        stageId: data.stageId,
        projectId: data.projectId,
        clientId: data.clientId,
        name: data.name,
        serviceType: data.serviceType,
        externalRef: data.externalRef,
        status: 'planned',
        startedOn: null,
        closedOn: null,
        endsOn: data.endsOn,
        ledger: freshLedger(data),
        budget: { thresholds: null, raised: [], slack: null, settingsAt: 0 },
        sheets: [],
        changedAt: position,
      }),
  },
  StageStarted: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, startedOn, baseline } }) => {
      const row = stageRow(rows, { tenantId, position }, stageId);
      row.status = 'started';
      row.startedOn = startedOn;
      row.ledger.baseline = baseline;
      row.ledger.lifecycle.push({ to: 'started', on: startedOn });
    },
  },
  RemainingEstimateRevised: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, revisedOn, remainingWork, remainingExpenses } }) => {
      stageRow(rows, { tenantId, position }, stageId).ledger.estimates.push({
        on: revisedOn,
        work: remainingWork,
        expensesMinor: remainingExpenses.minor,
      });
    },
  },
  StageClosed: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, closedOn } }) => {
      const row = stageRow(rows, { tenantId, position }, stageId);
      row.status = 'closed';
      row.closedOn = closedOn;
      row.ledger.lifecycle.push({ to: 'closed', on: closedOn });
      rows.put(stageClosingTable, { tenantId, stageId, closedOn });
      notePastStage(rows, row);
    },
  },
  StageReopened: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, reopenedOn } }) => {
      const row = stageRow(rows, { tenantId, position }, stageId);
      row.status = 'started';
      row.closedOn = null;
      row.ledger.lifecycle.push({ to: 'started', on: reopenedOn });
      notePastStage(rows, row);
    },
  },
  ExpenseRecorded: {
    needs,
    fold: (
      rows,
      { tenantId, position, data: { stageId, expenseId, incurredOn, postedOn, category, amount, note } },
    ) => {
      stageRow(rows, { tenantId, position }, stageId).ledger.expenses.push({
        id: expenseId,
        on: postedOn ?? incurredOn,
        ratedOn: postedOn ?? incurredOn,
        category,
        amount,
        note,
        voids: null,
      });
    },
  },
  ExpenseVoided: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, expenseId, postedOn } }) => {
      const { ledger } = stageRow(rows, { tenantId, position }, stageId);
      const expense = ledger.expenses.find(({ id }) => id === expenseId);
      if (expense === undefined) throw new Error(`the unknown expense ${expenseId} is voided`);
      if (postedOn === null) {
        ledger.expenses = ledger.expenses.filter((each) => each !== expense);
        return;
      }
      const { minor, currency } = expense.amount;
      ledger.expenses.push({
        ...expense,
        id: `${expenseId}:void`,
        on: postedOn,
        amount: { minor: -minor, currency },
        voids: expenseId,
      });
    },
  },
  RevenueWrittenOff: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, writeOffId, writtenOffOn, amount } }) => {
      stageRow(rows, { tenantId, position }, stageId).ledger.writeOffs.push({
        id: writeOffId,
        on: writtenOffOn,
        amount,
      });
    },
  },
  StageThresholdsSet: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, thresholds } }) => {
      stageRow(rows, { tenantId, position }, stageId).budget.thresholds = thresholds === null ? null : [...thresholds];
    },
  },
  AlertAcknowledged: {
    needs: (wanted, { tenantId, data: { alertId } }) => wanted.row(alertTable, tenantId, alertId),
    fold: (rows, { tenantId, recordedAt, meta, data: { alertId, note } }) => {
      const alert = rows.edit(alertTable, tenantId, alertId);
      if (alert === undefined) return;
      alert.acknowledged = true;
      alert.acknowledgement = { at: recordedAt, by: meta.actor, note };
    },
  },
  ExtraPaymentAgreed: {
    needs,
    fold: (rows, { tenantId, position, data: { stageId, extraPaymentId, agreedOn, amount, estimatedCost } }) => {
      stageRow(rows, { tenantId, position }, stageId).ledger.extraPayments.push({
        id: extraPaymentId,
        on: agreedOn,
        amount,
        estimatedCost,
      });
    },
  },
};
