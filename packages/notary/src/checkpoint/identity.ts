import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { createSigner, publicKeyOf, type Signer } from './signer.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Who seals: the key that signs, and the salt behind what leaves commit to. */
export interface Identity {
  readonly signer: Signer;
  readonly salt: string;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** The key that was given is not the one with which this database's checkpoints are signed. */
export class KeyMismatch extends Error {
  override readonly name = 'KeyMismatch';
}

interface IdentityRow {
  readonly public_key: Buffer;
  readonly seed: Buffer | null;
  readonly salt: string;
  readonly created_at: string;
}

const SELECT = 'select public_key, seed, salt, created_at from notary.identity';
const INSERT = 'insert into notary.identity (public_key, seed, salt) values ($1, $2, $3) on conflict do nothing';

const BYTES = 32;

/**
 * The identity of this database, made when there is none. With a seed of its own the notary keeps no private key in the
 * database. Throws `KeyMismatch` when the seed is missing, or is not the one that everything was signed with.
 */
export const openIdentity = async (db: Queryable, seed?: Uint8Array): Promise<Identity> => {
  const made = seed ?? randomBytes(BYTES);
  await db.query(INSERT, [
    publicKeyOf(made),
    seed === undefined ? made : null,
    randomBytes(BYTES).toString('base64url'),
  ]);
  const row = (await db.query<IdentityRow>(SELECT)).rows[0];
  if (row === undefined) throw new Error('the identity of the notary vanished');
  const own = seed ?? row.seed;
  if (own === null) throw new KeyMismatch('this database’s checkpoints are signed with a key that NOTARY_KEY held');
  const signer = createSigner(own);
  if (!signer.publicKey.equals(row.public_key))
    throw new KeyMismatch('NOTARY_KEY is not the key with which this database’s checkpoints are signed');
  return { signer, salt: row.salt, createdAt: row.created_at };
};
