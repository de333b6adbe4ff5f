import type { EventStore } from '@headroom/event-store';
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

/** Claims the keys of the commands that are to be appended; gives the jobs whose key belongs to something else. */
const claimKeys = async (ledger: KeyLedger, draft: Draft, jobs: readonly CommandJob[]): Promise<Set<CommandJob>> => {
  const misused = new Set<CommandJob>();
  const claims: Promise<void>[] = [];
  for (const [n, verdict] of draft.verdicts.entries()) {
    const job = jobs[n] as CommandJob;
    if (verdict.kind !== 'append' || job.claimed) continue;
    const { tenantId, commandKey: key, fingerprint } = job.wish.context;
    claims.push(
      ledger.claim({ tenantId, key, fingerprint }).then((mine) => {
        if (mine) job.claimed = true;
        else misused.add(job);
      }),
    );
  }
  await (claims.length === 1 ? claims[0] : Promise.all(claims));
  return misused;
};

const settleAll = async (store: EventStore, draft: Draft, jobs: readonly CommandJob[]): Promise<void> => {
  for (const [n, outcome] of (await answer(store, draft)).entries()) {
    const job = jobs[n] as CommandJob;
    if ('fault' in outcome) job.fail(outcome.fault);
    else job.settle(outcome);
  }
};

/** Appends a draft that has events; false when another process was faster, and the draft is void. */
const appendDraft = async (store: EventStore, draft: Draft): Promise<boolean> => {
  const outcome = await appendSurely(() => store.append(draft.append));
  if (outcome.kind === 'conflict' || outcome.repeated) {
    draft.stream.shelf.heardOf(outcome.kind === 'conflict' ? outcome.actualRevision : outcome.revision);
    return false;
  }
  draft.appended(outcome.position);
  if (draft.wishes.length > 1) await place(store, draft);
  return true;
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
    const misused = await claimKeys(desk.ledger, draft, jobs);
    for (const job of misused) job.settle({ kind: 'key-reused' });
    if (misused.size > 0 || !(await appendDraft(desk.store, draft))) {
      if (draft.speculative) stream.reset();
      return { repeat: true, jobs: misused.size > 0 ? jobs.filter((job) => !misused.has(job)) : jobs };
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
