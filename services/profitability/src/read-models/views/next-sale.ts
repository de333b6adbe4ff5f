import type { ClientStanding } from '@headroom/contracts/questions';
import type { ResponseOf } from '@headroom/contracts/rest';
import type { getSalesView } from '@headroom/contracts/rest/profitability';

type NextSale = ResponseOf<typeof getSalesView>['items'][number]['nextSale'];

const bySegment = {
  invest: 'sell',
  maintain: 'sell',
  reprice: 'reprice-first',
  'reduce-contact': 'wait',
  exit: 'do-not-sell',
} as const;

/** Where the forecast of a stage stands. */
export type StageOutlook = 'fine' | 'below-standard' | 'losing-money';

/**
 * Whether to sell more to a client: as its segment says, but nothing before a stage that loses money is mended. A stage
 * below the standard is told with the verdict and does not change it.
 */
export const nextSaleOf = (segment: ClientStanding['segment'], stages: readonly StageOutlook[]): NextSale => {
  const mending: NextSale['reasons'] = stages.includes('losing-money')
    ? ['stage-losing-money']
    : stages.includes('below-standard')
      ? ['stage-below-standard']
      : [];
  if (segment === null) return { verdict: 'unknown', reasons: ['too-little-known', ...mending] };
  const reasons: NextSale['reasons'] = [`segment-${segment}`, ...mending];
  const verdict = bySegment[segment];
  return { verdict: verdict === 'sell' && stages.includes('losing-money') ? 'reprice-first' : verdict, reasons };
};
