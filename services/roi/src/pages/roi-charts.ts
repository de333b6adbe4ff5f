import { type Language, writtenMonth } from '@headroom/http/pages';
import { exponentOf } from '@headroom/money';
import type { RoiStory } from '../read-models/roi-story.ts';
import { type ChartSpec, drawChart } from './chart.ts';
import { wordings } from './wording.ts';
import { type Money, writtenMoney } from './written.ts';

const GAIN = '#1b7f5c';
const COST = '#b3532e';
const BEFORE = '#1c1c1c';
const WIDTH = 600;

/** Major units, to draw with; what is written beside a mark is exact. */
const major = ({ minor, currency }: Money): number => minor / 10 ** exponentOf(currency);
/** Shown money of a page that suppresses nothing. */
const shown = (money: Money | null, currency: string): Money => money ?? { minor: 0, currency };

const months = {
  field: 'month',
  type: 'ordinal',
  title: null,
  axis: { labelAngle: -40, labelOverlap: 'parity' },
} as const;
const amounts = (title: string) => ({ type: 'quantitative', title, axis: { format: ',~f', tickCount: 5 } }) as const;

/** The curve of gain, with its range, against that of cost, and the month in which they meet. */
export const cumulativeCurve = ({ roi }: RoiStory, language: Language): Promise<string> => {
  const words = wordings[language];
  const { currency, payback } = roi;
  const label = (series: string, month: string, money: Money) =>
    `${series}, ${month}: ${writtenMoney(money, language)}`;
  const points = roi.months.flatMap(({ month, cumulativeGain, cumulativeCost }) => {
    const [gain, cost] = [shown(cumulativeGain.base, currency), shown(cumulativeCost, currency)];
    return [
      { month, series: words.curveGain, amount: major(gain), label: label(words.curveGain, month, gain) },
      { month, series: words.curveCost, amount: major(cost), label: label(words.curveCost, month, cost) },
    ];
  });
  const band = roi.months.map(({ month, cumulativeGain: { low, high } }) => ({
    month,
    low: major(shown(low, currency)),
    high: major(shown(high, currency)),
  }));
  const met = payback.base?.reached ? [{ month: payback.base.month }] : [];
  const meeting = met.map(({ month }) => `${words.payback}: ${writtenMonth(month, language)}`).join('');
  const spec: ChartSpec = {
    width: WIDTH,
    height: 260,
    layer: [
      {
        data: { values: band },
        mark: { type: 'area', color: GAIN, opacity: 0.15, aria: false },
        encoding: { x: months, y: { field: 'low', ...amounts(currency) }, y2: { field: 'high' } },
      },
      {
        data: { values: points },
        mark: { type: 'line', aria: false },
        encoding: {
          x: months,
          y: { field: 'amount', ...amounts(currency) },
          color: {
            field: 'series',
            type: 'nominal',
            scale: { domain: [words.curveGain, words.curveCost], range: [GAIN, COST] },
          },
        },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 28, opacity: 1 },
        encoding: {
          x: months,
          y: { field: 'amount', ...amounts(currency) },
          color: { field: 'series', type: 'nominal' },
          description: { field: 'label' },
        },
      },
      {
        data: { values: met.map(({ month }) => ({ month, label: meeting })) },
        mark: { type: 'rule', strokeDash: [4, 3], color: '#333' },
        encoding: { x: months, description: { field: 'label' } },
      },
      {
        data: { values: met.map(({ month }) => ({ month, label: meeting })) },
        mark: { type: 'text', align: 'left', dx: 5, y: 8, fontSize: 12, color: '#333', aria: false },
        encoding: { x: months, text: { field: 'label' } },
      },
    ],
  };
  return drawChart(spec, language, words.curve);
};

/** Gain at worst, as stated and at best, against what was paid. */
export const rangeChart = ({ roi }: RoiStory, language: Language): Promise<string> | undefined => {
  if (roi.gain === null) return undefined;
  const words = wordings[language];
  const { currency, gain } = roi;
  const cost = shown(roi.cost, currency);
  const bars = (['low', 'base', 'high'] as const).map((scenario) => {
    const money = shown(gain[scenario], currency);
    return {
      name: words[scenario],
      strength: scenario === 'base' ? 1 : 0.45,
      amount: major(money),
      label: `${words[scenario]}: ${writtenMoney(money, language)}`,
    };
  });
  const paid = { amount: major(cost), label: `${words.cost}: ${writtenMoney(cost, language)}` };
  const amount = { field: 'amount', ...amounts(currency) };
  const spec: ChartSpec = {
    width: WIDTH - 60,
    height: 96,
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', color: GAIN, height: 16 },
        encoding: {
          y: { field: 'name', type: 'nominal', sort: null, title: null },
          x: amount,
          opacity: { field: 'strength', type: 'quantitative', scale: null, legend: null },
          description: { field: 'label' },
        },
      },
      {
        data: { values: [paid] },
        mark: { type: 'rule', color: COST, strokeWidth: 2 },
        encoding: { x: amount, description: { field: 'label' } },
      },
      {
        data: { values: [paid] },
        mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 4, y: -2, color: COST, fontSize: 11, aria: false },
        encoding: { x: amount, text: { field: 'label' } },
      },
    ],
  };
  return drawChart(spec, language, words.range);
};

export const metricNames = [
  'costPerInquiry',
  'costPerVisitor',
  'costPerCall',
  'profitPerVisitor',
  'turnoverFromInquiries',
] as const;
export type MetricName = (typeof metricNames)[number];

/** A service metric month by month, with what it was before; undefined when no month has a value. */
export const metricChart = (
  { metrics }: RoiStory,
  name: MetricName,
  language: Language,
): Promise<string> | undefined => {
  const words = wordings[language];
  const points = metrics.months.flatMap(({ month, [name]: { value } }) =>
    value === null
      ? []
      : [{ month, amount: major(value), label: `${words[name]}, ${month}: ${writtenMoney(value, language)}` }],
  );
  if (points.length === 0) return undefined;
  const before = metrics.months.flatMap(({ month, [name]: { baseline } }) =>
    baseline === null
      ? []
      : [{ month, amount: major(baseline), label: `${words.before}, ${month}: ${writtenMoney(baseline, language)}` }],
  );
  const amount = { field: 'amount', ...amounts(metrics.currency), scale: { zero: true } };
  const all = { ...months, scale: { domain: metrics.months.map(({ month }) => month) } };
  const spec: ChartSpec = {
    width: 230,
    height: 110,
    layer: [
      {
        data: { values: points },
        mark: { type: 'bar', color: GAIN },
        encoding: { x: all, y: amount, description: { field: 'label' } },
      },
      {
        data: { values: before },
        mark: { type: 'tick', color: BEFORE, thickness: 2, orient: 'horizontal' },
        encoding: { x: all, y: amount, description: { field: 'label' } },
      },
    ],
  };
  return drawChart(spec, language, words[name]);
};
