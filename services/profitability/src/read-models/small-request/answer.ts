import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { exactCost, formatDecimal, millionths, moneyOf, RATIO_SCALE, secondsFor } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { billRateBook } from '../../formulas/bill-rate.ts';
import { fullPriceMinor, judgeSmallRequest } from '../../formulas/small-request.ts';
import { leftOutOf, qualityOf } from '../quality.ts';
import { type Configured, type StageView, stagesOf } from '../stage-view.ts';
import { billRatesTable } from '../tables.ts';
import { stageVisibility } from '../visibility.ts';
import { cheapestDelegate, type RateAsked, rateAskedFor } from './role-rates.ts';
import { type Texts, textsIn } from './texts.ts';
import { type UnplannedWork, unplannedWork } from './unplanned-work.ts';
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

/** Everything that the answer is made of, beside what may be shown of it. */
const judge = async (
  reader: RowReader,
  view: StageView,
  question: SmallRequestQuestion,
  { rate, units, standard }: { readonly rate: RateAsked; readonly units: number; readonly standard: string },
) => {
  const { state, figures } = view;
  const costMinor = moneyOf(exactCost(question.seconds, units), state.currency);
  const { contractRevenueMinor: revenueMinor, estimateAtCompletionMinor } = figures;
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
  return { judged, revenueMinor, costMinor, fullPrice, delegate, laterStage, headroomSeconds };
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
  const found = await judge(reader, view, question, { rate, units: rate.units, standard });
  const { judged, fullPrice, headroomSeconds, delegate } = found;
  const evidence = await unplannedWork(reader, view, agency);
  const { currency } = state;
  const { seesRates, language } = question;
  const stageShown = stageVisibility(seesRates, figures, state).forecast;
  const shown = seesRates || (stageShown && rate.people >= 2);
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
