import type { BenefitQuestions, ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import { clientRoi } from './client-roi.ts';
import { sharedEstimates } from './roi-estimates.ts';
import { serviceMetrics } from './service-metrics.ts';

const MOST_ESTIMATES = 200;

/** What briefs may ask of this service: always as somebody sees it who may not see rates. */
export const benefitQuestions = (profitability: ProfitabilityQuestions<RowReader>): BenefitQuestions<RowReader> => ({
  client: async (reader, asked) => {
    const roi = await clientRoi(profitability, reader, { ...asked, seesRates: false });
    return typeof roi === 'string' ? undefined : roi;
  },
  metrics: (reader, asked) => serviceMetrics(profitability, reader, { ...asked, seesRates: false }),
  estimates: async (reader, tenantId, clientId) =>
    (await sharedEstimates(reader, tenantId, { clientId, limit: MOST_ESTIMATES })).items,
});
