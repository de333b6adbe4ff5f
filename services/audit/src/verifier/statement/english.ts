import { nameOf, type SeenEvent, textOf } from '../seen-event.ts';
import type { Language } from './language.ts';
import { evidenceOf, hoursOf, moneyOf } from './phrases.ts';

const HIDDEN = '(withheld)';
const said = (event: SeenEvent, member: string): string => textOf(event, member) ?? HIDDEN;
const quoted = (event: SeenEvent, member: string): string => {
  const text = textOf(event, member);
  return text === undefined ? '' : `: \u201c${text}\u201d`;
};
const money = (event: SeenEvent, member = 'amount'): string => moneyOf(event, member) ?? HIDDEN;
const hours = (event: SeenEvent, holder = ''): string =>
  `${hoursOf(event, `${holder}seconds`) ?? HIDDEN} h of ${said(event, `${holder}specialistId`)} on ${said(event, `${holder}workDate`)}`;
const resting = (event: SeenEvent): string => {
  const named = evidenceOf(event);
  return named.length === 0 ? '' : `, resting on ${named.join('; ')}`;
};
const clause = (event: SeenEvent): string => {
  const text = textOf(event, 'contractClause');
  return text === undefined ? '' : ` (contract: ${text})`;
};

const sides: Readonly<Record<string, string>> = { client: 'the client', agency: 'the agency', both: 'both sides' };
const sideOf = (event: SeenEvent, member: string): string => sides[said(event, member)] ?? said(event, member);

export const english: Language = {
  title: {
    request: 'What is recorded about the client request',
    'extra-payment': 'What is recorded about the extra payment',
    dispute: 'What is recorded about the dispute',
    command: 'What was recorded under the command',
  },
  sentences: {
    ClientRequestRegistered: (event) =>
      `${said(event, 'askedBy')} asked at ${said(event, 'askedAt')} (${said(event, 'channel')})${quoted(event, 'words')}`,
    RequestClassified: (event) =>
      `The request was held to be ${said(event, 'scope')} from ${said(event, 'classifiedOn')} on${clause(event)}${quoted(event, 'rationale')}`,
    BehaviourDecided: (event) =>
      `The agency decided on ${said(event, 'decidedOn')} how to behave: ${said(event, 'behaviour')}${quoted(event, 'rationale')}`,
    RequestCompleted: (event) =>
      `The request was closed as ${said(event, 'result')} on ${said(event, 'completedOn')}${quoted(event, 'note')}`,
    HoursLogged: (event) => `${hours(event)} were logged${quoted(event, 'note')}`,
    HoursCorrected: (event) => `${hours(event, 'before/')} became ${hours(event, 'after/')}`,
    HoursVoided: (event) => `${hours(event, 'entry/')} were taken back`,
    HoursAdjusted: (event) => `${hours(event, 'before/')} were adjusted on ${said(event, 'postedOn')}`,
    ExtraPaymentProposed: (event) =>
      `An extra payment of ${money(event)} was proposed on ${said(event, 'proposedOn')}${resting(event)}`,
    ExtraPaymentAgreed: (event) =>
      `${said(event, 'agreedBy')} agreed on ${said(event, 'agreedOn')} (${said(event, 'channel')}) to pay ${money(event)}${resting(event)}`,
    ExtraPaymentDeclined: (event) =>
      `${said(event, 'declinedBy')} declined to pay ${money(event)} on ${said(event, 'declinedOn')}${quoted(event, 'words')}`,
    ExtraPaymentWithdrawn: (event) =>
      `The agency withdrew its proposal of ${money(event)} on ${said(event, 'withdrawnOn')}`,
    RequestDisputed: (event) =>
      `${said(event, 'raisedBy')}, for ${sideOf(event, 'side')}, disputed it on ${said(event, 'disputedOn')} (${said(event, 'channel')})${quoted(event, 'words')}`,
    ArbiterAssigned: (event) => `${said(event, 'arbiterId')} was made the arbiter on ${said(event, 'assignedOn')}`,
    DisputeRuled: (event) =>
      `${said(event, 'arbiterId')} ruled on ${said(event, 'ruledOn')} in favour of ${sideOf(event, 'inFavourOf')}${quoted(event, 'ruling')}`,
    RulingAdjustmentSettled: (event) =>
      `The adjustment ${said(event, 'adjustmentId')} (${said(event, 'kind')}) of the ruling was ${said(event, 'outcome')}`,
  },
  other: (event) => `${nameOf(event)} in ${event.stream}`,
  recorded: (at, by) => `recorded ${at} by ${by}`,
  reason: (reason) => `reason: \u201c${reason}\u201d`,
  withheld: (values) => `${values} values withheld`,
  events: (count) => `${count} events, in the order in which they were recorded:`,
};
