import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { type ConnectionInjector, Server, ServerCredentials } from '@grpc/grpc-js';
import { serveAppend } from './append.ts';
import { serveBatchAppend } from './batch-append.ts';
import { serveFeatures, serveGossip } from './cluster.ts';
import type { Traffic } from './delivery.ts';
import { createFaults, type Faults } from './faults.ts';
import { openJournal } from './journal.ts';
import { type Log, openLog, systemEvent } from './log.ts';
import { serveRead } from './read.ts';
import { GossipService, ServerFeaturesService, StreamsService } from './stubs.ts';

export interface StandInOptions {
  /** Port on 127.0.0.1; any free one when absent. It stays the same over restarts. */
  readonly port?: number;
  /** File that keeps the log, so that it outlives the process; without it the log lives in memory. */
  readonly persistTo?: string;
  /** The server's clock, in milliseconds since the epoch; `Date.now` when absent. */
  readonly now?: () => number;
}

export interface StandIn {
  /** What the official client connects with. */
  readonly connectionString: string;
  readonly port: number;
  /** Reads that are open now, messages that went out to readers and appends that came in so far. */
  readonly traffic: Readonly<Traffic>;
  /** Connections that are open now. */
  connections(): number;
  /** Ends every connection and takes no more; the log is kept. Appends that are held are turned away. */
  stop(): Promise<void>;
  /** Stops, if it runs, and starts again on the same port with its log; what only its memory held is forgotten. */
  restart(): Promise<void>;
  /** Breaks every connection now, in the midst of whatever is going on; new ones are taken. */
  dropConnections(): void;
  /** Appends wait from now on, neither written nor answered, until `releaseAppends`. */
  holdAppends(): void;
  /** Writes the waiting appends in the order in which they came; also those whose caller has gone. */
  releaseAppends(): void;
  /** The next append is written, and its answer never comes. */
  loseNextAppendReply(): void;
  /** Appends (not batches) are refused with the advice to go to the leader on another port; no longer without one. */
  referAppendsTo(leaderPort?: number): void;
  /** The cluster has no leader for now, or has one again: clients that were given several hosts ask for it. */
  elect(electing: boolean): void;
  /** The server writes events of its own, as a real one does every now and then. */
  appendSystemEvents(count: number): void;
}

/**
 * Starts an EventStoreDB stand-in in this process: a gRPC server on the official client's own stubs, with the answers
 * of the real server (23.10 and later) to appends, reads and subscriptions. It is for tests; it is not durable.
 */
export const startStandIn = async (options: StandInOptions = {}): Promise<StandIn> => {
  const journal = options.persistTo === undefined ? undefined : openJournal(options.persistTo);
  const log = openLog({ now: options.now ?? Date.now, journal });
  const faults = createFaults();
  const traffic: Traffic = { openReads: 0, sentMessages: 0, appends: 0, batchAppends: 0 };
  let port = options.port ?? 0;
  let running: Running | undefined;

  const start = async (): Promise<void> => {
    running = await listen(
      port,
      serve(log, faults, traffic, () => port),
    );
    port = running.port;
  };
  const stop = async (): Promise<void> => {
    const stopped = running;
    running = undefined;
    faults.turnAway();
    await stopped?.stop();
  };

  await start();
  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    port,
    traffic,
    connections: () => running?.connections() ?? 0,
    stop,
    restart: async () => {
      await stop();
      log.forgetRecent();
      await start();
    },
    dropConnections: () => running?.drop(),
    holdAppends: faults.hold,
    releaseAppends: faults.release,
    loseNextAppendReply: faults.loseNextReply,
    referAppendsTo: faults.refer,
    elect: faults.elect,
    appendSystemEvents: (count) => {
      const first = log.records.length + 1;
      const events = Array.from({ length: count }, (_, n) => systemEvent('$statsCollected', first + n));
      log.write('$stats-127.0.0.1', 'any', events);
    },
  };
};

const serve = (log: Log, faults: Faults, traffic: Traffic, port: () => number): Server => {
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  // What reads give is packed already: many readers get the same events.
  const read = { ...StreamsService.read, responseSerialize: (message: Buffer) => message };
  server.addService(
    { ...StreamsService, read },
    {
      read: serveRead(log, traffic),
      append: serveAppend(log, faults, traffic),
      batchAppend: serveBatchAppend(log, faults, traffic),
    },
  );
  server.addService(GossipService, { read: serveGossip(faults, port) });
  server.addService(ServerFeaturesService, { getSupportedMethods: serveFeatures });
  return server;
};

interface Running {
  readonly port: number;
  connections(): number;
  drop(): void;
  stop(): Promise<void>;
}

/** Listens with sockets of its own, handed to the gRPC server one by one, so that they can be broken at will. */
const listen = async (port: number, grpc: Server): Promise<Running> => {
  const injector: ConnectionInjector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const server: NetServer = createServer((socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on('close', () => sockets.delete(socket)).on('error', () => sockets.delete(socket));
    injector.injectConnection(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    drop,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      drop();
      grpc.forceShutdown();
      await closed;
    },
  };
};
