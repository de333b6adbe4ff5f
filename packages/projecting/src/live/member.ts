import type { Page } from '@headroom/event-store';
import type pg from 'pg';
import { loadFrom } from '../database/load-rows.ts';
import { schemaOf } from '../database/names.ts';
import { type Statement, statementsFor } from '../database/write-rows.ts';
import { type Changes, takeChanges } from '../fold/changes.ts';
import { foldPage } from '../fold/fold-page.ts';
import type { UpcastPage } from '../fold/project-events.ts';
import { Room } from '../fold/residents.ts';
import { UnitOfWork } from '../fold/unit-of-work.ts';
import type { Projection } from '../projection.ts';

/** What the fold of a page changed in one projection, ready to be written. */
export interface Folded {
  readonly member: Member;
  readonly expected: number;
  readonly changes: readonly Changes[];
  readonly statements: readonly Statement[];
}

/** Forgets rows that memory has no room for; to be done between pages. */
export const forgetOld = (unit: UnitOfWork): void => {
  const leaving = unit.leaving();
  if (leaving.length === 0) return;
  unit.place();
  for (const entry of leaving) unit.forget(entry);
};

/** A projection as it is folded live: its rows in memory, and how far it is. */
export class Member {
  readonly projection: Projection;
  readonly types: ReadonlySet<string>;
  readonly #schema: string;
  readonly #memoryLimit: number;
  #unit: UnitOfWork;
  /** Up to where it has folded; behind it, the checkpoint is written or being written. */
  position: number;

  constructor(projection: Projection, position: number, memoryLimit: number) {
    this.projection = projection;
    this.position = position;
    this.types = new Set(projection.storedTypes);
    this.#schema = schemaOf(projection);
    this.#memoryLimit = memoryLimit;
    this.#unit = this.#begin();
  }

  /** Folds a page; what it changed is encoded when this resolves. Throws what a handler or loading threw. */
  async fold(client: pg.Client, page: Page, upcast: UpcastPage): Promise<Folded> {
    const unit = this.#unit;
    const events = upcast.for(this.projection, this.types, this.position);
    if (events.length > 0)
      await foldPage(
        unit,
        events,
        loadFrom(client, this.#schema, () => unit.page),
      );
    const changes = takeChanges(unit);
    const statements = statementsFor(changes, this.#schema);
    forgetOld(unit);
    const expected = this.position;
    this.position = page.upTo;
    return { member: this, expected, changes, statements };
  }

  /** Forgets what is in memory, and goes on from a position: after a failure, memory may be ahead of the database. */
  restart(position: number): void {
    this.#unit = this.#begin();
    this.position = position;
  }

  #begin(): UnitOfWork {
    const room = new Room({ young: this.#memoryLimit / 4, old: this.#memoryLimit });
    return new UnitOfWork(this.projection, { kind: 'rows', room });
  }
}
