import type { ProfitabilityQuestions, StageForecast } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import type { AdviceFacts } from '../decisions/extra-payment-advice/facts.ts';
import { dayBefore, PROFIT_MONTHS, trailingMonths } from '../decisions/loyalty/windows.ts';
import { type ExtraPaymentRow, extraPaymentTable } from './extra-payments/tables.ts';
import { outOfScopeRequests } from './requests/stage-requests.ts';

/** Whether a payment had been agreed by a day. */
const agreedBy = ({ answer, answeredOn }: ExtraPaymentRow, asOf: string): boolean =>
  answer === 'agreed' && answeredOn !== null && answeredOn <= asOf;

const pendingOn = ({ proposedOn, answeredOn, withdrawnOn }: ExtraPaymentRow, asOf: string): boolean =>
  proposedOn <= asOf && [answeredOn, withdrawnOn].every((ended) => ended === null || ended > asOf);

export interface GatheredAdvice {
  readonly facts: AdviceFacts;
  readonly uncostedSeconds: number;
}

/**
 * Everything the advice on a stage is made of, as of a day. Work for a request is told with the request; what an agreed
 * payment has paid for is no evidence for another one.
 */
export const adviceFacts = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  stage: StageForecast,
  question: { readonly asOf: string; readonly currency: string; readonly wantedMinor?: number | undefined },
): Promise<GatheredAdvice> => {
  const { asOf, currency, wantedMinor } = question;
  const { stageId, projectId, clientId } = stage;
  const yearAgo = dayBefore(trailingMonths(asOf, PROFIT_MONTHS));
  const [unplanned, requests, payments, figures] = await Promise.all([
    profitability.unplannedWork(reader, tenantId, stageId, asOf),
    outOfScopeRequests(profitability, reader, { tenantId, projectId, stageId }, asOf),
    reader.where(extraPaymentTable, 'byStage', [tenantId, stageId]),
    profitability.clientUpTo(reader, tenantId, clientId, [asOf, yearAgo]),
  ]);
  const [now, then] = figures;
  if (!now || !then) throw new Error('a figure was asked for and not answered');
  const paid = new Set(payments.filter((row) => agreedBy(row, asOf)).map(({ requestId }) => requestId));
  const told = new Set([...requests.map(({ requestId }) => requestId), ...paid]);
  const pending = payments
    .filter((row) => pendingOn(row, asOf))
    .map(({ extraPaymentId, proposedMinor, proposedOn }) => ({
      extraPaymentId,
      amountMinor: proposedMinor,
      proposedOn,
    }));
  return {
    facts: {
      stage,
      currency,
      unplanned: unplanned.filter(({ requestId }) => requestId === null || !told.has(requestId)),
      requests: requests.filter(({ requestId }) => !paid.has(requestId)),
      pending,
      yearProfitMinor: now.revenueMinor - now.costMinor - (then.revenueMinor - then.costMinor),
      wantedMinor,
    },
    uncostedSeconds: now.uncostedSeconds - then.uncostedSeconds,
  };
};
