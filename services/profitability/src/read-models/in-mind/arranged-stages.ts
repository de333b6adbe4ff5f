import type { StageRow } from '../tables.ts';

const byId = (one: StageRow, other: StageRow): number => (one.stageId < other.stageId ? -1 : 1);

/** Stages in the order of their ids, and those of each client and project. */
export class ArrangedStages {
  readonly rows: readonly StageRow[];
  #byId: ReadonlyMap<string, StageRow> | undefined;
  #byClient: ReadonlyMap<string, readonly StageRow[]> | undefined;
  #byProject: ReadonlyMap<string, readonly StageRow[]> | undefined;

  constructor(rows: Iterable<StageRow>) {
    this.rows = [...rows].sort(byId);
  }

  stage(stageId: string): StageRow | undefined {
    this.#byId ??= new Map(this.rows.map((row) => [row.stageId, row]));
    return this.#byId.get(stageId);
  }

  ofClient(clientId: string): readonly StageRow[] {
    this.#byClient ??= Map.groupBy(this.rows, (row) => row.clientId);
    return this.#byClient.get(clientId) ?? [];
  }

  ofProject(projectId: string): readonly StageRow[] {
    this.#byProject ??= Map.groupBy(this.rows, (row) => row.projectId);
    return this.#byProject.get(projectId) ?? [];
  }
}

const arranged = new WeakMap<ReadonlyMap<string, StageRow>, ArrangedStages>();

/** The rows arranged; once for as long as the same map holds them, which must not change. */
export const arrange = (rows: ReadonlyMap<string, StageRow>): ArrangedStages => {
  const known = arranged.get(rows) ?? new ArrangedStages(rows.values());
  arranged.set(rows, known);
  return known;
};
