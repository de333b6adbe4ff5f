import { hash } from 'node:crypto';
import type { Json, StoredEvent } from '@headroom/event-store';
import { leafHash } from '../tree/hashing.ts';
import { canonicalText } from './canonical.ts';

/** What is sealed of an event: its place in the open, and of each value in its data and metadata a commitment. */
export interface Leaf {
  /** Canonical JSON (RFC 8785); its UTF-8 bytes are what is hashed. */
  readonly text: string;
  readonly hash: Buffer;
}

/** A value as it was stored, with the salt that ties it to its commitment. */
export interface Disclosed {
  readonly path: string;
  readonly salt: string;
  readonly value: Json;
}

/** Raised when the form of leaves changes; what was sealed in an older form keeps it. */
const LEAF_FORM = 'headroom.leaf/v1';
const SALT_LENGTH = 22;

type Sealed = Pick<StoredEvent, 'streamId' | 'revision' | 'position' | 'id' | 'type' | 'recordedAt' | 'data' | 'meta'>;

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[', '~2');

/**
 * Every value by its path, down to the last one: `/data/amount/minor`, `/data/evidence/[0]/ref`. What is nested is cut
 * up too, so that one value can be shown and its neighbour withheld. An empty list or object is a value itself.
 */
const valuesOf = (path: string, value: Json): [path: string, value: Json][] => {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const members = Array.isArray(value)
    ? value.map((item: Json, n): [string, Json] => [`${path}/[${n}]`, item])
    : Object.entries(value).map(([name, member]): [string, Json] => [`${path}/${escaped(name)}`, member]);
  return members.length === 0 ? [[path, value]] : members.flatMap(([inner, member]) => valuesOf(inner, member));
};

const membersOf = ({ data, meta }: Sealed): [path: string, value: Json][] => [
  ...valuesOf('/data', data),
  ...valuesOf('/meta', { ...meta }),
];

/** 128 bits that only who holds the secret can tell, the same each time. */
const saltOf = (secret: string, eventId: string, path: string): string =>
  hash('sha256', `${secret}\n${eventId}\n${path}`, 'base64url').slice(0, SALT_LENGTH);

const commitmentOf = (salt: string, path: string, value: Json): string =>
  hash('sha256', canonicalText([salt, path, value]), 'base64url');

/** The leaf of an event as it is stored. `secret` is the notary's salt; the same event always has the same leaf. */
export const leafOf = (secret: string, tenantId: string, event: Sealed): Leaf => {
  const fields: Record<string, string> = {};
  for (const [path, value] of membersOf(event))
    fields[path] = commitmentOf(saltOf(secret, event.id, path), path, value);
  const { streamId: stream, revision, position, id, type, recordedAt } = event;
  const text = canonicalText({
    form: LEAF_FORM,
    tenant: tenantId,
    stream,
    revision,
    position,
    id,
    type,
    recordedAt,
    fields,
  });
  return { text, hash: leafHash(text) };
};

/** The values of an event, each with the salt of its commitment: what may be shown of a leaf. */
export const disclosuresOf = (secret: string, event: Sealed): Disclosed[] =>
  membersOf(event).map(([path, value]) => ({ path, salt: saltOf(secret, event.id, path), value }));
