import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** A fresh id that sorts by time of creation (RFC 9562, version 7). */
export const newId = (): string => v7();

/**
 * An id derived from what identifies the wish (a version 8 UUID of RFC 9562 over SHA-256), so that a repeated
 * command makes the same id, the same stream and the same event ids, and a retry is harmless.
 */
export const derivedId = (...parts: readonly string[]): string => {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  digest[6] = ((digest[6] as number) & 0x0f) | 0x80;
  digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
