import type { RowReader } from '@headroom/projecting';
import { configured, viewStage } from './stage-view.ts';
import { stageTable } from './tables.ts';

/** What a stage is to bring as of a day before anything is written off, in minor units; 0 for one that is not there. */
export const revenueBeforeWriteOffs = async (
  reader: RowReader,
  tenantId: string,
  stageId: string,
  asOf: string,
): Promise<number> => {
  const row = await reader.get(stageTable, tenantId, stageId);
  const agency = await configured(reader, tenantId);
  if (row === undefined || agency === undefined) return 0;
  const { figures, state } = await viewStage(reader, row, agency, asOf);
  return figures.contractRevenueMinor + state.writeOffsMinor;
};
