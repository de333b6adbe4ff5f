import { type Question, roles } from '@headroom/contracts/rest';
import type { EventStore, StoredEvent } from '@headroom/event-store';
import { describedOperations, projections } from '@headroom/host/operations';
import { type BoundQuestion, isCommand, type QuestionReply } from '@headroom/http';
import { MemoryModel, type ReadModels, type RowReader } from '@headroom/projecting';
import { openPart } from '../../packages/projecting/src/reading/log-part.ts';
import { Snapshots } from '../../packages/projecting/src/reading/snapshots.ts';
import type { Ask, Told } from '../support/random-agency.ts';

interface Way {
  readonly bound: BoundQuestion;
  readonly form: RegExp;
}

/** Every question, by the form of its address. */
const ways: readonly Way[] = describedOperations()
  .filter((bound): bound is BoundQuestion => !isCommand(bound))
  .map((bound) => {
    const form = bound.operation.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
    return { bound, form: new RegExp(`^${form}$`) };
  });

/** Which question an address asks, with its parameters as the API would take them. */
const questionAt = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://memory');
  const way = ways.find(({ form }) => form.test(pathname));
  if (way === undefined) throw new Error(`nothing answers ${pathname}`);
  const { bound, form } = way;
  return {
    bound,
    params: bound.operation.params.parse({ ...form.exec(pathname)?.groups }),
    query: bound.operation.query.parse(Object.fromEntries(searchParams)) as Readonly<Record<string, unknown>>,
  };
};

const toldOf = (reply: QuestionReply<Question>): Told => {
  if (reply.kind === 'answer') return { status: 200, text: JSON.stringify(reply.body), body: reply.body };
  return { status: reply.kind === 'not-found' ? 404 : 409, text: '', body: reply };
};

const chosen = (names: readonly string[]) => projections.filter(({ name }) => names.includes(name));

/** A log that holds these events alone, for reading. */
const logOf = (events: readonly StoredEvent[]) => {
  const byStream = Map.groupBy(events, ({ streamId }) => streamId);
  return {
    head: async () => events.at(-1)?.position ?? 0,
    readStream: async (streamId: string) => byStream.get(streamId) ?? [],
    async *readAll({ after, upTo }: { readonly after: number; readonly upTo?: number }) {
      const end = upTo ?? events.length;
      yield { events: events.filter(({ position }) => position > after && position <= end), upTo: end };
    },
  } as Pick<EventStore, 'head' | 'readStream' | 'readAll'> as EventStore;
};

const notInMemory = (): never => {
  throw new Error('this way to the rows needs a database');
};

/** What asks the past of a log in memory, as the API does over a store: from the streams that concern it, or from snapshots. */
const pastOf = (store: EventStore, live: RowReader): ReadModels => {
  const snapshots = new Snapshots(store);
  return {
    // Where the streams are that concern a stage of the past.
    live: (_, question) => question(live),
    at: (names, tenantId, position, question) =>
      snapshots.read(chosen(names), tenantId, position, (model) => question(model.reader())),
    // No versions of rows are kept in memory.
    near: async () => undefined,
    part: (names, _, wanted) => openPart(store, chosen(names), wanted),
    snapshot: notInMemory,
    supposing: notInMemory,
    rows: notInMemory,
    row: notInMemory,
    caughtUp: notInMemory,
  };
};

/** Addresses without a credential: who asks is said by the key. */
const callers = {
  owner: { tenantId: '', actor: 'key:owner', permissions: new Set(roles.owner), seesRates: true },
  manager: { tenantId: '', actor: 'key:manager', permissions: new Set(roles.manager), seesRates: false },
};

export type Role = keyof typeof callers;
export const ROLES = Object.keys(callers) as Role[];

/**
 * The questions of the API over a log in memory, by their addresses, without a database or a server: `knownAt` takes the ways
 * that it takes there, anything else is asked of the fold of the first `known` events. Keys are names of roles.
 */
export const addressesInMemory = (
  tenantId: string,
  events: readonly StoredEvent[],
): { readonly ask: Ask; readonly knowing: (known: number) => Ask } => {
  const readerAfter = (known: number): RowReader => {
    const model = new MemoryModel(projections);
    model.fold(events.slice(0, known));
    return model.reader();
  };
  const all = readerAfter(events.length);
  const past = pastOf(logOf(events), all);
  const instant = events.at(-1)?.recordedAt ?? '';
  const answerFor =
    (live: RowReader): Ask =>
    async (address, key) => {
      const { bound, params, query } = questionAt(address);
      const { projections: names, answer, past: quick } = bound;
      const { knownAt, fromKnownAt } = query;
      const from = fromKnownAt === undefined ? undefined : { position: Number(fromKnownAt), instant };
      const request = { params, query, caller: { ...callers[key as Role], tenantId }, instant, from };
      const ofPast = async (position: number) =>
        (await quick?.(request, position, past)) ??
        past.at(names, tenantId, position, (reader) => answer(request, reader));
      return toldOf(await (knownAt === undefined ? answer(request, live) : ofPast(Number(knownAt))));
    };
  return { ask: answerFor(all), knowing: (known) => answerFor(readerAfter(known)) };
};
