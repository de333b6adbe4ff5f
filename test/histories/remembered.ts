import { type History, oneOf } from './history.ts';
import { again, QUESTIONS } from './questions.ts';
import type { Scene } from './scene.ts';

/** An answer as it was given, and where the log ended then. */
export interface Remembered {
  readonly question: string;
  readonly key: string;
  readonly text: string;
  readonly again: string;
}

const ASKED = 4;

/** Asks some of the questions, and remembers what was said. */
export const remember = async (
  { ask }: Scene,
  history: History,
  keys: readonly string[],
  position: number,
): Promise<Remembered[]> => {
  const remembered: Remembered[] = [];
  for (let turn = 0; turn < ASKED; turn += 1) {
    const [question, key] = [oneOf(history, QUESTIONS), oneOf(history, keys)];
    const told = await ask(question, key);
    // What is refused says nothing of the past: the texts of problems carry the id of their request.
    if (told.status !== 200) continue;
    remembered.push({ question, key, text: told.text, again: again(question, told, told.body.knownAt ?? position) });
  }
  return remembered;
};

/** Throws unless every answer, asked for as it was known then, is the same text as it was. Gives how many there were. */
export const mustStand = async ({ ask }: Scene, remembered: readonly Remembered[]): Promise<number> => {
  for (const { question, key, text, again } of remembered) {
    const later = await ask(again, key);
    if (later.text !== text) throw new Error(`${question}, asked again as ${again}:\n${text}\n${later.text}`);
  }
  return remembered.length;
};
