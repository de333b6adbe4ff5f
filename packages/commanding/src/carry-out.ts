import type { AppendOutcome, EventStore, KeyClaim, KeysTaken } from '@headroom/event-store';
import { answer, place } from './answer.ts';
import { appendSurely } from './append-surely.ts';
import { Draft } from './draft.ts';
import { Contended } from './faults.ts';
import type { CommandJob } from './job.ts';
import type { KeyLedger } from './ledger.ts';
import { pauseBefore, refresh } from './refresh.ts';
import type { AnyStream } from './stream.ts';

export interface Desk {
  readonly store: EventStore;
  readonly ledger: KeyLedger;
  /** Whether the log is being followed now; if not, nothing known of a stream is fresh. */
  readonly following: () => boolean;
}

const MOST_EVENTS = 500;
export const MOST_ATTEMPTS = 50;

const draftOf = (stream: AnyStream, jobs: readonly CommandJob[]): Draft => {
  const draft = new Draft(stream);
  for (const job of jobs) {
    if (draft.events.length >= MOST_EVENTS) break;
    draft.add(job.wish);
  }
  return draft;
};

type ByKey = ReadonlyMap<string, CommandJob>;

/** The commands that are to be appended, and whose keys are still to be claimed; no key is there twice in a draft. */
const unclaimed = ({ verdicts }: Draft, jobs: readonly CommandJob[]): ByKey => {
  const found = new Map<string, CommandJob>();
  for (const [n, verdict] of verdicts.entries()) {
    const job = jobs[n] as CommandJob;
    if (verdict.kind === 'append' && !job.claimed) found.set(job.wish.context.commandKey, job);
  }
  return found;
};

const claimOf = ({ wish }: CommandJob): KeyClaim => {
  const { tenantId, commandKey: key, fingerprint } = wish.context;
  return { tenantId, key, fingerprint };
};

/** Claims the keys and appends the draft: in one commit where the keys are kept beside the log. */
const claimAndAppend = async (
  { store, ledger }: Desk,
  { append }: Draft,
  claims: readonly KeyClaim[],
): Promise<AppendOutcome | KeysTaken> => {
  const { appendClaiming } = store;
  if (appendClaiming !== undefined) return appendSurely(() => appendClaiming(append, claims));
  const mine = await Promise.all(claims.map((claim) => ledger.claim(claim)));
  const taken = claims.filter((_, n) => mine[n] === false);
  if (taken.length > 0) return { kind: 'keys-taken', keys: taken.map(({ key }) => key) };
  return appendSurely(() => store.append(append));
};

const settleAll = async (store: EventStore, draft: Draft, jobs: readonly CommandJob[]): Promise<void> => {
  for (const [n, outcome] of (await answer(store, draft)).entries()) {
    const job = jobs[n] as CommandJob;
    if ('fault' in outcome) job.fail(outcome.fault);
    else job.settle(outcome);
  }
};

/** Tells those whose keys belong to something else, and gives them; the keys of the others are theirs from now on. */
const settleTaken = (claimed: ByKey, taken: readonly string[]): Set<CommandJob | undefined> => {
  for (const job of claimed.values()) job.claimed = true;
  const settled = new Set(taken.map((key) => claimed.get(key)));
  for (const job of settled) job?.settle({ kind: 'key-reused' });
  return settled;
};

/**
 * Appends a draft that has events. Undefined when that is done; else the jobs that are to be tried again, since another
 * process was faster, or some keys belong to something else: the draft is void then.
 */
const appendDraft = async (
  desk: Desk,
  draft: Draft,
  jobs: readonly CommandJob[],
): Promise<readonly CommandJob[] | undefined> => {
  const claimed = unclaimed(draft, jobs);
  const outcome = await claimAndAppend(desk, draft, [...claimed.values()].map(claimOf));
  const settled = settleTaken(claimed, outcome.kind === 'keys-taken' ? outcome.keys : []);
  // Others may have come with the same key: they are judged anew.
  if (outcome.kind === 'keys-taken') return jobs.filter((job) => !settled.has(job));
  if (outcome.kind === 'conflict' || outcome.repeated) {
    draft.stream.shelf.heardOf(outcome.kind === 'conflict' ? outcome.actualRevision : outcome.revision);
    return jobs;
  }
  draft.appended(outcome.position);
  if (draft.wishes.length > 1) await place(desk.store, draft);
  return undefined;
};

/** What is left to do after a try: those that did not fit in, or, when it has to be repeated, all that are open. */
interface Tried {
  readonly repeat: boolean;
  readonly jobs: readonly CommandJob[];
}

const refuses = ({ verdicts }: Draft): boolean =>
  verdicts.some((verdict) => verdict.kind === 'settled' && verdict.outcome.kind !== 'accepted');

/** Decides the jobs. An acceptance is checked by the append; a refusal is, before it is told, by looking once more. */
const decide = async ({ store, following }: Desk, stream: AnyStream, jobs: readonly CommandJob[]): Promise<Draft> => {
  const known = stream.fresh && following();
  if (!known) await refresh(store, stream);
  const draft = draftOf(stream, jobs);
  if (!known || !refuses(draft)) return draft;
  if (draft.speculative) stream.reset();
  await refresh(store, stream);
  return draftOf(stream, jobs);
};

const attempt = async (desk: Desk, stream: AnyStream, jobs: readonly CommandJob[]): Promise<Tried> => {
  const draft = await decide(desk, stream, jobs);
  if (draft.events.length > 0) {
    const again = await appendDraft(desk, draft, jobs);
    if (again !== undefined) {
      if (draft.speculative) stream.reset();
      return { repeat: true, jobs: again };
    }
  }
  await settleAll(desk.store, draft, jobs);
  return { repeat: false, jobs: jobs.slice(draft.verdicts.length) };
};

/**
 * Decides commands on a stream that is theirs for now, one after the other, and appends their events at once; again
 * with newer state when another process was faster. Gives the jobs that did not fit in; the others are settled.
 * Throws a fault of the store, and `Contended`.
 */
export const carryOut = async (
  desk: Desk,
  stream: AnyStream,
  jobs: readonly CommandJob[],
): Promise<readonly CommandJob[]> => {
  let open = jobs;
  for (let n = 0; n < MOST_ATTEMPTS; n += 1) {
    if (n > 0) await pauseBefore(n);
    const tried = await attempt(desk, stream, open);
    if (!tried.repeat) return tried.jobs;
    open = tried.jobs;
  }
  throw new Contended(stream.id, MOST_ATTEMPTS);
};
