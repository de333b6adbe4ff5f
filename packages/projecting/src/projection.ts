import type { EventMeta } from '@headroom/event-store';
import type { Table } from './table.ts';

/** The rows that a fold sees: a unit of work over the rows loaded for this page of events. */
export interface Rows {
  /** The row to look at; undefined when there is none. Throws `NotLoaded` when `needs` did not ask for it. */
  get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Row | undefined;
  /** The row to change in place; it is written when the page is. Undefined when there is none. */
  edit<Row extends object>(table: Table<Row>, ...key: readonly string[]): Row | undefined;
  /** A new row, or a whole new content for one that is there. Needs no loading. */
  put<Row extends object>(table: Table<Row>, row: Row): void;
  /** Removes a row; nothing happens when it is not there. */
  remove<Row extends object>(table: Table<Row>, ...key: readonly string[]): void;
  /**
   * The rows of a look-up that `needs` asked for with the same values, from the bound given there on; as they are now,
   * with what was changed so far. To look at or, through `edit`, to change; ordered by primary key.
   */
  where<Row extends object>(table: Table<Row>, lookup: string, ...values: readonly string[]): Row[];
}

/** What the fold of an event will read, told before the page is folded so that all of it is loaded at once. */
export interface Needs {
  row<Row extends object>(table: Table<Row>, ...key: readonly string[]): void;
  /**
   * The rows of a look-up: equality on its leading columns, and `from` as a lower bound on the column after them.
   * `follow` may name further rows that depend on what was found; it may be called more than once.
   */
  where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    options?: { readonly from?: string; readonly follow?: (rows: readonly Row[], needs: Needs) => void },
  ): void;
}

/** An event as a projection sees it: upcast to its current shape. */
export interface ProjectedEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly tenantId: string;
  readonly streamId: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: string;
  readonly meta: EventMeta;
}

/**
 * Turns a stored type and its data into the current event; undefined for one that has been retired and says nothing any
 * more. What it throws stops the projections that read the type.
 */
export type Upcast = (
  storedType: string,
  data: unknown,
) => { readonly type: string; readonly data: unknown } | undefined;

export type EventMap = { readonly [type: string]: unknown };

export interface Handler<Type extends string, Data> {
  /** What the fold will read; absent when it only puts or removes rows. */
  readonly needs?: (needs: Needs, event: ProjectedEvent<Type, Data>) => void;
  /**
   * The fold: pure but for the rows it is given; the same events make the same rows, byte for byte. It keeps no row
   * beyond the event, and copies what it will change later of the event's data: other projections see the same object.
   */
  readonly fold: (rows: Rows, event: ProjectedEvent<Type, Data>) => void;
}

export interface Projection {
  /** Also the name of its Postgres schema, with `_` for `-`. */
  readonly name: string;
  /** Raised when the fold changes its meaning: the projection is then rebuilt at the next start. */
  readonly version: number;
  readonly tables: readonly Table<never>[];
  /** Stored types to read, derived from the handlers and the upcaster. */
  readonly storedTypes: readonly string[];
  readonly upcast: Upcast;
  readonly handlers: { readonly [type: string]: Handler<string, never> };
}

/**
 * Declares a projection over a map of events (`{ HoursLogged: {...data}, ... }`). The mapped type demands a handler
 * for every event that it names.
 */
export const projection = <Events extends EventMap>(definition: {
  readonly name: string;
  readonly version: number;
  // biome-ignore lint/suspicious/noExplicitAny: tables of any row type stand side by side here
  readonly tables: readonly Table<any>[];
  readonly upcast: Upcast;
  /** Stored types beside the handlers' names that the upcaster turns into handled ones: `HoursLogged.v2`, ... */
  readonly storedTypes?: readonly string[];
  readonly handlers: { readonly [Type in keyof Events & string]: Handler<Type, Events[Type]> };
}): Projection => ({
  name: definition.name,
  version: definition.version,
  tables: definition.tables as readonly Table<never>[],
  storedTypes: [...new Set([...Object.keys(definition.handlers), ...(definition.storedTypes ?? [])])],
  upcast: definition.upcast,
  handlers: definition.handlers as unknown as Projection['handlers'],
});
