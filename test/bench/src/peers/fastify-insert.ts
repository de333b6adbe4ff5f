import { newId } from '@headroom/kernel';
import Fastify from 'fastify';
import { answering } from '../answering.ts';
import type { Target } from '../load/connection.ts';
import { listening } from './listening.ts';
import { peerPool } from './peer-pool.ts';

/** A bare Fastify whose POST is one autocommitted INSERT: no credentials, no validation, no idempotency, no rule. */
const CONNECTIONS = 10;
const TABLE = `
  create table time_entry (
    id uuid primary key, specialist_id text not null, stage_id text not null, work_date date not null,
    seconds integer not null, activity text not null, note text, created_at timestamptz not null default now()
  )`;
const INSERT = {
  name: 'insert',
  text: `insert into time_entry (id, specialist_id, stage_id, work_date, seconds, activity, note)
    values ($1, $2, $3, $4, $5, $6, $7)`,
};

interface Body {
  readonly specialistId: string;
  readonly stageId: string;
  readonly workDate: string;
  readonly seconds: number;
  readonly activity: string;
  readonly note: string;
}

answering<{ readonly url: string }, Target>(async ({ url }) => {
  const pool = peerPool(url, CONNECTIONS);
  await pool.query(TABLE);
  const app = Fastify();
  app.post<{ Body: Body }>('/v1/time-entries', async ({ body }, reply) => {
    const { specialistId, stageId, workDate, seconds, activity, note } = body;
    const entryId = newId();
    await pool.query({ ...INSERT, values: [entryId, specialistId, stageId, workDate, seconds, activity, note] });
    reply.code(201);
    return { entryId, specialistId, stageId, workDate, seconds };
  });
  return listening(app);
});
