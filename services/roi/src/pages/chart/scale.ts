import type { Language } from '@headroom/http/pages';
import { scaleBand, scaleLinear } from 'd3-scale';

/** Where amounts stand along an axis: a straight line from one end to the other. */
export interface AmountScale {
  readonly at: (amount: number) => number;
  readonly ticks: readonly number[];
}

const FEW = 5;

/** A scale over amounts and zero, widened to round numbers; `from` and `to` are where its ends are drawn. */
export const amountScale = (amounts: readonly number[], from: number, to: number): AmountScale => {
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const scale = scaleLinear([least, most === least ? 1 : most], [from, to]).nice(FEW);
  return { at: (amount) => scale(amount), ticks: scale.ticks(FEW) };
};

/** Places for some things side by side, in the middle of their parts of a width. */
export const bandScale = (things: readonly string[], width: number) => {
  const scale = scaleBand(things, [0, width]);
  const step = scale.step();
  return { step, at: (thing: string): number => (scale(thing) ?? 0) + step / 2 };
};

const written = {
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 2 }),
  ru: new Intl.NumberFormat('ru', { maximumFractionDigits: 2 }),
};

/** The number at a tick, as people of that language write it. */
export const writtenTick = (tick: number, language: Language): string => written[language].format(tick);
