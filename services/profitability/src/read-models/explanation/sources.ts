import type { allEvents, EventData } from '@headroom/contracts/events';
import type { PartEvent } from '@headroom/projecting';
import { type BillRate, keyOfScope } from '../../formulas/bill-rate.ts';

/** How the events about a version of a bill rate are named. */
export const billRateSubject = ({ scope, key, effectiveFrom }: Omit<BillRate, 'units'>): string =>
  `billRate ${scope} ${key} ${effectiveFrom}`;

type Told = EventData<(typeof allEvents)[number]>;

interface Entries {
  readonly entryIds: readonly string[];
}

const ofEntries = ({ entryIds }: Entries): string[] => entryIds.map((entryId) => `entry ${entryId}`);
const ofLife = ({ stageId }: { readonly stageId: string }): string[] => [`life ${stageId}`];

/** The things that an event says something of, by name. */
const subjects: { readonly [Type in keyof Told]?: (data: Told[Type]) => string[] } = {
  HoursLogged: ({ entryId }) => [`entry ${entryId}`],
  HoursCorrected: ({ after }) => [`entry ${after.entryId}`],
  HoursAdjusted: ({ lines }) => lines.map(({ lineId }) => `entry ${lineId}`),
  HoursSubmitted: ofEntries,
  HoursApproved: ofEntries,
  HoursRejected: ofEntries,
  StagePlanned: ({ stageId }) => [`plan ${stageId}`],
  StageStarted: ofLife,
  StageClosed: ofLife,
  StageReopened: ofLife,
  RemainingEstimateRevised: ({ stageId }) => [`estimate ${stageId}`],
  ExpenseRecorded: ({ expenseId }) => [`expense ${expenseId}`],
  ExpenseVoided: ({ expenseId }) => [`expense ${expenseId}:void`],
  ExtraPaymentAgreed: ({ extraPaymentId }) => [`extra ${extraPaymentId}`],
  RevenueWrittenOff: ({ writeOffId }) => [`writeOff ${writeOffId}`],
  InvoiceIssued: ({ invoiceId }) => [`invoice ${invoiceId}`],
  InvoiceVoided: ({ invoiceId }) => [`invoice ${invoiceId}`],
  PaymentRecorded: ({ invoiceId, paymentId }) => [`payment ${invoiceId}/${paymentId}`],
  PaymentVoided: ({ invoiceId, paymentId }) => [`payment ${invoiceId}/${paymentId}`],
  CostRateSet: ({ rateId }) => [`rate ${rateId}`],
  RateChangeApplied: ({ changes }) => changes.map(({ rateId }) => `rate ${rateId}`),
  BillRateSet: ({ scope, effectiveFrom }) => [billRateSubject({ ...keyOfScope(scope), effectiveFrom })],
  ExchangeRateSet: ({ currency, effectiveFrom }) => [`exchangeRate ${currency} ${effectiveFrom}`],
  StandardApproved: ({ standardId }) => [`standard ${standardId}`],
};

const subjectsOf = ({ type, data }: PartEvent): string[] =>
  (subjects as Readonly<Record<string, ((data: unknown) => string[]) | undefined>>)[type]?.(data) ?? [];

/** Which events say what of a part of the log, up to a position. */
export class Sources {
  readonly #bySubject = new Map<string, number[]>();
  readonly #events = new Map<number, PartEvent>();

  constructor(events: readonly PartEvent[], position: number) {
    for (const event of events) {
      if (event.position > position) break;
      this.#events.set(event.position, event);
      for (const subject of subjectsOf(event)) {
        const positions = this.#bySubject.get(subject) ?? [];
        positions.push(event.position);
        this.#bySubject.set(subject, positions);
      }
    }
  }

  /** Positions of all events about something, in the order of the log. */
  of(subject: string): number[] {
    return [...(this.#bySubject.get(subject) ?? [])];
  }

  /** The last event about something. */
  lastOf(subject: string): number[] {
    return this.of(subject).slice(-1);
  }

  event(position: number): PartEvent | undefined {
    return this.#events.get(position);
  }
}
