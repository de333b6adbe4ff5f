import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const NO_SALT = new Uint8Array();

/** The text is no master key; the message says what one looks like. */
export class InvalidMasterKey extends Error {
  override readonly name = 'InvalidMasterKey';
}

const bytesOf = (text: string): Buffer => {
  const hex = /^[0-9a-fA-F]{64}$/.test(text);
  const bytes = Buffer.from(text, hex ? 'hex' : 'base64');
  if (bytes.length === KEY_BYTES && (hex || /^[A-Za-z0-9+/_-]{43}=?$/.test(text))) return bytes;
  throw new InvalidMasterKey('a master key is 32 bytes, in base64 (44 characters) or hexadecimal (64)');
};

/** A new master key, as text. */
export const newMasterKey = (): string => randomBytes(KEY_BYTES).toString('base64');

/** The key over all keys: it wraps those of subjects, and makes the keyed hashes by which subjects are found. */
export class MasterKey {
  readonly #wrapping: Buffer;
  readonly #lookup: Buffer;
  /** Tells this key from others, and nothing else of it. */
  readonly proof: Buffer;

  /** Of 32 bytes in base64 or hexadecimal. Throws `InvalidMasterKey`. */
  constructor(text: string) {
    const bytes = bytesOf(text);
    const derived = (purpose: string): Buffer =>
      Buffer.from(hkdfSync('sha256', bytes, NO_SALT, `headroom ${purpose} v1`, KEY_BYTES));
    this.#wrapping = derived('wrapping');
    this.#lookup = derived('lookup');
    this.proof = derived('proof');
  }

  isProvedBy(proof: Uint8Array): boolean {
    return proof.length === this.proof.length && timingSafeEqual(proof, this.proof);
  }

  /** Encrypts a subject's key; it opens again for the same `owner` only. */
  wrap(key: Uint8Array, owner: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#wrapping, iv).setAAD(Buffer.from(owner));
    return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  /** The key that was wrapped. Throws when it was wrapped for another owner, or changed since. */
  unwrap(wrapped: Uint8Array, owner: string): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#wrapping, wrapped.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(owner)).setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
    const key = decipher.update(wrapped.subarray(IV_BYTES, wrapped.length - TAG_BYTES));
    return Buffer.concat([key, decipher.final()]);
  }

  /** A hash that only a holder of the key can make or check. */
  lookup(texts: readonly string[]): Buffer {
    return createHmac('sha256', this.#lookup).update(JSON.stringify(texts)).digest();
  }
}
