import type { Language } from '@headroom/http/pages';

/** Where amounts stand along an axis: a straight line from one end to the other. */
export interface AmountScale {
  readonly at: (amount: number) => number;
  readonly ticks: readonly number[];
}

const FEW = 5;
const STEPS = [1, 2, 5, 10];

/** The smallest round step (1, 2 or 5 of some power of ten) that cuts a span into a few parts. */
const roundStep = (span: number): number => {
  const rough = span / FEW;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * (STEPS.find((step) => step * power >= rough * (1 - 1e-9)) ?? STEPS.length);
};

/** A scale over amounts and zero, widened to round numbers; `from` and `to` are where its ends are drawn. */
export const amountScale = (amounts: readonly number[], from: number, to: number): AmountScale => {
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const step = most === least ? 1 : roundStep(most - least);
  const [first, last] = [Math.floor(least / step), Math.max(Math.ceil(most / step), Math.floor(least / step) + 1)];
  const at = (amount: number): number => from + ((amount / step - first) / (last - first)) * (to - from);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { at, ticks };
};

/** Places for some things side by side, in the middle of their parts of a width. */
export const bandScale = (things: readonly string[], width: number) => {
  const step = width / Math.max(1, things.length);
  const places = new Map(things.map((thing, index) => [thing, (index + 0.5) * step]));
  return { step, at: (thing: string): number => places.get(thing) ?? 0 };
};

const NO_BREAK_SPACE = '\u00a0';
const DECIMALS = 2;

/** The number at a tick, as people of that language write it. */
export const writtenTick = (tick: number, language: Language): string => {
  const [whole = '', part = ''] = Math.abs(tick)
    .toFixed(DECIMALS)
    .replace(/\.?0+$/, '')
    .split('.');
  const [thousands, point] = language === 'ru' ? [NO_BREAK_SPACE, ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${tick < 0 ? '−' : ''}${grouped}${part === '' ? '' : `${point}${part}`}`;
};
