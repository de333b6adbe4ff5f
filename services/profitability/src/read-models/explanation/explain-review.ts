import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { Told } from '@headroom/projecting';
import { referenceOf } from '@headroom/projecting';
import {
  judgementOf,
  quartileSteps,
  recomputeReview,
  reviewRatios,
  reviewSums,
} from '../../formulas/explanation/review.ts';
import { ofServiceType } from '../../formulas/reviews/statistics.ts';
import { qualityOfStages } from '../reviews/quality.ts';
import type { Configured } from '../stage-view.ts';
import { monthOfStages, type ReviewExplained, stageFact } from './review-facts.ts';

/** What the figures of a month's review are made of; a refusal where nothing has been reported. */
export const explainMonthlyReview = async (
  told: Told,
  agency: Configured,
  question: ReviewExplained & { readonly serviceType?: string | undefined },
) => {
  const all = await monthOfStages(told, agency, question);
  if (all === 'not-frozen') return all;
  const serviceType = question.serviceType ?? null;
  const stages = ofServiceType(all.stages, serviceType);
  const { tolerance, frozen, basis, asOf, events } = all;
  const facts = stages.map((stage) => stageFact(stage, all));
  const shown = new Set([...facts.flatMap(({ from }) => from), ...(frozen?.from ?? [])]);
  return {
    month: question.month,
    serviceType,
    basis,
    facts: { tolerance, frozen, stages: facts },
    judgements: stages.map((stage) => judgementOf(stage, tolerance)),
    sums: reviewSums(stages),
    ratios: reviewRatios(stages),
    quartiles: quartileSteps(stages),
    figures: recomputeReview({ tolerance, stages }),
    quality: qualityOfStages(stages),
    events: events.filter(({ position }) => shown.has(position)).map(referenceOf),
    currency: agency.settings.currency,
    asOf,
    knownAt: told.reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
