import type { StoredEvent } from '@headroom/event-store';
import { inTheirStreams } from '../support/streams-of-history.ts';
import { addressesInMemory, ROLES } from './asked-in-memory.ts';
import { comparisons, DAYS, mustAddUp } from './compared.ts';
import { mustBeExplained } from './explained.ts';
import { type History, oneOf } from './history.ts';
import type { Failure, MemoryProperty } from './properties.ts';
import { again, QUESTIONS } from './questions.ts';

/** Answers that are asked for once more. */
const ASKED = 8;
const RECORDED = Date.UTC(2026, 6, 1);
const MINUTE = 60_000;

/** As a store would give the events back. */
const stored = ({ published, events, tenantId }: History): StoredEvent[] => {
  const revisions = new Map<string, number>();
  let position = 0;
  return inTheirStreams(published, events, tenantId).flatMap(({ streamId, events: appended }) =>
    appended.map((event) => {
      position += 1;
      const revision = (revisions.get(streamId) ?? -1) + 1;
      revisions.set(streamId, revision);
      const recordedAt = new Date(RECORDED + position * MINUTE).toISOString();
      return { ...structuredClone(event), position, streamId, revision, recordedAt };
    }),
  );
};

/**
 * Looks whether what the API says of a history holds, by the same questions over rows that are folded in memory: nothing of
 * it needs a database. Gives what fails, and how many answers were asked for once more.
 */
export const lookInMemory = async (
  history: History,
): Promise<{ readonly failures: readonly Failure[]; readonly answers: number }> => {
  const { number, tenantId, cut } = history;
  const events = stored(history);
  const { ask, knowing } = addressesInMemory(tenantId, events);
  const positions = [cut, events.length] as const;
  const failures: Failure[] = [];
  let answers = 0;
  const must = async (property: MemoryProperty, check: () => Promise<void>): Promise<void> => {
    await check().catch((error: unknown) => {
      failures.push({ number, property, message: error instanceof Error ? error.message : String(error) });
    });
  };
  await must('knownAt answers stand', async () => {
    const then = knowing(cut);
    for (let turn = 0; turn < ASKED; turn += 1) {
      const [question, role] = [oneOf(history, QUESTIONS), oneOf(history, ROLES)];
      const told = await then(question, role);
      if (told.status !== 200) continue;
      const address = again(question, told, told.body.knownAt ?? cut);
      const later = await ask(address, role);
      answers += 1;
      if (later.text !== told.text) throw new Error(`${address}\n${told.text}\n${later.text}`);
    }
  });
  await must('explanations recompute', () =>
    mustBeExplained(ask, 'owner', `asOf=${oneOf(history, DAYS)}&knownAt=${oneOf(history, positions)}`),
  );
  await must('differences add up', () => mustAddUp(ask, 'owner', oneOf(history, comparisons(positions))));
  return { failures, answers };
};
