import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The parts of a key as the caller sends it: `hdr_<env>_<id>_<secret>`. */
export interface KeyText {
  readonly id: string;
  readonly secret: string;
}

const FORM = /^hdr_[a-z]{1,16}_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** The environments a key may name, so that one of a test agency is told from one of a real agency at a glance. */
export const isEnvironment = (text: string): boolean => /^[a-z]{1,16}$/.test(text);

/** Undefined when the text has not the form of a key. */
export const parseKey = (text: string): KeyText | undefined => {
  const match = FORM.exec(text);
  return match ? { id: match[1] as string, secret: match[2] as string } : undefined;
};

/** A new key of 256 random bits, and its id. */
export const makeKey = (
  environment: string,
): { readonly id: string; readonly secret: string; readonly key: string } => {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, secret, key: `hdr_${environment}_${id}_${secret}` };
};

/** A plain hash is enough: 256 random bits cannot be guessed, so there is nothing to slow down. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** Whether this is the secret that was hashed; takes as long for a wrong one as for the right one. */
export const isSecret = (secret: string, hashed: Buffer): boolean => timingSafeEqual(hashSecret(secret), hashed);
