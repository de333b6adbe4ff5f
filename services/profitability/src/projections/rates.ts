import type {
  costRateSet,
  EventData,
  rateChangeApplied,
  specialistAdded,
  specialistDeactivated,
} from '@headroom/contracts/events';
import { rateUnits } from '@headroom/money';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import { type Rate, rateOn } from '../formulas/stage-ledger.ts';
import {
  type StagePersonRow,
  specialistTable,
  stagePersonTable,
  stageTable,
  type TimeEntryRow,
  timeEntryTable,
} from '../read-models/tables.ts';
import { needsOfRestatements, restate } from './restatements.ts';
import { stageRow } from './stages.ts';
import { moveSeconds } from './time.ts';

export type RateEvents = EventData<
  typeof specialistAdded | typeof costRateSet | typeof rateChangeApplied | typeof specialistDeactivated
>;

const withRate = (rates: readonly Rate[], rate: Rate): Rate[] =>
  [...rates.filter(({ effectiveFrom }) => effectiveFrom !== rate.effectiveFrom), rate].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? -1 : 1,
  );

interface RateChange {
  readonly before: readonly Rate[];
  readonly rate: Rate;
}

/** Gives the entries that a new rate applies to that rate, and moves their seconds to its bucket. */
const recost = (rows: Rows, position: number, entry: TimeEntryRow, change: RateChange): void => {
  const { before, rate } = change;
  const previous = rateOn(before, entry.workedOn);
  const row = rows.edit(timeEntryTable, entry.tenantId, entry.entryId) ?? entry;
  row.rateId = rate.rateId;
  row.rateUnits = rate.units;
  if (row.stageId === null || previous?.effectiveFrom === rate.effectiveFrom) return;
  const stage = stageRow(rows, { tenantId: row.tenantId, position }, row.stageId);
  moveSeconds(stage, row, previous?.effectiveFrom, -1);
  moveSeconds(stage, row, rate.effectiveFrom, 1);
};

interface SetRate {
  readonly specialistId: string;
  readonly rateId: string;
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
}

const needsOfRate = (wanted: Needs, tenantId: string, { specialistId, effectiveFrom }: SetRate): void => {
  wanted.row(specialistTable, tenantId, specialistId);
  wanted.where(stagePersonTable, 'bySpecialist', [tenantId, specialistId], {
    follow: (people: readonly StagePersonRow[], further) => {
      for (const { stageId } of people) further.row(stageTable, tenantId, stageId);
    },
  });
  wanted.where(timeEntryTable, 'bySpecialist', [tenantId, specialistId], { from: effectiveFrom });
};

/** Of every person the change that concerns most entries: an event has one bound for the entries of a person. */
const earliestOfEach = (changes: readonly SetRate[]): Iterable<SetRate> => {
  const earliest = new Map<string, SetRate>();
  for (const change of changes) {
    const known = earliest.get(change.specialistId);
    if (known === undefined || change.effectiveFrom < known.effectiveFrom) earliest.set(change.specialistId, change);
  }
  return earliest.values();
};

/** Puts a rate among those of its person, and prices the entries anew that it applies to. */
const setRate = (
  rows: Rows,
  { tenantId, position }: { readonly tenantId: string; readonly position: number },
  { specialistId, rateId, effectiveFrom, ratePerHour }: SetRate,
): void => {
  const specialist = rows.edit(specialistTable, tenantId, specialistId);
  if (specialist === undefined) throw new Error(`a rate for the unknown specialist ${specialistId}`);
  const before = specialist.rates;
  const rate = { rateId, effectiveFrom, units: rateUnits(ratePerHour) };
  specialist.rates = withRate(before, rate);
  specialist.uncosted = Object.fromEntries(
    Object.entries(specialist.uncosted).filter(([workDate]) => workDate < effectiveFrom),
  );
  specialist.uncostedSeconds = Object.values(specialist.uncosted).reduce((sum, seconds) => sum + seconds, 0);
  for (const { stageId } of rows.where(stagePersonTable, 'bySpecialist', tenantId, specialistId)) {
    stageRow(rows, { tenantId, position }, stageId).ledger.people[specialistId] = specialist.rates;
  }
  for (const entry of rows.where(timeEntryTable, 'bySpecialist', tenantId, specialistId)) {
    if (rateOn(specialist.rates, entry.workedOn) === rate) recost(rows, position, entry, { before, rate });
  }
};

export const rateHandlers: { readonly [Type in keyof RateEvents & string]: Handler<Type, RateEvents[Type]> } = {
  SpecialistAdded: {
    fold: (rows, { tenantId, data: { specialistId, name, role, kind, externalRef } }) =>
      rows.put(specialistTable, {
        tenantId,
        specialistId,
        name,
        role,
        kind,
        externalRef,
        deactivatedOn: null,
        rates: [],
        rateStreams: [],
        uncosted: {},
        uncostedSeconds: 0,
      }),
  },
  SpecialistDeactivated: {
    needs: (wanted, { tenantId, data: { specialistId } }) => wanted.row(specialistTable, tenantId, specialistId),
    fold: (rows, { tenantId, data: { specialistId, deactivatedOn } }) => {
      const specialist = rows.edit(specialistTable, tenantId, specialistId);
      if (specialist === undefined) throw new Error(`the unknown specialist ${specialistId} was deactivated`);
      specialist.deactivatedOn = deactivatedOn;
    },
  },
  CostRateSet: {
    needs: (wanted, { tenantId, data }) => needsOfRate(wanted, tenantId, data),
    fold: (rows, { tenantId, position, data }) => setRate(rows, { tenantId, position }, data),
  },
  // All of them in one event: no page of rows, and so no figure, holds a part of them.
  RateChangeApplied: {
    needs: (wanted, { tenantId, data: { changes, restatements } }) => {
      for (const change of earliestOfEach(changes)) needsOfRate(wanted, tenantId, change);
      needsOfRestatements(wanted, tenantId, restatements);
    },
    fold: (rows, event) => {
      const { tenantId, position, streamId, data } = event;
      for (const change of data.changes) {
        setRate(rows, { tenantId, position }, change);
        const streams = rows.edit(specialistTable, tenantId, change.specialistId)?.rateStreams;
        if (streams?.includes(streamId) === false) streams.push(streamId);
      }
      restate(rows, event);
    },
  },
};
