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
import { type WorkedMonthRow, workedMonthTable } from '../read-models/utilisation-tables.ts';

type Events = EventData<typeof hoursLogged | typeof hoursCorrected | typeof hoursVoided | typeof hoursAdjusted>;
type Work = Pick<TimeEntry, 'specialistId' | 'workDate' | 'postedOn' | 'seconds' | 'billable' | 'goodwill'>;

/** The month in which the figures count some work: that of its posting where its own was closed. */
const monthOfWork = ({ workDate, postedOn }: Work): string => monthOf(postedOn ?? workDate);

const need = (needs: Needs, tenantId: string, work: Work) =>
  needs.row(workedMonthTable, tenantId, monthOfWork(work), work.specialistId);

const kindOf = ({ billable, goodwill }: Work) =>
  goodwill ? 'goodwillSeconds' : billable ? 'billableSeconds' : 'nonBillableSeconds';

/** Adds an entry to its month, or takes it away; a month without hours has no row, so that equal months look equal. */
const move = (rows: Rows, tenantId: string, work: Work, sign: 1 | -1): void => {
  const { specialistId, seconds } = work;
  const month = monthOfWork(work);
  const row: WorkedMonthRow = rows.edit(workedMonthTable, tenantId, month, specialistId) ?? {
    tenantId,
    month,
    specialistId,
    billableSeconds: 0,
    nonBillableSeconds: 0,
    goodwillSeconds: 0,
  };
  row[kindOf(work)] += sign * seconds;
  if (row.billableSeconds === 0 && row.nonBillableSeconds === 0 && row.goodwillSeconds === 0) {
    rows.remove(workedMonthTable, tenantId, month, specialistId);
  } else rows.put(workedMonthTable, row);
};

export const workedMonthHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  HoursLogged: {
    needs: (needs, { tenantId, data }) => need(needs, tenantId, data),
    fold: (rows, { tenantId, data }) => move(rows, tenantId, data, 1),
  },
  HoursCorrected: {
    needs: (needs, { tenantId, data: { before, after } }) => {
      need(needs, tenantId, before);
      need(needs, tenantId, after);
    },
    fold: (rows, { tenantId, data: { before, after } }) => {
      move(rows, tenantId, before, -1);
      move(rows, tenantId, after, 1);
    },
  },
  // The entry stays as it was reported; its difference is posted in the month that the figures count it in.
  HoursAdjusted: {
    needs: (needs, { tenantId, data: { before, postedOn } }) => need(needs, tenantId, { ...before, postedOn }),
    fold: (rows, { tenantId, data: { before, after, postedOn, lines } }) => {
      for (const { of, seconds } of lines) {
        const work = of === 'before' ? before : (after ?? before);
        move(rows, tenantId, { ...work, postedOn, seconds }, 1);
      }
    },
  },
  HoursVoided: {
    needs: (needs, { tenantId, data: { entry } }) => need(needs, tenantId, entry),
    fold: (rows, { tenantId, data: { entry } }) => move(rows, tenantId, entry, -1),
  },
};
