import { daysBetween } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import { type Component, missing, type Stated, scored } from './component.ts';
import type { LoyaltyFacts, OwedInvoice } from './facts.ts';
import { PROFIT_MONTHS, trailingMonths, type Window } from './windows.ts';

/** So many days late on average are worth nothing. */
const WORST_DAYS = 30;

/** Some money of an invoice: paid, or still open and overdue. */
interface Part {
  readonly invoiceId: string;
  readonly on: string;
  readonly minor: number;
  /** 0 when it came in time. */
  readonly daysLate: number;
}

const late = (dueOn: string, on: string): number => Math.max(0, daysBetween(dueOn, on));

/** What was paid in the window; and what is overdue on the day, which is as late as it is old. */
const partsOf = (invoice: OwedInvoice, asOf: string, { from, to }: Window): Part[] => {
  const { invoiceId, dueOn, openMinor } = invoice;
  const paid = invoice.payments
    .filter(({ paidOn }) => paidOn >= from && paidOn < to)
    .map(({ paidOn, minor }) => ({ invoiceId, on: paidOn, minor, daysLate: late(dueOn, paidOn) }));
  const overdue = openMinor > 0 && dueOn < asOf;
  return overdue ? [...paid, { invoiceId, on: asOf, minor: openMinor, daysLate: late(dueOn, asOf) }] : paid;
};

const sum = (parts: readonly Part[], of: (part: Part) => bigint): bigint =>
  parts.reduce((total, part) => total + of(part), 0n);

/**
 * `clamp(100 - 100 x mean days late / 30)`, the mean by amount: of all that was paid in twelve months, and of all that
 * is overdue on the day. What was paid before its time does not make up for what came late.
 */
export const paymentDiscipline = (facts: LoyaltyFacts): Component => {
  const { invoices, unconvertedInvoices, settings, asOf, currency } = facts;
  const window = trailingMonths(asOf, PROFIT_MONTHS);
  const parts = invoices.flatMap((invoice) => partsOf(invoice, asOf, window));
  const amount = sum(parts, ({ minor }) => BigInt(minor));
  const days = sum(parts, ({ minor, daysLate }) => BigInt(minor) * BigInt(daysLate));
  const lateMinor = sum(parts, ({ minor, daysLate }) => (daysLate > 0 ? BigInt(minor) : 0n));
  const newest = parts.toSorted((one, other) => (one.on > other.on ? -1 : one.on < other.on ? 1 : 0));
  const stated: Stated = {
    component: 'payment-discipline',
    dimension: 'loyalty',
    weight: settings.weights.paymentDiscipline,
    window,
    inputs: [
      { name: 'paidOrOverdue', money: { minor: Number(amount), currency } },
      { name: 'late', money: { minor: Number(lateMinor), currency } },
      { name: 'meanDaysLate', ratio: ratioOf(days, amount) },
      ...(unconvertedInvoices === 0 ? [] : [{ name: 'invoicesWithoutExchangeRate', count: unconvertedInvoices }]),
    ],
    evidence: [...new Set(newest.map(({ invoiceId }) => invoiceId))].map((ref) => ({ kind: 'invoice' as const, ref })),
  };
  if (amount <= 0n) return missing(stated, 'nothing was paid in the twelve months, and nothing is overdue');
  // 100 - 100 (d / a) / 30 = (3000 a - 100 d) / 30 a
  return scored(stated, 100n * (BigInt(WORST_DAYS) * amount - days), BigInt(WORST_DAYS) * amount);
};
