import type { PartEvent, ReadModels, RowReader } from '../reader.ts';

/** Rows as of a moment, and the events of single streams that were known then. */
export interface Told {
  readonly reader: RowReader;
  /** Events of these types in some streams, up to the reader's position, in the order of the log. */
  readonly eventsOf: (streams: readonly string[], types: readonly string[]) => Promise<PartEvent[]>;
}

/** Reads events beside rows; `projections` are those whose events may be asked for. */
export const toldBy = (
  readModels: Pick<ReadModels, 'part'>,
  reader: RowReader,
  { tenantId, projections }: { readonly tenantId: string; readonly projections: readonly string[] },
): Told => ({
  reader,
  eventsOf: async (streams, types) => {
    const wanted = new Set(types);
    const narrow = () => (event: { readonly type: string; readonly data: unknown }) =>
      wanted.has(event.type) ? event : undefined;
    const { events } = await readModels.part(projections, tenantId, { streams, narrow });
    return events.filter(({ position }) => position <= reader.position);
  },
});

/** Where an event stands in the log, and who told it. */
export const referenceOf = ({ position, id, type, recordedAt, actor, reason }: PartEvent) => ({
  position,
  eventId: id,
  type,
  recordedAt,
  actor,
  reason,
});
