import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

/** A failed call as the server reports it: the kind of failure travels in the trailer `exception`. */
export const rpcError = (
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const invalidPosition = (): ServiceError =>
  rpcError(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const maxAppendSizeExceeded = (bytes: number): ServiceError =>
  rpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytes),
  });

export const stopping = (): ServiceError => rpcError(status.UNAVAILABLE, 'Server Is Not Ready');

export const notLeader = (leaderPort: number): ServiceError =>
  rpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(leaderPort),
  });
