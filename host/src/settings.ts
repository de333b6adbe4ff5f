import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder that holds the whole project; `DATA_DIR` is relative to it. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** What the environment decides, checked. */
export interface Settings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Undefined: a Postgres of our own below `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** EventStoreDB; undefined: the log is kept in Postgres, too. */
  readonly eventStoreUrl: string | undefined;
  /** Over the keys of personal data, 32 bytes as text; undefined: one that is kept below `dataDir`. */
  readonly masterKey: string | undefined;
  /** An absolute path. */
  readonly dataDir: string;
  /** Undefined: what suits the process. */
  readonly logLevel: LogLevel | undefined;
  /** Requests a minute for each API key and process; `false` for no limit. */
  readonly requestsPerMinute: number | false;
  /** Whether addresses of `X-Forwarded-For` are believed. */
  readonly trustProxy: boolean;
  /** The 32 bytes of the key that signs checkpoints; undefined: the database keeps one. */
  readonly notaryKey: Uint8Array | undefined;
  /** Whether `standalone` makes and fills the demo agency. */
  readonly demo: boolean;
}

/** Settings, or what is wrong with the environment: one line a variable. */
export type ReadSettings = { readonly settings: Settings } | { readonly problems: readonly string[] };

const isUrlOf =
  (...protocols: readonly string[]) =>
  (text: string): boolean =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol);

/** A database is not always named by a well-formed URL: libpq takes `postgresql:///name?host=/socket`, too. */
const namesPostgres = (text: string): boolean => /^postgres(ql)?:\/\/\S+$/.test(text);

const onOrOff = (allowed: string) => z.enum(['on', 'off'], allowed).transform((text) => text === 'on');

const wholeNumber = (allowed: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, allowed)
    .transform(Number)
    .refine((value) => value >= least && value <= most, allowed);

const PORT = 'a port from 0 to 65535 (0 takes any free one)';
const HOST = 'an address or a host name, such as 127.0.0.1, 0.0.0.0 or ::1';
const DATABASE_URL = 'postgres://user:password@host:port/database, or nothing for the embedded Postgres';
const EVENT_STORE_URL = 'esdb://host:port?tls=false or esdb+discover://..., or nothing to keep the log in Postgres';
const MASTER_KEY =
  '32 bytes in base64 or hexadecimal (`openssl rand -base64 32`), or nothing for one in the data folder';
const LOG_LEVEL = 'one of trace, debug, info, warn, error, silent';
const RATE_LIMIT = 'requests a minute for each API key, from 1 to 100000000, or off';
const NOTARY_KEY = '32 bytes in base64 (`openssl rand -base64 32`), or nothing to keep the key in the database';
const SWITCH = 'on or off';

const schema = z.object({
  PORT: wholeNumber(PORT, 0, 65_535).default(8080),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,253}$/, HOST)
    .default('127.0.0.1'),
  DATABASE_URL: z.string().refine(namesPostgres, DATABASE_URL).optional(),
  EVENT_STORE_URL: z.string().refine(isUrlOf('esdb:', 'esdb+discover:'), EVENT_STORE_URL).optional(),
  MASTER_KEY: z
    .string()
    .regex(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/, MASTER_KEY)
    .optional(),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], LOG_LEVEL).optional(),
  RATE_LIMIT: z
    .union([z.literal('off').transform(() => false as const), wholeNumber(RATE_LIMIT, 1, 100_000_000)], RATE_LIMIT)
    .default(6_000),
  TRUST_PROXY: onOrOff(SWITCH).default(false),
  NOTARY_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, NOTARY_KEY)
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .optional(),
  DEMO: onOrOff(SWITCH).default(true),
});

/** The names of the variables. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** A variable that is set to nothing, as compose files do, is not set. */
const setOnes = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );

/** What was given, without the password that a URL may hold. */
const shown = (value: string | undefined): string => JSON.stringify((value ?? '').replace(/:[^:@/]+@/, ':***@'));

const SECRET: ReadonlySet<string> = new Set(['MASTER_KEY', 'NOTARY_KEY']);

const problemsOf = (error: z.ZodError, given: NodeJS.ProcessEnv): string[] => {
  const first = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const name = String(path[0]);
    // A secret that was mistyped is still nearly the secret.
    const told = SECRET.has(name) ? '***' : shown(given[name]);
    if (!first.has(name)) first.set(name, `${name} is ${told}, but must be ${message}`);
  }
  return [...first.values()];
};

/** Reads the settings from environment variables. */
export const readSettings = (environment: NodeJS.ProcessEnv): ReadSettings => {
  const given = setOnes(environment);
  const parsed = schema.safeParse(given);
  if (!parsed.success) return { problems: problemsOf(parsed.error, given) };
  const { data } = parsed;
  return {
    settings: {
      port: data.PORT,
      host: data.HOST,
      databaseUrl: data.DATABASE_URL,
      eventStoreUrl: data.EVENT_STORE_URL,
      masterKey: data.MASTER_KEY,
      dataDir: resolve(projectFolder, data.DATA_DIR),
      logLevel: data.LOG_LEVEL,
      requestsPerMinute: data.RATE_LIMIT,
      trustProxy: data.TRUST_PROXY,
      notaryKey: data.NOTARY_KEY,
      demo: data.DEMO,
    },
  };
};
