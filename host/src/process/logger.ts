import { createLogger } from '@headroom/http';
import { destination, type Logger } from 'pino';
import type { LogLevel } from '../settings.ts';

const STDERR = 2;

/** The log of a process: JSON lines on stderr, which leaves stdout to what is meant for people. */
export const openLogger = (processName: string, level: LogLevel): Logger =>
  createLogger({ level, destination: destination({ fd: STDERR, sync: true }) }).child({ process: processName });
