import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { allRows, database } from '../../test-support/database.ts';
import { history, stored } from '../../test-support/histories.ts';
import { toyDays, toyTimes } from '../../test-support/toy.ts';
import { beginAtZero } from '../database/checkpoints.ts';
import { schemaOf, tableName } from '../database/names.ts';
import { takeLease } from '../live/lease.ts';
import { type Folded, Member } from '../live/member.ts';
import { openSession } from '../live/session.ts';
import { writePage } from '../live/write-page.ts';
import type { RowReader } from '../reader.ts';
import { PostgresReader } from '../reading/postgres-reader.ts';
import { foldInMemory } from './fold-in-memory.ts';
import { UpcastPage } from './project-events.ts';

const projections = [toyTimes(), toyDays()];
const schemas = new Map(
  projections.flatMap((projection) => projection.tables.map((table) => [table, schemaOf(projection)] as const)),
);

const emptySql = `truncate ${[...schemas].map(([table, schema]) => tableName(schema, table)).join(', ')};
  update projecting.checkpoint set position = 0`;

const textOf = async (reader: RowReader) => JSON.stringify(await allRows(reader, projections), null, 1);

t.test(
  'however a log is cut into pages, and whatever memory forgets, the rows are those of the fold in memory',
  async (t) => {
    const { connectionString, pool } = await database(t);
    for (const projection of projections) await beginAtZero(pool, projection);
    const lease = await takeLease(pool, 'test', 'test', 60_000);
    if (!lease) throw new Error('no lease');
    const client = await openSession(connectionString, lease, 60_000);
    t.teardown(() => client.end());
    const cut = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
    const memoryLimit = fc.constantFrom(0, 5_000, 20_000, 1_000_000);
    const check = fc.assert(
      fc.asyncProperty(history(200), cut, memoryLimit, async (events, sizes, limit) => {
        const log = stored(events);
        await pool.query(emptySql);
        const members = projections.map((projection) => new Member(projection, 0, limit));
        for (let start = 0, page = 0; start < log.length; page += 1) {
          const size = sizes[page % sizes.length] ?? 1;
          const part = log.slice(start, start + size);
          start += size;
          const upTo = part.at(-1)?.position ?? 0;
          const upcast = new UpcastPage(part);
          const folded: Folded[] = [];
          for (const member of members) folded.push(await member.fold(client, { events: part, upTo }, upcast));
          await writePage(client, lease, folded, upTo);
        }
        const live = new PostgresReader(
          pool,
          { position: log.length, snapshot: '' },
          (table) => schemas.get(table) ?? '',
        );
        const memory = (await foldInMemory(projections, log)).reader();
        // As texts: the order of properties counts as well.
        assert.equal(await textOf(live), await textOf(memory));
      }),
      { numRuns: 40 },
    );
    await t.resolves(check);
  },
);
