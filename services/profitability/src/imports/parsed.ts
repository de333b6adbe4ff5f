import type { RowProblemCode } from './problem.ts';

/** What reading a cell gave: its value, or why it has none. */
export type Parsed<Value> = { readonly value: Value } | { readonly code: RowProblemCode; readonly message: string };

export const parsed = <Value>(value: Value): Parsed<Value> => ({ value });

export const unreadable = (code: RowProblemCode, message: string): Parsed<never> => ({ code, message });
