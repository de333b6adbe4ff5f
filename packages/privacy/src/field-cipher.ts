import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync } from 'node:crypto';
import { formatToken, LOCATOR_BYTES, parseToken } from './token.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const NO_SALT = new Uint8Array();
const PURPOSE = Buffer.from('headroom field v1\n');

/** Where in the log a text stands. */
export interface FieldPlace {
  readonly eventId: string;
  /** JSON pointer into `{ data, meta }`. */
  readonly pointer: string;
}

const locatorOf = ({ eventId, pointer }: FieldPlace): Buffer =>
  hash('sha256', `${eventId}\n${pointer}`, 'buffer').subarray(0, LOCATOR_BYTES);

/**
 * The key of one field: HKDF-SHA256 of the subject's key over the event's id and the field's pointer. It opens that
 * field and tells nothing of the others, so it can be handed out.
 */
export const fieldKeyOf = (subjectKey: Uint8Array, locator: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', subjectKey, NO_SALT, Buffer.concat([PURPOSE, locator]), KEY_BYTES));

const boundTo = (subjectId: string): Buffer => Buffer.from(`enc:v1:${subjectId}`);

/**
 * Encrypts a text for its place, by AES-256-GCM, as the JSON that it is (so that also half a surrogate pair comes back). The IV is a keyed hash of the text: whoever repeats an append makes the
 * same bytes, and no key ever meets two texts under one IV.
 */
export const sealField = (subjectId: string, subjectKey: Uint8Array, place: FieldPlace, text: string): string => {
  const locator = locatorOf(place);
  const key = fieldKeyOf(subjectKey, locator);
  const iv = createHmac('sha256', key).update(`iv\n${text}`).digest().subarray(0, IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(subjectId));
  const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(text)), cipher.final(), cipher.getAuthTag()]);
  return formatToken({ subjectId, locator, sealed });
};

/** The text of a token, by the key of its field; undefined when key and token do not belong together. */
export const openWithFieldKey = (fieldKey: Uint8Array, token: string): string | undefined => {
  const { subjectId, sealed } = parseToken(token);
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', fieldKey, sealed.subarray(0, IV_BYTES));
    decipher.setAAD(boundTo(subjectId)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const text = decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES));
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as string;
  } catch {
    return undefined;
  }
};

/** The text of a token, by the key of its subject; undefined when key and token do not belong together. */
export const openField = (subjectKey: Uint8Array, token: string): string | undefined =>
  openWithFieldKey(fieldKeyOf(subjectKey, parseToken(token).locator), token);
