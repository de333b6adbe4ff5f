import type { FastifyInstance } from 'fastify';
import { send } from './send.ts';

/** The page runs what is in it, loads nothing and tells nobody anything: what a person opens in it stays there. */
const ALONE = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HTML = 'text/html; charset=utf-8';

/** Serves pages without credentials; each is made when it is first asked for. */
export const servePages = (app: FastifyInstance, pages: Readonly<Record<string, () => Promise<string>>>): void => {
  for (const [path, make] of Object.entries(pages)) {
    let made: Promise<string> | undefined;
    app.get(path, async (_request, reply) => {
      made ??= make();
      reply.header('content-security-policy', ALONE);
      send(reply, 200, HTML, await made);
      return reply;
    });
  }
};
