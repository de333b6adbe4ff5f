/**
 * Which free texts of events are personal data, and whose. Every event has its entry (a new one does not compile without)
 * and every free text of it is named there: a test walks the shapes. What is personal is encrypted under the key of
 * the person it is about before it reaches the log, and is gone when that person is erased.
 */
import type { allEvents } from './index.ts';

/** JSON pointer into an event's data, `*` for every item of a list; `reason` is the reason kept with the event. */
export type TextPointer = `/${string}` | 'reason';

/** Whose data a text is; the pointers lead to what tells the person. */
export type Whose =
  | { readonly of: 'specialist'; readonly specialistId: TextPointer; readonly name?: TextPointer }
  /** Somebody on the client's side, told by name. */
  | { readonly of: 'contact'; readonly clientId: TextPointer; readonly name: TextPointer }
  /** Whoever speaks for the client, when no name is told. */
  | { readonly of: 'contacts'; readonly clientId: TextPointer };

/** Why a text is not personal data. */
export const notPersonal = {
  organisation: 'It names a company, a project, a stage, an invoice or a document, not a person.',
  work: 'It tells what was done, bought or decided for a client, and why: the evidence of an invoice.',
  reference: 'It is a reference into another system, or to a document there.',
  account: 'It is the id of a key or an account of this system, which names nobody.',
  technical: 'It is written by the system, or one of a closed set of names.',
} as const;
export type NotPersonal = keyof typeof notPersonal;

/** By pointer. */
export type TextClasses = { readonly [pointer: string]: Whose | NotPersonal };

const specialist: Whose = { of: 'specialist', specialistId: '/specialistId' };
const contacts: Whose = { of: 'contacts', clientId: '/clientId' };
const contact = (name: TextPointer): Whose => ({ of: 'contact', clientId: '/clientId', name });

const added: Whose = { of: 'specialist', specialistId: '/specialistId', name: '/name' };
const asked = contact('/askedBy');
const agreed = contact('/agreedBy');
const declined = contact('/declinedBy');
const stated = contact('/statedBy');
/** Also when the agency raised it: then it is somebody of ours, told by a name alone. */
const raised = contact('/raisedBy');

type EventName = (typeof allEvents)[number]['name'];

/** By event; old versions of an event have the texts of the present one, as far as they have them at all. */
export const textClasses: { readonly [Name in EventName]: TextClasses } = {
  AgencyConfigured: { '/name': 'organisation', '/timeZone': 'technical' },
  ExchangeRateSet: {},
  WorkingHoursSet: {},
  StandardProposed: { '/rationale': 'work', '/proposedBy': 'account' },
  StandardApproved: { '/approvedBy': 'account' },
  SpecialistAdded: { '/name': added, '/externalRef': added },
  CostRateSet: {},
  RateChangeApplied: {},
  SpecialistDeactivated: { reason: specialist },
  BillRateSet: {},
  ClientRegistered: { '/name': 'organisation', '/externalRef': 'reference' },
  InteractionLogged: { '/note': contacts, reason: contacts },
  SatisfactionRecorded: { '/statedBy': stated, '/words': stated, reason: stated },
  CostMeasureStarted: { '/note': 'work' },
  CostMeasureEnded: { '/note': 'work' },
  ProjectOpened: { '/name': 'organisation', '/externalRef': 'reference' },
  ManagerReplaced: {},
  BackupManagerAssigned: {},
  StagePlanned: { '/name': 'organisation', '/externalRef': 'reference' },
  StageStarted: { '/baseline/currency': 'technical' },
  RemainingEstimateRevised: {},
  StageClosed: {},
  StageReopened: {},
  ExpenseRecorded: { '/note': 'work', '/externalRef': 'reference' },
  ExpenseVoided: {},
  RevenueWrittenOff: {},
  StageThresholdsSet: {},
  AlertAcknowledged: { '/note': 'work' },
  MonthlyReviewFrozen: {
    '/formulaVersion': 'technical',
    '/kpiTolerance': 'technical',
    '/stages/*/name': 'organisation',
  },
  InvoiceIssued: { '/number': 'organisation', '/externalRef': 'reference' },
  PaymentRecorded: { '/externalRef': 'reference' },
  InvoiceVoided: {},
  PaymentVoided: {},
  HoursLogged: { '/note': 'work', '/externalRef': 'reference' },
  HoursCorrected: {
    '/before/note': 'work',
    '/before/externalRef': 'reference',
    '/after/note': 'work',
    '/after/externalRef': 'reference',
  },
  HoursVoided: { '/entry/note': 'work', '/entry/externalRef': 'reference' },
  HoursAdjusted: {
    '/before/note': 'work',
    '/before/externalRef': 'reference',
    '/after/note': 'work',
    '/after/externalRef': 'reference',
  },
  HoursSubmitted: {},
  HoursApproved: {},
  HoursRejected: {},
  TimerStarted: { '/note': 'work' },
  TimerStopped: {},
  TimerDiscarded: {},
  PeriodClosed: {},
  PeriodReopened: {},
  ImportStarted: { '/format': 'technical', '/fileName': 'reference' },
  ImportFinished: {},
  ImportReverted: {},
  ClientRequestRegistered: { '/askedBy': asked, '/words': asked, reason: asked },
  RequestClassified: { '/rationale': 'work', '/contractClause': 'work' },
  BehaviourDecided: { '/rationale': 'work' },
  RequestCompleted: { '/note': 'work' },
  RequestDisputed: { '/raisedBy': raised, '/words': raised, reason: raised },
  ArbiterAssigned: {},
  DisputeRuled: { '/ruling': 'work' },
  RulingAdjustmentSettled: { '/refusedWith': 'technical' },
  ExtraPaymentProposed: { '/evidence/*/ref': 'reference', '/evidence/*/note': 'work' },
  ExtraPaymentAgreed: {
    '/agreedBy': agreed,
    '/evidence/*/ref': 'reference',
    '/evidence/*/note': 'work',
    '/attachment/ref': 'reference',
    reason: agreed,
  },
  ExtraPaymentDeclined: { '/declinedBy': declined, '/words': declined, reason: declined },
  ExtraPaymentWithdrawn: {},
  BusinessFactsRecorded: {},
  EffectShared: {},
  BenchmarkRecorded: { '/name': 'organisation', '/source': 'work' },
  BaselineSet: {},
  MetricRecorded: {},
  MetricDefined: { '/name': 'organisation', '/rationale': 'work' },
  RoiEstimateShared: { '/title': 'organisation', '/formulaVersion': 'technical' },
  RoiEstimateLinked: {},
  SubjectErased: {},
};
