import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { exactCost, formatDecimal, meanRateUnits, millionths, moneyOf, RATIO_SCALE } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { judgeSmallRequest } from '../formulas/small-request.ts';
import { rateOn } from '../formulas/stage-ledger.ts';
import { clientText, internalText, titleOf } from './small-request-text.ts';
import type { Configured, StageView } from './stage-view.ts';
import { specialistTable } from './tables.ts';
import { unplannedWork } from './unplanned-work.ts';
import { stageVisibility } from './visibility.ts';

export interface SmallRequestQuestion {
  readonly tenantId: string;
  readonly role?: string | undefined;
  readonly specialistId?: string | undefined;
  readonly seconds: number;
  readonly seesRates: boolean;
}

/** The rate of the specialist, or the mean over the role's people; and of how many people it is made. */
const rateAskedFor = async (reader: RowReader, { tenantId, role, specialistId }: SmallRequestQuestion, day: string) => {
  const people =
    specialistId === undefined
      ? await reader.where(specialistTable, 'byRole', [tenantId, role ?? ''])
      : [await reader.get(specialistTable, tenantId, specialistId)];
  const units = people.flatMap((person) => rateOn(person?.rates ?? [], day)?.units ?? []);
  return { units: meanRateUnits(units), people: units.length };
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
  const rate = await rateAskedFor(reader, question, state.asOf);
  if (rate.units === undefined) return 'no-cost-rate';
  const { currency } = state;
  const costMinor = moneyOf(exactCost(question.seconds, rate.units), currency);
  const judged = judgeSmallRequest(
    figures.contractRevenueMinor,
    figures.estimateAtCompletionMinor,
    costMinor,
    standard,
  );
  const evidence = await unplannedWork(reader, view, agency.exchangeRates);
  const { seesRates } = question;
  const shown = seesRates || (stageVisibility(seesRates, figures, state).forecast && rate.people >= 2);
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
    requestCost: money(costMinor),
    standardMargin: formatDecimal(millionths(standard), RATIO_SCALE),
    before: outlook(judged.before),
    after: outlook(judged.after),
    surcharge: money(judged.surchargeMinor),
    options: [
      { option: 'absorb' as const, forecastMargin: shown ? judged.after.forecastMargin : null, payment: money(0) },
      {
        option: 'extra-payment' as const,
        forecastMargin: shown ? judged.marginWithSurcharge : null,
        payment: money(judged.surchargeMinor),
      },
    ],
    evidence: evidence.map((work) => ({
      kind: work.kind,
      activity: work.activity,
      category: work.category,
      title: titleOf(work),
      seconds: work.seconds,
      cost: money(work.costMinor, seesRates || work.kind === 'expense'),
      entries: [...work.ids],
    })),
    internalText: internalText(judged, evidence, currency, shown),
    clientText: clientText(judged, evidence),
    currency,
    suppressed: !shown,
    asOf: state.asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
