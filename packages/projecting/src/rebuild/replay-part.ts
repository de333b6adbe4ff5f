import type pg from 'pg';
import { columnName, schemaOf, shadowSchemaOf, tableName } from '../database/names.ts';
import { PROJECTED_CHANNEL } from '../live/write-page.ts';
import type { Projection } from '../projection.ts';
import type { TableDifference } from './compare.ts';
import { type RowScope, scopeSql } from './row-scope.ts';
import { type ShadowOptions, type ShadowRun, withShadows } from './shadow-run.ts';
import { whileHeld } from './switch-over.ts';

export interface PartialReplayOptions extends ShadowOptions {
  readonly scope: RowScope;
  /** What to do with live rows that are not what the replay made: leave them and say so, or put the replayed in place. */
  readonly onDifference: 'stop' | 'repair';
}

export interface PartialReplayReport {
  readonly events: number;
  readonly seconds: number;
  /** The log position that the compared rows hold for. */
  readonly position: number;
  readonly compared: readonly string[];
  /** Rows that the scope's events touched; null when all rows of the tenant were looked at. */
  readonly rowsTouched: number | null;
  readonly differences: readonly TableDifference[];
  /** Whether the replayed rows are in place of those that differed. */
  readonly repaired: boolean;
}

type Queryable = Pick<pg.ClientBase, 'query'>;

const replaceRows = async (
  client: Queryable,
  projection: Projection,
  differing: ReadonlySet<string>,
  scope: RowScope,
  run: ShadowRun,
) => {
  for (const table of projection.tables) {
    if (!differing.has(`${projection.name} ${table.name}`)) continue;
    const live = tableName(schemaOf(projection), table);
    const columns = Object.keys(table.columns).map(columnName).join(', ');
    const { text, values } = scopeSql(table, scope.tenantId, run.touched);
    await client.query(`delete from ${live} r ${text}`, [...values]);
    const shadow = tableName(shadowSchemaOf(projection), table);
    await client.query(`insert into ${live} (${columns}) select ${columns} from ${shadow} r ${text}`, [...values]);
  }
};

/**
 * Puts replayed rows in place of those that differ, in one transaction while nobody folds. Whoever folds loses the lease:
 * what it has in memory may not be what is there now.
 */
const repair = async (
  run: ShadowRun,
  options: PartialReplayOptions,
  differences: readonly TableDifference[],
): Promise<void> => {
  const differing = new Set(differences.map(({ projection, table }) => `${projection} ${table}`));
  const names = options.projections.map(({ name }) => name);
  run.progress.enter('switching');
  await whileHeld(run.control, options.projections, async (checkpoints) => {
    await run.foldTo(await run.goal(checkpoints));
    for (const projection of options.projections)
      await replaceRows(run.control, projection, differing, options.scope, run);
    // A checkpoint that is written anew tells readers that the rows are others than they have seen.
    await run.control.query(
      'update projecting.checkpoint set updated_at = clock_timestamp() where projection = any($1)',
      [names],
    );
    await run.control.query('update projecting.lease set token = token + 1');
    await run.control.query('select pg_notify($1, $2)', [PROJECTED_CHANNEL, [run.position, ...names].join(' ')]);
  });
};

/**
 * Folds the events of one tenant anew into shadow tables and compares the rows that the scope is about with the live ones.
 * What differs is reported by row, and stays, or is replaced whole in one transaction. A crash at any moment leaves the
 * live rows as they are. Throws as `rebuild` does.
 */
export const replayPart = (options: PartialReplayOptions): Promise<PartialReplayReport> =>
  withShadows(
    options,
    async (run) => {
      await run.open();
      try {
        await run.catchUp();
        await run.index();
        await run.catchUp();
        const { compared, differences } = await run.compare();
        const repaired = differences.length > 0 && options.onDifference === 'repair';
        if (repaired) await repair(run, options, differences);
        const { events, seconds } = run.progress;
        const rowsTouched = run.touched?.count ?? null;
        return { events, seconds, position: run.position, compared, rowsTouched, differences, repaired };
      } finally {
        await run.dropLeftovers();
        run.progress.enter('done');
      }
    },
    options.scope,
  );
