import { type ImportProblem, type ProblemCode, problem } from '../problem.ts';

/** What a tracker's name stands for among ours, or why it stands for nothing. */
export type Match<Thing> = { readonly found: Thing } | Unmatched;

export interface Unmatched {
  readonly error: ImportProblem;
  /** What is to be mapped: the key to use, and the ids it may stand for; absent where a mapping would not help. */
  readonly missing?: Missing;
}

export interface Missing {
  readonly kind: 'people' | 'clients' | 'projects' | 'stages';
  readonly key: string;
  readonly candidates: readonly string[];
}

export const found = <Thing>(thing: Thing): { readonly found: Thing } => ({ found: thing });

/** Nothing to map: the entry or the mapping itself is at fault. */
export const unmatched = (code: ProblemCode, message: string, part: string, value: string): Unmatched => ({
  error: problem(code, message, part, value),
});

const PARTS = { people: 'person', clients: 'client', projects: 'project', stages: 'stage' } as const;

const CODES = {
  people: ['unknown-person', 'ambiguous-person'],
  clients: ['unknown-client', 'unknown-client'],
  projects: ['unknown-project', 'ambiguous-project'],
  stages: ['unknown-stage', 'ambiguous-stage'],
} as const;

/** The name stands for none of ours, or for several: the caller is to map it. */
export const toBeMapped = (kind: Missing['kind'], key: string, candidates: readonly string[] = []): Unmatched => {
  const part = PARTS[kind];
  const [unknown, ambiguous] = CODES[kind];
  const several = candidates.length > 0;
  const message = several ? `several of ours may be this ${part}; map it` : `none of ours is this ${part}; map it`;
  return { error: problem(several ? ambiguous : unknown, message, part, key), missing: { kind, key, candidates } };
};

/** The one candidate there is; none or several are to be mapped under the key. */
export const onlyOne = <Thing extends { readonly id: string }>(
  kind: Missing['kind'],
  key: string,
  candidates: readonly Thing[],
): Match<Thing> => {
  const [only, other] = candidates;
  if (only !== undefined && other === undefined) return found(only);
  return toBeMapped(
    kind,
    key,
    candidates.map(({ id }) => id),
  );
};

/** Nothing of ours has that name, so it might be created. */
export const isUnknown = (match: Match<unknown>): match is Unmatched =>
  'error' in match && match.missing !== undefined && match.missing.candidates.length === 0;

/** The mapping names an id that is not ours. */
export const noSuchTarget = (kind: Missing['kind'], id: string): Unmatched =>
  unmatched('mapping-target-unknown', `the mapping names a ${PARTS[kind]} that is not ours`, PARTS[kind], id);

/** What the mapping names, looked up among ours. */
export const mappedTo = <Thing>(kind: Missing['kind'], id: string, ours: ReadonlyMap<string, Thing>): Match<Thing> => {
  const thing = ours.get(id);
  return thing === undefined ? noSuchTarget(kind, id) : found(thing);
};
