import type { EventData, importFinished, importReverted, importStarted } from '@headroom/contracts/events';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import { type ImportRow, importTable } from '../read-models/import-table.ts';

export type ImportEvents = EventData<typeof importStarted | typeof importFinished | typeof importReverted>;

interface OfImport {
  readonly tenantId: string;
  readonly data: { readonly importId: string };
}

const needs = (wanted: Needs, { tenantId, data }: OfImport) => wanted.row(importTable, tenantId, data.importId);

const rowOf = (rows: Rows, { tenantId, data: { importId } }: OfImport): ImportRow => {
  const row = rows.edit(importTable, tenantId, importId);
  if (row === undefined) throw new Error(`an event of the unknown import ${importId}`);
  return row;
};

export const importHandlers: { readonly [Type in keyof ImportEvents & string]: Handler<Type, ImportEvents[Type]> } = {
  ImportStarted: {
    fold: (rows, { tenantId, data, recordedAt, meta }) =>
      rows.put(importTable, {
        tenantId,
        ...data,
        startedAt: recordedAt,
        startedBy: meta.actor,
        status: 'running',
        finishedAt: null,
        ...{ created: 0, alreadyImported: 0, refused: 0, skipped: 0, seconds: 0 },
        revertedAt: null,
        revertedBy: null,
        voided: 0,
        leftStanding: 0,
      }),
  },
  ImportFinished: {
    needs,
    fold: (rows, event) => {
      const { importId: _, outcome, ...counts } = event.data;
      const row = rowOf(rows, event);
      Object.assign(row, counts, { status: row.revertedAt === null ? outcome : 'reverted' });
      row.finishedAt = event.recordedAt;
    },
  },
  ImportReverted: {
    needs,
    fold: (rows, event) => {
      const { voided, left } = event.data;
      const row = rowOf(rows, event);
      row.status = 'reverted';
      row.revertedAt = event.recordedAt;
      row.revertedBy = event.meta.actor;
      row.voided += voided;
      row.leftStanding = left;
    },
  },
};
