import { table } from '@headroom/projecting';

export interface ImportRow {
  readonly tenantId: string;
  readonly importId: string;
  readonly format: string;
  readonly fileName: string | null;
  readonly fileDigest: string;
  readonly startedAt: string;
  readonly startedBy: string;
  status: 'running' | 'completed' | 'cancelled' | 'reverted';
  finishedAt: string | null;
  created: number;
  alreadyImported: number;
  refused: number;
  skipped: number;
  seconds: number;
  revertedAt: string | null;
  revertedBy: string | null;
  /** Of all reverts of it. */
  voided: number;
  /** Of the last revert. */
  leftStanding: number;
}

export const importTable = table<ImportRow>('import', {
  columns: {
    tenantId: 'text',
    importId: 'text',
    format: 'text',
    fileName: { type: 'text', nullable: true },
    fileDigest: 'text',
    startedAt: 'instant',
    startedBy: 'text',
    status: 'text',
    finishedAt: { type: 'instant', nullable: true },
    created: 'integer',
    alreadyImported: 'integer',
    refused: 'integer',
    skipped: 'integer',
    seconds: 'integer',
    revertedAt: { type: 'instant', nullable: true },
    revertedBy: { type: 'text', nullable: true },
    voided: 'integer',
    leftStanding: 'integer',
  },
  key: ['tenantId', 'importId'],
  lookups: { byStart: ['tenantId', 'startedAt'], byStatus: ['tenantId', 'status'] },
});
