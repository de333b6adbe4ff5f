import type {
  EventData,
  hoursAdjusted,
  hoursCorrected,
  hoursLogged,
  hoursVoided,
  TimeEntry,
} from '@headroom/contracts/events';
import { monthOf } from '@headroom/kernel';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import { isRevertKey } from '../decisions/imported-hours.ts';
import { addToBucket, bucketOf, type Rate, rateOn } from '../formulas/stage-ledger.ts';
import {
  periodTable,
  projectTable,
  runningTimerTable,
  type StageRow,
  specialistTable,
  stagePersonTable,
  stageTable,
  type TimeEntryRow,
  timeEntryTable,
  voidedEntryTable,
} from '../read-models/tables.ts';
import { notePastStage } from './past-stages.ts';
import { projectRow } from './projects.ts';
import { stageRow } from './stages.ts';

export type TimeEvents = EventData<
  typeof hoursLogged | typeof hoursCorrected | typeof hoursVoided | typeof hoursAdjusted
>;

const needsOf = (
  wanted: Needs,
  tenantId: string,
  { specialistId, stageId, projectId, workDate, postedOn }: TimeEntry,
) => {
  wanted.row(specialistTable, tenantId, specialistId);
  wanted.row(periodTable, tenantId, monthOf(postedOn ?? workDate));
  if (stageId !== null) wanted.row(stageTable, tenantId, stageId);
  else wanted.row(projectTable, tenantId, projectId);
};

const ratesOf = (rows: Rows, tenantId: string, specialistId: string): readonly Rate[] =>
  rows.get(specialistTable, tenantId, specialistId)?.rates ?? [];

/** Adds an entry's seconds to the bucket of its stage, or takes them from it. */
export const moveSeconds = (stage: StageRow, entry: TimeEntryRow, rateFrom: string | undefined, sign: 1 | -1): void =>
  addToBucket(stage.ledger, bucketOf(stage.ledger, entry, rateFrom), sign * entry.seconds);

/** Keeps count of the days of a specialist that no rate covers. */
const countUncosted = (rows: Rows, { tenantId, specialistId, workedOn, seconds }: TimeEntryRow, sign: 1 | -1) => {
  const specialist = rows.edit(specialistTable, tenantId, specialistId);
  if (specialist === undefined) return;
  const total = (specialist.uncosted[workedOn] ?? 0) + sign * seconds;
  if (total === 0) delete specialist.uncosted[workedOn];
  else specialist.uncosted[workedOn] = total;
  specialist.uncostedSeconds += sign * seconds;
};

/** Keeps count of a project's days with work that belongs to no stage. */
const countUnattributed = (
  rows: Rows,
  at: At,
  { stageId, projectId, workDate, seconds }: TimeEntryRow,
  sign: 1 | -1,
) => {
  if (stageId !== null) return;
  const { unattributed, sheets } = projectRow(rows, { ...at, data: { projectId } });
  noteSheet(sheets, at);
  const total = (unattributed[workDate] ?? 0) + sign * seconds;
  if (total === 0) delete unattributed[workDate];
  else unattributed[workDate] = total;
};

/** Where an event happened. */
interface At {
  readonly tenantId: string;
  readonly position: number;
  readonly streamId: string;
}

/** Notes the stream that tells of hours. */
const noteSheet = (sheets: string[], { streamId }: At): void => {
  if (!sheets.includes(streamId)) sheets.push(streamId);
};

interface Placing {
  /** Whether the entry was late where it stood before. */
  readonly late?: boolean;
  /** The entry to which this is a line. */
  readonly adjusts?: string;
}

/** Puts an entry where it counts. It is late when it came after its stage or its month was closed. */
const place = (rows: Rows, at: At, entry: TimeEntry, { late, adjusts }: Placing = {}): void => {
  const { tenantId } = at;
  const { workDate: workedOn, postedOn } = entry;
  const workDate = postedOn ?? workedOn;
  const rates = ratesOf(rows, tenantId, entry.specialistId);
  const rate = rateOn(rates, workedOn);
  const stage = entry.stageId === null ? undefined : stageRow(rows, at, entry.stageId);
  const afterClosing = rows.get(periodTable, tenantId, monthOf(workDate))?.closed === true;
  // Member by member: most rows of all are made here, and to spread one object into another costs twice as much.
  const row: TimeEntryRow = {
    tenantId,
    entryId: entry.entryId,
    specialistId: entry.specialistId,
    role: entry.role,
    stageId: entry.stageId,
    projectId: entry.projectId,
    clientId: entry.clientId,
    workDate,
    workedOn,
    seconds: entry.seconds,
    startedAt: entry.startedAt,
    activity: entry.activity,
    billable: entry.billable,
    goodwill: entry.goodwill,
    requestId: entry.requestId,
    note: entry.note,
    externalRef: entry.externalRef,
    importId: entry.importId,
    adjusts: adjusts ?? null,
    status: 'draft',
    rejection: null,
    // A line takes back what the entry brought: late or not as that was, or late seconds could fall below none.
    late: adjusts !== undefined && late !== undefined ? late : (late ?? stage?.status === 'closed') || afterClosing,
    rateId: rate?.rateId ?? null,
    rateUnits: rate?.units ?? null,
  };
  rows.put(timeEntryTable, row);
  countUnattributed(rows, at, row, 1);
  if (rate === undefined) countUncosted(rows, row, 1);
  if (stage === undefined) return;
  noteSheet(stage.sheets, at);
  const { ledger, stageId } = stage;
  if (ledger.people[entry.specialistId] === undefined) {
    ledger.people[entry.specialistId] = rates;
    rows.put(stagePersonTable, { tenantId, specialistId: entry.specialistId, stageId });
  }
  moveSeconds(stage, row, rate?.effectiveFrom, 1);
  if (workDate > ledger.lastWorkDate) ledger.lastWorkDate = workDate;
  notePastStage(rows, stage);
};

const entryRow = (rows: Rows, tenantId: string, entryId: string): TimeEntryRow => {
  const row = rows.get(timeEntryTable, tenantId, entryId);
  if (row === undefined) throw new Error(`an event of the unknown entry ${entryId}`);
  return row;
};

/** Moves an entry's seconds out of the bucket of its stage (or into it), at the rate of the day of the work. */
export const count = (rows: Rows, position: number, row: TimeEntryRow, sign: 1 | -1): void => {
  if (row.stageId === null) return;
  const rate = rateOn(ratesOf(rows, row.tenantId, row.specialistId), row.workedOn);
  const stage = stageRow(rows, { tenantId: row.tenantId, position }, row.stageId);
  moveSeconds(stage, row, rate?.effectiveFrom, sign);
  notePastStage(rows, stage);
};

const take = (rows: Rows, at: At, entryId: string): TimeEntryRow => {
  const row = entryRow(rows, at.tenantId, entryId);
  if (row.rateId === null) countUncosted(rows, row, -1);
  count(rows, at.position, row, -1);
  countUnattributed(rows, at, row, -1);
  return row;
};

export const timeHandlers: { readonly [Type in keyof TimeEvents & string]: Handler<Type, TimeEvents[Type]> } = {
  HoursLogged: {
    needs: (wanted, { tenantId, data }) => {
      needsOf(wanted, tenantId, data);
      if (data.timerId !== null) wanted.row(runningTimerTable, tenantId, data.specialistId);
    },
    // The hours of a timer are its stop, whether or not its own stream has taken note of that yet.
    fold: (rows, { tenantId, position, streamId, data }) => {
      place(rows, { tenantId, position, streamId }, data);
      if (data.timerId === null) return;
      const running = rows.get(runningTimerTable, tenantId, data.specialistId);
      if (running?.timerId === data.timerId) rows.remove(runningTimerTable, tenantId, data.specialistId);
    },
  },
  HoursCorrected: {
    needs: (wanted, { tenantId, data: { before, after } }) => {
      wanted.row(timeEntryTable, tenantId, before.entryId);
      needsOf(wanted, tenantId, before);
      needsOf(wanted, tenantId, after);
    },
    // Hours that came late stay late where they are; moved to another stage they are what they are there.
    fold: (rows, { tenantId, position, streamId, data: { before, after } }) => {
      const at = { tenantId, position, streamId };
      const { late } = take(rows, at, before.entryId);
      place(rows, at, after, before.stageId === after.stageId ? { late } : {});
    },
  },
  HoursVoided: {
    needs: (wanted, { tenantId, data: { entry } }) => {
      wanted.row(timeEntryTable, tenantId, entry.entryId);
      needsOf(wanted, tenantId, entry);
    },
    fold: (rows, { tenantId, position, streamId, data: { entry }, meta }) => {
      const at = { tenantId, position, streamId };
      const { entryId, specialistId, stageId, workedOn, importId } = take(rows, at, entry.entryId);
      rows.remove(timeEntryTable, tenantId, entryId);
      const byRevert = isRevertKey(meta.commandKey);
      rows.put(voidedEntryTable, { tenantId, entryId, specialistId, stageId, workedOn, importId, byRevert });
    },
  },
  HoursAdjusted: {
    needs: (wanted, { tenantId, data: { before, after, postedOn } }) => {
      wanted.row(timeEntryTable, tenantId, before.entryId);
      needsOf(wanted, tenantId, { ...before, postedOn });
      if (after !== null) needsOf(wanted, tenantId, { ...after, postedOn });
    },
    // The entry stays as it was reported. A line on its stage is late when the entry was.
    fold: (rows, { tenantId, position, streamId, data: { before, after, postedOn, lines } }) => {
      const at = { tenantId, position, streamId };
      const { late } = entryRow(rows, tenantId, before.entryId);
      for (const { lineId, of, seconds } of lines) {
        const said = of === 'after' && after !== null ? after : before;
        const line = { ...said, entryId: lineId, seconds, postedOn };
        const adjusts = before.entryId;
        place(rows, at, line, said.stageId === before.stageId ? { late, adjusts } : { adjusts });
      }
    },
  },
};
