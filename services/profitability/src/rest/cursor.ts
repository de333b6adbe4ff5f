import { encodeCursor } from '@headroom/http';
import type { OrderValue } from '@headroom/projecting';

/** Lists here are ordered by texts alone, so every value of a cursor is one. */
export const cursorOf = (
  operation: Parameters<typeof encodeCursor>[0],
  scope: Parameters<typeof encodeCursor>[1],
  next: readonly OrderValue[] | null,
): string | null => (next === null ? null : encodeCursor(operation, scope, next.map(String)));
