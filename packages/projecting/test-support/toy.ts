import { type Projection, projection, type Rows, table } from '../src/index.ts';

/** A small agency: hours cost what their specialist's rate says, also when the rate is set late. */

export interface EntryRow {
  tenantId: string;
  entryId: string;
  specialistId: string;
  stageId: string;
  workDate: string;
  seconds: number;
  cost: number;
  note: string | null;
  loggedAt: string;
}

export interface StageRow {
  tenantId: string;
  stageId: string;
  name: string;
  open: boolean;
  closedOn: string | null;
  totals: { seconds: number; cost: number; byDay: { [day: string]: number } };
}

export interface RateRow {
  tenantId: string;
  specialistId: string;
  effectiveFrom: string;
  perHour: number;
}

export interface DayRow {
  tenantId: string;
  day: string;
  events: number;
}

export const entries = table<EntryRow>('entries', {
  columns: {
    tenantId: 'text',
    entryId: 'text',
    specialistId: 'text',
    stageId: 'text',
    workDate: 'date',
    seconds: 'integer',
    cost: 'integer',
    note: { type: 'text', nullable: true },
    loggedAt: 'instant',
  },
  key: ['tenantId', 'entryId'],
  lookups: {
    ofSpecialist: ['tenantId', 'specialistId', 'workDate'],
    ofStage: ['tenantId', 'stageId', 'workDate'],
    byNote: ['tenantId', 'note'],
  },
  foldLookups: ['ofSpecialist', 'ofStage'],
});

export const stages = table<StageRow>('stages', {
  columns: {
    tenantId: 'text',
    stageId: 'text',
    name: 'text',
    open: 'boolean',
    closedOn: { type: 'date', nullable: true },
    totals: 'json',
  },
  key: ['tenantId', 'stageId'],
  lookups: { byState: ['tenantId', 'open', 'closedOn'] },
});

export const rates = table<RateRow>('rates', {
  columns: { tenantId: 'text', specialistId: 'text', effectiveFrom: 'date', perHour: 'integer' },
  key: ['tenantId', 'specialistId', 'effectiveFrom'],
  lookups: { ofSpecialist: ['tenantId', 'specialistId', 'effectiveFrom'] },
  foldLookups: ['ofSpecialist'],
});

export const days = table<DayRow>('days', {
  columns: { tenantId: 'text', day: 'text', events: 'integer' },
  key: ['tenantId', 'day'],
});

export type ToyEvents = {
  StageOpened: { stageId: string; name: string };
  StageClosed: { stageId: string; closedOn: string };
  StageDropped: { stageId: string };
  RateSet: { specialistId: string; effectiveFrom: string; perHour: number };
  HoursLogged: {
    entryId: string;
    specialistId: string;
    stageId: string;
    workDate: string;
    seconds: number;
    note: string | null;
  };
  HoursMoved: { entryId: string; fromStageId: string; toStageId: string };
  HoursVoided: { entryId: string; stageId: string };
};

const upcast = (storedType: string, data: unknown) => ({ type: storedType, data });

const rateAt = (rows: Rows, tenantId: string, specialistId: string, date: string): number =>
  rows.where(rates, 'ofSpecialist', tenantId, specialistId).findLast(({ effectiveFrom }) => effectiveFrom <= date)
    ?.perHour ?? 0;

const add = (rows: Rows, tenantId: string, stageId: string, day: string, seconds: number, cost: number): void => {
  const stage = rows.edit(stages, tenantId, stageId);
  if (!stage) return;
  stage.totals.seconds += seconds;
  stage.totals.cost += cost;
  const sum = (stage.totals.byDay[day] ?? 0) + seconds;
  if (sum === 0) delete stage.totals.byDay[day];
  else stage.totals.byDay[day] = sum;
};

/** `version` other than 1 makes the same rows, too; only their maker differs. */
export const toyTimes = (version = 1, name = 'toy-times'): Projection =>
  projection<ToyEvents>({
    name,
    version,
    tables: [entries, stages, rates],
    upcast,
    handlers: {
      StageOpened: {
        fold: (rows, { tenantId, data }) =>
          rows.put(stages, {
            tenantId,
            stageId: data.stageId,
            name: data.name,
            open: true,
            closedOn: null,
            totals: { seconds: 0, cost: 0, byDay: {} },
          }),
      },
      StageClosed: {
        needs: (needs, { tenantId, data }) => needs.row(stages, tenantId, data.stageId),
        fold: (rows, { tenantId, data }) => {
          const stage = rows.edit(stages, tenantId, data.stageId);
          if (stage) Object.assign(stage, { open: false, closedOn: data.closedOn });
        },
      },
      StageDropped: {
        needs: (needs, { tenantId, data }) => needs.where(entries, 'ofStage', [tenantId, data.stageId]),
        fold: (rows, { tenantId, data }) => {
          for (const { entryId } of rows.where(entries, 'ofStage', tenantId, data.stageId))
            rows.remove(entries, tenantId, entryId);
          rows.remove(stages, tenantId, data.stageId);
        },
      },
      RateSet: {
        needs: (needs, { tenantId, data: { specialistId, effectiveFrom } }) => {
          needs.where(rates, 'ofSpecialist', [tenantId, specialistId]);
          needs.where(entries, 'ofSpecialist', [tenantId, specialistId], {
            from: effectiveFrom,
            follow: (found, further) => {
              for (const { stageId } of found) further.row(stages, tenantId, stageId);
            },
          });
        },
        fold: (rows, { tenantId, data }) => {
          rows.put(rates, { tenantId, ...data });
          for (const { entryId } of rows.where(entries, 'ofSpecialist', tenantId, data.specialistId)) {
            const entry = rows.edit(entries, tenantId, entryId);
            if (!entry) continue;
            const cost = entry.seconds * rateAt(rows, tenantId, entry.specialistId, entry.workDate);
            add(rows, tenantId, entry.stageId, entry.workDate, 0, cost - entry.cost);
            entry.cost = cost;
          }
        },
      },
      HoursLogged: {
        needs: (needs, { tenantId, data }) => {
          needs.where(rates, 'ofSpecialist', [tenantId, data.specialistId]);
          needs.row(stages, tenantId, data.stageId);
          needs.row(entries, tenantId, data.entryId);
        },
        fold: (rows, { tenantId, data, recordedAt }) => {
          if (rows.get(entries, tenantId, data.entryId)) return;
          const cost = data.seconds * rateAt(rows, tenantId, data.specialistId, data.workDate);
          rows.put(entries, { tenantId, ...data, cost, loggedAt: recordedAt });
          add(rows, tenantId, data.stageId, data.workDate, data.seconds, cost);
        },
      },
      HoursMoved: {
        needs: (needs, { tenantId, data }) => {
          needs.row(entries, tenantId, data.entryId);
          needs.row(stages, tenantId, data.fromStageId);
          needs.row(stages, tenantId, data.toStageId);
        },
        fold: (rows, { tenantId, data }) => {
          const entry = rows.edit(entries, tenantId, data.entryId);
          if (!entry || entry.stageId !== data.fromStageId) return;
          add(rows, tenantId, data.fromStageId, entry.workDate, -entry.seconds, -entry.cost);
          add(rows, tenantId, data.toStageId, entry.workDate, entry.seconds, entry.cost);
          entry.stageId = data.toStageId;
        },
      },
      HoursVoided: {
        needs: (needs, { tenantId, data }) => {
          needs.row(entries, tenantId, data.entryId);
          needs.row(stages, tenantId, data.stageId);
        },
        fold: (rows, { tenantId, data }) => {
          const entry = rows.get(entries, tenantId, data.entryId);
          if (!entry || entry.stageId !== data.stageId) return;
          add(rows, tenantId, data.stageId, entry.workDate, -entry.seconds, -entry.cost);
          rows.remove(entries, tenantId, data.entryId);
        },
      },
    },
  });

/** Counts hours by day; `refuse` makes it choke on an event. */
export const toyDays = (refuse: (data: ToyEvents['HoursLogged']) => boolean = () => false): Projection =>
  projection<Pick<ToyEvents, 'HoursLogged'>>({
    name: 'toy-days',
    version: 1,
    tables: [days],
    upcast,
    handlers: {
      HoursLogged: {
        needs: (needs, { tenantId, data }) => needs.row(days, tenantId, data.workDate),
        fold: (rows, { tenantId, data }) => {
          const day = rows.edit(days, tenantId, data.workDate);
          if (day) day.events += 1;
          else rows.put(days, { tenantId, day: data.workDate, events: 1 });
          // After the change: what a failing event has begun must leave no trace.
          if (refuse(data)) throw new RangeError(`cannot count ${data.entryId}`);
        },
      },
    },
  });
