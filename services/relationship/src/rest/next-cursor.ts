import { encodeCursor } from '@headroom/http';
import type { OrderValue } from '@headroom/projecting';

/** The cursor of the page behind the last row; null when there is none. */
export const nextCursor = (
  operation: Parameters<typeof encodeCursor>[0],
  scope: Parameters<typeof encodeCursor>[1],
  next: readonly OrderValue[] | null,
): string | null => (next === null ? null : encodeCursor(operation, scope, next));
