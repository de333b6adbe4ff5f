import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

export interface LoggerOptions {
  /** `info` unless told. */
  readonly level?: string;
  /** Standard output unless told. */
  readonly destination?: DestinationStream;
}

/** Members that hold a secret wherever they stand, at the top or up to two levels below. */
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'apiKey', 'connectionString'];
const KEY = /(hdr_[a-z]{1,16}_[0-9a-f]{16})_[A-Za-z0-9_-]{43}/g;
const PASSWORD_IN_URL = /(\w+:\/\/[^\s:/@"]+):[^\s@"]+@/g;

/** A line without the secrets of API keys and without passwords of connection strings, in whatever text they stand. */
const cleaned = (line: string): string => line.replace(KEY, '$1_[redacted]').replace(PASSWORD_IN_URL, '$1:[redacted]@');

/** Of an error's own members only the code is kept: drivers hang whole rows onto their errors. */
const serialiseError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code } = stdSerializers.errWithCause(error) as unknown as Record<string, unknown>;
  return code === undefined ? { type, message, stack } : { type, message, stack, code };
};

/** Structured logs, one JSON line each, with secrets redacted. */
export const createLogger = ({ level = 'info', destination }: LoggerOptions = {}): Logger => {
  const options = {
    level,
    base: { pid: process.pid },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: serialiseError, error: serialiseError },
    hooks: { streamWrite: cleaned },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
};
