import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projectionNames } from '@headroom/contracts/questions';
import { projection } from '@headroom/projecting';
import { profitabilityTables } from '../read-models/tables.ts';
import { type BillRateEvents, billRateHandlers } from './bill-rates.ts';
import { type ImportEvents, importHandlers } from './imports.ts';
import { type InvoiceEvents, invoiceHandlers } from './invoices.ts';
import { type PeriodEvents, periodHandlers } from './periods.ts';
import { type ProjectEvents, projectHandlers } from './projects.ts';
import type { RateEvents } from './rates.ts';
import { type ReviewEvents, reviewHandlers } from './reviews.ts';
import { type RequestEvents, requestHandlers } from './scope-requests.ts';
import { type SettingsEvents, settingsHandlers } from './settings.ts';
import type { StageEvents } from './stages.ts';
import type { TimeEvents } from './time.ts';
import type { ApprovalEvents } from './time-approvals.ts';
import { type TimerEvents, timerHandlers } from './timers.ts';
import { watchedHandlers } from './watched.ts';

const handlers = {
  ...settingsHandlers,
  ...billRateHandlers,
  ...projectHandlers,
  ...invoiceHandlers,
  ...watchedHandlers,
  ...requestHandlers,
  ...reviewHandlers,
  ...periodHandlers,
  ...timerHandlers,
  ...importHandlers,
};

/** Everything that the figures are made of: settings, rates, projects, stages and hours. */
export const profitabilityProjection = projection<
  SettingsEvents &
    RateEvents &
    BillRateEvents &
    ProjectEvents &
    StageEvents &
    InvoiceEvents &
    RequestEvents &
    TimeEvents &
    ApprovalEvents &
    PeriodEvents &
    TimerEvents &
    ReviewEvents &
    ImportEvents
>({
  name: projectionNames.profitability,
  version: 16,
  tables: profitabilityTables,
  upcast,
  storedTypes: storedTypesOf(new Set(Object.keys(handlers))),
  handlers,
});
