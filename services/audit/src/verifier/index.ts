export { fromBase64, sha256, toHex } from './bytes.ts';
export { type Head, verifyConsistency, verifyInclusion } from './merkle.ts';
export { CannotCheck, openNote, parseCheckpoint } from './note.ts';
export { PACK_FORM, type Pack, packText } from './pack.ts';
export { type InHand, type ProvenPack, type Verdict, verifyPack } from './verify-pack.ts';
