import type { RowReader } from '@headroom/projecting';
import { type TimeEntryRow, timeEntryTable } from '../tables.ts';

/** Days of which entries are read: `[from, to)`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

interface Batch {
  readonly stageIds: Set<string>;
  readonly found: Promise<ReadonlyMap<string, readonly TimeEntryRow[]>>;
}

/** Reads the entries of stages out of one snapshot: what is asked for in one turn goes out as one query. */
export class EntriesOfStages {
  readonly #reader: RowReader;
  readonly #tenantId: string;
  readonly #gathering = new Map<string, Batch>();

  constructor(reader: RowReader, tenantId: string) {
    this.#reader = reader;
    this.#tenantId = tenantId;
  }

  /** A stage's entries on some days. */
  async of(stageId: string, range: DayRange): Promise<readonly TimeEntryRow[]> {
    const id = `${range.from} ${range.to}`;
    const batch = this.#gathering.get(id) ?? this.#begin(id, range);
    batch.stageIds.add(stageId);
    return (await batch.found).get(stageId) ?? [];
  }

  #begin(id: string, range: DayRange): Batch {
    const stageIds = new Set<string>();
    const found = Promise.resolve().then(() => {
      this.#gathering.delete(id);
      return this.#read([...stageIds], range);
    });
    const batch = { stageIds, found };
    this.#gathering.set(id, batch);
    return batch;
  }

  async #read(stageIds: readonly string[], range: DayRange) {
    const tenantId = this.#tenantId;
    const [only] = stageIds;
    if (stageIds.length === 1 && only !== undefined)
      return new Map([[only, await this.#reader.where(timeEntryTable, 'byStage', [tenantId, only], range)]]);
    const where = [
      { column: 'tenantId', equals: tenantId },
      { column: 'stageId', in: stageIds },
      { column: 'workDate', ...range },
    ];
    return Map.groupBy(await this.#reader.list(timeEntryTable, { where, orderBy: [] }), (entry) => entry.stageId ?? '');
  }
}
