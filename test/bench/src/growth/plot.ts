import { html } from '@headroom/http/pages';
import {
  amountAxis,
  amountAxisBelow,
  amountMargin,
  DOT,
  drawing,
  px,
  symbol,
} from '../../../../services/roi/src/pages/chart/drawing.ts';
import { amountScale } from '../../../../services/roi/src/pages/chart/scale.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const [WIDTH, HEIGHT] = [480, 260];

/** One measure against the events of a log, both from zero: what grows in step with it lies on a straight line. SVG. */
export const plot = (title: string, unit: string, points: readonly Point[]): string => {
  const up = amountScale(
    points.map(({ y }) => y),
    HEIGHT,
    0,
  );
  const along = amountScale(
    points.map(({ x }) => x),
    0,
    WIDTH,
  );
  const frame = { width: WIDTH, height: HEIGHT, left: amountMargin(up, 'en') + 10, top: 12, right: 40, bottom: 40 };
  const at = ({ x, y }: Point) => [px(along.at(x)), px(up.at(y))] as const;
  const path = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point).join(',')}`).join('');
  return drawing(frame, title, [
    amountAxis(up, unit, frame, 'en'),
    amountAxisBelow(along, 'events', frame, 'en'),
    html`<path d="${path}" stroke="#1f5fa8" fill="none"/>`,
    ...points.map((point) => symbol(`${point.x}: ${point.y}`, ...at(point), DOT, html`fill="#1f5fa8"`)),
  ]);
};
