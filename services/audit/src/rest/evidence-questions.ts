import type { ResponseOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/audit';
import { type Bound, bindLookup, type Caller } from '@headroom/http';
import type { LeafRow } from '@headroom/notary';
import { makePack, type PackWish } from '../read-models/make-pack.ts';
import { type AuditParts, sealedAsSeen, sealedAt, sealedByNow } from './parts.ts';

/** The contract's lists may be written to, those of a pack not; else the two are alike. */
type Answered = ResponseOf<typeof contract.getReceipt>;

const answer = async (parts: AuditParts, wish: PackWish) => {
  const made = await makePack(parts, wish);
  return typeof made === 'string'
    ? ({ kind: 'refused', code: made } as const)
    : ({ kind: 'answer', body: made as unknown as Answered } as const);
};

/** Requests that extra payments are for, so that what was asked stands beside what was paid. */
const requestsOf = async ({ store }: AuditParts, leaves: readonly LeafRow[]): Promise<string[]> => {
  const first = leaves.find(({ type }) => /^(ExtraPaymentProposed|RequestDisputed)/.test(type));
  if (first === undefined) return [];
  const [event] = await store.readStream(first.streamId, first.revision);
  const requestId = event?.data.requestId;
  return typeof requestId === 'string' ? [requestId] : [];
};

const leavesOf = async (
  parts: AuditParts,
  tenantId: string,
  subject: { readonly kind: string; readonly id: string },
): Promise<LeafRow[]> => {
  const { notary } = parts;
  const own = await notary.leavesAbout(tenantId, [subject]);
  if (subject.kind === 'request') return own;
  const requests = await requestsOf(parts, own);
  if (requests.length === 0) return own;
  return notary.leavesAbout(tenantId, [subject, ...requests.map((id) => ({ kind: 'request', id }))]);
};

/** What each kind of subject begins with; without it there is no such thing. */
const BEGINNING: Readonly<Record<string, RegExp>> = {
  request: /^ClientRequestRegistered/,
  'extra-payment': /^ExtraPaymentProposed/,
  dispute: /^RequestDisputed/,
};

const pack = (parts: AuditParts): Bound =>
  bindLookup(contract.getDisputePack, async ({ caller, params, query }) => {
    const { tenantId, seesRates } = caller;
    const subject = { kind: params.subject, id: params.subjectId };
    await sealedByNow(parts);
    const leaves = await leavesOf(parts, tenantId, subject);
    if (!leaves.some(({ type }) => BEGINNING[subject.kind]?.test(type)))
      return { kind: 'not-found', what: params.subject };
    return answer(parts, { tenantId, subject, leaves, seesRates, sinceSize: query.sinceSize });
  });

const mayBeSeen = ({ permissions, actor }: Caller, leaves: readonly LeafRow[]): boolean =>
  leaves.length > 0 && (permissions.has('audit:read') || leaves.every((leaf) => leaf.actor === actor));

const commandAt = async ({ notary }: AuditParts, tenantId: string, position: number): Promise<string | undefined> =>
  (await notary.leafAt(tenantId, position))?.commandKey;

const receipt = (parts: AuditParts): Bound =>
  bindLookup(contract.getReceipt, async ({ caller, query: { position, commandKey, sinceSize }, minPosition }) => {
    const { tenantId, seesRates } = caller;
    if ((position === undefined) === (commandKey === undefined)) return { kind: 'refused', code: 'receipt-unnamed' };
    const sealed = position === undefined ? await sealedAsSeen(parts, minPosition) : await sealedAt(parts, position);
    const key = position === undefined ? commandKey : await commandAt(parts, tenantId, position);
    const leaves = key === undefined ? [] : await parts.notary.leavesOfCommand(tenantId, key);
    if (key !== undefined && mayBeSeen(caller, leaves))
      return answer(parts, { tenantId, subject: { kind: 'command', id: key }, leaves, seesRates, sinceSize });
    const behind = sealed < Math.min(position ?? Number.POSITIVE_INFINITY, await parts.store.head());
    return behind ? { kind: 'refused', code: 'not-sealed-yet' } : { kind: 'not-found', what: 'receipt' };
  });

/** Files that prove what was recorded. */
export const evidenceQuestions = (parts: AuditParts): Bound[] => [pack(parts), receipt(parts)];
