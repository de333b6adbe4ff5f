import { newId } from '@headroom/kernel';
import Fastify from 'fastify';
import { answering } from '../answering.ts';
import type { Target } from '../load/connection.ts';
import { emmettAt, migrateEmmett } from './emmett.ts';
import { listening } from './listening.ts';

/** A bare Fastify whose POST appends to emmett's store, to the stream of the specialist's month; it reads nothing first. */
const CONNECTIONS = 10;

interface Body {
  readonly specialistId: string;
  readonly stageId: string;
  readonly workDate: string;
  readonly seconds: number;
  readonly activity: string;
  readonly note: string;
}

answering<{ readonly url: string }, Target>(async ({ url }) => {
  await migrateEmmett(url);
  const { store } = emmettAt(url, CONNECTIONS);
  const app = Fastify();
  app.post<{ Body: Body }>('/v1/time-entries', async ({ body }, reply) => {
    const entryId = newId();
    const { specialistId, stageId, workDate, seconds } = body;
    const event = { type: 'HoursLogged', data: { entryId, ...body } };
    await store.appendToStream(`timesheet-${specialistId}/${workDate.slice(0, 7)}`, [event]);
    reply.code(201);
    return { entryId, specialistId, stageId, workDate, seconds };
  });
  return listening(app);
});
