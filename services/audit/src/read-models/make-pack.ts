import { hash } from 'node:crypto';
import { type Checkpoint, DamagedLog, type Evidence, type LeafRow, type Notary } from '@headroom/notary';
import { isToken, revealed } from '../verifier/disclosures.ts';
import {
  type Disclosure,
  PACK_FORM,
  type Pack,
  type PackEarlier,
  type PackEvent,
  type PackSubject,
  packText,
  sealText,
} from '../verifier/pack.ts';
import type { SeenEvent } from '../verifier/seen-event.ts';
import { makeStatement } from '../verifier/statement/make-statement.ts';
import { openPaths } from './privacy.ts';

/** Gives the keys of values that are stored encrypted, each of that value alone; none for people who were erased. */
export type FieldKeys = (tenantId: string, tokens: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

export interface PackMakers {
  readonly notary: Notary;
  readonly fieldKeys: FieldKeys;
}

export interface PackWish {
  readonly tenantId: string;
  readonly subject: PackSubject;
  /** In log order, all sealed. */
  readonly leaves: readonly LeafRow[];
  readonly seesRates: boolean;
  /** Size of an earlier tree that the reader has a checkpoint of. */
  readonly sinceSize: number | undefined;
}

export type PackRefusal = 'not-sealed-yet' | 'since-is-larger' | 'log-damaged';

const base64 = (bytes: Buffer): string => bytes.toString('base64');

const shownOf = ({ disclosures }: Evidence, seesRates: boolean): PackEvent['shown'] => {
  const open = openPaths(
    disclosures.map(({ path }) => path),
    seesRates,
  );
  const shown = disclosures.filter(({ path }) => open.has(path));
  return Object.fromEntries(shown.map(({ path, salt, value }) => [path, [salt, value]]));
};

const seenOf = ({ leaf, disclosures }: Evidence, { shown }: PackEvent): SeenEvent => ({
  n: leaf.n,
  stream: leaf.streamId,
  revision: leaf.revision,
  position: leaf.position,
  type: leaf.type,
  recordedAt: leaf.recordedAt,
  values: new Map(Object.entries(shown).map(([path, [, value]]) => [path, value])),
  withheld: disclosures.length - Object.keys(shown).length,
});

const earlierOf = async (
  notary: Notary,
  tenantId: string,
  size: number | undefined,
  checkpoint: Checkpoint,
): Promise<PackEarlier | null> => {
  if (size === undefined) return null;
  const [root, path] = await Promise.all([
    notary.root(tenantId, size),
    notary.consistency(tenantId, size, checkpoint.size),
  ]);
  return { size, root: base64(root), path: path.map(base64) };
};

/** The keys of those values that are stored encrypted and can still be opened. */
const disclosuresOf = async (
  fieldKeys: FieldKeys,
  tenantId: string,
  events: readonly SeenEvent[],
): Promise<Disclosure[]> => {
  const tokens = events.flatMap(({ n, values }) =>
    [...values].flatMap(([path, value]) => (isToken(value) ? [{ n, path, token: value }] : [])),
  );
  const keys = await fieldKeys(
    tenantId,
    tokens.map(({ token }) => token),
  );
  return tokens.flatMap(({ n, path, token }) => {
    const key = keys.get(token);
    return key === undefined ? [] : [{ n, path, key: Buffer.from(key).toString('base64') }];
  });
};

const packOf = async (
  { notary, fieldKeys }: PackMakers,
  wish: PackWish,
  evidence: readonly Evidence[],
  checkpoint: Checkpoint,
): Promise<Pack> => {
  const { tenantId, subject, leaves, seesRates, sinceSize } = wish;
  const places = leaves.map(({ n }) => n);
  const [paths, earlier, { name, publicKey }] = await Promise.all([
    notary.inclusion(tenantId, places, checkpoint.size),
    earlierOf(notary, tenantId, sinceSize, checkpoint),
    notary.key(tenantId),
  ]);
  const events = evidence.map((each, at): PackEvent => {
    const path = (paths[at] ?? []).map(base64);
    return { n: each.leaf.n, leaf: each.text, shown: shownOf(each, seesRates), path };
  });
  const seen = evidence.map((each, at) => seenOf(each, events[at] as PackEvent));
  const disclosures = await disclosuresOf(fieldKeys, tenantId, seen);
  const open = await revealed(seen, disclosures);
  if (typeof open === 'string') throw new Error(open);
  const unsealed = {
    form: PACK_FORM,
    subject,
    statement: makeStatement(subject, open),
    events,
    checkpoint: checkpoint.note,
    earlier,
    publicKey: base64(publicKey),
    disclosures,
  } as const;
  const digest = hash('sha256', packText(unsealed), 'hex');
  return { ...unsealed, seal: await notary.sign(tenantId, sealText(name, digest)) };
};

/** Puts sealed events into a file that proves them to anybody. */
export const makePack = async (makers: PackMakers, wish: PackWish): Promise<Pack | PackRefusal> => {
  const { notary } = makers;
  const checkpoint = await notary.latest(wish.tenantId);
  const last = wish.leaves.at(-1);
  if (checkpoint === undefined || last === undefined || last.n >= checkpoint.size) return 'not-sealed-yet';
  if ((wish.sinceSize ?? 0) > checkpoint.size) return 'since-is-larger';
  try {
    return await packOf(makers, wish, await notary.evidence(wish.leaves), checkpoint);
  } catch (error) {
    if (error instanceof DamagedLog) return 'log-damaged';
    throw error;
  }
};
