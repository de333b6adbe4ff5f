import type { FastifyInstance } from 'fastify';
import { JSON_TYPE, send } from './send.ts';
import type { ReadinessCheck } from './settings.ts';

const TOO_LONG_MS = 2_000;

/** What is wrong with a part, or `ok`; a check that throws or takes too long finds its part unwell. */
const judge = async (check: ReadinessCheck): Promise<string> => {
  const patience = Promise.withResolvers<string>();
  const timer = setTimeout(() => patience.resolve('no answer in time'), TOO_LONG_MS);
  try {
    return (await Promise.race([check(), patience.promise])) ?? 'ok';
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
};

/** `/livez`: the process turns. `/readyz`: every part it needs is well; 503, and which is not, otherwise. */
export const serveHealth = (app: FastifyInstance, checks: Readonly<Record<string, ReadinessCheck>>): void => {
  app.get('/livez', (_request, reply) => send(reply, 200, JSON_TYPE, '{"status":"ok"}'));
  app.get('/readyz', async (_request, reply) => {
    const names = Object.keys(checks);
    const found = await Promise.all(names.map((name) => judge(checks[name] as ReadinessCheck)));
    const well = found.every((state) => state === 'ok');
    const parts = Object.fromEntries(names.map((name, n) => [name, found[n]]));
    send(reply, well ? 200 : 503, JSON_TYPE, JSON.stringify({ status: well ? 'ok' : 'unwell', parts }));
    return reply;
  });
};
