import type { costRateSet, EventData, specialistAdded, specialistDeactivated } from '@headroom/contracts/events';
import { rateUnits } from '@headroom/money';
import type { Handler, Rows } from '@headroom/projecting';
import { type Rate, rateOn } from '../formulas/stage-ledger.ts';
import {
  type StagePersonRow,
  specialistTable,
  stagePersonTable,
  stageTable,
  type TimeEntryRow,
  timeEntryTable,
} from '../read-models/tables.ts';
import { stageRow } from './stages.ts';
import { moveSeconds } from './time.ts';

export type RateEvents = EventData<typeof specialistAdded | typeof costRateSet | typeof specialistDeactivated>;

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
    needs: (wanted, { tenantId, data: { specialistId, effectiveFrom } }) => {
      wanted.row(specialistTable, tenantId, specialistId);
      wanted.where(stagePersonTable, 'bySpecialist', [tenantId, specialistId], {
        follow: (people: readonly StagePersonRow[], further) => {
          for (const { stageId } of people) further.row(stageTable, tenantId, stageId);
        },
      });
      wanted.where(timeEntryTable, 'bySpecialist', [tenantId, specialistId], { from: effectiveFrom });
    },
    fold: (rows, { tenantId, position, data: { specialistId, rateId, effectiveFrom, ratePerHour } }) => {
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
    },
  },
};
