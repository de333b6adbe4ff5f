import { type Html, html, type Language, writtenMonth } from '@headroom/http/pages';
import { exponentOf } from '@headroom/money';
import type { RoiStory } from '../read-models/roi-story.ts';
import {
  amountAxis,
  amountAxisBelow,
  amountMargin,
  DOT,
  drawing,
  type Frame,
  LABEL_SIZE,
  px,
  slantedAxis,
  symbol,
  widthOf,
} from './chart/drawing.ts';
import { amountScale, bandScale } from './chart/scale.ts';
import { wordings } from './wording.ts';
import { type Money, writtenMoney } from './written.ts';

const GAIN = '#1b7f5c';
const COST = '#b3532e';
const BEFORE = '#1c1c1c';
const WIDTH = 600;
const MONTH_LABELS = 48;

/** Major units, to draw with; what is written beside a mark is exact. */
const major = ({ minor, currency }: Money): number => minor / 10 ** exponentOf(currency);
/** Shown money of a page that suppresses nothing. */
const shown = (money: Money | null, currency: string): Money => money ?? { minor: 0, currency };

type Place = readonly [x: number, y: number];

const lineThrough = (places: readonly Place[]): string => places.map(([x, y]) => `${px(x)},${px(y)}`).join('L');

/** What the colours of the curve stand for, above it. */
const legend = (series: readonly { readonly name: string; readonly colour: string }[]): Html => {
  const [first, second] = series.map(
    ({ name, colour }) => html`<path d="${DOT}" fill="${colour}"/><text x="8" y="4" font-size="12">${name}</text>`,
  );
  const beside = widthOf([series[0]?.name ?? '']) + 5 * LABEL_SIZE;
  return html`<g fill="#222"><g transform="translate(4,-14)">${first ?? ''}</g><g transform="translate(${beside},-14)">${second ?? ''}</g></g>`;
};

/** The month in which gain and cost meet. */
const meetingLine = (text: string, x: number, { width, height }: Frame): Html => {
  const atTheEnd = x > width / 2;
  const beside = px(atTheEnd ? x - 5 : x + 5);
  return html`<path aria-label="${text}" role="graphics-symbol" d="M${px(x)},0V${px(height)}" stroke="#333" stroke-dasharray="4,3"/><text x="${beside}" y="9" font-size="12" fill="#333" text-anchor="${atTheEnd ? 'end' : 'start'}">${text}</text>`;
};

/** The curve of gain, with its range, against that of cost, and the month in which they meet. */
export const cumulativeCurve = ({ roi }: RoiStory, language: Language): string => {
  const words = wordings[language];
  const { currency, payback } = roi;
  const names = roi.months.map(({ month }) => month);
  const of = (money: Money | null): number => major(shown(money, currency));
  const all = roi.months.flatMap(({ cumulativeGain: { low, base, high }, cumulativeCost }) =>
    [low, base, high, cumulativeCost].map(of),
  );
  const HEIGHT = 260;
  const amounts = amountScale(all, HEIGHT, 0);
  const months = bandScale(names, WIDTH);
  const left = amountMargin(amounts, language);
  const frame: Frame = { width: WIDTH, height: HEIGHT, left, top: 30, right: 10, bottom: MONTH_LABELS };
  const curve = (name: string, colour: string, moneyOf: (month: (typeof roi.months)[number]) => Money): Html => {
    const places = roi.months.map((each): Place => [months.at(each.month), amounts.at(major(moneyOf(each)))]);
    const dots = roi.months.map((each, index) => {
      const label = `${name}, ${each.month}: ${writtenMoney(moneyOf(each), language)}`;
      const [x, y] = places[index] ?? [0, 0];
      return symbol(label, x, y, DOT, html`fill="${colour}"`);
    });
    return html`<path d="M${lineThrough(places)}" stroke="${colour}" stroke-width="2" fill="none"/>${dots}`;
  };
  const above = roi.months.map(
    ({ month, cumulativeGain }): Place => [months.at(month), amounts.at(of(cumulativeGain.high))],
  );
  const below = roi.months.map(
    ({ month, cumulativeGain }): Place => [months.at(month), amounts.at(of(cumulativeGain.low))],
  );
  const range = html`<path d="M${lineThrough([...above, ...below.reverse()])}Z" fill="${GAIN}" opacity="0.15"/>`;
  const met = payback.base?.reached ? payback.base.month : undefined;
  const meeting = met === undefined ? '' : `${words.payback}: ${writtenMonth(met, language)}`;
  return drawing(frame, words.curve, [
    amountAxis(amounts, currency, frame, language),
    slantedAxis(names, months, frame),
    range,
    curve(words.curveGain, GAIN, ({ cumulativeGain }) => shown(cumulativeGain.base, currency)),
    curve(words.curveCost, COST, ({ cumulativeCost }) => shown(cumulativeCost, currency)),
    ...(met === undefined ? [] : [meetingLine(meeting, months.at(met), frame)]),
    legend([
      { name: words.curveGain, colour: GAIN },
      { name: words.curveCost, colour: COST },
    ]),
  ]);
};

/** Gain at worst, as stated and at best, against what was paid. */
export const rangeChart = ({ roi }: RoiStory, language: Language): string | undefined => {
  if (roi.gain === null) return undefined;
  const words = wordings[language];
  const { currency, gain } = roi;
  const cost = shown(roi.cost, currency);
  const scenarios = (['low', 'base', 'high'] as const).map((name) => ({ name, money: shown(gain[name], currency) }));
  const [BAND, BAR] = [32, 16];
  const left = widthOf(scenarios.map(({ name }) => words[name])) + LABEL_SIZE;
  const frame: Frame = { width: WIDTH - left, height: 3 * BAND, left, top: 18, right: 60, bottom: 34 };
  const all = [major(cost), ...scenarios.map(({ money }) => major(money))];
  const amounts = amountScale(all, 0, frame.width);
  const bars = scenarios.map(({ name, money }, index) => {
    const label = `${words[name]}: ${writtenMoney(money, language)}`;
    const y = index * BAND + (BAND - BAR) / 2;
    const strength = name === 'base' ? 1 : 0.45;
    const to = amounts.at(major(money)) - amounts.at(0);
    const look = html`fill="${GAIN}" opacity="${strength}"`;
    return html`${symbol(label, amounts.at(0), y, `M0,0h${px(to)}v${BAR}h${px(-to)}Z`, look)}<text x="-6" y="${px(y + BAR / 2 + 4)}" text-anchor="end" fill="#444">${words[name]}</text>`;
  });
  const paid = `${words.cost}: ${writtenMoney(cost, language)}`;
  const x = amounts.at(major(cost));
  return drawing(frame, words.range, [
    amountAxisBelow(amounts, currency, frame, language),
    ...bars,
    html`<path aria-label="${paid}" role="graphics-symbol" d="M${px(x)},-4V${frame.height}" stroke="${COST}" stroke-width="2"/><text x="${px(x > frame.width / 2 ? x - 4 : x + 4)}" y="-6" font-size="11" fill="${COST}" text-anchor="${x > frame.width / 2 ? 'end' : 'start'}">${paid}</text>`,
  ]);
};

export const metricNames = [
  'costPerInquiry',
  'costPerVisitor',
  'costPerCall',
  'profitPerVisitor',
  'turnoverFromInquiries',
] as const;
export type MetricName = (typeof metricNames)[number];

interface Point {
  readonly month: string;
  readonly money: Money;
}

/** A service metric month by month, with what it was before; undefined when no month has a value. */
export const metricChart = ({ metrics }: RoiStory, name: MetricName, language: Language): string | undefined => {
  const words = wordings[language];
  const valuesOf = (kind: 'value' | 'baseline'): Point[] =>
    metrics.months.flatMap(({ month, [name]: { [kind]: money } }) => (money === null ? [] : [{ month, money }]));
  const [points, before] = [valuesOf('value'), valuesOf('baseline')];
  if (points.length === 0) return undefined;
  const names = metrics.months.map(({ month }) => month);
  const [width, height] = [230, 110];
  const amounts = amountScale(
    [...points, ...before].map(({ money }) => major(money)),
    height,
    0,
  );
  const months = bandScale(names, width);
  const frame: Frame = {
    width,
    height,
    left: amountMargin(amounts, language),
    top: 8,
    right: 10,
    bottom: MONTH_LABELS,
  };
  const BAR = 0.8;
  const half = (months.step * BAR) / 2;
  const said = (what: string, { month, money }: Point) => `${what}, ${month}: ${writtenMoney(money, language)}`;
  const bars = points.map((point) => {
    const y = amounts.at(major(point.money));
    const shape = `M${px(-half)},0h${px(2 * half)}V${px(amounts.at(0) - y)}h${px(-2 * half)}Z`;
    return symbol(said(words[name], point), months.at(point.month), y, shape, html`fill="${GAIN}"`);
  });
  const ticks = before.map((point) => {
    const look = html`stroke="${BEFORE}" stroke-width="2"`;
    const [x, y] = [months.at(point.month), amounts.at(major(point.money))];
    return symbol(said(words.before, point), x, y, `M${px(-half)},0h${px(2 * half)}`, look);
  });
  return drawing(frame, words[name], [
    amountAxis(amounts, metrics.currency, frame, language),
    slantedAxis(names, months, frame),
    ...bars,
    ...ticks,
  ]);
};
