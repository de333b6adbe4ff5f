import type { EventData, hoursCorrected, hoursLogged, hoursVoided, TimeEntry } from '@headroom/contracts/events';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import { addToBucket, bucketOf, type Rate, rateOn } from '../formulas/stage-ledger.ts';
import {
  type StageRow,
  specialistTable,
  stagePersonTable,
  stageTable,
  type TimeEntryRow,
  timeEntryTable,
  voidedEntryTable,
} from '../read-models/tables.ts';
import { notePastStage } from './past-stages.ts';
import { stageRow } from './stages.ts';

export type TimeEvents = EventData<typeof hoursLogged | typeof hoursCorrected | typeof hoursVoided>;

const needsOf = (wanted: Needs, tenantId: string, { specialistId, stageId }: TimeEntry) => {
  wanted.row(specialistTable, tenantId, specialistId);
  if (stageId !== null) wanted.row(stageTable, tenantId, stageId);
};

const ratesOf = (rows: Rows, tenantId: string, specialistId: string): readonly Rate[] =>
  rows.get(specialistTable, tenantId, specialistId)?.rates ?? [];

/** Adds an entry's seconds to the bucket of its stage, or takes them from it. */
export const moveSeconds = (stage: StageRow, entry: TimeEntryRow, rateFrom: string | undefined, sign: 1 | -1): void =>
  addToBucket(stage.ledger, bucketOf(stage.ledger, entry, rateFrom), sign * entry.seconds);

/** Keeps count of the days of a specialist that no rate covers. */
const countUncosted = (rows: Rows, { tenantId, specialistId, workDate, seconds }: TimeEntryRow, sign: 1 | -1) => {
  const specialist = rows.edit(specialistTable, tenantId, specialistId);
  if (specialist === undefined) return;
  const total = (specialist.uncosted[workDate] ?? 0) + sign * seconds;
  if (total === 0) delete specialist.uncosted[workDate];
  else specialist.uncosted[workDate] = total;
  specialist.uncostedSeconds += sign * seconds;
};

/** Where an event happened. */
interface At {
  readonly tenantId: string;
  readonly position: number;
}

const place = (rows: Rows, at: At, entry: TimeEntry, late: boolean | undefined): void => {
  const { tenantId } = at;
  const rates = ratesOf(rows, tenantId, entry.specialistId);
  const rate = rateOn(rates, entry.workDate);
  const stage = entry.stageId === null ? undefined : stageRow(rows, at, entry.stageId);
  const row: TimeEntryRow = {
    tenantId,
    ...entry,
    late: late ?? stage?.status === 'closed',
    rateId: rate?.rateId ?? null,
    rateUnits: rate?.units ?? null,
  };
  rows.put(timeEntryTable, row);
  if (rate === undefined) countUncosted(rows, row, 1);
  if (stage === undefined) return;
  const { ledger, stageId } = stage;
  if (ledger.people[entry.specialistId] === undefined) {
    ledger.people[entry.specialistId] = rates;
    rows.put(stagePersonTable, { tenantId, specialistId: entry.specialistId, stageId });
  }
  moveSeconds(stage, row, rate?.effectiveFrom, 1);
  if (entry.workDate > ledger.lastWorkDate) ledger.lastWorkDate = entry.workDate;
  notePastStage(rows, stage);
};

const take = (rows: Rows, at: At, entryId: string): TimeEntryRow => {
  const { tenantId } = at;
  const row = rows.get(timeEntryTable, tenantId, entryId);
  if (row === undefined) throw new Error(`an event of the unknown entry ${entryId}`);
  if (row.rateId === null) countUncosted(rows, row, -1);
  if (row.stageId !== null) {
    const rate = rateOn(ratesOf(rows, tenantId, row.specialistId), row.workDate);
    const stage = stageRow(rows, at, row.stageId);
    moveSeconds(stage, row, rate?.effectiveFrom, -1);
    notePastStage(rows, stage);
  }
  return row;
};

export const timeHandlers: { readonly [Type in keyof TimeEvents & string]: Handler<Type, TimeEvents[Type]> } = {
  HoursLogged: {
    needs: (wanted, { tenantId, data }) => needsOf(wanted, tenantId, data),
    fold: (rows, { tenantId, position, data }) => place(rows, { tenantId, position }, data, undefined),
  },
  HoursCorrected: {
    needs: (wanted, { tenantId, data: { before, after } }) => {
      wanted.row(timeEntryTable, tenantId, before.entryId);
      needsOf(wanted, tenantId, before);
      needsOf(wanted, tenantId, after);
    },
    // Hours that came late stay late where they are; moved to another stage they are what they are there.
    fold: (rows, { tenantId, position, data: { before, after } }) => {
      const at = { tenantId, position };
      const { late } = take(rows, at, before.entryId);
      place(rows, at, after, before.stageId === after.stageId ? late : undefined);
    },
  },
  HoursVoided: {
    needs: (wanted, { tenantId, data: { entry } }) => {
      wanted.row(timeEntryTable, tenantId, entry.entryId);
      needsOf(wanted, tenantId, entry);
    },
    fold: (rows, { tenantId, position, data: { entry } }) => {
      const { entryId, specialistId, stageId, workDate } = take(rows, { tenantId, position }, entry.entryId);
      rows.remove(timeEntryTable, tenantId, entryId);
      rows.put(voidedEntryTable, { tenantId, entryId, specialistId, stageId, workDate });
    },
  },
};
