import type { EventStore, StoredEvent } from '@headroom/event-store';
import type { DomainEvent } from '@headroom/kernel';
import type { Draft, Verdict } from './draft.ts';
import type { AnyOutcome } from './job.ts';
import type { CommandTrace } from './stream.ts';

/** An outcome, or the fault of a decision. */
export type Answer = AnyOutcome | { readonly fault: unknown };

/**
 * Notes at which position each command of an appended draft ended. The last one ended where the append did; where
 * positions need not be consecutive the store is asked for the others.
 */
export const place = async (store: EventStore, { stream, base, verdicts, wishes }: Draft): Promise<void> => {
  const stored = store.capabilities.consecutivePositions ? undefined : await store.readStream(stream.id, base + 1);
  const positionAt = (revision: number): number =>
    stored === undefined
      ? stream.position - (stream.revision - revision)
      : (stored[revision - base - 1]?.position ?? stream.position);
  for (const [n, { context }] of wishes.entries()) {
    const trace = verdicts[n]?.kind === 'append' ? stream.commands.get(context.commandKey) : undefined;
    if (trace !== undefined) trace.position = positionAt(trace.to);
  }
};

/** The events of a command that is in this very draft; undefined when it was carried out earlier. */
const draftedAt = ({ base, verdicts }: Draft, { from }: CommandTrace): readonly DomainEvent[] | undefined => {
  if (from <= base) return undefined;
  const drafted = verdicts.find((verdict) => verdict.kind === 'append' && verdict.from === from);
  return drafted?.kind === 'append' ? drafted.events : undefined;
};

type EventsOf = (trace: CommandTrace) => readonly DomainEvent[];

/** The events of commands that were carried out before, from the store: one read for all of them. */
const readReplays = async (store: EventStore, draft: Draft): Promise<EventsOf> => {
  const { stream } = draft;
  let from = Number.POSITIVE_INFINITY;
  for (const verdict of draft.verdicts) {
    const trace = verdict.kind === 'replay' ? stream.commands.get(verdict.key) : undefined;
    if (trace !== undefined && trace.from <= draft.base) from = Math.min(from, trace.from);
  }
  const stored: StoredEvent[] = Number.isFinite(from) ? await store.readStream(stream.id, from) : [];
  return (trace) =>
    draftedAt(draft, trace) ??
    stored
      .slice(trace.from - from, trace.to - from + 1)
      .map(({ type, data }) => stream.kind.upcast(type, data) as DomainEvent);
};

const say = ({ stream, wishes }: Draft, verdict: Verdict, n: number, eventsOf: EventsOf): Answer => {
  if (verdict.kind === 'settled') return verdict.outcome;
  if (verdict.kind === 'fault') return { fault: verdict.fault };
  if (verdict.kind === 'replay') {
    const trace = stream.commands.get(verdict.key) as CommandTrace;
    return {
      kind: 'accepted',
      events: eventsOf(trace),
      revision: trace.to,
      position: trace.position,
      replayed: true,
    };
  }
  const { events, to: revision } = verdict;
  const position = stream.commands.get(wishes[n]?.context.commandKey as string)?.position ?? stream.position;
  return { kind: 'accepted', events, revision, position, replayed: false };
};

const nothing: EventsOf = () => [];

/** What to say to each wish of a draft: as if its events were appended, until `place` has told where they are. */
export const answer = async (store: EventStore, draft: Draft): Promise<Answer[]> => {
  const eventsOf = draft.replays ? await readReplays(store, draft) : nothing;
  return draft.verdicts.map((verdict, n) => say(draft, verdict, n, eventsOf));
};
