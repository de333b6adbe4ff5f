import { concatenated, fromBase64, sameBytes, sha256, utf8 } from './bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const ED25519 = new Uint8Array([1]);
const KEY_BYTES = 32;
const ID_BYTES = 4;
const BETWEEN = '\n\n\u2014 ';

/** A checkpoint as it was signed: the head of a tenant's tree at a moment. */
export interface SignedCheckpoint {
  /** Whose log, and who signed: `headroom/<tenant>`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  /** Log position of the last event in the tree. */
  readonly position: number;
  readonly sealedAt: string;
}

/** This browser, or this page's address, lacks what checking a signature takes. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
}

type VerifyingKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const importKey = async (publicKey: Bytes): Promise<VerifyingKey> => {
  if (globalThis.crypto?.subtle === undefined)
    throw new CannotCheck(
      'This page was opened from an address at which browsers switch their cryptography off. Save the page and open it from your disk, or through https.',
    );
  try {
    return await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
  } catch (error) {
    throw new CannotCheck(
      'This browser cannot check Ed25519 signatures. Take a current Chrome, Edge, Firefox or Safari, or `npx headroom verify`.',
      { cause: error },
    );
  }
};

/** The text of a note, with its newline, when it bears a valid signature of this key under this name; else undefined. */
export const openNote = async (note: string, name: string, publicKey: Bytes): Promise<string | undefined> => {
  const end = note.lastIndexOf(BETWEEN);
  if (end < 0 || !note.endsWith('\n') || publicKey.length !== KEY_BYTES) return undefined;
  const text = `${note.slice(0, end)}\n`;
  const line = note.slice(end + BETWEEN.length, -1);
  if (!line.startsWith(`${name} `)) return undefined;
  const signed = fromBase64(line.slice(name.length + 1));
  if (signed === undefined) return undefined;
  const id = (await sha256(concatenated(utf8(`${name}\n`), ED25519, publicKey))).subarray(0, ID_BYTES);
  if (!sameBytes(signed.subarray(0, ID_BYTES), id)) return undefined;
  const key = await importKey(publicKey);
  const valid = await crypto.subtle.verify('Ed25519', key, signed.slice(ID_BYTES), utf8(text));
  return valid ? text : undefined;
};

const CHECKPOINT =
  /^(headroom\/[a-z0-9_]{1,40})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\nposition (\d{1,16})\nsealed (\S{20,40})\n$/;

/** What the text of a checkpoint says; undefined when it is none. */
export const parseCheckpoint = (text: string): SignedCheckpoint | undefined => {
  const [, origin, size, root, position, sealedAt] = CHECKPOINT.exec(text) ?? [];
  const bytes = root === undefined ? undefined : fromBase64(root);
  if (origin === undefined || bytes === undefined || sealedAt === undefined) return undefined;
  return { origin, size: Number(size), root: bytes, position: Number(position), sealedAt };
};

/** The name under which a note was signed, as its first line has it. */
export const signerOf = (note: string): string => note.slice(0, note.indexOf('\n'));
