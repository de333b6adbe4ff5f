import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks, as the kernel counts them. */
interface Ticks {
  readonly all: number;
  readonly busy: number;
  /** Those of this process, of its descendants, and of those of them that have ended. */
  readonly ours: number;
}

const numbers = (text: string): number[] => text.trim().split(/\s+/).map(Number);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const IDLE = 3;
const IO_WAIT = 4;
const COUNTED = 8;

const wholeMachine = (): Omit<Ticks, 'ours'> => {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] as string;
  const ticks = numbers(line.slice('cpu'.length)).slice(0, COUNTED);
  const all = sum(ticks);
  return { all, busy: all - (ticks[IDLE] ?? 0) - (ticks[IO_WAIT] ?? 0) };
};

/** Of each process: its parent, and the ticks that it and its ended children took. */
const processes = (): Map<number, { readonly parent: number; readonly ticks: number }> => {
  const found = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program may hold anything; what follows its closing parenthesis does not.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      found.set(Number(name), { parent: Number(fields[1]), ticks: sum(fields.slice(11, 15).map(Number)) });
    } catch {
      // It has ended in between.
    }
  }
  return found;
};

const ticksNow = (): Ticks => {
  const found = processes();
  let ours = 0;
  for (const [pid, { ticks }] of found) {
    let ancestor: number | undefined = pid;
    while (ancestor !== undefined && ancestor !== process.pid) ancestor = found.get(ancestor)?.parent;
    if (ancestor === process.pid) ours += ticks;
  }
  return { ...wholeMachine(), ours };
};

/**
 * Begins to watch how busy others keep this machine; the function that it gives tells the share of all processors that
 * they have taken since. Undefined where the kernel does not tell.
 */
export const watchOthers = (): (() => number | undefined) => {
  if (process.platform !== 'linux') return () => undefined;
  const before = ticksNow();
  return () => {
    const now = ticksNow();
    const all = now.all - before.all;
    return all <= 0 ? undefined : Math.max(0, (now.busy - before.busy - (now.ours - before.ours)) / all);
  };
};

/** A share of the machine, taken by others, that shows in the figures. */
const DISTURBING = 0.1;

/** A remark on a measurement during which others have taken that share; empty when they did not disturb it. */
export const disturbance = (share: number | undefined): string =>
  share !== undefined && share > DISTURBING
    ? ` (disturbed: others took ${Math.round(100 * share)}% of the machine)`
    : '';
