import { projections } from '@headroom/host/operations';
import { foldInMemory, rebuild, replayPart } from '@headroom/projecting';
import { inTheirStreams } from '../support/streams-of-history.ts';
import { everyRow, mustHoldTheSame } from './every-row.ts';
import type { History } from './history.ts';
import { mustComeAsPreviewed } from './previewed.ts';
import type { Failure, ServedProperty } from './properties.ts';
import { mustStand, type Remembered, remember } from './remembered.ts';
import { folded, type Scene } from './scene.ts';
import { mustHaveComeToBe, type Supposed, supposeRest } from './supposed.ts';

export interface BatchReport {
  readonly histories: number;
  readonly events: number;
  /** Answers that were asked for once more. */
  readonly answers: number;
  /** Histories with a partial replay of their own. */
  readonly replayed: number;
  readonly failures: readonly Failure[];
}

/** One history on its way through the batch. */
interface Course {
  readonly history: History;
  readonly keys: readonly [owner: string, manager: string];
  supposed?: Supposed;
  remembered: Remembered[];
  /** Positions of the events that came after the cut. */
  rest: readonly number[];
}

/** A replay of one tenant makes all tables anew, so it is every so many histories that have one of their own. */
const REPLAYED_EVERY = 5;
/** Histories that are under way at the same time: the log takes their appends together. */
const AT_ONCE = 12;

class Batch {
  readonly failures: Failure[] = [];
  readonly #scene: Scene;
  readonly #courses: readonly Course[];
  #middle = 0;
  answers = 0;
  replayed = 0;

  constructor(scene: Scene, courses: readonly Course[]) {
    this.#scene = scene;
    this.#courses = courses;
  }

  /** Takes a step in every history, some at a time. */
  async #each(task: (course: Course) => Promise<void>): Promise<void> {
    const waiting = [...this.#courses];
    const work = async (): Promise<void> => {
      for (let course = waiting.shift(); course; course = waiting.shift()) await task(course);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Looks whether something holds of every history. */
  #must(property: ServedProperty, check: (course: Course) => Promise<void> | void): Promise<void> {
    return this.#each(async (course) => {
      try {
        await check(course);
      } catch (error) {
        this.#failed(course.history.number, property, error);
      }
    });
  }

  #failed(number: number, property: ServedProperty, error: unknown): void {
    this.failures.push({ number, property, message: error instanceof Error ? error.message : String(error) });
  }

  /** Appends a part of a history; gives the position of each event, in their order. */
  async #append({ tenantId, published, events }: History, from: number, to?: number): Promise<number[]> {
    const positions: number[] = [];
    for (const run of inTheirStreams(published.slice(from, to), events.slice(from, to), tenantId)) {
      const outcome = await this.#scene.store.append({ ...run, expected: 'any' });
      if (outcome.kind !== 'appended') throw new Error(`${run.streamId} took no events`);
      positions.push(...run.events.map((_, index) => outcome.position - run.events.length + 1 + index));
    }
    return positions;
  }

  async run(): Promise<void> {
    await this.#each(async ({ history }) => void (await this.#append(history, 0, history.cut)));
    await folded(this.#scene);
    await this.#must('preview == what applying gives', ({ history, keys: [owner] }) =>
      mustComeAsPreviewed(this.#scene, history, owner),
    );
    this.#middle = await folded(this.#scene);
    await this.#each(async (course) => {
      course.remembered = await remember(this.#scene, course.history, course.keys, this.#middle);
      course.supposed = await supposeRest(this.#scene, course.history);
    });
    await this.#each(async (course) => {
      course.rest = await this.#append(course.history, course.history.cut);
    });
    await folded(this.#scene);
    await this.#must('knownAt answers stand', async ({ remembered }) => {
      const stood = await mustStand(this.#scene, remembered);
      this.answers += stood;
    });
    await this.#rows();
  }

  /** What the read models hold at the end, however they came to it. */
  async #rows(): Promise<void> {
    const { readModels, store, databaseUrl: connectionString } = this.#scene;
    const asLive = () => everyRow((name, question) => readModels.live([name], question));
    const live = await asLive();
    await this.#must('supposed == what comes to be', ({ history, supposed, rest }) =>
      mustHaveComeToBe(supposed as Supposed, live.get(history.tenantId), rest),
    );
    const head = await store.head();
    const reader = (await foldInMemory(projections, store.readAll({ after: 0 }))).reader();
    const inMemory = await everyRow((_, question) => question(reader));
    await this.#must('live == fold in memory', ({ history: { tenantId } }) =>
      mustHoldTheSame('folded in memory', live.get(tenantId), inMemory.get(tenantId)),
    );
    for (const { history } of this.#courses.filter((_, index) => index % REPLAYED_EVERY === 0)) {
      const scope = { tenantId: history.tenantId };
      this.replayed += 1;
      const { differences } = await replayPart({ store, connectionString, projections, scope, onDifference: 'stop' });
      if (differences.length > 0)
        this.#failed(history.number, 'live == partial replay', new Error(JSON.stringify(differences)));
    }
    const { differences } = await rebuild({ store, connectionString, projections, compare: 'report' });
    await folded(this.#scene);
    const rebuilt = await asLive();
    await this.#must('live == rebuild', ({ history: { tenantId } }) =>
      mustHoldTheSame('rebuilt', live.get(tenantId), rebuilt.get(tenantId)),
    );
    // Alerts and all else that a fold brings about are rows: told anew, they are the same, and nobody is told again.
    if ((await store.head()) !== head) this.#failed(0, 'live == rebuild', new Error('a replay appended events'));
    const found = this.failures.some(({ property }) => property === 'live == rebuild');
    if (differences.length > 0 && !found)
      this.#failed(0, 'live == rebuild', new Error(`only the comparison saw it: ${JSON.stringify(differences)}`));
  }
}

/** Takes histories through their lives side by side, as tenants of one server, and looks whether every property holds. */
export const runBatch = async (scene: Scene, histories: readonly History[]): Promise<BatchReport> => {
  const courses: Course[] = [];
  for (const history of histories) {
    const { tenantId } = history;
    const keys = [await scene.keyFor('owner', tenantId), await scene.keyFor('manager', tenantId)] as const;
    courses.push({ history, keys, remembered: [], rest: [] });
  }
  const batch = new Batch(scene, courses);
  await batch.run();
  const events = histories.reduce((sum, { published }) => sum + published.length, 0);
  return {
    histories: histories.length,
    events,
    answers: batch.answers,
    replayed: batch.replayed,
    failures: batch.failures,
  };
};
