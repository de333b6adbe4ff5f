import type { EventStore, StoredEvent } from '@headroom/event-store';
import type { DomainEvent } from '@headroom/kernel';
import type { Draft } from './draft.ts';
import type { AnyOutcome } from './job.ts';
import type { CommandTrace } from './stream.ts';

/** An outcome, or the fault of a decision. */
export type Answer = AnyOutcome | { readonly fault: unknown };

/**
 * Notes at which position each command of an appended draft ended. One command ended where the append did; for
 * several the store is asked, since positions need not be consecutive.
 */
export const place = async (store: EventStore, draft: Draft): Promise<void> => {
  const { stream } = draft;
  const appended = draft.wishes.filter((_, n) => draft.verdicts[n]?.kind === 'append');
  const stored = appended.length > 1 ? await store.readStream(stream.id, draft.base + 1) : [];
  for (const { context } of appended) {
    const key = context.commandKey;
    const trace = stream.commands.get(key) as CommandTrace;
    const position = stored[trace.to - draft.base - 1]?.position ?? stream.position;
    stream.commands.set(key, { ...trace, position });
  }
};

/** The events of a command that is in this very draft; undefined when it was carried out earlier. */
const draftedAt = ({ base, verdicts }: Draft, { from }: CommandTrace): readonly DomainEvent[] | undefined => {
  if (from <= base) return undefined;
  const drafted = verdicts.find((verdict) => verdict.kind === 'append' && verdict.from === from);
  return drafted?.kind === 'append' ? drafted.events : undefined;
};

/** The events of commands that were carried out before, from the store: one read for all of them. */
const replays = async (store: EventStore, draft: Draft): Promise<(trace: CommandTrace) => DomainEvent[]> => {
  const { stream } = draft;
  let from = Number.POSITIVE_INFINITY;
  for (const verdict of draft.verdicts) {
    const trace = verdict.kind === 'replay' ? stream.commands.get(verdict.key) : undefined;
    if (trace !== undefined && trace.from <= draft.base) from = Math.min(from, trace.from);
  }
  const stored: StoredEvent[] = Number.isFinite(from) ? await store.readStream(stream.id, from) : [];
  return (trace) =>
    stored
      .slice(trace.from - from, trace.to - from + 1)
      .map(({ type, data }) => stream.kind.upcast(type, data) as DomainEvent);
};

/** What to say to each wish of a draft: as if its events were appended, until `place` has told where they are. */
export const answer = async (store: EventStore, draft: Draft): Promise<Answer[]> => {
  const { stream } = draft;
  const eventsOf = await replays(store, draft);
  return draft.verdicts.map((verdict, n) => {
    if (verdict.kind === 'settled') return verdict.outcome;
    if (verdict.kind === 'fault') return { fault: verdict.fault };
    if (verdict.kind === 'replay') {
      const trace = stream.commands.get(verdict.key) as CommandTrace;
      const { to: revision, position } = trace;
      return {
        kind: 'accepted',
        events: draftedAt(draft, trace) ?? eventsOf(trace),
        revision,
        position,
        replayed: true,
      };
    }
    const { events, to: revision } = verdict;
    const position = stream.commands.get(draft.wishes[n]?.context.commandKey as string)?.position ?? stream.position;
    return { kind: 'accepted', events, revision, position, replayed: false };
  });
};
