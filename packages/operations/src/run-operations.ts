import { createDesk, type OperationDesk } from './desk.ts';
import { createSpool, type Spool } from './spool.ts';
import { Worker, type WorkerOptions } from './worker.ts';

export interface Operations {
  readonly desk: OperationDesk;
  readonly spool: Spool;
}

export interface RunningOperations extends Operations {
  /** Settles once the signal has ended the work under way; that goes on in the next process. */
  readonly done: Promise<void>;
}

/** Takes in long work and carries it out, in this process or in any other that runs over the same database. */
export const runOperations = (options: WorkerOptions): RunningOperations => {
  const worker = new Worker(options);
  const spool = createSpool(options.pool);
  const sweeping = spool
    .sweep()
    .catch((error: unknown) => options.logger.warn({ err: error }, 'abandoned uploads were not removed'));
  const done = Promise.all([worker.run(), sweeping]).then(() => undefined);
  return { desk: createDesk(options.pool, worker.wake), spool, done };
};
