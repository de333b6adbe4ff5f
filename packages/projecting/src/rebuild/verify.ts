import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import { shadowSchemaOf } from '../database/names.ts';
import { closeSession } from '../live/session.ts';
import type { TableDifference } from './compare.ts';
import { type TableHash, tableHashes } from './row-hashes.ts';
import { type ShadowOptions, type ShadowRun, withShadows } from './shadow-run.ts';

export interface VerifyOptions extends ShadowOptions {
  /** Fold the log up to this position alone, and compare with nothing: for hashes of rows as they once were. */
  readonly at?: number;
}

export interface VerifyReport {
  readonly events: number;
  readonly seconds: number;
  readonly position: number;
  /** Projections whose live rows were compared with the fold; none when an earlier position was asked for. */
  readonly compared: readonly string[];
  readonly differences: readonly TableDifference[];
  /** Of the rows that the fold made. */
  readonly hashes: readonly TableHash[];
}

const hashesOf = async (client: Pick<pg.ClientBase, 'query'>, { projections }: VerifyOptions): Promise<TableHash[]> => {
  // What a row is as a text must not depend on the settings of a server.
  await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1`);
  const hashes: TableHash[] = [];
  for (const projection of projections)
    hashes.push(...(await tableHashes(client, projection, shadowSchemaOf(projection))));
  return hashes;
};

const asOnceThere = async (run: ShadowRun, options: VerifyOptions, at: number): Promise<VerifyReport> => {
  await run.foldTo(Math.min(at, await options.store.head()));
  await run.index();
  const client = new pg.Client(clientConfig(options.connectionString, 'headroom verify'));
  client.on('error', () => undefined);
  await client.connect();
  try {
    const hashes = await hashesOf(client, options);
    const { events, seconds } = run.progress;
    return { events, seconds, position: run.position, compared: [], differences: [], hashes };
  } finally {
    await closeSession(client);
  }
};

const asLive = async (run: ShadowRun, options: VerifyOptions): Promise<VerifyReport> => {
  await run.catchUp();
  await run.index();
  await run.catchUp();
  let hashes: TableHash[] = [];
  const { compared, differences } = await run.compare(async (comparer) => {
    hashes = await hashesOf(comparer, options);
  });
  const { events, seconds } = run.progress;
  return { events, seconds, position: run.position, compared, differences, hashes };
};

/**
 * Folds the log anew beside the rows that serve, hashes what came out, and compares it with the live rows of the same
 * version, row by row; then throws it away. Nothing is changed. Throws as `rebuild` does.
 */
export const verify = (options: VerifyOptions): Promise<VerifyReport> =>
  withShadows(options, async (run) => {
    await run.open();
    try {
      return options.at === undefined ? await asLive(run, options) : await asOnceThere(run, options, options.at);
    } finally {
      await run.dropLeftovers();
      run.progress.enter('done');
    }
  });
