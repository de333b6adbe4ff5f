import { connect } from 'node:net';
import { env } from 'node:process';
import { Unreachable } from './failures.ts';

interface Host {
  readonly host: string;
  readonly port: number;
}

/** The hosts that a connection string names. */
export const hostsOf = (connectionString: string): readonly Host[] => {
  const [, hosts = ''] = /^[^:]+:\/\/(?:[^@/?]*@)?([^/?]*)/.exec(connectionString.trim()) ?? [];
  return hosts.split(',').map((text) => {
    const [host = '', port = '2113'] = text.split(':');
    return { host, port: Number(port) };
  });
};

/**
 * Passes when one of the hosts takes a connection, rejects with `Unreachable` when none does for so many ms.
 *
 * A gRPC channel that fails to connect, and is closed, tries once more behind everybody's back; what it then connects
 * stays open for good. While a server is away it is therefore only knocked at. Behind a proxy that is of no use.
 */
export const reach = async (hosts: readonly Host[], withinMs: number): Promise<void> => {
  if (env.grpc_proxy || env.https_proxy || env.http_proxy) return;
  try {
    await Promise.any(hosts.map((host) => knock(host, withinMs)));
  } catch (error) {
    const [first] = error instanceof AggregateError ? error.errors : [error];
    throw new Unreachable(first instanceof Error ? first.message : 'no host takes connections', { cause: error });
  }
};

const knock = ({ host, port }: Host, withinMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: withinMs });
    const leave = (settle: () => void) => (): void => {
      socket.destroy();
      settle();
    };
    socket.on('connect', leave(resolve));
    socket.on(
      'timeout',
      leave(() => reject(new Error(`${host}:${port} takes no connection within ${withinMs} ms`))),
    );
    socket.on('error', reject);
  });
