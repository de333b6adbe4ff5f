import type { FastifyInstance } from 'fastify';
import type { Target } from '../load/connection.ts';

/** Lets a peer's server listen on any free port of this machine. */
export const listening = async (app: FastifyInstance): Promise<Target> => {
  const { hostname, port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  return { host: hostname, port: Number(port) };
};
