import type { Rows } from '@headroom/projecting';
import { countedLabour, type LabourLine, labourAt } from '../formulas/stage-ledger.ts';
import { pastStageTable } from '../read-models/quote/tables.ts';
import type { StageRow } from '../read-models/tables.ts';

const EVER = '9999-12-31';

const secondsOf = (labour: readonly LabourLine[]): number => labour.reduce((sum, { seconds }) => sum + seconds, 0);

/** Keeps the effort of a stage that was ever closed up to date; of others there is nothing to keep. */
export const notePastStage = (rows: Rows, stage: StageRow): void => {
  const { tenantId, stageId, clientId, serviceType, ledger } = stage;
  if (!ledger.lifecycle.some(({ to }) => to === 'closed')) return;
  const labour = labourAt(ledger, EVER, []);
  const planned = ledger.baseline?.work ?? ledger.plan.work;
  rows.put(pastStageTable, {
    tenantId,
    stageId,
    clientId,
    serviceType,
    baselineSeconds: planned.reduce((sum, { seconds }) => sum + seconds, 0),
    seconds: secondsOf(labour),
    approvedSeconds: secondsOf(countedLabour(labour, true)),
    lastWorkDate: ledger.lastWorkDate,
    lifecycle: [...ledger.lifecycle],
  });
};
