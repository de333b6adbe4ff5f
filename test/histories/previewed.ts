import { setTimeout as sleep } from 'node:timers/promises';
import { CLIENTS, PROJECTS } from '../support/asked-in-memory.ts';
import { STAGES } from '../support/history-steps.ts';
import type { Told } from '../support/random-agency.ts';
import { type History, oneOf } from './history.ts';
import { mustBeSame } from './must-be-same.ts';
import type { Scene } from './scene.ts';

const DAYS = ['2026-01-15', '2026-02-01', '2026-02-17', '2026-03-01', '2026-03-16', '2026-04-02'];
const MOST_RATE = 9_000;
/** Long work is looked after so often. */
const WAIT_MS = 50;

const post = async (
  { url }: Scene,
  key: string,
  path: string,
  idempotencyKey: string,
  body: unknown,
): Promise<Told> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
};

/** One or two other rates, of Anna or Boris. */
const wishOf = (history: History) => ({
  rates: [...new Set([oneOf(history, ['anna', 'boris']), oneOf(history, ['anna', 'boris'])])].map((specialistId) => ({
    specialistId,
    effectiveFrom: oneOf(history, DAYS),
    ratePerHour: (1 + history.random() * MOST_RATE).toFixed(4),
  })),
});

const PLACES = {
  stages: STAGES.map((id) => [id, `stages/${id}`] as const),
  projects: PROJECTS.map((id) => [id, `projects/${id}`] as const),
  clients: CLIENTS.map((id) => [id, `clients/${id}`] as const),
};

type Level = keyof typeof PLACES;

/** The figures of every stage, project and client, as a preview names them. */
const figuresOf = async ({ ask }: Scene, key: string, asOf: string) => {
  const figures = new Map<string, Record<string, unknown>>();
  for (const places of Object.values(PLACES))
    for (const [, path] of places) {
      const { status, body } = await ask(`/v1/${path}/profitability?asOf=${asOf}`, key);
      mustBeSame(`${path} is answered`, status, 200);
      const { revenue, cost, profit, margin, estimateAtCompletion, forecastMargin } = body;
      figures.set(path, { revenue, cost, profit, margin, estimateAtCompletion, forecastMargin });
    }
  return figures;
};

type Figures = Awaited<ReturnType<typeof figuresOf>>;

interface Line {
  readonly id: string;
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
}

/** Its lines tell what was and what is; what has no line has not moved. */
const tellsTheTruth = (report: Record<Level, { readonly items: readonly Line[] }>, was: Figures, is: Figures): void => {
  for (const [level, places] of Object.entries(PLACES))
    for (const [id, path] of places) {
      const line = report[level as Level].items.find((each) => each.id === id);
      mustBeSame(`${path} before`, line?.before ?? was.get(path), was.get(path));
      mustBeSame(`${path} after`, is.get(path), line?.after ?? was.get(path));
    }
};

/** Waits for a piece of long work; gives how it ended. */
const ended = async ({ ask }: Scene, key: string, operationId: string) => {
  for (;;) {
    const { body } = await ask(`/v1/operations/${operationId}`, key);
    if (body.finishedAt !== null) return body;
    await sleep(WAIT_MS);
  }
};

/**
 * Previews a change of rates and applies it. Throws unless applying it says and gives what the preview said: of every
 * stage, project and client, and that nothing else has moved.
 */
export const mustComeAsPreviewed = async (scene: Scene, history: History, key: string): Promise<void> => {
  const wish = wishOf(history);
  const { status, body: preview } = await post(scene, key, '/v1/rate-changes/preview', 'p', { ...wish, limit: 200 });
  // The same rate as before is no change.
  if (preview.code === 'nothing-to-change') return;
  mustBeSame('the preview is answered', [status, preview.code], [200, undefined]);
  const was = await figuresOf(scene, key, preview.asOf);
  const { body: begun } = await post(scene, key, '/v1/rate-changes', 'apply', {
    ...wish,
    limit: 200,
    reason: 'Payslip',
  });
  const { status: how, failure, result } = await ended(scene, key, begun.operationId);
  mustBeSame('the change is applied', [how, failure], ['succeeded', null]);
  // Others append meanwhile; and its id is its own.
  const said = ({ knownAt: _, rateChangeId: __, position: ___, ...rest }: Record<string, unknown>) => rest;
  mustBeSame('the report of the change', said(result), said(preview));
  tellsTheTruth(preview, was, await figuresOf(scene, key, preview.asOf));
};
