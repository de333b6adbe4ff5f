import { setTimeout as sleep } from 'node:timers/promises';
import type { createPool } from '@headroom/postgres';
import type { Api } from '../composition.ts';
import { Explained } from '../process/explain.ts';
import { DEMO_TENANT, type DemoKeys } from './keys.ts';
import type { Step } from './step.ts';
import { demoSteps } from './steps.ts';

type Pool = ReturnType<typeof createPool>;

/** Part of every idempotency key; raised with a demo that another version's half load cannot be completed to. */
const VERSION = 1;

const TRIES = 10;
const PAUSE_MS = 300;

const isLoaded = async (pool: Pool): Promise<boolean> => {
  const { rowCount } = await pool.query('select from host.demo_loaded where tenant_id = $1', [DEMO_TENANT]);
  return rowCount !== 0;
};

const send = async (api: Api, keys: DemoKeys, { as, method, url, body }: Step, key: string) => {
  const response = await api.inject({
    method,
    url,
    headers: { authorization: `Bearer ${keys[as]}`, 'idempotency-key': key },
    payload: body,
  });
  const answer = response.json<{ readonly retryable?: boolean; readonly refused?: number; readonly code?: string }>();
  return { status: response.statusCode, answer, text: response.body };
};

/** Carries out one step; the fixed idempotency key makes a repetition harmless, whatever became of the first time. */
const carryOut = async (api: Api, keys: DemoKeys, step: Step, index: number): Promise<void> => {
  const key = `demo-${VERSION}-${index}`;
  for (let tries = 1; ; tries += 1) {
    const { status, answer, text } = await send(api, keys, step, key);
    if (status < 300 && !answer.refused) return;
    if (answer.retryable !== true || tries === TRIES)
      throw new Explained(
        `The demo cannot be loaded: step ${index}, ${step.operationId}, was answered with ${status} ${text}. Set DATA_DIR to a new folder, or DEMO=off`,
      );
    await sleep(PAUSE_MS);
  }
};

interface Numbered {
  readonly step: Step;
  readonly index: number;
}

const MOST_TOGETHER = 100;

/** Contacts in a row do not depend on one another and go out together; everything else waits for what is before it. */
const groupsOf = (steps: readonly Numbered[]): Numbered[][] => {
  const groups: Numbered[][] = [];
  for (const numbered of steps) {
    const group = groups.at(-1);
    const follows = numbered.step.operationId === 'logInteraction' && group?.[0]?.step.operationId === 'logInteraction';
    if (group !== undefined && follows && group.length < MOST_TOGETHER) group.push(numbered);
    else groups.push([numbered]);
  }
  return groups;
};

/**
 * Loads the demo agency through the API, unless that was done. A load that was interrupted is simply gone on with: what
 * was carried out before is answered with its first outcome. Gives the number of commands sent.
 */
export const loadDemo = async (api: Api, pool: Pool, keys: DemoKeys, signal: AbortSignal): Promise<number> => {
  if (await isLoaded(pool)) return 0;
  const steps = demoSteps().map((step, index) => ({ step, index }));
  for (const group of groupsOf(steps)) {
    signal.throwIfAborted();
    await Promise.all(group.map(({ step, index }) => carryOut(api, keys, step, index)));
  }
  await pool.query('insert into host.demo_loaded (tenant_id, version) values ($1, $2) on conflict do nothing', [
    DEMO_TENANT,
    VERSION,
  ]);
  return steps.length;
};
