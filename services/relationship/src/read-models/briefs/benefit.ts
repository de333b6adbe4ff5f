import type { BriefPeriod } from '@headroom/contracts/questions';
import type { ResponseOf } from '@headroom/contracts/rest';
import type { getResultsBrief } from '@headroom/contracts/rest/relationship';
import type { getClientRoi, getServiceMetrics } from '@headroom/contracts/rest/roi';
import { addDays, monthOf } from '@headroom/kernel';

type Brief = ResponseOf<typeof getResultsBrief>;
type Roi = ResponseOf<typeof getClientRoi>;
type Outcome = Pick<Roi, 'gain' | 'cost' | 'roi' | 'payback' | 'months'>;
type Metrics = ResponseOf<typeof getServiceMetrics>;

const names = ['costPerInquiry', 'costPerVisitor', 'costPerCall', 'profitPerVisitor', 'turnoverFromInquiries'] as const;

/** The metrics of a project that can be held against its baseline; undefined where nothing was measured. */
export const comparedMetrics = (project: Metrics): Brief['metrics'][number] | undefined => {
  const items = names.flatMap((metric) => {
    const { value, baseline, change, better } = project.total[metric];
    return value === null || baseline === null || better === null ? [] : [{ metric, value, baseline, change, better }];
  });
  const measuredMonths = project.months.filter(
    ({ visitors, inquiries, calls }) => visitors !== null || inquiries !== null || calls !== null,
  ).length;
  if (measuredMonths === 0) return undefined;
  const { projectId, name } = project;
  const improved = items.filter(({ better }) => better).length;
  return { projectId, name, measuredMonths, improved, compared: items.length, items };
};

const less = (gain: Brief['profit']['inPeriod']['gain'], paid: Brief['profit']['inPeriod']['paid']) =>
  gain === null || paid === null ? null : { minor: gain.minor - paid.minor, currency: gain.currency };

/** What the client earned by our work: in the months that the period touches, and from the start. */
export const clientProfit = (outcome: Outcome, { from, to }: BriefPeriod, currency: string): Brief['profit'] => {
  const last = monthOf(addDays(to, -1));
  const months = outcome.months.filter(({ month }) => month >= monthOf(from) && month <= last);
  const known = months.flatMap(({ gain }) => (gain?.base == null ? [] : [gain.base.minor]));
  const gain = known.length === 0 ? null : { minor: known.reduce((sum, minor) => sum + minor, 0), currency };
  const costs = months.map(({ cost }) => cost);
  const paid = costs.includes(null)
    ? null
    : { minor: costs.reduce((sum, cost) => sum + (cost?.minor ?? 0), 0), currency };
  const whole = outcome.gain?.base ?? null;
  const { base } = outcome.payback;
  return {
    inPeriod: {
      gain,
      paid,
      profit: less(gain, paid),
      months: known.length,
      monthsUnknown: months.length - known.length,
    },
    sinceStart: {
      gain: whole,
      paid: outcome.cost,
      profit: less(whole, outcome.cost),
      roi: outcome.roi.base,
      paidBackIn: base?.reached === true ? base.month : null,
    },
  };
};
