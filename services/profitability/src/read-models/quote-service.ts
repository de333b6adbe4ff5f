import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { addMonthsTo } from '@headroom/kernel';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { type History, quote } from '../formulas/quote.ts';
import { standardOn } from '../formulas/standard.ts';
import { type Configured, type StageView, stagesOf, viewStage } from './stage-view.ts';

const MONTHS_OF_HISTORY = 24;

export interface QuoteQuestion {
  readonly tenantId: string;
  readonly clientId: string;
  readonly plannedCostMinor: number;
  readonly serviceType?: string | undefined;
  readonly asOf: string;
}

const plannedSeconds = ({ state }: StageView): number => state.plan.work.reduce((sum, { seconds }) => sum + seconds, 0);

const historyOf = (views: readonly StageView[]): History => ({
  actualSeconds: views.reduce((sum, { figures }) => sum + figures.seconds, 0),
  baselineSeconds: views.reduce((sum, view) => sum + plannedSeconds(view), 0),
  stages: views.length,
});

/** A price for a client from the stages closed within 24 months before the day, beside the agency's own factor. */
export const quoteService = async (reader: RowReader, agency: Configured, question: QuoteQuestion) => {
  const { tenantId, clientId, plannedCostMinor, asOf } = question;
  const standard = standardOn(agency.standards, question.serviceType ?? null, asOf);
  if (standard === null) return 'no-standard';
  const earliest = addMonthsTo(asOf, -MONTHS_OF_HISTORY);
  const rows = (await stagesOf(reader, tenantId, 'agency')).filter(
    ({ closedOn, serviceType }) =>
      closedOn !== null &&
      closedOn > earliest &&
      closedOn <= asOf &&
      (question.serviceType === undefined || serviceType === question.serviceType),
  );
  const all = await Promise.all(rows.map((row) => viewStage(reader, row, agency, asOf)));
  // A stage planned without hours says nothing of how plans hold.
  const views = all.filter((view) => plannedSeconds(view) > 0);
  const client = historyOf(views.filter(({ row }) => row.clientId === clientId));
  const everyone = historyOf(views);
  const quoted = quote(plannedCostMinor, client, everyone, standard);
  const money = (minor: number) => ({ minor, currency: agency.settings.currency });
  return {
    clientId,
    plannedCost: money(plannedCostMinor),
    standardMargin: formatDecimal(millionths(standard), RATIO_SCALE),
    clientFactor: { factor: quoted.clientFactor, stages: client.stages },
    agencyFactor: { factor: quoted.agencyFactor, stages: everyone.stages },
    weight: quoted.weight,
    factor: quoted.factor,
    expectedCost: money(quoted.expectedCostMinor),
    price: money(quoted.priceMinor),
    neutralPrice: money(quoted.neutralPriceMinor),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
