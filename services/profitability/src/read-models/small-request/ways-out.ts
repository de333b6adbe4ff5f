import { formatRate } from '@headroom/money';
import { marginAfter, type SmallRequest, type WayOut } from '../../formulas/small-request.ts';
import type { Delegate } from './role-rates.ts';
import type { Texts } from './texts.ts';

/** What the ways out of a request rest on. */
export interface Grounds {
  readonly judged: SmallRequest;
  readonly revenueMinor: number;
  readonly costMinor: number;
  readonly fullPriceMinor: number;
  readonly delegate: Delegate | undefined;
  /** By the rates of an hour, so that no length of the request tells more of them. */
  readonly delegateIsCheaper: boolean;
  /** The planned stage of the project that work can be deferred to; undefined when there is none. */
  readonly laterStage: { readonly stageId: string; readonly name: string } | undefined;
}

interface Shown {
  readonly texts: Texts;
  readonly currency: string;
  /** Whether costs and margins may be told; of the delegate's, and of the full price, separately. */
  readonly figures: boolean;
  readonly delegateFigures: boolean;
  readonly fullPrice: boolean;
  readonly seesRates: boolean;
}

const absorbed = ({ verdict }: SmallRequest) => {
  if (verdict === 'fits') return 'keeps-standard' as const;
  return verdict === 'exceeds-standard' ? ('below-standard' as const) : ('makes-a-loss' as const);
};

const effectOf = ({ judged, revenueMinor }: Grounds, costMinor: number, paymentMinor: number): WayOut => ({
  costMinor,
  paymentMinor,
  ...marginAfter(revenueMinor, judged.before.estimateAtCompletionMinor, {
    addedCostMinor: costMinor,
    addedRevenueMinor: paymentMinor,
  }),
});

const writer =
  ({ currency }: Shown) =>
  (way: WayOut, shown: { readonly figures: boolean; readonly payment: boolean }) => ({
    cost: shown.figures && way.costMinor !== undefined ? { minor: way.costMinor, currency } : null,
    payment: shown.payment ? { minor: way.paymentMinor, currency } : null,
    forecastMargin: shown.figures ? way.forecastMargin : null,
    marginChange: shown.figures ? way.marginChange : null,
  });

const NOTHING = { delegateTo: null, intoStageId: null } as const;

const absorb = (grounds: Grounds, shown: Shown) => {
  const reason = absorbed(grounds.judged);
  return {
    option: 'absorb' as const,
    possible: reason !== 'makes-a-loss',
    reason,
    explanation: shown.texts.reasons[reason],
    ...writer(shown)(effectOf(grounds, grounds.costMinor, 0), { figures: shown.figures, payment: true }),
    ...NOTHING,
  };
};

const extraPayment = (grounds: Grounds, shown: Shown) => {
  const fits = grounds.judged.verdict === 'fits';
  const reason = fits ? ('not-needed' as const) : ('restores-standard' as const);
  const payment = fits ? grounds.fullPriceMinor : grounds.judged.surchargeMinor;
  return {
    option: 'extra-payment' as const,
    possible: true,
    reason,
    explanation: shown.texts.reasons[reason],
    ...writer(shown)(effectOf(grounds, grounds.costMinor, payment), {
      figures: shown.figures,
      payment: fits ? shown.fullPrice : shown.figures,
    }),
    ...NOTHING,
  };
};

const delegation = (grounds: Grounds, shown: Shown) => {
  const { delegate, delegateIsCheaper } = grounds;
  if (delegate === undefined) {
    return {
      option: 'delegate' as const,
      possible: false,
      reason: 'nobody-else' as const,
      explanation: shown.texts.reasons['nobody-else'],
      cost: null,
      payment: { minor: 0, currency: shown.currency },
      forecastMargin: null,
      marginChange: null,
      ...NOTHING,
    };
  }
  const { role, kind, people, units } = delegate;
  const reason = delegateIsCheaper ? ('cheaper' as const) : ('not-cheaper' as const);
  const way = effectOf(grounds, delegate.costMinor, 0);
  return {
    option: 'delegate' as const,
    possible: reason === 'cheaper',
    reason,
    explanation: shown.texts.reasons[reason](role, kind === 'contractor'),
    ...writer(shown)(way, { figures: shown.delegateFigures, payment: true }),
    delegateTo: { role, kind, people, ratePerHour: shown.seesRates ? formatRate(units) : null },
    intoStageId: null,
  };
};

const deferral = (grounds: Grounds, shown: Shown) => {
  const { laterStage, costMinor, judged } = grounds;
  const { reasons } = shown.texts;
  const way: WayOut = {
    costMinor,
    paymentMinor: grounds.fullPriceMinor,
    forecastMargin: judged.before.forecastMargin,
    marginChange: judged.before.forecastMargin === null ? null : '0.000000',
  };
  return {
    option: 'defer' as const,
    possible: true,
    reason: laterStage === undefined ? ('new-stage' as const) : ('planned-stage' as const),
    explanation: laterStage === undefined ? reasons['new-stage'] : reasons['planned-stage'](laterStage.name),
    ...writer(shown)(way, { figures: shown.figures, payment: shown.fullPrice }),
    delegateTo: null,
    intoStageId: laterStage?.stageId ?? null,
  };
};

/** The four ways to deal with a request, each with what it does to the stage and why it is possible or is not. */
export const waysOut = (grounds: Grounds, shown: Shown) => [
  absorb(grounds, shown),
  extraPayment(grounds, shown),
  delegation(grounds, shown),
  deferral(grounds, shown),
];
