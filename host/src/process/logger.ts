import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from '../settings.ts';

const STDERR = 2;

/** Structured logs on stderr, one JSON object a line; nothing secret in them. */
export const createLogger = (processName: string, level: LogLevel): Logger =>
  pino(
    {
      level,
      base: { process: processName, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.authorization', '*.connectionString', '*.password'],
    },
    destination({ fd: STDERR, sync: true }),
  );
