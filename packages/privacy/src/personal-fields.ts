import type { EventMeta, Json, JsonObject } from '@headroom/event-store';
import type { Person } from './subject.ts';

/** A field of an event that holds personal data, when it holds a text. */
export interface PersonalField {
  /** Where it stands below `{ data, meta }`: names of members, `*` for every member of a list or an object. */
  readonly path: readonly string[];
  /** Whose data it is; undefined when the event does not tell, and the text stays as it is. */
  readonly person: (data: JsonObject) => Person | undefined;
}

/** The personal fields of events of a stored type; undefined when there are none. Asked for every event: no more than a look-up. */
export type PersonalFields = (storedType: string) => readonly PersonalField[] | undefined;

/** The parts of an event that may hold personal data. */
export interface Content {
  readonly data: JsonObject;
  readonly meta: EventMeta;
}

type Change = (text: string, pointer: string) => string;

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

const changedAt = (
  value: Json | undefined,
  path: readonly string[],
  pointer: string,
  change: Change,
): Json | undefined => {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' ? change(value, pointer) : value;
  if (typeof value !== 'object' || value === null) return value;
  const below = (name: string, member: Json | undefined) =>
    changedAt(member, rest, `${pointer}/${escaped(name)}`, change);
  if (Array.isArray(value)) return step === '*' ? value.map((item, n) => below(String(n), item) ?? null) : value;
  const members = value as JsonObject;
  const copy: Record<string, Json> = { ...members };
  for (const name of step === '*' ? Object.keys(members) : [step]) {
    const changed = below(name, members[name]);
    if (changed !== undefined) copy[name] = changed;
  }
  return copy;
};

/** The content with its text at a path changed; `change` is told the JSON pointer of each text that is found there. */
export const withChanged = ({ data, meta }: Content, path: readonly string[], change: Change): Content => {
  const content: Json = { data, meta: meta as unknown as JsonObject };
  // What was changed are texts alone, so the shape is what it was.
  return changedAt(content, path, '', change) as unknown as Content;
};
