/** Somebody whose personal data an event holds, as the event tells it. */
export interface Person {
  /** What kind of subject it is; begins the subject's id. */
  readonly kind: string;
  /** What tells the person from all others of the kind. It is kept as a keyed hash alone, so it may be personal. */
  readonly key: readonly string[];
  /** The rest of the subject's id, when the person has one that is known anyway; else one is made by chance. */
  readonly id?: string;
  /** Ids of things the person belongs to; kept for ever, so never personal. */
  readonly about: Readonly<Record<string, string>>;
  /** What the person is called; null when the event does not tell. */
  readonly label: string | null;
}

/** A subject as the vault knows it. */
export interface Subject {
  readonly subjectId: string;
  readonly kind: string;
  readonly about: Readonly<Record<string, string>>;
  /** Null when it never had one; `[erased]` when it is gone. */
  readonly label: string | null;
  /** RFC 3339 instants. */
  readonly createdAt: string;
  readonly erasedAt: string | null;
}

/** A name as it is compared: however it was typed, it is the same person's. */
export const normalisedName = (name: string): string =>
  name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
