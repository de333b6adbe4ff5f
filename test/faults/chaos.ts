import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresEventStore, type StoredEvent } from '@headroom/event-store';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { projections } from '@headroom/host/operations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { createReadModels, foldInMemory } from '@headroom/projecting';
import { randomFrom } from '../support/random-from.ts';
import { allRows, differing } from '../support/rows.ts';
import { type Sent, sendSurely } from './clients.ts';
import { freePort, type Kept, keep } from './processes.ts';
import { nextCommand, scenery } from './scenery.ts';

const TENANT = 'chaos';
/** After the last kill, clients may take this long to get an answer. */
const GRACE_MS = 60_000;

export interface ChaosOptions {
  readonly databaseUrl: string;
  /** How long processes are killed. */
  readonly seconds: number;
  readonly clients: number;
  /** Each client goes on until it has sent this many commands, also when the killing is over. */
  readonly leastCommands: number;
  readonly seed: number;
  /** Mean time between two kills. */
  readonly killEveryMs: number;
}

export interface ChaosReport {
  readonly acknowledged: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly repeatedOnPurpose: number;
  readonly kills: number;
  readonly events: number;
  /** Acknowledged commands without events: none may be. */
  readonly lost: readonly string[];
  /** Commands with more events than one: none may be. */
  readonly twice: readonly string[];
  /** Acknowledged commands that were answered differently when they were sent again: none may be. */
  readonly answeredDifferently: readonly string[];
  /** Tables whose rows are not the fold of the log: none may be. */
  readonly differing: readonly string[];
  readonly gapless: boolean;
}

const retried = async (urls: readonly string[], authorization: string): Promise<void> => {
  for (const [index, { method, path, body }] of scenery().entries()) {
    const deadline = Date.now() + GRACE_MS;
    for (;;) {
      const response = await fetch(`${urls[0]}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': `scenery-${index}` },
        body: JSON.stringify(body),
      }).catch(() => undefined);
      if (response?.ok === true) break;
      if (Date.now() > deadline) throw new Error(`${path}: ${response?.status} ${await response?.text()}`);
      await sleep(200);
    }
  }
};

/** What a client was told must be what it is told again: the body, and no second effect. */
const clientLoop = async (
  client: number,
  urls: readonly string[],
  authorization: string,
  until: number,
  { seed, leastCommands }: ChaosOptions,
): Promise<{ sent: Sent[]; repeated: number; answeredDifferently: string[] }> => {
  const random = randomFrom(seed * 1_000 + client);
  const sent: Sent[] = [];
  const answeredDifferently: string[] = [];
  let repeated = 0;
  for (let number = 0; Date.now() < until || number < leastCommands; number += 1) {
    const command = { key: `c${client}-${number}`, ...nextCommand(random) };
    const told = await sendSurely(urls, authorization, command, Date.now() + GRACE_MS);
    sent.push(told);
    if (random() < 0.1 && told.answer !== undefined && told.answer.status < 300) {
      const again = await sendSurely(urls.toReversed(), authorization, command, Date.now() + GRACE_MS);
      repeated += 1;
      if (again.answer?.body !== told.answer.body) answeredDifferently.push(command.key);
    }
  }
  return { sent, repeated, answeredDifferently };
};

const killNowAndThen = async (kept: readonly Kept[], until: number, everyMs: number, random: () => number) => {
  while (Date.now() < until) {
    await sleep(everyMs * (0.5 + random()));
    kept[Math.floor(random() * kept.length)]?.kill();
  }
};

/** Names of the tables whose live rows are not what folding the log in memory gives. */
const differingTables = async (databaseUrl: string, store: Awaited<ReturnType<typeof createPostgresEventStore>>) => {
  const pool = createPool(databaseUrl, { applicationName: 'chaos verification' });
  const readModels = createReadModels({ pool, connectionString: databaseUrl, store, projections });
  try {
    const names = projections.map(({ name }) => name);
    if (!(await readModels.caughtUp(names, await store.head(), GRACE_MS))) return ['the projections never caught up'];
    const memory = (await foldInMemory(projections, store.readAll({ after: 0 }))).reader();
    const live = await allRows(TENANT, (name, question) => readModels.live([name], question));
    return differing(live, await allRows(TENANT, (_, question) => question(memory)));
  } finally {
    await readModels.close();
    await pool.end();
  }
};

const allEvents = async (store: Awaited<ReturnType<typeof createPostgresEventStore>>): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.readAll({ after: 0 })) events.push(...page.events);
  return events;
};

/**
 * Two API and two projector processes over one database, under load from many clients, while a process is killed with
 * -9 every now and then. Afterwards the log and the read models are compared with what the clients were told.
 */
export const runChaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { databaseUrl, seconds, clients, seed, killEveryMs } = options;
  await migrateDatabaseAt(databaseUrl);
  const pool = createPool(databaseUrl, { applicationName: 'chaos keys', max: 1 });
  const now = new Date().toISOString();
  const wish = { tenantId: TENANT, name: 'Chaos', role: 'owner', createdBy: 'system:test', now } as const;
  const authorization = `Bearer ${(await createKey(pool, wish)).key}`;
  await pool.end();
  const ports = [await freePort(), await freePort()];
  const environment = { DATABASE_URL: databaseUrl, HOST: '127.0.0.1', RATE_LIMIT: 'off' };
  const api = new URL('../../host/src/api.ts', import.meta.url);
  const projector = new URL('../../host/src/projector.ts', import.meta.url);
  const kept = [
    ...ports.map((port) => keep(`api ${port}`, api, { ...environment, PORT: String(port) })),
    ...['one', 'two'].map((name) => keep(`projector ${name}`, projector, environment)),
  ];
  try {
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    await retried(urls, authorization);
    const until = Date.now() + seconds * 1_000;
    const killing = killNowAndThen(kept, until, killEveryMs, randomFrom(seed));
    const loops = await Promise.all(
      Array.from({ length: clients }, (_, client) => clientLoop(client, urls, authorization, until, options)),
    );
    await killing;
    const kills = kept.reduce((sum, each) => sum + each.kills(), 0);
    const store = await createPostgresEventStore({ connectionString: databaseUrl });
    try {
      const events = await allEvents(store);
      const byKey = Map.groupBy(events, ({ meta }) => meta.commandKey);
      const sent = loops.flatMap((loop) => loop.sent);
      const acknowledged = sent.filter(({ answer }) => answer !== undefined && answer.status < 300);
      return {
        acknowledged: acknowledged.length,
        refused: sent.filter(({ answer }) => answer !== undefined && answer.status >= 300).length,
        unanswered: sent.filter(({ answer }) => answer === undefined).length,
        repeatedOnPurpose: loops.reduce((sum, { repeated }) => sum + repeated, 0),
        kills,
        events: events.length,
        lost: acknowledged.filter(({ key }) => !byKey.has(key)).map(({ key }) => key),
        twice: [...byKey].filter(([, made]) => made.length > 1).map(([key]) => key),
        answeredDifferently: loops.flatMap((loop) => loop.answeredDifferently),
        differing: await differingTables(databaseUrl, store),
        gapless: events.every(({ position }, index) => position === index + 1),
      };
    } finally {
      await store.close();
    }
  } finally {
    await Promise.all(kept.map((each) => each.stop()));
  }
};
