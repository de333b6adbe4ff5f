import { carryOut, type Desk } from './carry-out.ts';
import type { CommandJob, Job } from './job.ts';
import type { AnyStream } from './stream.ts';
import type { Streams } from './streams.ts';

const MOST_COMMANDS = 500;

/** Takes the commands at the head of the queue. */
const takeCommands = (stream: AnyStream): CommandJob[] => {
  if (stream.waiting.length === 1) return [stream.waiting.pop() as CommandJob];
  const end = stream.waiting.findIndex((job) => job.kind !== 'command');
  return stream.waiting.splice(0, Math.min(end < 0 ? stream.waiting.length : end, MOST_COMMANDS)) as CommandJob[];
};

const takeTurn = async (desk: Desk, stream: AnyStream): Promise<void> => {
  if (stream.waiting[0]?.kind === 'exclusive') {
    const job = stream.waiting.shift();
    if (job?.kind === 'exclusive') await job.work();
    return;
  }
  const jobs = takeCommands(stream);
  try {
    const left = await carryOut(desk, stream, jobs);
    if (left.length > 0) stream.waiting.unshift(...left);
  } catch (fault) {
    stream.reset();
    // Those that were settled before do not notice.
    for (const job of jobs) job.fail(fault);
  }
};

/** Gives jobs their turn on their streams: one turn at a time on each stream, all streams at once. */
export class Turns {
  readonly #desk: Desk;
  readonly #streams: Streams;

  constructor(desk: Desk, streams: Streams) {
    this.#desk = desk;
    this.#streams = streams;
  }

  /** Queues a job. When the stream is free and known, its decision is made before this returns. */
  enqueue(stream: AnyStream, job: Job): void {
    stream.waiting.push(job);
    if (!stream.busy) {
      this.#streams.occupy(stream);
      void this.#run(stream);
    }
  }

  /** Waits until the stream is free, and has it to itself until `work` is done. */
  exclusively<T>(stream: AnyStream, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.enqueue(stream, { kind: 'exclusive', work: () => work().then(resolve, reject) });
    });
  }

  async #run(stream: AnyStream): Promise<void> {
    while (stream.waiting.length > 0) await takeTurn(this.#desk, stream);
    this.#streams.release(stream);
  }
}
