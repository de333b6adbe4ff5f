import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideIssue, decidePay, type IssueInvoice, type RecordPayment } from '../decisions/invoice.ts';
import { invoiceStreamId, stageStreamId } from '../events/streams.ts';
import { invoiceKind, stageKind } from './kinds.ts';
import { booksOf } from './time-rules.ts';

/** A stage never goes to another client, so reading the stages before the append is safe. */
export const issueInvoice = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<IssueInvoice, 'invoiceId'> & {
    readonly invoiceId?: string | undefined;
    readonly reason?: string | undefined;
  },
) => {
  const { tenantId, commandKey } = context;
  const invoiceId = command.invoiceId ?? derivedId('invoice', tenantId, commandKey);
  const stages = await Promise.all(
    command.lines.map(async ({ stageId }) => {
      const { state } = await commands.state(stageKind, stageStreamId(tenantId, stageId));
      return [stageId, state] as const;
    }),
  );
  const books = await booksOf(commands, context);
  return commands.execute({
    kind: invoiceKind,
    streamId: invoiceStreamId(tenantId, invoiceId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (invoice) => decideIssue({ ...command, invoiceId }, invoice, new Map(stages), books),
  });
};

export const recordPayment = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<RecordPayment, 'paymentId'> & {
    readonly invoiceId: string;
    readonly paymentId?: string | undefined;
    readonly reason?: string | undefined;
  },
) => {
  const paymentId = command.paymentId ?? derivedId('payment', context.tenantId, context.commandKey);
  const books = await booksOf(commands, context);
  return commands.execute({
    kind: invoiceKind,
    streamId: invoiceStreamId(context.tenantId, command.invoiceId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (invoice) => decidePay({ ...command, paymentId }, invoice, books),
  });
};
