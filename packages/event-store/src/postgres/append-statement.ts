import type { KeyClaim } from '../port.ts';
import { int4Array, jsonArray, textArray, uuidArray } from './binary-array.ts';
import type { SerialisedAppend, SerialisedEvent } from './serialised-append.ts';

/** What became of one append of a batch. */
export interface Verdict {
  readonly taken: boolean;
  /** The revision that the stream had before, -1 when it did not exist. */
  readonly revision: number;
  /** Position of its last event; 0 when it was not taken. */
  readonly position: number;
}

/** Appends that are taken all or none; most bundles hold one. */
export type Bundle = readonly SerialisedAppend[];

const ANY = -2;

const ARGUMENTS = '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10';
const TEXT = `select head, revisions::text, takens::text from log.append(${ARGUMENTS})`;

/** Each is a parameter: an array of the one member of all claims. */
const claimMembers = ['tenantId', 'key', 'fingerprint'] as const;

/** The same by a function that claims keys before it appends; see `claimingFunction` of the store's options. */
const claimingText = (claimingFunction: string): string =>
  `select head, revisions::text, takens::text, misused::text from ${claimingFunction}(${ARGUMENTS}, $11, $12, $13)`;

/**
 * The one prepared statement that appends a batch; no two of its appends may name the same stream. Claims need a function
 * that takes them.
 */
export const appendStatement = (
  bundles: readonly Bundle[],
  claims: readonly KeyClaim[] = [],
  claimingFunction?: string,
) => {
  const appends = bundles.flat();
  const firsts: number[] = [];
  const owners: number[] = [];
  const events: SerialisedEvent[] = [];
  for (const [index, append] of appends.entries()) {
    firsts.push(events.length + 1);
    for (const event of append.events) {
      owners.push(index + 1);
      events.push(event);
    }
  }
  return {
    name: 'append',
    text: claimingFunction === undefined ? TEXT : claimingText(claimingFunction),
    rowMode: 'array' as const,
    values: [
      int4Array(bundles.flatMap((bundle, index) => bundle.map(() => index))),
      textArray(appends.map(({ streamId }) => streamId)),
      int4Array(appends.map(({ expected }) => (expected === 'any' ? ANY : expected))),
      int4Array(firsts),
      int4Array(appends.map((append) => append.events.length)),
      int4Array(owners),
      textArray(events.map(({ type }) => type)),
      uuidArray(events.map(({ id }) => id)),
      jsonArray(events.map(({ data }) => data)),
      jsonArray(events.map(({ meta }) => meta)),
      ...(claimingFunction === undefined
        ? []
        : claimMembers.map((member) => textArray(claims.map((claim) => claim[member])))),
    ],
  };
};

/** Of an array literal without quotes, nesting or nulls. */
const elements = (literal: string): string[] => literal.slice(1, -1).split(',');

export type AppendRow = readonly [
  head: number | null,
  revisions: string | null,
  takens: string | null,
  misused?: string | null,
];

/** Which of the claims belong to other content, by index; nothing was appended when there are any. */
export const readMisused = ([, , , misused]: AppendRow): number[] =>
  misused == null ? [] : elements(misused).map((n) => Number(n) - 1);

/** One verdict an append, bundle by bundle in the order given. */
export const readVerdicts = (bundles: readonly Bundle[], [head, revisions, takens]: AppendRow): Verdict[][] => {
  if (head === null || revisions === null || takens === null) throw new Error('the append gave no verdict');
  const revisionOf = elements(revisions);
  const takenOf = elements(takens);
  let n = 0;
  let position = head;
  return bundles.map((bundle) =>
    bundle.map(({ events }) => {
      const taken = takenOf[n] === 't';
      const revision = Number(revisionOf[n]);
      n += 1;
      if (taken) position += events.length;
      return { taken, revision, position: taken ? position : 0 };
    }),
  );
};
