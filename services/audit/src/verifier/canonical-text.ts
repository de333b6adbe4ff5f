import type { PackValue } from './pack.ts';

/** JSON as RFC 8785 has it. Values of packs are plain: texts, numbers, lists and objects that came out of JSON. */
export const canonicalText = (value: PackValue): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  const members = Object.entries(value as Readonly<Record<string, PackValue>>);
  // By code units, as the standard wants it, and not by anybody's language.
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join()}}`;
};
