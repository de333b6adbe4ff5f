import canonicalize from 'canonicalize';

/** Half of a surrogate pair cannot be written as UTF-8; nothing of ours holds one, and what does is still sealed. */
const wellFormed = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.isWellFormed() ? value : { illFormed: Buffer.from(value, 'utf16le').toString('hex') };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toWellFormed(), wellFormed(member)]));
};

/** JSON as RFC 8785 has it: one text for one value. */
export const canonicalText = (value: unknown): string => {
  try {
    return canonicalize(value) as string;
  } catch {
    return canonicalize(wellFormed(value)) as string;
  }
};
