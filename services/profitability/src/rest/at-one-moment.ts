import type { Operation } from '@headroom/contracts/rest';
import { type CursorScope, decodeCursor, encodeCursor } from '@headroom/http';
import type { ReadModels, RowReader } from '@headroom/projecting';

/** Where a later page goes on, and the moment that its first page was about: `knownAt` and the day may be implied. */
export interface Place {
  readonly offset: number;
  readonly position: number;
  readonly day: string;
}

/** The place that a cursor names; undefined for the first page. */
export const placeOf = (operation: Pick<Operation, 'operationId'>, scope: CursorScope): Place | undefined => {
  const values = decodeCursor(operation, scope);
  if (values === undefined) return undefined;
  const [offset, position, day] = values;
  return { offset: Number(offset), position: Number(position), day: String(day) };
};

/** The cursor of the next page about the same moment; null behind the last one. */
export const cursorTo = (
  operation: Pick<Operation, 'operationId'>,
  scope: CursorScope,
  next: number | null,
  { position, day }: Omit<Place, 'offset'>,
): string | null => (next === null ? null : encodeCursor(operation, scope, [next, position, day]));

interface Moment {
  readonly tenantId: string;
  readonly projections: readonly string[];
  /** Undefined: now. */
  readonly position: number | undefined;
}

/** Reads rows as of a position, live ones where they still are those; the present ones where no position is given. */
export const readAt = async <Answer>(
  readModels: ReadModels,
  { tenantId, projections, position }: Moment,
  question: (reader: RowReader) => Promise<Answer>,
): Promise<Answer> => {
  const live = await readModels.live(projections, async (reader) =>
    position === undefined || reader.position === position ? { answer: await question(reader) } : undefined,
  );
  return live?.answer ?? readModels.at(projections, tenantId, position ?? 0, question);
};
