import type { Rows } from '@headroom/projecting';
import { labourAt } from '../formulas/stage-ledger.ts';
import { pastStageTable } from '../read-models/quote/tables.ts';
import type { StageRow } from '../read-models/tables.ts';

const EVER = '9999-12-31';

/** Keeps the effort of a stage that was ever closed up to date; of others there is nothing to keep. */
export const notePastStage = (rows: Rows, stage: StageRow): void => {
  const { tenantId, stageId, clientId, serviceType, ledger } = stage;
  if (!ledger.lifecycle.some(({ to }) => to === 'closed')) return;
  const planned = ledger.baseline?.work ?? ledger.plan.work;
  rows.put(pastStageTable, {
    tenantId,
    stageId,
    clientId,
    serviceType,
    baselineSeconds: planned.reduce((sum, { seconds }) => sum + seconds, 0),
    seconds: labourAt(ledger, EVER, []).reduce((sum, { seconds }) => sum + seconds, 0),
    lastWorkDate: ledger.lastWorkDate,
    lifecycle: [...ledger.lifecycle],
  });
};
