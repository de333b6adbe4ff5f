import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { Told } from '@headroom/projecting';
import { referenceOf } from '@headroom/projecting';
import {
  managerRatios,
  managerSplits,
  managerSums,
  recomputeManagerMonth,
} from '../../formulas/explanation/manager-month.ts';
import { judgementOf } from '../../formulas/explanation/review.ts';
import { qualityOfStages } from '../reviews/quality.ts';
import type { Configured } from '../stage-view.ts';
import { specialistTable } from '../tables.ts';
import { monthOfStages, type ReviewExplained, stageFact, tenureEvents, tenuresOf } from './review-facts.ts';

/** What a manager's month is made of; a refusal where nothing has been reported, or nobody is called that. */
export const explainManagerKpi = async (
  told: Told,
  agency: Configured,
  question: ReviewExplained & { readonly managerId: string },
) => {
  const all = await monthOfStages(told, agency, question);
  if (all === 'not-frozen') return all;
  const { managerId, month } = question;
  if ((await told.reader.get(specialistTable, agency.tenantId, managerId)) === undefined) return 'unknown';
  const { tolerance, frozen, basis, asOf, on } = all;
  const stages = all.stages.filter(({ managers }) => managers.some((each) => each.managerId === managerId));
  const projectIds = stages.map(({ projectId }) => projectId);
  const handovers = await tenureEvents(told, agency.tenantId, projectIds, on.knownAt);
  const facts = stages.map((stage) => ({ ...stageFact(stage, all), tenures: tenuresOf(stage.projectId, handovers) }));
  const shown = new Set([
    ...facts.flatMap(({ from, tenures }) => [...from, ...tenures.flatMap((tenure) => tenure.from)]),
    ...(frozen?.from ?? []),
  ]);
  const events = [...all.events, ...handovers].filter(({ position }) => shown.has(position));
  const made = { tolerance, stages };
  return {
    month,
    managerId,
    basis,
    facts: { tolerance, frozen, stages: facts },
    judgements: stages.map((stage) => judgementOf(stage, tolerance)),
    splits: stages.map((stage) => managerSplits(stage, managerId)),
    sums: managerSums(made, managerId),
    ratios: managerRatios(made, managerId),
    figures: recomputeManagerMonth(made, managerId),
    quality: qualityOfStages(stages),
    events: events.sort((one, other) => one.position - other.position).map(referenceOf),
    currency: agency.settings.currency,
    asOf,
    knownAt: told.reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
