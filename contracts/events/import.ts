import { z } from 'zod';
import { event } from './event.ts';
import { id } from './values.ts';

const count = z.int().min(0);

export const importOutcome = z.enum(['completed', 'cancelled']);

/** Rows of a tracker's file begin to come in; each names the import in its `HoursLogged`. */
export const importStarted = event('ImportStarted', 1, {
  importId: id,
  format: z.string().max(40),
  fileName: z.string().max(200).nullable(),
  /** SHA-256 of the file, in hexadecimal. */
  fileDigest: z.string().regex(/^[0-9a-f]{64}$/),
});

export const importFinished = event('ImportFinished', 1, {
  importId: id,
  outcome: importOutcome,
  created: count,
  /** Rows that an earlier import had brought. */
  alreadyImported: count,
  refused: count,
  skipped: count,
  /** Of the entries created. */
  seconds: count,
});

/** Entries of the import were voided, all together. */
export const importReverted = event('ImportReverted', 1, {
  importId: id,
  voided: count,
  /** Entries that were left standing, since somebody had changed them or their stage does not take changes any more. */
  left: count,
});

export const importEvents = [importStarted, importFinished, importReverted] as const;
