import { concatenated, fromBase64, sameBytes, utf8 } from './bytes.ts';
import type { Disclosure, PackValue } from './pack.ts';
import type { SeenEvent } from './seen-event.ts';

// What is personal stands in the log encrypted, under a key of its own for each field: so one field can be revealed, and
// whoever is erased takes the keys along, while every hash stays what it was.

type Bytes = Uint8Array<ArrayBuffer>;

const PREFIX = 'enc:v1:';
const ERASED = '[erased]';
const LOCATOR_BYTES = 16;
const IV_BYTES = 12;

/** Whether a value is stored encrypted. */
export const isToken = (value: PackValue | undefined): value is string =>
  typeof value === 'string' && value.startsWith(PREFIX);

const fromBase64Url = (text: string): Bytes | undefined =>
  fromBase64(
    text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .padEnd(Math.ceil(text.length / 4) * 4, '='),
  );

const decoder = new TextDecoder('utf-8', { fatal: true });

/** AES-256-GCM, bound to the token's subject. */
const decrypted = async (token: string, sealed: Bytes, key: Bytes): Promise<string> => {
  const additionalData = utf8(token.slice(0, token.lastIndexOf(':')));
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const iv = sealed.slice(0, IV_BYTES);
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, aes, sealed.slice(IV_BYTES));
  return JSON.parse(decoder.decode(bytes)) as string;
};

/** The IV is made of key and text, so no other key opens the token to another text. */
const ivOf = async (text: string, key: Bytes): Promise<Bytes> => {
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmac, utf8(`iv\n${text}`))).slice(0, IV_BYTES);
};

/** The text of a token by the key of its field; undefined when they do not belong together. */
const opened = async (token: string, key: Bytes): Promise<string | undefined> => {
  const bytes = fromBase64Url(token.slice(token.lastIndexOf(':') + 1));
  if (bytes === undefined) return undefined;
  const sealed = bytes.slice(LOCATOR_BYTES);
  try {
    const text = await decrypted(token, sealed, key);
    return sameBytes(await ivOf(text, key), concatenated(sealed.subarray(0, IV_BYTES))) ? text : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The events with what is revealed of them in the place of what is stored, and `[erased]` where nothing is; else what is
 * wrong with what was revealed.
 */
export const revealed = async (
  events: readonly SeenEvent[],
  disclosures: readonly Disclosure[],
): Promise<SeenEvent[] | string> => {
  const keys = new Map(disclosures.map(({ n, path, key }) => [`${n}${path}`, key]));
  let used = 0;
  const revealValue = async (n: number, path: string, value: PackValue): Promise<PackValue | undefined> => {
    if (!isToken(value)) return value;
    const key = keys.get(`${n}${path}`);
    if (key === undefined) return ERASED;
    used += 1;
    const bytes = fromBase64(key);
    return bytes && opened(value, bytes);
  };
  const shown: SeenEvent[] = [];
  for (const event of events) {
    const values = new Map<string, PackValue>();
    for (const [path, value] of event.values) {
      const text = await revealValue(event.n, path, value);
      if (text === undefined) return `What is revealed of the event at place ${event.n} is not what was stored.`;
      values.set(path, text);
    }
    shown.push({ ...event, values });
  }
  return used === disclosures.length ? shown : 'Something is revealed of an event that the pack does not hold.';
};
