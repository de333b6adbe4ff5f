import { createHash, hash } from 'node:crypto';

// RFC 6962, section 2.1 (RFC 9162 alike): leaves and nodes are told apart by their first byte.
const LEAF = '\0';
const NODE = Buffer.from([1]);

/** SHA-256 of a leaf's text. */
export const leafHash = (text: string): Buffer => hash('sha256', LEAF + text, 'buffer');

/** SHA-256 of a node over its two children. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The head of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');
