import type pg from 'pg';
import { loadFrom } from '../database/load-rows.ts';
import { type Changes, confirmChanges, takeChanges } from '../fold/changes.ts';
import { foldPage } from '../fold/fold-page.ts';
import type { UpcastPage } from '../fold/project-events.ts';
import { Room } from '../fold/residents.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import { forgetOld } from '../live/member.ts';
import type { Projection } from '../projection.ts';
import { momentSchemaOf, pastSchemaOf } from './past-schema.ts';
import { versionStatements } from './version-statements.ts';

/** A projection whose versions are being kept: its latest rows, and up to where they are written. */
export class PastMember {
  readonly projection: Projection;
  readonly types: ReadonlySet<string>;
  readonly #unit: UnitOfWork;
  position: number;

  constructor(projection: Projection, position: number, memoryLimit: number) {
    this.projection = projection;
    this.position = position;
    this.types = new Set(projection.storedTypes);
    const room = new Room({ young: memoryLimit / 4, old: memoryLimit });
    this.#unit = new UnitOfWork(projection, { kind: 'rows', room });
  }

  /** Folds events over the latest versions. Throws what a handler or loading threw. */
  async fold(client: pg.ClientBase, upcast: UpcastPage): Promise<void> {
    const events = upcast.for(this.projection, this.types, this.position);
    const load = loadFrom(client, momentSchemaOf(this.projection), () => this.#unit.page);
    if (events.length > 0) await foldPage(this.#unit, events, load);
  }

  /** Writes what changed since the last time as versions from a position on; in a transaction, to be settled after it. */
  async write(client: pg.ClientBase, position: number): Promise<readonly Changes[]> {
    const changes = takeChanges(this.#unit);
    const statements = versionStatements(changes, pastSchemaOf(this.projection), position);
    for (const statement of statements) await client.query(statement);
    return changes;
  }

  /** What was written is there. */
  settle(changes: readonly Changes[], position: number): void {
    confirmChanges(changes);
    forgetOld(this.#unit);
    this.position = position;
  }
}
