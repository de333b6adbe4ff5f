import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

const SEED_BYTES = 32;
// An Ed25519 key in DER is its 32 bytes behind a fixed beginning (RFC 8410).
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');
const ED25519 = Buffer.from([1]);

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });

/** The 32 bytes of the public key that belongs to a seed. Throws unless the seed has 32 bytes. */
export const publicKeyOf = (seed: Uint8Array): Buffer => {
  if (seed.length !== SEED_BYTES) throw new RangeError(`an Ed25519 seed has ${SEED_BYTES} bytes`);
  const der = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return Buffer.from(der.subarray(PUBLIC_DER.length));
};

/** Four bytes that tell signers of a note apart (C2SP signed-note). */
export const keyIdOf = (name: string, publicKey: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), ED25519, publicKey]), 'buffer').subarray(0, 4);

/** A public key as verifiers of signed notes take it: `name+id+base64`. */
export const verifierKeyOf = (name: string, publicKey: Uint8Array): string => {
  const key = Buffer.concat([ED25519, publicKey]).toString('base64');
  return `${name}+${keyIdOf(name, publicKey).toString('hex')}+${key}`;
};

/** Signs texts as notes (C2SP signed-note): the text, an empty line, and a line with the signature. */
export interface Signer {
  readonly publicKey: Buffer;
  /** `text` ends with a newline. `name` is who signs. */
  readonly note: (name: string, text: string) => string;
}

export const createSigner = (seed: Uint8Array): Signer => {
  const publicKey = publicKeyOf(seed);
  const key = privateKeyOf(seed);
  return {
    publicKey,
    note: (name, text) => {
      const signature = sign(null, Buffer.from(text), key);
      const line = Buffer.concat([keyIdOf(name, publicKey), signature]).toString('base64');
      return `${text}\n\u2014 ${name} ${line}\n`;
    },
  };
};

/** Whether a note is this text, signed by the holder of the key under this name. */
export const isNoteOf = (note: string, name: string, text: string, publicKey: Uint8Array): boolean => {
  const head = `${text}\n\u2014 ${name} `;
  if (!note.startsWith(head) || !note.endsWith('\n')) return false;
  const line = Buffer.from(note.slice(head.length), 'base64');
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_DER, publicKey]), format: 'der', type: 'spki' });
  return (
    `${head}${line.toString('base64')}\n` === note &&
    line.subarray(0, 4).equals(keyIdOf(name, publicKey)) &&
    verify(null, Buffer.from(text), key, line.subarray(4))
  );
};
