import { millionths } from '@headroom/money';
import type { SupposedReader } from '@headroom/projecting';
import { isHit } from '../../formulas/reviews/closed-stage.ts';
import { headroomMinor, marginOf, type StageFigures } from '../../formulas/stage-figures.ts';
import { standardOn } from '../../formulas/standard.ts';
import { alertTable } from '../alerts/tables.ts';
import type { BothWorlds, StagePair } from './both-worlds.ts';

/** A verdict on a stage that would be another one. */
export interface Flip {
  readonly what: 'standard' | 'headroom' | 'kpi' | 'alert';
  readonly stageId: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** For an alert: the share of the planned cost that would be used up. */
  readonly threshold: string | null;
}

type Verdict = string | null;

const againstStandard = (
  { contractRevenueMinor, estimateAtCompletionMinor }: StageFigures,
  standard: string | null,
): Verdict => {
  const margin = marginOf(contractRevenueMinor, estimateAtCompletionMinor);
  if (standard === null || margin === null) return null;
  return millionths(margin) >= millionths(standard) ? 'above' : 'below';
};

const signOfHeadroom = (
  { contractRevenueMinor, estimateAtCompletionMinor }: StageFigures,
  standard: string | null,
): Verdict => {
  if (standard === null) return null;
  return headroomMinor(contractRevenueMinor, estimateAtCompletionMinor, standard) < 0 ? 'negative' : 'enough';
};

/** Only a closed stage is judged. */
const kpi = (status: string, figures: StageFigures, tolerance: string): Verdict => {
  if (status !== 'closed') return null;
  const { revenueMinor, costMinor, planRevenueMinor, planCostMinor } = figures;
  const judged = { revenueMinor, costMinor, baselineRevenueMinor: planRevenueMinor, baselineCostMinor: planCostMinor };
  return isHit(judged, tolerance) ? 'hit' : 'miss';
};

const flipsOf = ({ before, after }: BothWorlds, pair: StagePair, asOf: string): Flip[] => {
  const { stageId, name, serviceType } = pair.row;
  const standards = [before, after].map(({ agency }) => standardOn(agency.standards, serviceType, asOf));
  const [was = null, is = null] = standards;
  const tolerances = [before, after].map(({ agency }) => agency.settings.kpiTolerance);
  const verdicts: readonly (readonly [Flip['what'], Verdict, Verdict])[] = [
    ['standard', againstStandard(pair.before.figures, was), againstStandard(pair.after.figures, is)],
    ['headroom', signOfHeadroom(pair.before.figures, was), signOfHeadroom(pair.after.figures, is)],
    [
      'kpi',
      kpi(pair.before.status, pair.before.figures, tolerances[0] ?? '0'),
      kpi(pair.after.status, pair.after.figures, tolerances[1] ?? '0'),
    ],
  ];
  return verdicts.flatMap(([what, one, other]) =>
    one === null || other === null || one === other
      ? []
      : [{ what, stageId, name, before: one, after: other, threshold: null }],
  );
};

/** Every verdict that would be another one: against the standard, of headroom, of the manager's aim, of budgets. */
export const flipsIn = (worlds: BothWorlds, supposed: SupposedReader, asOf: string): Flip[] => {
  const names = new Map(worlds.pairs.map(({ row }) => [row.stageId, row.name]));
  const alerts = supposed
    .changed(alertTable)
    .filter(({ position }) => position > supposed.position)
    .map(({ stageId, threshold }) => ({
      what: 'alert' as const,
      stageId,
      name: names.get(stageId) ?? stageId,
      before: 'within',
      after: 'reached',
      threshold,
    }));
  return [...worlds.pairs.flatMap((pair) => flipsOf(worlds, pair, asOf)), ...alerts];
};
