import { createServer } from 'node:net';
import type { Api } from '../composition.ts';
import { explainedListening } from './explain.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Throws `Explained` when nobody could listen there now: better said before minutes of work than after. */
export const assertFree = ({ host, port }: Address): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(explainedListening(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });

/** An address that a browser on this machine can open, when the server listens on all of them. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** Begins to listen, and gives the URL to call. Throws `Explained` when that address cannot be had. */
export const listen = async (api: Api, { host, port }: Address): Promise<string> => {
  try {
    await api.listen({ host, port });
  } catch (error) {
    throw explainedListening(error, host, port);
  }
  const address = api.server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${reachable(host)}:${taken}`;
};
