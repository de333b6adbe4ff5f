import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { localDate } from '@headroom/kernel';
import { formatDecimal, millionths, priceOfHourMinor, RATIO_SCALE } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { agencyTable, specialistTable } from './tables.ts';

export interface PriceAnHour {
  readonly specialistId: string;
  readonly margin: string;
  readonly revenueTax: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
}

/** What an hour of a specialist must be sold for; the formula is `priceOfHourMinor`'s. */
export const priceAnHour = async (reader: RowReader, tenantId: string, question: PriceAnHour) => {
  const settings = (await reader.get(agencyTable, tenantId))?.settings;
  const specialist = await reader.get(specialistTable, tenantId, question.specialistId);
  if (settings == null || specialist === undefined) return 'not-found';
  const asOf = question.asOf ?? localDate(question.instant, settings.timeZone);
  const rate = specialist.costRates.findLast(({ effectiveFrom }) => effectiveFrom <= asOf);
  if (rate === undefined) return 'no-cost-rate';
  const { currency, costBasis } = settings;
  const minor = priceOfHourMinor(rate.ratePerHour, question.margin, question.revenueTax, currency);
  if (minor === undefined) return 'nothing-left';
  const ratio = (share: string) => formatDecimal(millionths(share), RATIO_SCALE);
  return {
    specialistId: specialist.specialistId,
    role: specialist.role,
    basis: costBasis,
    costPerHour: rate.ratePerHour,
    breakdown: rate.breakdown,
    margin: ratio(question.margin),
    revenueTax: ratio(question.revenueTax),
    price: { minor, currency },
    rateId: rate.rateId,
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
