import { DataDirectoryInUse } from '@headroom/embedded-postgres';
import { isConnectionLoss } from '@headroom/postgres';

/** A failure whose message says to a person what is wrong and what to do about it. */
export class Explained extends Error {
  override readonly name = 'Explained';
}

type SystemError = Error & { readonly code?: string; readonly address?: string; readonly port?: number };

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
};

/** A table, schema or column that is not there. */
const NOT_MIGRATED = new Set(['42P01', '3F000', '42703']);

/** What went wrong, in one line for a person. */
export const explain = (error: unknown): string => {
  if (error instanceof DataDirectoryInUse)
    return `${error.dataDir} is in use by another Headroom (database process ${error.pid}): stop that one, or set DATA_DIR to another folder`;
  const message = oneLine(messageOf(error));
  if (NOT_MIGRATED.has((error as SystemError | undefined)?.code ?? ''))
    return `The database is not up to date (${message}): run \`npm run headroom -- migrate\``;
  if (!(error instanceof Explained) && isConnectionLoss(error)) return `The database cannot be reached: ${message}`;
  return message;
};

const LISTENING: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is in use: stop what uses it, or set PORT to another one (PORT=0 takes any free port)`,
  EACCES: (_, port) => `Port ${port} may not be used by this user: set PORT to one from 1024 on`,
  EADDRNOTAVAIL: (host) => `HOST ${host} is not an address of this machine`,
  ENOTFOUND: (host) => `HOST ${host} cannot be resolved to an address`,
  EAI_AGAIN: (host) => `HOST ${host} cannot be resolved to an address`,
};

/** An error of listening, explained. */
export const explainedListening = (error: unknown, host: string, port: number): unknown => {
  const explanation = LISTENING[(error as SystemError).code ?? ''];
  return explanation ? new Explained(explanation(host, port), { cause: error }) : error;
};
