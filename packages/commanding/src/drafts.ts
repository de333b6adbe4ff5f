import type { EventStore } from '@headroom/event-store';
import { type Answer, answer } from './answer.ts';
import { Draft } from './draft.ts';
import type { AnyOutcome, AnyWish } from './job.ts';
import type { AnyStream } from './stream.ts';

/** The streams that wishes name, each found once. */
export const streamsOf = (wishes: readonly AnyWish[], find: (wish: AnyWish) => AnyStream): Map<string, AnyStream> => {
  const found = new Map<string, AnyStream>();
  for (const wish of wishes) if (!found.has(wish.streamId)) found.set(wish.streamId, find(wish));
  return found;
};

/** Drafts wishes in order, each on its stream; one draft a stream. */
export const draftAll = (wishes: readonly AnyWish[], streams: ReadonlyMap<string, AnyStream>): Map<string, Draft> => {
  const drafts = new Map<string, Draft>();
  for (const [id, stream] of streams) drafts.set(id, new Draft(stream));
  for (const wish of wishes) drafts.get(wish.streamId)?.add(wish);
  return drafts;
};

/** The answers of drafts in the order of the wishes. Throws the first fault of a decision. */
export const answerAll = async (
  store: EventStore,
  wishes: readonly AnyWish[],
  drafts: ReadonlyMap<string, Draft>,
): Promise<AnyOutcome[]> => {
  const answers = new Map<string, Iterator<Answer>>();
  for (const [id, draft] of drafts) answers.set(id, (await answer(store, draft)).values());
  return wishes.map(({ streamId }) => {
    const said = answers.get(streamId)?.next().value as Answer;
    if ('fault' in said) throw said.fault;
    return said;
  });
};

/** When one wish was not accepted, no new one is: they are refused for the sake of the first that was not. */
export const allOrNone = (outcomes: AnyOutcome[]): AnyOutcome[] => {
  const index = outcomes.findIndex(({ kind }) => kind !== 'accepted');
  const first = outcomes[index];
  if (first === undefined) return outcomes;
  const because = first.kind === 'refused' ? first.code : first.kind;
  return outcomes.map((outcome) =>
    outcome.kind === 'accepted' && !outcome.replayed
      ? { kind: 'refused', code: 'not-carried-out', detail: { because, index } }
      : outcome,
  );
};
