import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { quantity } from '@headroom/contracts/rest/explaining';
import { formatDecimal, RATIO_SCALE } from '@headroom/money';
import type { PartEvent } from '@headroom/projecting';
import { referenceOf } from '@headroom/projecting';
import { type GroupedChange, groupsByWeight, summedGroups } from '../../formulas/comparison/telescope.ts';
import type { ExplainedBy } from '../explanation/addresses.ts';
import type { Moment } from './compare-figures.ts';

export type Quantity = import('zod').infer<typeof quantity>;

/** In what a figure is measured: minor units, millionths, or things counted. */
export type Unit = 'money' | 'ratio' | 'count';

export interface ShownBy {
  readonly unit: Unit;
  readonly currency: string;
}

const quantityOf = (amount: number, { unit, currency }: ShownBy): Quantity => {
  switch (unit) {
    case 'money':
      return { money: { minor: amount, currency } };
    case 'ratio':
      return { ratio: formatDecimal(BigInt(amount), RATIO_SCALE) };
    case 'count':
      return { count: amount };
  }
};

export interface Compared extends ShownBy {
  readonly from: Moment & { readonly amount: number | null };
  readonly to: Moment & { readonly amount: number | null };
  readonly changes: readonly GroupedChange[];
  readonly events: readonly PartEvent[];
  /** Where each event of a stage stands for itself; null where that is this very answer. */
  readonly comparison: (stageId: string) => ExplainedBy | null;
  readonly offset: number;
  readonly limit: number;
}

/** A comparison as it is answered: causes, and one page of what moved, the greatest first. */
export const shownComparison = (compared: Compared) => {
  const { from, to, events, comparison, offset, limit, currency } = compared;
  const changes = [...compared.changes].sort(groupsByWeight);
  const byPosition = new Map(events.map((event) => [event.position, event]));
  const told = (position: number | undefined) => {
    const event = position === undefined ? undefined : byPosition.get(position);
    return event === undefined ? null : referenceOf(event);
  };
  const moment = ({ amount, ...on }: Compared['from']) => ({
    ...on,
    value: amount === null ? null : quantityOf(amount, compared),
  });
  return {
    body: {
      from: moment(from),
      to: moment(to),
      difference: quantityOf((to.amount ?? 0) - (from.amount ?? 0), compared),
      causes: summedGroups(changes).map(({ cause, amount, changes: count }) => ({
        cause,
        change: quantityOf(amount, compared),
        changes: count,
      })),
      items: changes.slice(offset, offset + limit).map(({ cause, amount, stageId, on, positions }) => ({
        cause,
        change: quantityOf(amount, compared),
        stageId,
        on,
        events: { count: positions.length, first: told(positions[0]), last: told(positions.at(-1)) },
        comparison: stageId === null ? null : comparison(stageId),
      })),
      currency,
      asOf: to.asOf,
      knownAt: to.knownAt,
      formulaVersion: FORMULA_VERSION,
    },
    next: changes.length > offset + limit ? offset + limit : null,
  };
};
