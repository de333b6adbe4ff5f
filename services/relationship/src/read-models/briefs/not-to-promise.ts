import type { ResponseOf } from '@headroom/contracts/rest';
import type { getHandoverBrief } from '@headroom/contracts/rest/relationship';
import { type PromiseWording, promiseWordings } from './promise-wording.ts';

type Brief = ResponseOf<typeof getHandoverBrief>;
type Warning = Brief['notToPromise'][number];
type Known = Pick<Brief, 'stages' | 'requests' | 'agreements'>;

const ofStage = (
  { stageId, name, status, outlook, overdue, dueOn, remainingSeconds }: Brief['stages'][number],
  words: PromiseWording,
): Warning[] => {
  if (status === 'closed') return [];
  const about = { stageId, requestId: null };
  const money: Warning[] =
    outlook === 'losing-money'
      ? [{ code: 'nothing-for-free-losing', ...about, text: words.losing(name) }]
      : outlook === 'below-standard'
        ? [{ code: 'no-extras-for-free', ...about, text: words.noExtras(name) }]
        : [];
  if (!overdue || dueOn === null) return money;
  return [...money, { code: 'no-earlier-date', ...about, text: words.late(name, dueOn, remainingSeconds) }];
};

/** The one thing to know of an open request: an open dispute before money, money before what was decided. */
const ofRequest = (
  request: Brief['requests'][number],
  agreements: Brief['agreements'],
  words: PromiseWording,
): Warning[] => {
  const { requestId, stageId, words: said, scope, behaviour, disputed } = request;
  const about = { stageId, requestId };
  const payment = agreements.find((each) => each.requestId === requestId);
  if (disputed) return [{ code: 'disputed', ...about, text: words.disputed(said) }];
  if (payment?.state === 'proposed')
    return [{ code: 'payment-unanswered', ...about, text: words.unanswered(said, payment.amount) }];
  if (payment?.state === 'declined')
    return [{ code: 'payment-declined', ...about, text: words.declined(said, payment.amount) }];
  if (behaviour !== null && behaviour !== 'do-all')
    return [{ code: 'behaviour-decided', ...about, text: words.decided(said, behaviour) }];
  if (scope === 'out-of-scope' && payment?.state !== 'agreed')
    return [{ code: 'out-of-scope', ...about, text: words.outOfScope(said) }];
  return scope === null || scope === 'unclear' ? [{ code: 'not-decided', ...about, text: words.undecided(said) }] : [];
};

/** What a new manager must not promise, with the reason: of stages first, then of what was asked. */
export const notToPromise = (known: Known, language: 'en' | 'ru'): Warning[] => {
  const words = promiseWordings[language];
  const elsewhere = known.agreements.filter(
    ({ state, requestId }) =>
      state === 'proposed' && !known.requests.some((request) => request.requestId === requestId),
  );
  return [
    ...known.stages.flatMap((stage) => ofStage(stage, words)),
    ...elsewhere.map(({ stageId, requestId, amount }): Warning => {
      const name = known.stages.find((stage) => stage.stageId === stageId)?.name ?? stageId;
      return { code: 'payment-unanswered', stageId, requestId, text: words.unanswered(name, amount) };
    }),
    ...known.requests.flatMap((request) => ofRequest(request, known.agreements, words)),
  ];
};
