import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import {
  type CommittedPage,
  type Logger,
  type Projection,
  type RunningProjections,
  readCheckpoints,
  runProjections,
} from '../src/index.ts';

interface Test {
  teardown(end: () => Promise<void>): unknown;
}

export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: object;
}

export const recordingLogger = (): Logger & { readonly lines: Line[] } => {
  const lines: Line[] = [];
  const record = (level: Line['level']) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  return { lines, info: record('info'), warn: record('warn'), error: record('error') };
};

export interface Run extends RunningProjections {
  readonly pages: CommittedPage[];
  readonly lines: readonly Line[];
  /** Ends it cleanly. */
  stop(): Promise<void>;
}

export interface RunParameters {
  readonly store: EventStore;
  readonly connectionString: string;
  readonly projections: readonly Projection[];
  readonly pageSize?: number;
  readonly leaseMs?: number;
  readonly memoryLimit?: number;
}

/** A runner that ends with the test. */
export const run = (t: Test, parameters: RunParameters): Run => {
  const ending = new AbortController();
  const pages: CommittedPage[] = [];
  const logger = recordingLogger();
  const running = runProjections({
    holder: 'test',
    leaseMs: 2_000,
    ...parameters,
    signal: ending.signal,
    logger,
    onPage: (page) => pages.push(page),
  });
  const stop = async (): Promise<void> => {
    ending.abort();
    await running.done;
  };
  t.teardown(stop);
  return { ...running, pages, lines: logger.lines, stop };
};

/** Waits until something holds; throws after 20 s. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** Waits until all checkpoints are at a position. */
export const untilFolded = (pool: pg.Pool, projections: readonly string[], position: number): Promise<void> =>
  until(`${projections.join(', ')} are at ${position}`, async () => {
    const checkpoints = await readCheckpoints(pool, projections);
    return projections.every((projection) => (checkpoints.get(projection)?.position ?? -1) >= position);
  });
