import type { Notice } from './planned-hours.ts';

/** The lengths that the contract's `note` and `externalRef` allow. */
const NOTE_LENGTH = 2_000;
const REFERENCE_LENGTH = 200;

/** A cut may fall into the middle of a character beyond U+FFFF; half of it is no text. */
const cut = (text: string, length: number): string =>
  text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();

export interface FittingTexts {
  readonly note: string | null;
  readonly externalRef: string | null;
  readonly notices: readonly Notice[];
}

/** Makes an entry's texts fit: a long note is shortened and ends in `…`, a long reference is left out, for half of one is none. */
export const fittingTexts = (note: string | null, externalRef: string | null): FittingTexts => {
  const noteFits = note === null || note.length <= NOTE_LENGTH;
  const referenceFits = externalRef === null || externalRef.length <= REFERENCE_LENGTH;
  return {
    note: noteFits ? note : `${cut(note, NOTE_LENGTH - 1)}…`,
    externalRef: referenceFits ? externalRef : null,
    notices: [
      ...(noteFits ? [] : ['note-shortened' as const]),
      ...(referenceFits ? [] : ['reference-dropped' as const]),
    ],
  };
};
