import { rub, stageIds } from '@headroom/contracts/examples/worked-example';
import fc from 'fast-check';
import t from 'tap';
import { given } from '../../test-support/given.ts';
import type { InvoiceEvent } from '../events/streams.ts';
import { decideIssue, decidePay, type Invoice, type IssueInvoice, invoiceEvolution } from './invoice.ts';
import { type Stage, stageEvolution } from './stage.ts';
import type { Books, Posting } from './timesheet-rules.ts';
import { decideVoidInvoice, decideVoidPayment } from './void-invoice.ts';
import { decideWriteOff } from './write-off.ts';

const stageOf = (stageId: string, clientId = stageIds.clientId): Stage => ({
  ...stageEvolution.initial(),
  status: 'started',
  plan: {
    ...stageIds,
    stageId,
    clientId,
    name: stageId,
    serviceType: null,
    billing: { kind: 'fixed', fee: rub(1) },
    plannedRevenue: rub(1),
    plannedWork: [],
    plannedActivities: [],
    plannedExpenses: rub(0),
    startsOn: null,
    endsOn: null,
    externalRef: null,
  },
});
const stages = new Map([
  ['design', stageOf('design')],
  ['shop', stageOf('shop')],
  ['other', stageOf('other', 'flora')],
  ['gone', stageEvolution.initial()],
]);
const command: IssueInvoice = {
  invoiceId: 'i1',
  currency: 'RUB',
  lines: [
    { stageId: 'design', amountMinor: 1_000 },
    { stageId: 'shop', amountMinor: 2_000 },
  ],
  issuedOn: '2026-03-20',
  dueOn: '2026-04-03',
};
const eventsOf = (decision: { accepted: readonly InvoiceEvent[] } | { refused: string }): InvoiceEvent[] => {
  if ('refused' in decision) throw new Error(decision.refused);
  return [...decision.accepted];
};
const books = { closedMonths: new Set<string>(), today: '2026-04-10' };
const closedMarch = { ...books, closedMonths: new Set(['2026-03']) };
const invoice = (...events: InvoiceEvent[]) => given(invoiceEvolution, ...events);
const issued = eventsOf(invoice().when((state) => decideIssue(command, state, stages, books)));
const pay =
  (minor: number, paymentId = 'p1', paidOn = '2026-03-25', kept: Books = books) =>
  (state: Invoice) =>
    decidePay({ paymentId, amount: rub(minor), paidOn }, state, kept);

t.test('an invoice goes to one client, for stages that are there, once', async (t) => {
  t.match(issued, [{ data: { total: rub(3_000), clientId: stageIds.clientId } }]);
  const issue = (more: Partial<IssueInvoice>, kept: Books = books) =>
    invoice().when((state) => decideIssue({ ...command, ...more }, state, stages, kept));
  const line = (stageId: string) => ({ stageId, amountMinor: 1 });
  t.match(issue({ lines: [line('design'), line('other')] }), { refused: 'several-clients' });
  t.match(issue({ lines: [line('gone')] }), { refused: 'stage-not-found', detail: { stageId: 'gone' } });
  t.match(issue({ currency: 'XXQ' }), { refused: 'unknown-currency' });
  const closed = { refused: 'period-closed', detail: { month: '2026-03', openFrom: '2026-05-01' } };
  const spring = { ...books, closedMonths: new Set(['2026-03', '2026-04']) };
  t.strictSame(issue({}, spring), closed, 'nothing new comes into a month that was reported');
  t.match(issue({ issuedOn: '2026-05-01', dueOn: '2026-05-15' }, spring), { accepted: [{ type: 'InvoiceIssued' }] });
  t.strictSame(
    invoice(...issued).when((state) => decideIssue(command, state, stages, books)),
    { refused: 'invoice-exists' },
  );
});

t.test('a payment is shared by what each stage still owes', async (t) => {
  const first = invoice(...issued).when(pay(1_000));
  // 1,000 of 3,000: a third of each line, 333 and 667 by running total.
  t.match(first, { accepted: [{ data: { lines: [{ amount: rub(333) }, { amount: rub(667) }] } }] });
  const after = [...issued, ...eventsOf(first)];
  t.match(invoice(...after).when(pay(2_000, 'p2')), {
    accepted: [{ data: { lines: [{ amount: rub(667) }, { amount: rub(1_333) }] } }],
  });
});

t.test('refused payments', async (t) => {
  t.strictSame(invoice().when(pay(1)), { refused: 'invoice-not-found' });
  t.strictSame(invoice(...issued).when(pay(3_001)), { refused: 'over-payment', detail: { owedMinor: 3_000 } });
  t.match(invoice(...issued).when(pay(1, 'p1', '2026-03-19')), { refused: 'paid-before-issue' });
  t.strictSame(invoice(...issued).when(pay(1, 'p1', '2026-03-25', closedMarch)), {
    refused: 'period-closed',
    detail: { month: '2026-03', openFrom: '2026-04-01' },
  });
  t.match(invoice(...issued).when(pay(1, 'p1', '2026-04-01', closedMarch)), {
    accepted: [{ type: 'PaymentRecorded' }],
  });
  const euros = { paymentId: 'p', amount: { minor: 1, currency: 'EUR' }, paidOn: '2026-03-25' };
  t.match(
    invoice(...issued).when((state) => decidePay(euros, state, books)),
    { refused: 'currency-mismatch' },
  );
  const paid = eventsOf(invoice(...issued).when(pay(1)));
  t.strictSame(invoice(...issued, ...paid).when(pay(1)), { refused: 'payment-exists' });
});

const voidIt =
  (posting: Posting = {}, kept: Books = books) =>
  (state: Invoice) =>
    decideVoidInvoice(posting, state, kept);
const unpay =
  (paymentId: string, posting: Posting = {}, kept: Books = books) =>
  (state: Invoice) =>
    decideVoidPayment({ paymentId, ...posting }, state, kept);

t.test('an invoice is voided once no payment stands on it', async (t) => {
  t.strictSame(invoice().when(voidIt()), { refused: 'invoice-not-found' });
  const voided = eventsOf(invoice(...issued).when(voidIt()));
  t.match(voided, [{ type: 'InvoiceVoided', data: { invoiceId: 'i1', issuedOn: '2026-03-20', postedOn: null } }]);
  t.strictSame(invoice(...issued, ...voided).when(voidIt()), { refused: 'invoice-voided' });
  t.strictSame(invoice(...issued, ...voided).when(pay(1)), { refused: 'invoice-voided' });
  t.strictSame(
    invoice(...issued, ...voided).when((state) => decideIssue(command, state, stages, books)),
    { refused: 'invoice-exists' },
    'its id is used up',
  );

  const paid = [...issued, ...eventsOf(invoice(...issued).when(pay(1_000)))];
  t.strictSame(invoice(...paid).when(voidIt()), { refused: 'payments-stand', detail: { payments: ['p1'] } });
  const unpaid = [...paid, ...eventsOf(invoice(...paid).when(unpay('p1')))];
  t.match(invoice(...unpaid).when(voidIt()), { accepted: [{ type: 'InvoiceVoided' }] });
});

t.test('what a voided payment gave is owed again, line by line', async (t) => {
  const paid = [...issued, ...eventsOf(invoice(...issued).when(pay(1_000)))];
  t.strictSame(invoice().when(unpay('p1')), { refused: 'invoice-not-found' });
  t.strictSame(invoice(...paid).when(unpay('p2')), { refused: 'payment-not-found' });
  const voided = [...paid, ...eventsOf(invoice(...paid).when(unpay('p1')))];
  t.strictSame(invoice(...voided).when(unpay('p1')), { refused: 'payment-voided' });
  t.strictSame(invoice(...voided).when(pay(1)), { refused: 'payment-exists' }, 'its id is used up');
  t.match(invoice(...voided).when(pay(3_000, 'p2')), {
    accepted: [{ data: { lines: [{ amount: rub(1_000) }, { amount: rub(2_000) }] } }],
  });
});

t.test('a closed month keeps its invoices and payments; an open one takes them back', async (t) => {
  const paid = [...issued, ...eventsOf(invoice(...issued).when(pay(1_000)))];
  const refused = { refused: 'period-closed', detail: { month: '2026-03' } };
  t.strictSame(invoice(...issued).when(voidIt({}, closedMarch)), refused);
  t.strictSame(invoice(...paid).when(unpay('p1', {}, closedMarch)), refused);
  const later = { adjustment: true };
  t.match(invoice(...issued).when(voidIt(later, closedMarch)), { accepted: [{ data: { postedOn: '2026-04-10' } }] });
  t.match(invoice(...paid).when(unpay('p1', { ...later, postOn: '2026-04-02' }, closedMarch)), {
    accepted: [{ data: { postedOn: '2026-04-02', paidOn: '2026-03-25' } }],
  });
  const before = { ...later, postOn: '2026-02-01' };
  t.match(invoice(...issued).when(voidIt(before, closedMarch)), { refused: 'posted-before-work' });
});

t.test('payments add up to the invoice, line by line, however it is cut', async (t) => {
  const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(amounts, fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 10 }), (lines, parts) => {
      const named = lines.map((amountMinor, index) => ({ stageId: ['design', 'shop'][index] ?? '', amountMinor }));
      const events = eventsOf(
        invoice().when((state) => decideIssue({ ...command, lines: named }, state, stages, books)),
      );
      let owed = lines.reduce((sum, each) => sum + each, 0);
      const payments = [...parts.filter((part) => part < owed), owed];
      for (const [index, part] of payments.entries()) {
        const minor = Math.min(part, owed);
        if (minor === 0) break;
        events.push(...eventsOf(invoice(...events).when(pay(minor, `p${index}`))));
        owed -= minor;
      }
      const { owed: left } = events.reduce(invoiceEvolution.evolve, invoiceEvolution.initial());
      return [...left.values()].every((minor) => minor === 0);
    }),
  );
  t.pass('nothing is left open, and no line was paid twice');
});

t.test('write-offs never take more than the stage brings', async (t) => {
  const write = (minor: number, before: number[] = [], currency = 'RUB') =>
    decideWriteOff(
      { writeOffId: 'w', amount: { minor, currency }, writtenOffOn: '2026-04-10' },
      { ...stageOf('design'), writeOffs: new Map(before.map((each, index) => [`w${index}`, each])) },
      1_000,
    );
  t.match(write(1_000), { accepted: [{ type: 'RevenueWrittenOff' }] });
  t.strictSame(write(601, [400]), { refused: 'write-off-over-revenue', detail: { leftMinor: 600 } });
  t.match(write(1, [], 'EUR'), { refused: 'currency-mismatch' });
  t.strictSame(
    decideWriteOff({ writeOffId: 'w', amount: rub(1), writtenOffOn: '2026-04-10' }, stageEvolution.initial(), 1),
    {
      refused: 'stage-not-found',
    },
  );
});
