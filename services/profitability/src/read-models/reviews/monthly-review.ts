import { FORMULA_VERSION, type monthlyReview } from '@headroom/contracts/rest';
import { addMonths, firstDayOf, localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { movedStages } from '../../formulas/reviews/restatement.ts';
import { ofServiceType } from '../../formulas/reviews/statistics.ts';
import { type Configured, dayOf } from '../stage-view.ts';
import { closedStages } from './closed-stages.ts';
import { qualityOfStages } from './quality.ts';
import { movedLine, reviewFigures, reviewLine } from './review-figures.ts';
import { type ReviewRow, reviewTable } from './tables.ts';
import { sightOf } from './visible-stages.ts';

type MonthlyReview = import('zod').infer<typeof monthlyReview>;

export interface ReviewQuestion {
  readonly month: string;
  readonly serviceType?: string | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

const frozenOf = ({ frozenBy, review: { frozenOn, figuresAt, formulaVersion } }: ReviewRow) => ({
  on: frozenOn,
  by: frozenBy,
  figuresAt,
  formulaVersion,
});

/** The review of a month: as reported once it is frozen, with what it is by now beside; provisional before. */
export const getMonthlyReview = async (
  reader: RowReader,
  agency: Configured,
  { month, serviceType: wanted, asOf: asked, instant, seesRates }: ReviewQuestion,
): Promise<MonthlyReview> => {
  const { currency, timeZone, kpiTolerance } = agency.settings;
  const serviceType = wanted ?? null;
  const asOf = dayOf(asked, instant, agency);
  const row = await reader.get(reviewTable, agency.tenantId, month);
  const now = ofServiceType(await closedStages(reader, agency, month, asOf), serviceType);
  const stages = row === undefined ? now : ofServiceType(row.review.stages, serviceType);
  const moved = row === undefined ? [] : movedStages(stages, now);
  const sight = sightOf(seesRates);
  const showing = { currency, tolerance: row?.review.kpiTolerance ?? kpiTolerance, sight };
  // A sum that moved by one hidden stage would tell that stage's cost.
  const movedShown = moved.every(({ reported, restated }) =>
    [reported, restated].every((stage) => stage === null || sight.actual(stage)),
  );
  return {
    month,
    serviceType,
    monthIsOver: localDate(instant, timeZone) >= firstDayOf(addMonths(month, 1)),
    frozen: row === undefined ? null : frozenOf(row),
    figures: reviewFigures(stages, showing),
    stages: stages.map((stage) => reviewLine(stage, showing)),
    restatement:
      moved.length === 0
        ? null
        : {
            figures: reviewFigures(now, showing, movedShown),
            moved: moved.map((each) => movedLine(each, showing)),
          },
    revenueBasis: 'earned',
    currency,
    quality: qualityOfStages(stages),
    suppressed: !(sight.everyOne([...stages, ...now]) && sight.everyPlan([...stages, ...now])),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
