import type { ClientStanding, ProfitabilityQuestions, StandingQuestions } from '@headroom/contracts/questions';
import { addDays } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { type ExtraPaymentRow, extraPaymentTable } from '../extra-payments/tables.ts';
import { clientLoyalty } from '../loyalty/client-loyalty.ts';
import { classificationOn } from '../requests/stage-requests.ts';
import { requestTable } from '../requests/tables.ts';
import { interactionTable } from '../tables.ts';

const lastContactOn = async (reader: RowReader, tenantId: string, clientId: string, asOf: string) => {
  const [last] = await reader.list(interactionTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'clientId', equals: clientId },
      { column: 'occurredOn', to: addDays(asOf, 1) },
    ],
    orderBy: [{ column: 'occurredOn', descending: true }],
    limit: 1,
  });
  return last?.occurredOn ?? null;
};

const answerOn = ({ answer, answeredOn, withdrawnOn }: ExtraPaymentRow, asOf: string) => {
  if (withdrawnOn !== null && withdrawnOn <= asOf) return 'withdrawn';
  return answeredOn !== null && answeredOn <= asOf ? answer : null;
};

const paymentsOf = (rows: readonly ExtraPaymentRow[], asOf: string): ClientStanding['extraPayments'] =>
  rows
    .filter(({ proposedOn }) => proposedOn <= asOf)
    .map((row) => {
      const answer = answerOn(row, asOf);
      const minor = answer === 'agreed' ? (row.agreedMinor ?? row.proposedMinor) : row.proposedMinor;
      const { stageId, currency, proposedOn } = row;
      return { stageId, currency, minor, proposedOn, answer };
    });

const unaskedRequests = async (
  reader: RowReader,
  { tenantId, clientId, asOf }: { readonly tenantId: string; readonly clientId: string; readonly asOf: string },
  payments: readonly ExtraPaymentRow[],
): Promise<number> => {
  const proposed = new Set(payments.filter(({ proposedOn }) => proposedOn <= asOf).map(({ requestId }) => requestId));
  const rows = await reader.where(requestTable, 'byClient', [tenantId, clientId]);
  return rows.filter(
    (row) =>
      row.askedOn <= asOf &&
      (row.completedOn === null || row.completedOn > asOf) &&
      classificationOn(row, asOf)?.scope === 'out-of-scope' &&
      !proposed.has(row.requestId),
  ).length;
};

/** How the relationship with a client stands, for the views of roles. */
export const standingQuestions = (profitability: ProfitabilityQuestions<RowReader>): StandingQuestions<RowReader> => ({
  client: async (reader, asked) => {
    const { tenantId, clientId, asOf } = asked;
    const loyalty = await clientLoyalty(profitability, reader, asked);
    if (loyalty === undefined) return undefined;
    const payments = await reader.where(extraPaymentTable, 'byClient', [tenantId, clientId]);
    return {
      clientId,
      name: loyalty.name,
      segment: loyalty.segment,
      insufficientData: loyalty.insufficientData,
      lastContactOn: await lastContactOn(reader, tenantId, clientId, asOf),
      extraPayments: paymentsOf(payments, asOf),
      unaskedRequests: await unaskedRequests(reader, asked, payments),
    };
  },
});
