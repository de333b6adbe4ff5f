import { dateIn } from '../dates.ts';
import { decimalHours } from '../durations.ts';
import { yesOrNo } from '../yes-no.ts';
import type { ColumnRule, TrackerFormat } from './tracker-format.ts';

const columns = {
  date: { titles: ['Date'], required: true },
  client: { titles: ['Client'], required: true },
  project: { titles: ['Project'], required: true },
  projectCode: { titles: ['Project Code'] },
  task: { titles: ['Task'], required: true },
  notes: { titles: ['Notes'] },
  hours: { titles: ['Hours'], required: true },
  billable: { titles: ['Billable?'], orOption: 'billable' },
  firstName: { titles: ['First Name'], required: true },
  lastName: { titles: ['Last Name'], required: true },
  email: { titles: ['Email'] },
  reference: { titles: ['External Reference URL'] },
} as const satisfies Record<string, ColumnRule>;

/**
 * Harvest's detailed time report, and its import template. Decimal hours become whole seconds. Rates, amounts, roles and
 * the states Invoiced and Approved are not read.
 */
export const harvest: TrackerFormat<keyof typeof columns> = {
  columns,
  read: (row, options) => {
    const workDate = row.required('date', dateIn(options.dateOrder));
    const seconds = row.required('hours', decimalHours(options.decimalSeparator));
    const name = `${row.name('firstName')} ${row.name('lastName')}`.trim();
    if (name === '') row.refuse('firstName', 'missing-value', 'the cell is empty');
    const billable = row.optional('billable', yesOrNo) ?? options.billable;
    if (billable === undefined) row.refuse('billable', 'missing-value', 'the cell is empty');
    if (workDate === undefined || seconds === undefined || billable === undefined) return undefined;
    const [client, project, task] = [row.name('client'), row.name('project'), row.name('task')];
    return {
      entry: {
        person: { name, email: row.name('email') || null },
        client,
        project,
        projectCode: row.name('projectCode') || null,
        task,
        workDate,
        seconds,
        billable,
        note: row.text('notes') || null,
        externalRef: row.name('reference') || null,
        tags: [],
      },
      identity: [name, workDate, client, project, task, String(seconds)],
    };
  },
};
