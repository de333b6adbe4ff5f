import { hash } from 'node:crypto';

export const MOST_DEPTH = 32;
export const MOST_ITEMS = 10_000;

/** The value is nested deeper, or one of its lists is longer, than any request of ours needs. */
export class BeyondLimits extends Error {
  override readonly name = 'BeyondLimits';
}

const object = (value: Readonly<Record<string, unknown>>, depth: number): string => {
  const names = Object.keys(value);
  if (names.length > MOST_ITEMS) throw new BeyondLimits(`an object has at most ${MOST_ITEMS} members`);
  names.sort();
  let text = '';
  for (const name of names) {
    const member = value[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${write(member, depth)}`;
  }
  return `{${text}}`;
};

const array = (value: readonly unknown[], depth: number): string => {
  if (value.length > MOST_ITEMS) throw new BeyondLimits(`a list has at most ${MOST_ITEMS} items`);
  let text = '';
  for (const item of value) text += `${text === '' ? '' : ','}${write(item, depth)}`;
  return `[${text}]`;
};

const write = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === MOST_DEPTH) throw new BeyondLimits(`JSON is nested at most ${MOST_DEPTH} deep`);
  return Array.isArray(value) ? array(value, depth + 1) : object(value as Record<string, unknown>, depth + 1);
};

/**
 * Parsed JSON as text that does not depend on the order of members or on white space. Throws `BeyondLimits` for what is
 * too deep or too long, before anything else looks at it.
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

/** 128 bits of SHA-256 over texts: two requests with the same fingerprint ask for the same thing. */
export const fingerprintOf = (...texts: readonly string[]): string =>
  hash('sha256', texts.join('\n'), 'base64url').slice(0, 22);
