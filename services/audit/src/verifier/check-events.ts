import { fromBase64, sha256, toBase64, utf8 } from './bytes.ts';
import { canonicalText } from './canonical-text.ts';
import { hashOfLeaf, verifyInclusion } from './merkle.ts';
import type { SignedCheckpoint } from './note.ts';
import type { PackEvent, PackValue } from './pack.ts';
import type { SeenEvent } from './seen-event.ts';

const LEAF_FORM = 'headroom.leaf/v1';

/** What a leaf says in the open. */
interface LeafContent {
  readonly form: string;
  readonly tenant: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A commitment as the notary makes it: the SHA-256 of salt, path and value, in base64url. */
const commitmentOf = async (salt: string, path: string, value: PackValue): Promise<string> => {
  const digest = await sha256(utf8(canonicalText([salt, path, value])));
  return toBase64(digest).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

/** Whether every value that is shown is the one that was sealed. */
const isAsSealed = async ({ shown }: PackEvent, { fields }: LeafContent): Promise<boolean> => {
  const checked = Object.entries(shown).map(
    async ([path, [salt, value]]) => fields[path] === (await commitmentOf(salt, path, value)),
  );
  return (await Promise.all(checked)).every(Boolean);
};

const isIncluded = async (event: PackEvent, { size, root }: SignedCheckpoint): Promise<boolean> => {
  const path = event.path.map(fromBase64);
  const read = path.filter((hash) => hash !== undefined);
  if (read.length < path.length) return false;
  return verifyInclusion(await hashOfLeaf(utf8(event.leaf)), event.n, size, read, root);
};

const seenOf = ({ n, shown }: PackEvent, leaf: LeafContent): SeenEvent => ({
  n,
  stream: leaf.stream,
  revision: leaf.revision,
  position: leaf.position,
  type: leaf.type,
  recordedAt: leaf.recordedAt,
  values: new Map(Object.entries(shown).map(([path, [, value]]) => [path, value])),
  withheld: Object.keys(leaf.fields).length - Object.keys(shown).length,
});

const readEvent = async (event: PackEvent, checkpoint: SignedCheckpoint): Promise<SeenEvent | string> => {
  if (!(await isIncluded(event, checkpoint)))
    return `The event at place ${event.n} is not in the log that the checkpoint was signed over.`;
  const leaf = JSON.parse(event.leaf) as LeafContent;
  if (leaf.form !== LEAF_FORM)
    return `The event at place ${event.n} has the form ${leaf.form}, which is not known here.`;
  if (`headroom/${leaf.tenant}` !== checkpoint.origin) return `The event at place ${event.n} is of another log.`;
  if (!(await isAsSealed(event, leaf)))
    return `The event at place ${event.n} does not hold a value that is shown of it.`;
  return seenOf(event, leaf);
};

/** Streams that belong to a subject alone: a pack shows them from their beginning, without a gap. */
const WHOLE = /^(request|extrapayment)-/;

/** The stream of which an event is missing before or between others; undefined when there is none. */
export const streamWithGap = (events: readonly SeenEvent[]): string | undefined => {
  const next = new Map<string, number>();
  for (const { stream, revision } of events.filter(({ stream }) => WHOLE.test(stream))) {
    if (revision !== (next.get(stream) ?? 0)) return stream;
    next.set(stream, revision + 1);
  }
  return undefined;
};

/** The events of a pack as they are shown, when all of them are in the log of the checkpoint; else what is wrong. */
export const readEvents = async (
  events: readonly PackEvent[],
  checkpoint: SignedCheckpoint,
): Promise<SeenEvent[] | string> => {
  const seen: SeenEvent[] = [];
  let last = -1;
  for (const event of events) {
    if (event.n <= last) return 'The events are not in the order of the log.';
    last = event.n;
    const read = await readEvent(event, checkpoint);
    if (typeof read === 'string') return read;
    seen.push(read);
  }
  return seen;
};
