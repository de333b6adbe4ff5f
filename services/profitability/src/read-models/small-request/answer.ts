import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { exactCost, formatDecimal, millionths, moneyOf, RATIO_SCALE, secondsFor } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { billRateBook } from '../../formulas/bill-rate.ts';
import { fullPriceMinor, judgeSmallRequest } from '../../formulas/small-request.ts';
import { leftOutOf, qualityOf } from '../quality.ts';
import { type Configured, type StageView, stagesOf } from '../stage-view.ts';
import { billRatesTable } from '../tables.ts';
import { stageVisibility, type Visibility } from '../visibility.ts';
import { cheapestDelegate, type RateAsked, rateAskedFor } from './role-rates.ts';
import { type Texts, textsIn } from './texts.ts';
import { type UnplannedWork, unplannedWork } from './unplanned-work.ts';
import { inVisibleOrder, visibleEac, visibleHour } from './visible-hour.ts';
import { waysOut } from './ways-out.ts';
import type { Language } from './wording.ts';

export interface SmallRequestQuestion {
  readonly tenantId: string;
  readonly role?: string | undefined;
  readonly specialistId?: string | undefined;
  readonly seconds: number;
  readonly seesRates: boolean;
  readonly language: Language;
}

/** What the hours sell for: at their bill rate of the day, or at the price that leaves the standard. */
const fullPriceOf = async (
  reader: RowReader,
  { row, state }: StageView,
  { tenantId, specialistId, seconds }: SmallRequestQuestion,
  { role, costMinor, standard }: { readonly role: string; readonly costMinor: number; readonly standard: string },
) => {
  const rates = (await reader.get(billRatesTable, tenantId))?.rates ?? [];
  const { projectId, clientId } = row;
  const units = billRateBook(rates).on({ specialistId: specialistId ?? null, role, projectId, clientId }, state.asOf);
  return units === undefined
    ? { minor: fullPriceMinor(costMinor, standard), basis: 'cost-and-standard' as const }
    : { minor: moneyOf(exactCost(seconds, units), state.currency), basis: 'bill-rate' as const };
};

/** The first planned stage of the same project, by the name of its id. */
const laterStageOf = async (reader: RowReader, { row }: StageView) => {
  const stages = await stagesOf(reader, row.tenantId, { projectId: row.projectId });
  return stages.find(({ status, stageId }) => status === 'planned' && stageId !== row.stageId);
};

const shownEvidence = (texts: Texts, currency: string, seesRates: boolean) => (work: UnplannedWork) => ({
  kind: work.kind,
  activity: work.activity,
  role: work.role,
  category: work.category,
  title: texts.titleOf(work),
  seconds: work.seconds,
  uncostedSeconds: work.uncostedSeconds,
  cost: seesRates || work.kind === 'expense' ? { minor: work.costMinor, currency } : null,
  from: work.from,
  to: work.to,
  entries: [...work.ids],
});

/** By which cost of an hour a request is judged. */
interface Measure {
  readonly rate: RateAsked;
  readonly units: number;
  readonly standard: string;
  /** What the stage will have cost when it is done, by the same measure. */
  readonly estimateAtCompletionMinor: number;
}

/** Everything that the answer is made of, beside what may be shown of it. */
const judge = async (
  reader: RowReader,
  view: StageView,
  question: SmallRequestQuestion,
  { rate, units, standard, estimateAtCompletionMinor }: Measure,
) => {
  const { state, figures } = view;
  const costMinor = moneyOf(exactCost(question.seconds, units), state.currency);
  const { contractRevenueMinor: revenueMinor } = figures;
  const judged = judgeSmallRequest(revenueMinor, estimateAtCompletionMinor, costMinor, standard);
  const fullPrice = await fullPriceOf(reader, view, question, { role: rate.role, costMinor, standard });
  const { asOf: day, currency } = state;
  const delegate = await cheapestDelegate(
    reader,
    question.tenantId,
    { ...question, role: rate.role },
    { day, currency },
  );
  const laterStage = await laterStageOf(reader, view);
  const headroomSeconds = secondsFor(judged.before.headroomMinor, units, currency) ?? null;
  const delegateIsCheaper = delegate !== undefined && delegate.units < (rate.units ?? 0);
  return { judged, revenueMinor, costMinor, fullPrice, delegate, delegateIsCheaper, laterStage, headroomSeconds };
};

/**
 * The cost rate where the caller may see what it does to the stage. Whoever may not could tell one person's rate from the
 * lengths at which the verdict turns; for them all is judged by figures that they see. Undefined where there are none.
 */
const measureFor = (
  view: StageView,
  rate: RateAsked,
  { standard, shown, visible }: { readonly standard: string; readonly shown: boolean; readonly visible: Visibility },
): Measure | undefined => {
  const { estimateAtCompletionMinor } = view.figures;
  if (shown) return { rate, units: rate.units ?? 0, standard, estimateAtCompletionMinor };
  const units = visibleHour(view, standard, visible);
  if (units === undefined) return undefined;
  return { rate, units, standard, estimateAtCompletionMinor: visibleEac(view, units, visible) };
};

/** “Is such a trifle hard for you?” for one stage; a refusal code where nothing can be said. */
export const answerSmallRequest = async (
  reader: RowReader,
  agency: Configured,
  view: StageView,
  question: SmallRequestQuestion,
) => {
  if ((question.role === undefined) === (question.specialistId === undefined)) return 'role-or-specialist';
  const { state, figures, standard, row } = view;
  if (state.status === 'closed') return 'stage-closed';
  if (standard === null) return 'no-standard';
  const rate = await rateAskedFor(reader, question.tenantId, question, state.asOf);
  if (rate.units === undefined) return 'no-cost-rate';
  const { currency } = state;
  const { seesRates, language } = question;
  const visible = stageVisibility(seesRates, figures, state);
  const stageShown = visible.forecast;
  const shown = seesRates || (stageShown && rate.people >= 2);
  const measure = measureFor(view, rate, { standard, shown, visible });
  if (measure === undefined) return 'rate-hidden';
  const found = await judge(reader, view, question, measure);
  const { judged, fullPrice, headroomSeconds, delegate } = found;
  const work = await unplannedWork(reader, view, agency);
  const hour = visibleHour(view, standard, visible) ?? 0;
  const evidence = seesRates ? work : inVisibleOrder(work, hour, currency);
  const fullPriceShown = shown || fullPrice.basis === 'bill-rate';
  const texts = textsIn(language);
  const told = { judged, evidence, currency, role: rate.role, headroomSeconds, shown };
  const money = (minor: number, visible = shown) => (visible ? { minor, currency } : null);
  const outlook = (each: typeof judged.before) => ({
    estimateAtCompletion: money(each.estimateAtCompletionMinor),
    forecastMargin: shown ? each.forecastMargin : null,
    headroom: money(each.headroomMinor),
  });
  return {
    stageId: row.stageId,
    verdict: judged.verdict,
    judgedBy: shown ? ('cost-rates' as const) : ('plan' as const),
    seconds: question.seconds,
    role: rate.role,
    requestCost: money(found.costMinor),
    standardMargin: formatDecimal(millionths(standard), RATIO_SCALE),
    headroom: { money: money(judged.before.headroomMinor), seconds: shown ? headroomSeconds : null },
    before: outlook(judged.before),
    after: outlook(judged.after),
    surcharge: money(judged.surchargeMinor),
    fullPrice: { money: money(fullPrice.minor, fullPriceShown), basis: fullPrice.basis },
    options: waysOut(
      { ...found, fullPriceMinor: fullPrice.minor },
      {
        texts,
        currency,
        figures: shown,
        delegateFigures: seesRates || (stageShown && (delegate?.people ?? 0) >= 2),
        fullPrice: fullPriceShown,
        seesRates,
      },
    ),
    evidence: evidence.map(shownEvidence(texts, currency, seesRates)),
    language,
    internalText: texts.internal(told),
    clientText: texts.client(told),
    revenueBasis: 'earned' as const,
    currency,
    quality: qualityOf([leftOutOf(view)], 0),
    suppressed: !shown,
    asOf: state.asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
