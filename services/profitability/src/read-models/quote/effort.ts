import { addDays, addMonthsTo } from '@headroom/kernel';
import { RememberedBySnapshot, type RowReader } from '@headroom/projecting';
import { type Configured, viewStage } from '../stage-view.ts';
import { stageTable } from '../tables.ts';
import { type PastStageRow, pastStageTable } from './tables.ts';

const MONTHS_OF_HISTORY = 24;

/** The days in which a stage was closed to count: `from` and `to` are both in it. */
export const windowOf = (asOf: string): { readonly from: string; readonly to: string } => ({
  from: addDays(addMonthsTo(asOf, -MONTHS_OF_HISTORY), 1),
  to: asOf,
});

/** A stage that stood closed on a day, with what it took until then. */
export interface Effort {
  readonly stageId: string;
  readonly clientId: string;
  readonly serviceType: string | null;
  readonly closedOn: string;
  readonly actualSeconds: number;
  readonly baselineSeconds: number;
}

interface Moment {
  readonly tenantId: string;
  readonly agency: Configured;
  readonly asOf: string;
}

/** Seconds up to and with the day; only work that is dated later makes it necessary to look at the stage itself. */
const actualSeconds = async (reader: RowReader, row: PastStageRow, { agency, asOf }: Moment): Promise<number> => {
  if (row.lastWorkDate <= asOf) return agency.settings.approvalRequired ? row.approvedSeconds : row.seconds;
  const stage = await reader.get(stageTable, row.tenantId, row.stageId);
  return stage === undefined ? 0 : (await viewStage(reader, stage, agency, asOf)).figures.seconds;
};

const readEfforts = async (reader: RowReader, moment: Moment): Promise<Effort[]> => {
  const rows = await reader.where(pastStageTable, 'byTenant', [moment.tenantId]);
  const efforts = await Promise.all(
    rows.map(async (row): Promise<Effort[]> => {
      const last = row.lifecycle.findLast(({ on }) => on <= moment.asOf);
      if (last?.to !== 'closed') return [];
      const { stageId, clientId, serviceType, baselineSeconds } = row;
      const seconds = await actualSeconds(reader, row, moment);
      return [{ stageId, clientId, serviceType, closedOn: last.on, actualSeconds: seconds, baselineSeconds }];
    }),
  );
  return efforts.flat();
};

/** The next quote rests mostly on the same efforts. */
const remembered = new RememberedBySnapshot<readonly Effort[]>(32);

/** Every stage that stood closed on the day. */
export const efforts = (reader: RowReader, moment: Moment): Promise<readonly Effort[]> =>
  remembered.of(reader, `${moment.tenantId} ${moment.asOf}`, () => readEfforts(reader, moment));
