import { hash } from 'node:crypto';
import type { Operation } from '@headroom/contracts/rest';
import type { OrderValue } from '@headroom/projecting';
import { canonicalJson } from './canonical-json.ts';

/** What a cursor belongs to: an operation asked with these parameters. */
export interface CursorScope {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Values of the order columns, and of the key, of the last row seen: what `afterRow` gives and `after` takes. */
export type CursorValues = readonly OrderValue[];

const CHECKSUM_LENGTH = 11;

/** Binds the values to the operation and everything it was asked with but the page itself. */
const checksum = ({ operationId }: Pick<Operation, 'operationId'>, scope: CursorScope, values: string): string => {
  const { cursor: _cursor, limit: _limit, ...filters } = scope.query;
  const bound = `${operationId}\n${canonicalJson(scope.params)}\n${canonicalJson(filters)}\n${values}`;
  return hash('sha256', bound, 'base64url').slice(0, CHECKSUM_LENGTH);
};

/** An opaque text from which the list goes on behind these values, for the same operation and filters alone. */
export const encodeCursor = (
  operation: Pick<Operation, 'operationId'>,
  scope: CursorScope,
  values: CursorValues,
): string => {
  const json = JSON.stringify(values);
  return checksum(operation, scope, json) + Buffer.from(json).toString('base64url');
};

const isCursorValues = (value: unknown): value is CursorValues =>
  Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object');

/** The values of a cursor; undefined when it was mangled, or made for another operation or other filters. */
export const readCursor = (
  operation: Pick<Operation, 'operationId'>,
  scope: CursorScope,
  cursor: string,
): CursorValues | undefined => {
  const json = Buffer.from(cursor.slice(CHECKSUM_LENGTH), 'base64url').toString('utf8');
  if (checksum(operation, scope, json) !== cursor.slice(0, CHECKSUM_LENGTH)) return undefined;
  try {
    const values: unknown = JSON.parse(json);
    return isCursorValues(values) ? values : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The values behind which the page asked for begins; undefined for the first page. The API has checked the cursor
 * before it asked the question, so a wrong one here is a fault.
 */
export const decodeCursor = (
  operation: Pick<Operation, 'operationId'>,
  scope: CursorScope,
): CursorValues | undefined => {
  const { cursor } = scope.query;
  if (cursor === undefined) return undefined;
  const values = readCursor(operation, scope, String(cursor));
  if (values === undefined) throw new Error(`a cursor that does not belong to ${operation.operationId} got through`);
  return values;
};
