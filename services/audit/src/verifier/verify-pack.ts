import { fromBase64, sameBytes, sha256, toBase64, toHex, utf8 } from './bytes.ts';
import { readEvents, streamWithGap } from './check-events.ts';
import { revealed } from './disclosures.ts';
import { verifyConsistency } from './merkle.ts';
import { openNote, parseCheckpoint, type SignedCheckpoint, signerOf } from './note.ts';
import { type Pack, type PackStatement, type PackSubject, packText, sealText } from './pack.ts';
import { readPack } from './read-pack.ts';
import { makeStatement } from './statement/make-statement.ts';

/** What the reader of a pack has from elsewhere: the more of it, the less has to be believed. */
export interface InHand {
  /** A checkpoint that was handed out earlier: the text of its note. */
  readonly checkpoint?: string | undefined;
  /** The agency's public key, in base64, as it was published. */
  readonly publicKey?: string | undefined;
}

export interface ProvenPack {
  readonly kind: 'proven';
  readonly subject: PackSubject;
  readonly statement: PackStatement;
  readonly events: number;
  readonly checkpoint: SignedCheckpoint;
  /** Base64 of the key that signed, and its SHA-256 in hex. */
  readonly publicKey: string;
  readonly fingerprint: string;
  /** The earlier head that the checkpoint grew from; `inHand` when it is the reader's own. */
  readonly grewFrom: { readonly size: number; readonly inHand: boolean } | null;
  /** Whether the key is the one that the reader knows. */
  readonly keyKnown: boolean;
}

export interface RefutedPack {
  readonly kind: 'refuted';
  /** What is wrong, for people. */
  readonly why: string;
}

export type Verdict = ProvenPack | RefutedPack;

const refuted = (why: string): RefutedPack => ({ kind: 'refuted', why });

const isTrustedKey = (pack: Pack, { publicKey }: InHand): boolean =>
  publicKey === undefined || publicKey.trim() === pack.publicKey;

/** Whether the seal is the key's, over this very file. */
const isSealed = async (pack: Pack, origin: string, publicKey: Uint8Array<ArrayBuffer>): Promise<boolean> => {
  const { seal, ...rest } = pack;
  const digest = toHex(await sha256(utf8(packText(rest))));
  return (await openNote(seal, origin, publicKey)) === sealText(origin, digest);
};

const NOT_ITS_BEGINNING =
  'The log was rewritten: the checkpoint in hand is not the beginning of the log that this pack was made from.';

/** Whether the pack's log grew out of the head it names, and out of the reader's own checkpoint; else why not. */
const checkGrowth = async (
  { earlier }: Pack,
  checkpoint: SignedCheckpoint,
  own: SignedCheckpoint | undefined,
): Promise<string | undefined> => {
  if (earlier !== null) {
    const root = fromBase64(earlier.root);
    const path = earlier.path.map(fromBase64);
    const read = path.filter((hash) => hash !== undefined);
    if (root === undefined || read.length < path.length) return 'The proof of growth is damaged.';
    if (!(await verifyConsistency({ size: earlier.size, root }, checkpoint, read)))
      return 'The log did not grow out of the earlier head that the pack names.';
  }
  if (own === undefined) return undefined;
  if (own.origin !== checkpoint.origin) return 'The checkpoint in hand is of another log.';
  if (own.size === checkpoint.size) return sameBytes(own.root, checkpoint.root) ? undefined : NOT_ITS_BEGINNING;
  if (own.size > checkpoint.size)
    return `The checkpoint in hand is newer (size ${own.size}) than the pack’s (size ${checkpoint.size}): ask for the pack again.`;
  if (own.size === 0) return undefined;
  if (earlier?.size !== own.size)
    return `The pack does not connect to the checkpoint in hand: ask for it again with sinceSize=${own.size}.`;
  return earlier.root === toBase64(own.root) ? undefined : NOT_ITS_BEGINNING;
};

const openOwn = async (
  { checkpoint }: InHand,
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<SignedCheckpoint | string | undefined> => {
  if (checkpoint === undefined) return undefined;
  const text = await openNote(checkpoint, signerOf(checkpoint), publicKey);
  return (text && parseCheckpoint(text)) ?? 'The checkpoint in hand was not signed with the key of this pack.';
};

const sameStatement = (one: PackStatement, other: PackStatement): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

interface Opened {
  readonly pack: Pack;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly checkpoint: SignedCheckpoint;
}

/** The pack in a file, with its signatures checked; else what is wrong. */
const openPack = async (file: Uint8Array, inHand: InHand): Promise<Opened | string> => {
  const pack = readPack(file);
  if (typeof pack === 'string') return pack;
  const publicKey = fromBase64(pack.publicKey);
  if (publicKey === undefined) return 'The public key is damaged.';
  if (!isTrustedKey(pack, inHand)) return 'The pack was signed with another key than the one in hand.';
  const origin = signerOf(pack.checkpoint);
  const note = await openNote(pack.checkpoint, origin, publicKey);
  const checkpoint = note === undefined ? undefined : parseCheckpoint(note);
  if (checkpoint === undefined) return 'The checkpoint does not bear a valid signature.';
  if (!(await isSealed(pack, origin, publicKey)))
    return 'The seal is broken: something was changed, removed, added or moved since the pack was made.';
  return { pack, publicKey, checkpoint };
};

/** How many events the pack proves, when they say what its statement says; else what is wrong. */
const checkEvents = async ({ pack, checkpoint }: Opened): Promise<number | string> => {
  const events = await readEvents(pack.events, checkpoint);
  if (typeof events === 'string') return events;
  const gap = pack.subject.kind === 'command' ? undefined : streamWithGap(events);
  if (gap !== undefined) return `An event of ${gap} was left out.`;
  const open = await revealed(events, pack.disclosures);
  if (typeof open === 'string') return open;
  const derived = makeStatement(pack.subject, open);
  return sameStatement(derived, pack.statement) ? events.length : 'The statement does not say what the events say.';
};

/**
 * Checks a pack with nothing but the file, and what the reader has in hand: that every event in it is in the log of the
 * checkpoint, that none was changed, left out or moved since the pack was sealed, that the statement says what the
 * events say, and that the log was not rewritten since an earlier checkpoint. Throws `CannotCheck` where signatures
 * cannot be checked at all.
 */
export const verifyPack = async (file: Uint8Array, inHand: InHand = {}): Promise<Verdict> => {
  const opened = await openPack(file, inHand);
  if (typeof opened === 'string') return refuted(opened);
  const { pack, publicKey, checkpoint } = opened;
  const events = await checkEvents(opened);
  if (typeof events === 'string') return refuted(events);
  const own = await openOwn(inHand, publicKey);
  if (typeof own === 'string') return refuted(own);
  const rewritten = await checkGrowth(pack, checkpoint, own);
  if (rewritten !== undefined) return refuted(rewritten);
  const { subject, statement, earlier } = pack;
  return {
    kind: 'proven',
    subject,
    statement,
    events,
    checkpoint,
    publicKey: pack.publicKey,
    fingerprint: toHex(await sha256(publicKey)),
    grewFrom: own ? { size: own.size, inHand: true } : earlier && { size: earlier.size, inHand: false },
    keyKnown: inHand.publicKey !== undefined || own !== undefined,
  };
};
