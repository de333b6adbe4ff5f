/**
 * Old event shapes, turned step by step into today's. A superseded shape adds its stored type and step here, and its
 * stored example stays in `contracts/examples/` for ever.
 */
import { allEvents, type Money } from './index.ts';

type Step = (data: unknown) => { readonly storedType: string; readonly data: unknown };

/** A step that only adds members which the old shape did not know. */
const adding =
  (storedType: string, members: Readonly<Record<string, unknown>>): Step =>
  (data) => ({ storedType, data: { ...members, ...(data as object) } });

/** All billing was a fixed fee, and the fee is what the plan was to bring. */
const withPlannedRevenue: Step = (data) => {
  const planned = data as { readonly billing: { readonly fee: Money } };
  return { storedType: 'StagePlanned.v2', data: { ...planned, plannedRevenue: planned.billing.fee } };
};

const entryMembers = { startedAt: null, timerId: null, postedOn: null };

/** A step that gives the entries which an event holds the members that the old shape did not know. */
const completingEntries =
  (storedType: string, ...holders: readonly string[]): Step =>
  (data) => {
    const held = data as Readonly<Record<string, object>>;
    const entries = holders.map((holder) => [holder, { ...entryMembers, ...held[holder] }]);
    return { storedType, data: { ...held, ...Object.fromEntries(entries) } };
  };

/** What the loyalty score weighs since it knows of payments in time, disputes and satisfaction: the published defaults. */
const withMoreWeights: Step = (data) => {
  const { loyalty, ...rest } = data as { readonly loyalty: { readonly weights: object } };
  const weights = { ...loyalty.weights, paymentDiscipline: 2, disputes: 1, satisfaction: 1 };
  return { storedType: 'AgencyConfigured.v3', data: { ...rest, loyalty: { ...loyalty, weights } } };
};

/** What the evidence said was not looked at. */
const withUnseenEvidence: Step = (data) => {
  const proposed = data as { readonly evidence: readonly object[] };
  const evidence = proposed.evidence.map((each) => ({ ...each, shown: null }));
  return { storedType: 'ExtraPaymentProposed.v2', data: { ...proposed, evidence } };
};

const steps: Readonly<Record<string, Step>> = {
  ExtraPaymentProposed: withUnseenEvidence,
  ExtraPaymentAgreed: adding('ExtraPaymentAgreed.v2', {
    agreedAt: null,
    attachment: null,
    portalKey: null,
    disputeId: null,
  }),
  StagePlanned: withPlannedRevenue,
  'StagePlanned.v2': adding('StagePlanned.v3', { plannedActivities: [] }),
  BaselineSet: adding('BaselineSet.v2', {
    totalCalls: null,
    totalForms: null,
    totalSales: null,
    totalTurnover: null,
    totalPromotionCost: null,
  }),
  BusinessFactsRecorded: adding('BusinessFactsRecorded.v2', { measuredFrom: null, measuredTo: null }),
  StandardProposed: adding('StandardProposed.v2', { review: null }),
  ExpenseRecorded: adding('ExpenseRecorded.v2', { postedOn: null }),
  ExpenseVoided: adding('ExpenseVoided.v2', { postedOn: null }),
  HoursLogged: adding('HoursLogged.v2', entryMembers),
  HoursCorrected: completingEntries('HoursCorrected.v2', 'before', 'after'),
  HoursVoided: completingEntries('HoursVoided.v2', 'entry'),
  AgencyConfigured: adding('AgencyConfigured.v2', {
    approvalRequired: false,
    overlap: 'allow',
    budgetThresholds: ['0.500000', '0.800000', '1.000000'],
    kpiTolerance: '0.000000',
  }),
  'AgencyConfigured.v2': withMoreWeights,
};

const currentNames = new Map<string, string>(allEvents.map((definition) => [definition.storedType, definition.name]));

const storedTypes = new Map<string, string>(allEvents.map((definition) => [definition.name, definition.storedType]));

/** The type under which a current event is stored: its name, with its version behind it from the second on. */
export const storedTypeOf = (name: string): string => storedTypes.get(name) ?? name;

/** Every stored type that `upcast` turns into one of these current events: the present ones and the superseded. */
export const storedTypesOf = (names: ReadonlySet<string>): string[] => [
  ...[...names].map(storedTypeOf),
  ...Object.keys(steps).filter((storedType) => names.has(storedType.replace(/\.v\d+$/, ''))),
];

/** The current event of a stored type and its data. Throws when the type is not of the published language. */
export const upcast = (storedType: string, data: unknown): { readonly type: string; readonly data: unknown } => {
  const name = currentNames.get(storedType);
  if (name !== undefined) return { type: name, data };
  const step = steps[storedType];
  if (step === undefined) throw new Error(`unknown event type ${storedType}`);
  const next = step(data);
  return upcast(next.storedType, next.data);
};
