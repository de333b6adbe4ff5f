import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** What the suite does to the connection between a store and its server. */
export interface Wire {
  /** Breaks every connection now; new ones are let through. Ends `muteReplies`. */
  readonly cut: () => void;
  /** From now on requests arrive at the server, and its replies do not come back, until `cut`. */
  readonly muteReplies: () => void;
  /** Bytes that came from the server so far. */
  readonly received: () => number;
  /** Connections that are open now. */
  readonly connections: () => number;
}

export interface Proxy extends Wire {
  /** The port on 127.0.0.1 at which the store finds its server. */
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A wire that can be cut: a TCP proxy in this process, in front of a server on TCP or on a unix socket. */
export const startProxy = async (target: NetConnectOpts): Promise<Proxy> => {
  const pairs = new Map<Socket, Socket>();
  let muted = false;
  let received = 0;
  const server = createServer((client) => {
    const upstream = connect(target);
    pairs.set(client, upstream);
    const end = (): void => {
      pairs.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.setNoDelay(true).on('error', end).on('close', end);
    client.pipe(upstream);
    // Not a pipe, so that replies can be counted and swallowed; it still waits for a slow client.
    upstream.on('data', (chunk) => {
      received += chunk.length;
      if (!muted && !client.write(chunk)) upstream.pause();
    });
    client.on('drain', () => upstream.resume());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const [client, upstream] of pairs) {
      client.destroy();
      upstream.destroy();
    }
    pairs.clear();
    muted = false;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    muteReplies: () => {
      muted = true;
    },
    received: () => received,
    connections: () => pairs.size,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
};
