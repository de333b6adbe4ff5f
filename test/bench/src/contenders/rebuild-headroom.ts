import { readFileSync } from 'node:fs';
import { createPostgresEventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { rebuild } from '@headroom/projecting';
import { answering } from '../answering.ts';

export interface Rebuilt {
  readonly events: number;
  readonly seconds: number;
  /** How long each phase took. */
  readonly phases: { readonly [phase: string]: number };
  /** The most memory that the process ever took, as the kernel counted it, in MB. */
  readonly peakMb: number;
}

const peakMb = (): number => {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
};

/** Rebuilds all read models in this process, as `headroom rebuild` does: shadow tables, indexes, comparison, switch. */
answering<{ readonly url: string }, Rebuilt>(async ({ url }) => {
  const store = await createPostgresEventStore({ connectionString: url });
  const phases: { [phase: string]: number } = {};
  let phase = 'folding';
  let since = performance.now();
  try {
    const { events, seconds } = await rebuild({
      store,
      connectionString: url,
      projections,
      onProgress: ({ phase: now }) => {
        phases[phase] = (phases[phase] ?? 0) + performance.now() - since;
        since = performance.now();
        phase = now;
      },
    });
    return { events, seconds, phases, peakMb: peakMb() };
  } finally {
    await store.close();
  }
});
