import { type Html, html, type Language } from '@headroom/http/pages';
import { type AmountScale, writtenTick } from './scale.ts';

/** The part of a drawing in which the marks are, with room for labels around it, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GREY = '#444';
const GRID = '#e6e6e6';
const LINE = '#999';
export const LABEL_SIZE = 10;
/** What a character of a label takes at most. */
const CHARACTER = 6;

const DECIMALS = 100;
/** A coordinate, to the hundredth of a pixel. */
export const px = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

/** A drawing that stands alone, with a title for those who do not see it. */
export const drawing = ({ width, height, left, top, right, bottom }: Frame, title: string, marks: readonly Html[]) =>
  html`<svg role="img" aria-label="${title}" style="max-width:100%;height:auto" xmlns="http://www.w3.org/2000/svg" width="${px(left + width + right)}" height="${px(top + height + bottom)}" viewBox="0 0 ${px(left + width + right)} ${px(top + height + bottom)}" font-family="Helvetica, Arial, sans-serif" font-size="${LABEL_SIZE}"><g transform="translate(${px(left)},${px(top)})">${marks}</g></svg>`
    .text;

/** A mark that says what it stands for. */
export const symbol = (label: string, x: number, y: number, shape: string, look: Html): Html =>
  html`<path aria-label="${label}" role="graphics-symbol" transform="translate(${px(x)},${px(y)})" d="${shape}" ${look}/>`;

const ROUND = 3;
/** A dot of some pixels. */
export const DOT = `M-${ROUND},0a${ROUND},${ROUND} 0 1,0 ${2 * ROUND},0a${ROUND},${ROUND} 0 1,0 -${2 * ROUND},0`;

/** What the labels of a scale take beside it. */
export const widthOf = (labels: readonly string[]): number =>
  CHARACTER * Math.max(0, ...labels.map(({ length }) => length));

/** What the labels of amounts and the name of their unit take to the left of a frame. */
export const amountMargin = ({ ticks }: AmountScale, language: Language): number =>
  widthOf(ticks.map((tick) => writtenTick(tick, language))) + 2 * LABEL_SIZE;

/** Amounts from below to above: lines across, numbers beside them, and the unit. */
export const amountAxis = ({ ticks, at }: AmountScale, unit: string, frame: Frame, language: Language): Html => {
  const lines = ticks.map((tick) => {
    const y = px(at(tick));
    return html`<path d="M0,${y}h${px(frame.width)}" stroke="${tick === 0 ? LINE : GRID}" fill="none"/><text x="-5" y="${px(y + 3)}" text-anchor="end">${writtenTick(tick, language)}</text>`;
  });
  const [x, y] = [px(LABEL_SIZE - frame.left), px(frame.height / 2)];
  return html`<g fill="${GREY}">${lines}<text transform="translate(${x},${y}) rotate(-90)" text-anchor="middle" font-weight="bold">${unit}</text></g>`;
};

/** Amounts from left to right, below the frame. */
export const amountAxisBelow = ({ ticks, at }: AmountScale, unit: string, frame: Frame, language: Language): Html => {
  const lines = ticks.map((tick) => {
    const x = px(at(tick));
    return html`<path d="M${x},0v${px(frame.height)}" stroke="${tick === 0 ? LINE : GRID}" fill="none"/><text x="${x}" y="${px(frame.height + LABEL_SIZE + 3)}" text-anchor="middle">${writtenTick(tick, language)}</text>`;
  });
  const below = px(frame.height + 2 * LABEL_SIZE + 8);
  return html`<g fill="${GREY}">${lines}<text x="${px(frame.width / 2)}" y="${below}" text-anchor="middle" font-weight="bold">${unit}</text></g>`;
};

/** Labels below the frame, slanted; where there is no room for all of them every second one, or fourth. */
export const slantedAxis = (
  labels: readonly string[],
  { step, at }: { readonly step: number; readonly at: (label: string) => number },
  { width, height }: Frame,
): Html => {
  let every = 1;
  while (every * step < LABEL_SIZE + 2) every *= 2;
  const shown = labels.flatMap((label, index) => {
    if (index % every !== 0) return [];
    const x = px(at(label));
    return [
      html`<path d="M${x},${px(height)}v4" stroke="${LINE}"/><text transform="translate(${px(x + 3)},${px(height + LABEL_SIZE + 3)}) rotate(-40)" text-anchor="end">${label}</text>`,
    ];
  });
  return html`<g fill="${GREY}"><path d="M0,${px(height)}h${px(width)}" stroke="${LINE}"/>${shown}</g>`;
};
