import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getForecastingBias, getRoiEstimate, listRoiEstimates } from '@headroom/contracts/rest/roi';
import { localDate } from '@headroom/kernel';
import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import type { CalculatedProject } from '../decisions/roi/client-figures.ts';
import { type AgainstActual, againstActual, biasOf, paybackMonthOf } from '../decisions/roi/estimate-against-actual.ts';
import { outcomeOf } from '../decisions/roi/outcome.ts';
import { clientCalculation } from './client-calculation.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { clientTable, type EstimateRow, estimateTable, projectTable } from './tables.ts';

type Profitability = ProfitabilityQuestions<RowReader>;
type Answer = ResponseOf<typeof getRoiEstimate>;

interface Ask {
  readonly tenantId: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
}

const projectOf = async (
  profitability: Profitability,
  reader: RowReader,
  tenantId: string,
  projectId: string,
  asOf: string,
): Promise<(CalculatedProject & { readonly clientId: string }) | undefined> => {
  const row = await reader.get(projectTable, tenantId, projectId);
  const client = row && (await reader.get(clientTable, tenantId, row.clientId));
  if (row === undefined || client === undefined) return undefined;
  const { projects } = await clientCalculation(profitability, reader, client, asOf);
  const project = projects.find((each) => each.projectId === projectId);
  return project && { ...project, clientId: row.clientId };
};

const compare = (row: EstimateRow, project: CalculatedProject): AgainstActual => {
  const { setup, monthlyFee, gainsMinor } = row.shared;
  const estimate = { setupMinor: setup.minor, monthlyFeeMinor: monthlyFee.minor, gainsMinor };
  return againstActual(estimate, row.startMonth ?? '', project.months);
};

/** An estimate that was shared, against what came of it. */
export const estimateAgainstActual = async (
  profitability: Profitability,
  reader: RowReader,
  {
    tenantId,
    estimateId,
    asOf: asked,
    instant,
    seesRates,
  }: Ask & { readonly estimateId: string; readonly seesRates: boolean },
): Promise<Answer | undefined> => {
  const row = await reader.get(estimateTable, tenantId, estimateId);
  const agency = await profitability.agency(reader, tenantId);
  if (row === undefined || agency === undefined) return undefined;
  const asOf = asked ?? localDate(instant, agency.timeZone);
  const base = { ...row.shared, asOf, knownAt: reader.position };
  const { projectId, startMonth } = row;
  const project = projectId === null ? undefined : await projectOf(profitability, reader, tenantId, projectId, asOf);
  if (project === undefined || startMonth === null) return { ...base, actual: null };
  const telling = await projectsTellingOneRate(profitability, reader, tenantId, project.clientId, asOf);
  const suppressed = !seesRates && telling.has(project.projectId);
  const money = (minor: bigint) => ({ minor: Number(minor), currency: agency.currency });
  const compared = compare(row, project);
  const { low, base: middle, high } = compared.estimatedGain;
  const outcome = outcomeOf(project.months.filter(({ month }) => month >= startMonth));
  return {
    ...base,
    actual: {
      projectId: project.projectId,
      startMonth,
      monthsCompared: compared.monthsCompared,
      monthsUnknown: compared.monthsUnknown,
      estimatedGain: { low: money(low), base: money(middle), high: money(high) },
      actualGain: money(compared.actualGain),
      gainBias: compared.gainBias,
      withinRange: compared.withinRange,
      estimatedCost: money(compared.estimatedCost),
      actualCost: suppressed ? null : money(compared.actualCost),
      estimatedPayback: paybackMonthOf(startMonth, row.shared.paybackMonth.base),
      actualPayback: suppressed ? null : (outcome.payback.base?.month ?? null),
      suppressed,
    },
  };
};

const ORDER = [{ column: 'sharedOn', descending: true }];

/** A page of the estimates that were shared, the latest first. */
export const sharedEstimates = async (
  reader: RowReader,
  tenantId: string,
  page: {
    readonly clientId?: string | undefined;
    readonly limit: number;
    readonly after?: readonly OrderValue[] | undefined;
  },
): Promise<{
  readonly items: ResponseOf<typeof listRoiEstimates>['items'];
  readonly next: readonly OrderValue[] | null;
}> => {
  const { clientId, limit, after } = page;
  const found = await reader.list(estimateTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      ...(clientId === undefined ? [] : [{ column: 'clientId', equals: clientId }]),
    ],
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ shared, projectId, startMonth }) => ({ ...shared, projectId, startMonth })),
    next: found.length > limit && last !== undefined ? afterRow(estimateTable, ORDER, last) : null,
  };
};

const EVERY_ESTIMATE = 10_000;

/** Whether the agency promises too much or too little. */
export const forecastingBias = async (
  profitability: Profitability,
  reader: RowReader,
  { tenantId, asOf: asked, instant }: Ask,
): Promise<ResponseOf<typeof getForecastingBias> | 'agency-not-configured'> => {
  const agency = await profitability.agency(reader, tenantId);
  if (agency === undefined) return 'agency-not-configured';
  const asOf = asked ?? localDate(instant, agency.timeZone);
  const where = [{ column: 'tenantId', equals: tenantId }];
  const rows = await reader.list(estimateTable, { where, orderBy: [], limit: EVERY_ESTIMATE });
  const compared: { readonly estimateId: string; readonly against: AgainstActual }[] = [];
  for (const row of rows) {
    if (row.projectId === null || row.sharedOn > asOf) continue;
    const project = await projectOf(profitability, reader, tenantId, row.projectId, asOf);
    const against = project && compare(row, project);
    if (against !== undefined && against.monthsCompared > 0) compared.push({ estimateId: row.estimateId, against });
  }
  const { estimatedGain, actualGain, ...bias } = biasOf(compared.map(({ against }) => against));
  const money = (minor: bigint) => ({ minor: Number(minor), currency: agency.currency });
  return {
    currency: agency.currency,
    ...bias,
    notComparable: rows.filter(({ sharedOn }) => sharedOn <= asOf).length - compared.length,
    estimatedGain: money(estimatedGain),
    actualGain: money(actualGain),
    items: compared.map(({ estimateId, against: { monthsCompared, gainBias, withinRange } }) => ({
      estimateId,
      monthsCompared,
      gainBias,
      withinRange: withinRange ?? false,
    })),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
