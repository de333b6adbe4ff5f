import type {
  ApprovalStatus,
  EventData,
  hoursApproved,
  hoursRejected,
  hoursSubmitted,
} from '@headroom/contracts/events';
import type { Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import { specialistTable, stageTable, timeEntryTable } from '../read-models/tables.ts';
import { count } from './time.ts';

export type ApprovalEvents = EventData<typeof hoursSubmitted | typeof hoursApproved | typeof hoursRejected>;

type Judged = ApprovalEvents['HoursSubmitted'];

const needs = (wanted: Needs, { tenantId, data }: ProjectedEvent<string, Judged>): void => {
  wanted.row(specialistTable, tenantId, data.specialistId);
  for (const entryId of data.entryIds) wanted.row(timeEntryTable, tenantId, entryId);
  for (const stageId of data.stageIds) wanted.row(stageTable, tenantId, stageId);
};

/** Gives entries a status; their seconds move between the buckets of what is approved and what is not. */
const judge =
  (status: ApprovalStatus) =>
  (rows: Rows, { tenantId, position, data: { entryIds }, meta }: ProjectedEvent<string, Judged>): void => {
    for (const entryId of entryIds) {
      const row = rows.edit(timeEntryTable, tenantId, entryId);
      if (row === undefined) throw new Error(`an approval of the unknown entry ${entryId}`);
      count(rows, position, row, -1);
      row.status = status;
      row.rejection = status === 'rejected' ? (meta.reason ?? null) : null;
      count(rows, position, row, 1);
    }
  };

export const approvalHandlers = {
  HoursSubmitted: { needs, fold: judge('submitted') },
  HoursApproved: { needs, fold: judge('approved') },
  HoursRejected: { needs, fold: judge('rejected') },
};
