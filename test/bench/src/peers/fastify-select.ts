import Fastify from 'fastify';
import { answering } from '../answering.ts';
import type { Target } from '../load/connection.ts';
import { listening } from './listening.ts';
import { peerPool } from './peer-pool.ts';

/** A bare Fastify whose GET is one primary-key SELECT over a pool: the finished answer lies in the row. */
const CONNECTIONS = 10;
const SELECT = { name: 'select', text: 'select data from stage_profitability where id = $1' };

export interface SelectOrder {
  readonly url: string;
  /** Ids and answers. */
  readonly rows: readonly (readonly [id: string, data: string])[];
}

answering<SelectOrder, Target>(async ({ url, rows }) => {
  const pool = peerPool(url, CONNECTIONS);
  await pool.query('create table stage_profitability (id text primary key, data json not null)');
  await pool.query('insert into stage_profitability select * from unnest($1::text[], $2::json[])', [
    rows.map(([id]) => id),
    rows.map(([, data]) => data),
  ]);
  await pool.query('vacuum analyze stage_profitability');
  const app = Fastify();
  app.get<{ Params: { id: string } }>('/v1/stages/:id/profitability', async ({ params }) => {
    const found = await pool.query<{ data: object }>({ ...SELECT, values: [params.id] });
    return found.rows[0]?.data;
  });
  return listening(app);
});
