import { nameOf, type SeenEvent, textOf } from '../seen-event.ts';
import type { Language } from './language.ts';
import { evidenceOf, hoursOf, moneyOf } from './phrases.ts';

const HIDDEN = '(скрыто)';
const said = (event: SeenEvent, member: string): string => textOf(event, member) ?? HIDDEN;
const quoted = (event: SeenEvent, member: string): string => {
  const text = textOf(event, member);
  return text === undefined ? '' : `: «${text}»`;
};
const money = (event: SeenEvent, member = 'amount'): string => moneyOf(event, member) ?? HIDDEN;
const hours = (event: SeenEvent, holder = ''): string =>
  `${hoursOf(event, `${holder}seconds`) ?? HIDDEN} ч, ${said(event, `${holder}specialistId`)}, ${said(event, `${holder}workDate`)}`;
const resting = (event: SeenEvent): string => {
  const named = evidenceOf(event);
  return named.length === 0 ? '' : `; основание: ${named.join('; ')}`;
};
const clause = (event: SeenEvent): string => {
  const text = textOf(event, 'contractClause');
  return text === undefined ? '' : ` (договор: ${text})`;
};

const words: Readonly<Record<string, string>> = {
  call: 'звонок',
  email: 'письмо',
  chat: 'чат',
  meeting: 'встреча',
  'site-visit': 'выезд',
  portal: 'портал клиента',
  other: 'другой канал',
  'in-scope': 'входит в договор',
  'out-of-scope': 'не входит в договор',
  unclear: 'неясно, входит ли в договор',
  'do-all': 'сделать всё',
  delegate: 'передать другому подрядчику',
  teach: 'научить клиента',
  dissuade: 'отговорить',
  done: 'выполнен',
  dropped: 'снят',
  posted: 'проведена',
  refused: 'не проведена',
  'write-off': 'списание',
  'extra-payment': 'доплата',
  goodwill: 'работа в подарок',
};
const translated = (event: SeenEvent, member: string): string => words[said(event, member)] ?? said(event, member);

const sides: Readonly<Record<string, string>> = { client: 'клиента', agency: 'агентства', both: 'обеих сторон' };
const sideOf = (event: SeenEvent, member: string): string => sides[said(event, member)] ?? said(event, member);

export const russian: Language = {
  title: {
    request: 'Что записано о просьбе клиента',
    'extra-payment': 'Что записано о доплате',
    dispute: 'Что записано о споре',
    command: 'Что записано по команде',
  },
  sentences: {
    ClientRequestRegistered: (event) =>
      `Просьба: ${said(event, 'askedBy')}, ${said(event, 'askedAt')} (${translated(event, 'channel')})${quoted(event, 'words')}`,
    RequestClassified: (event) =>
      `Оценка просьбы с ${said(event, 'classifiedOn')}: ${translated(event, 'scope')}${clause(event)}${quoted(event, 'rationale')}`,
    BehaviourDecided: (event) =>
      `Решение агентства от ${said(event, 'decidedOn')}: ${translated(event, 'behaviour')}${quoted(event, 'rationale')}`,
    RequestCompleted: (event) =>
      `Запрос закрыт ${said(event, 'completedOn')}: ${translated(event, 'result')}${quoted(event, 'note')}`,
    HoursLogged: (event) => `Учтены часы: ${hours(event)}${quoted(event, 'note')}`,
    HoursCorrected: (event) => `Часы исправлены: было ${hours(event, 'before/')}; стало ${hours(event, 'after/')}`,
    HoursVoided: (event) => `Часы отменены: ${hours(event, 'entry/')}`,
    HoursAdjusted: (event) => `Часы скорректированы ${said(event, 'postedOn')}: ${hours(event, 'before/')}`,
    ExtraPaymentProposed: (event) =>
      `Предложена доплата ${money(event)}, ${said(event, 'proposedOn')}${resting(event)}`,
    ExtraPaymentAgreed: (event) =>
      `Согласие на доплату ${money(event)}: ${said(event, 'agreedBy')}, ${said(event, 'agreedOn')} (${translated(event, 'channel')})${resting(event)}`,
    ExtraPaymentDeclined: (event) =>
      `Отказ от доплаты ${money(event)}: ${said(event, 'declinedBy')}, ${said(event, 'declinedOn')}${quoted(event, 'words')}`,
    ExtraPaymentWithdrawn: (event) =>
      `Агентство отозвало предложение о доплате ${money(event)}, ${said(event, 'withdrawnOn')}`,
    RequestDisputed: (event) =>
      `Спор со стороны ${sideOf(event, 'side')}: ${said(event, 'raisedBy')}, ${said(event, 'disputedOn')} (${translated(event, 'channel')})${quoted(event, 'words')}`,
    ArbiterAssigned: (event) => `Арбитр с ${said(event, 'assignedOn')}: ${said(event, 'arbiterId')}`,
    DisputeRuled: (event) =>
      `Решение арбитра (${said(event, 'arbiterId')}) от ${said(event, 'ruledOn')} в пользу ${sideOf(event, 'inFavourOf')}${quoted(event, 'ruling')}`,
    RulingAdjustmentSettled: (event) =>
      `Поправка ${said(event, 'adjustmentId')} по решению (${translated(event, 'kind')}): ${translated(event, 'outcome')}`,
  },
  other: (event) => `${nameOf(event)} в потоке ${event.stream}`,
  recorded: (at, by) => `записано ${at}, автор ${by}`,
  reason: (reason) => `причина: «${reason}»`,
  withheld: (values) => `скрыто значений: ${values}`,
  events: (count) => `Событий: ${count}, в порядке записи:`,
};
