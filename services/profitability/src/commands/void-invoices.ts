import type { CommandContext, Commands } from '@headroom/commanding';
import type { Posting } from '../decisions/timesheet-rules.ts';
import { decideVoidInvoice, decideVoidPayment } from '../decisions/void-invoice.ts';
import { invoiceStreamId } from '../events/streams.ts';
import { invoiceKind } from './kinds.ts';
import { booksOf } from './time-rules.ts';

type OfInvoice = Posting & { readonly invoiceId: string; readonly reason: string };

export const voidInvoice = async (
  commands: Commands,
  context: CommandContext,
  { invoiceId, reason, ...posting }: OfInvoice,
) => {
  const books = await booksOf(commands, context);
  return commands.execute({
    kind: invoiceKind,
    streamId: invoiceStreamId(context.tenantId, invoiceId),
    context,
    reason,
    decide: (invoice) => decideVoidInvoice(posting, invoice, books),
  });
};

export const voidPayment = async (
  commands: Commands,
  context: CommandContext,
  { invoiceId, reason, ...payment }: OfInvoice & { readonly paymentId: string },
) => {
  const books = await booksOf(commands, context);
  return commands.execute({
    kind: invoiceKind,
    streamId: invoiceStreamId(context.tenantId, invoiceId),
    context,
    reason,
    decide: (invoice) => decideVoidPayment(payment, invoice, books),
  });
};
