import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { localDate } from '@headroom/kernel';
import { formatDecimal, millionths, priceOfHourMinor, RATIO_SCALE, ratioOf, shareOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { billableCost, priceParts } from '../../formulas/price-parts.ts';
import { agencyTable, specialistTable } from '../tables.ts';
import { type Language, priceTexts } from './price-texts.ts';

export interface PriceAnHour {
  readonly specialistId: string;
  readonly margin: string;
  readonly revenueTax: string;
  readonly vat: string;
  readonly utilisation?: string | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly language: Language;
}

const sixDecimals = (share: string) => formatDecimal(millionths(share), RATIO_SCALE);

/**
 * What an hour of a specialist must be sold for (`priceOfHourMinor`), with the parts of that price, and what of it can be
 * told to a client. A price from which only tax on revenue can be taken away tells nothing of the cost: to subtract
 * further one would have to know the margin, which is not in it, and neither is the share of any part but that tax.
 */
export const priceAnHour = async (reader: RowReader, tenantId: string, question: PriceAnHour) => {
  const settings = (await reader.get(agencyTable, tenantId))?.settings;
  const specialist = await reader.get(specialistTable, tenantId, question.specialistId);
  if (settings == null || specialist === undefined) return 'not-found';
  const asOf = question.asOf ?? localDate(question.instant, settings.timeZone);
  const rate = specialist.costRates.findLast(({ effectiveFrom }) => effectiveFrom <= asOf);
  if (rate === undefined) return 'no-cost-rate';
  const { currency, costBasis: basis } = settings;
  const { margin, revenueTax, vat, language } = question;
  const cost = billableCost(rate, question.utilisation, { basis, currency });
  if (cost === undefined) return 'utilisation-unknown';
  const priceMinor = priceOfHourMinor(cost.ratePerHour, margin, revenueTax, currency);
  if (priceMinor === undefined) return 'nothing-left';
  const { role } = specialist;
  const vatMinor = shareOf(priceMinor, vat);
  const taxMinor = shareOf(priceMinor, revenueTax);
  const utilisation = cost.utilisation === null ? null : sixDecimals(cost.utilisation);
  const parts = priceParts({ priceMinor, revenueTax, currency }, cost, rate.breakdown);
  const money = (minor: number) => ({ minor, currency });
  const told = { role, currency, priceMinor, taxMinor, vatMinor, margin, revenueTax, vat, utilisation, parts };
  const { internal, facts, client } = priceTexts(language, told);
  return {
    specialistId: specialist.specialistId,
    role,
    basis,
    costPerHour: rate.ratePerHour,
    costPerBillableHour: cost.ratePerHour,
    utilisation,
    breakdown: rate.breakdown,
    margin: sixDecimals(margin),
    revenueTax: sixDecimals(revenueTax),
    vat: sixDecimals(vat),
    price: money(priceMinor),
    priceWithVat: money(priceMinor + vatMinor),
    parts: parts.map(({ part, minor }) => ({ part, amount: money(minor), share: ratioOf(minor, priceMinor) })),
    internalText: internal,
    clientSafe: {
      role,
      price: money(priceMinor),
      vat: money(vatMinor),
      priceWithVat: money(priceMinor + vatMinor),
      revenueTax: money(taxMinor),
      facts,
      text: client,
    },
    language,
    currency,
    rateId: rate.rateId,
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
