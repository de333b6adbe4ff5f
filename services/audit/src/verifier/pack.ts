/** A file of evidence: events, what proves them, and what they say. Raised when its form changes; a reader refuses others. */
export const PACK_FORM = 'headroom.evidence/v1';

export type PackValue =
  | null
  | boolean
  | number
  | string
  | readonly PackValue[]
  | { readonly [name: string]: PackValue };

/** What the pack is about. */
export interface PackSubject {
  readonly kind: 'request' | 'extra-payment' | 'dispute' | 'command';
  readonly id: string;
}

/** An event in evidence. */
export interface PackEvent {
  /** Its place in the tree, from 0. */
  readonly n: number;
  /** What was sealed, byte by byte: its place in the log in the open, and a commitment for each of its values. */
  readonly leaf: string;
  /** Values that are shown, by path: the salt of the commitment, and the value. Others are withheld. */
  readonly shown: { readonly [path: string]: readonly [salt: string, value: PackValue] };
  /** Base64 hashes that lead from the leaf to the root of the checkpoint. */
  readonly path: readonly string[];
}

/** The key of one value that is stored encrypted: it opens that one and no other. */
export interface Disclosure {
  /** The event's place in the tree. */
  readonly n: number;
  readonly path: string;
  /** Base64 of 32 bytes. */
  readonly key: string;
}

/** That the log of an earlier checkpoint is the beginning of this one's. */
export interface PackEarlier {
  readonly size: number;
  readonly root: string;
  readonly path: readonly string[];
}

/** What the events say, for people; made from the events alone. */
export interface PackStatement {
  /** The words that were said and agreed to, as they were recorded. */
  readonly words: readonly { readonly by: string; readonly on: string; readonly words: string }[];
  readonly en: readonly string[];
  readonly ru: readonly string[];
}

export interface Pack {
  readonly form: typeof PACK_FORM;
  readonly subject: PackSubject;
  readonly statement: PackStatement;
  readonly events: readonly PackEvent[];
  /** A signed note (C2SP tlog-checkpoint). */
  readonly checkpoint: string;
  readonly earlier: PackEarlier | null;
  /** Base64 of the 32 bytes of the Ed25519 key. Compare it with what the agency has published. */
  readonly publicKey: string;
  /** What was revealed of values that are stored encrypted; of somebody who was erased, nothing can be. */
  readonly disclosures: readonly Disclosure[];
  /** A signed note over all of the above: no event was left out, and no letter was changed. */
  readonly seal: string;
}

/** The text of a pack's file. */
export const packText = (pack: object): string => `${JSON.stringify(pack, undefined, 1)}\n`;

/** What the seal of a pack signs: its origin, what it is, and the digest (hex) of the file without the seal. */
export const sealText = (origin: string, digest: string): string => `${origin}\n${PACK_FORM}\n${digest}\n`;
