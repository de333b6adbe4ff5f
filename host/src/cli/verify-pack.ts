import { type InHand, type ProvenPack, verifyPack } from '@headroom/audit/verifier';
import { readFileOf } from './read-file.ts';
import { exitCodes, type Task } from './run-task.ts';
import type { Terminal } from './terminal.ts';

export interface VerifyPackOptions {
  /** A file with the note of a checkpoint that was handed out earlier. */
  readonly checkpoint?: string;
  /** The agency's public key, in base64. */
  readonly publicKey?: string;
  /** The language of the statement. */
  readonly language?: 'en' | 'ru';
}

const inHandOf = async (terminal: Terminal, options: VerifyPackOptions): Promise<InHand> => {
  const note = options.checkpoint && (await readFileOf(terminal, options.checkpoint)).toString('utf8');
  return { checkpoint: note && `${note.trim()}\n`, publicKey: options.publicKey };
};

const historyOf = ({ grewFrom }: ProvenPack): string => {
  if (grewFrom === null) return 'not compared with an earlier checkpoint (--checkpoint FILE)';
  return `the log grew out of ${grewFrom.inHand ? 'your checkpoint' : 'an earlier tree'} of ${grewFrom.size} events`;
};

const linesOf = (proven: ProvenPack, language: 'en' | 'ru'): string[] => {
  const { statement, checkpoint, fingerprint, keyKnown, events } = proven;
  const known = keyKnown ? 'the one in hand' : 'compare it with the one that the agency has published (--public-key)';
  return [
    ...statement[language],
    '',
    `Proven: ${events} events are in the log of ${checkpoint.origin}, and nothing of this file was changed.`,
    `Checkpoint: ${checkpoint.size} events, up to position ${checkpoint.position}, sealed ${checkpoint.sealedAt}`,
    `Key (SHA-256): ${fingerprint}; ${known}`,
    `History: ${historyOf(proven)}`,
  ];
};

/** Checks a file of evidence without any server or network, and tells what it proves. */
export const verifyPackCommand =
  (file: string, options: VerifyPackOptions): Task =>
  async (terminal) => {
    const verdict = await verifyPack(await readFileOf(terminal, file), await inHandOf(terminal, options));
    if (verdict.kind === 'refuted') {
      terminal.tell(`Not proven: ${verdict.why}`);
      return exitCodes.failed;
    }
    for (const line of linesOf(verdict, options.language ?? 'en')) terminal.print(line);
    return exitCodes.done;
  };
