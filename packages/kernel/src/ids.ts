import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/** A fresh id that sorts by time of creation (RFC 9562, version 7). */
export const newId = (): string => v7();

/** The digit of the variant: two bits of RFC 9562 and the digest's own other two. */
const VARIANTS = '89ab';

/**
 * An id derived from what identifies the wish (a version 8 UUID of RFC 9562 over SHA-256), so that a repeated
 * command makes the same id, the same stream and the same event ids, and a retry is harmless.
 */
export const derivedId = (...parts: readonly string[]): string => {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = VARIANTS[Number.parseInt(hex[16] as string, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
