import { table } from '@headroom/projecting';
import type { StageLedger } from '../../formulas/stage-ledger.ts';

/**
 * The effort of a stage that was closed at some time, apart from its ledger: a quote looks at all that an agency closed
 * in two years, and needs no more of them than this.
 */
export interface PastStageRow {
  readonly tenantId: string;
  readonly stageId: string;
  readonly clientId: string;
  readonly serviceType: string | null;
  readonly baselineSeconds: number;
  /** All seconds that the stage has, up to its `lastWorkDate`. */
  readonly seconds: number;
  /** Those of them that somebody approved. */
  readonly approvedSeconds: number;
  /** Empty while nobody has worked on it. */
  readonly lastWorkDate: string;
  readonly lifecycle: StageLedger['lifecycle'];
}

export const pastStageTable = table<PastStageRow>('past_stage', {
  columns: {
    tenantId: 'text',
    stageId: 'text',
    clientId: 'text',
    serviceType: { type: 'text', nullable: true },
    baselineSeconds: 'integer',
    seconds: 'integer',
    approvedSeconds: 'integer',
    lastWorkDate: 'text',
    lifecycle: 'json',
  },
  key: ['tenantId', 'stageId'],
  lookups: { byTenant: ['tenantId'] },
});
