import type { WorkItem } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getExtraPaymentAdvice } from '@headroom/contracts/rest/relationship';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
import { advise } from '../decisions/extra-payment-advice/advise.ts';
import type { AdviceFacts, OpenRequest } from '../decisions/extra-payment-advice/facts.ts';
import { whatToSay } from '../decisions/extra-payment-advice/say.ts';
import { type AdviceTexts, type Language, textsIn } from '../decisions/extra-payment-advice/texts.ts';
import { PROFIT_MONTHS, trailingMonths } from '../decisions/loyalty/windows.ts';

export type Answer = ResponseOf<typeof getExtraPaymentAdvice>;
type Item = Answer['evidence'][number];

/** What the caller may not see: figures that follow the stage's cost, the client's, or the cost of single entries. */
export interface Hidden {
  readonly stage: boolean;
  readonly client: boolean;
  readonly entries: boolean;
}

const shownIf = (shown: boolean, minor: number | null, currency: string) =>
  shown && minor !== null ? { minor, currency } : null;

const workItem = (item: WorkItem, hidden: Hidden, currency: string): Item => ({
  kind: item.kind,
  ref: item.id,
  date: item.date,
  seconds: item.kind === 'expense' ? null : item.seconds,
  activity: item.activity as Item['activity'],
  goodwill: item.goodwill,
  requestId: item.requestId,
  note: item.note,
  cost: shownIf(item.kind === 'expense' || !hidden.entries, item.costMinor, currency),
});

const requestItem = (
  { requestId, askedOn, words, seconds, costMinor }: OpenRequest,
  hidden: Hidden,
  currency: string,
): Item => ({
  kind: 'request',
  ref: requestId,
  date: askedOn,
  seconds,
  activity: null,
  goodwill: false,
  requestId,
  note: words,
  cost: shownIf(!hidden.entries, costMinor, currency),
});

const figures = ({ stage, currency }: AdviceFacts, hidden: Hidden) => ({
  revenue: { minor: stage.revenueMinor, currency },
  estimateAtCompletion: shownIf(!hidden.stage, stage.estimateAtCompletionMinor, currency),
  standardMargin: stage.standardMargin === null ? null : formatDecimal(millionths(stage.standardMargin), RATIO_SCALE),
  forecastMargin: hidden.stage ? null : stage.forecastMargin,
  headroom: shownIf(!hidden.stage, stage.headroomMinor, currency),
});

interface Asked {
  readonly asOf: string;
  readonly texts: AdviceTexts;
}

const riskShown = (
  facts: AdviceFacts,
  advice: ReturnType<typeof advise>,
  hidden: Hidden,
  { asOf, texts }: Asked,
): Answer['risk'] => {
  const { futureProfitMinor, breakEvenProbability, losingCostsNothing, text } = advice.risk;
  // The amount that the caller named tells nothing; the one worked out follows the stage's cost.
  const hide = hidden.client || (hidden.stage && facts.wantedMinor === undefined);
  return {
    futureProfit: shownIf(!hidden.client, futureProfitMinor, facts.currency),
    ...trailingMonths(asOf, PROFIT_MONTHS),
    breakEvenProbability: hide ? null : breakEvenProbability,
    losingCostsNothing: hidden.client ? null : losingCostsNothing,
    text: hide ? texts.riskHidden : text,
  };
};

/** The advice as the caller may see it. */
export const shownAdvice = (
  facts: AdviceFacts,
  hidden: Hidden,
  { asOf, language }: { readonly asOf: string; readonly language: Language },
): Omit<Answer, 'quality' | 'knownAt'> => {
  const { stage, currency, wantedMinor } = facts;
  const texts = textsIn(language);
  const advice = advise(facts, texts);
  const amountShown = !hidden.stage || wantedMinor !== undefined;
  const amount = shownIf(amountShown, advice.amountMinor, currency);
  return {
    stageId: stage.stageId,
    name: stage.name,
    projectId: stage.projectId,
    clientId: stage.clientId,
    currency,
    verdict: advice.verdict,
    reasons: advice.reasons
      .filter(({ tellsCost }) => !(tellsCost && hidden.stage))
      .map(({ code, text }) => ({ code, text })),
    amount,
    gain: amount,
    ...figures(facts, hidden),
    risk: riskShown(facts, advice, hidden, { asOf, texts }),
    evidence: [
      ...facts.unplanned.map((item) => workItem(item, hidden, currency)),
      ...facts.requests.map((request) => requestItem(request, hidden, currency)),
    ],
    pending: facts.pending.map(({ extraPaymentId, amountMinor, proposedOn }) => ({
      extraPaymentId,
      amount: { minor: amountMinor, currency },
      proposedOn,
    })),
    say: advice.verdict === 'ask-now' ? whatToSay(facts, amount?.minor ?? null, texts) : null,
    language,
    suppressed: hidden.stage || hidden.client || hidden.entries,
    revenueBasis: 'earned',
    asOf,
    formulaVersion: FORMULA_VERSION,
  };
};
