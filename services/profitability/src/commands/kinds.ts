import { streamKinds } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { storedTypeOf, upcast } from '@headroom/contracts/events/upcast';
import { importEvolution } from '../decisions/import.ts';
import { importedHoursEvolution } from '../decisions/imported-hours.ts';
import { invoiceEvolution } from '../decisions/invoice.ts';
import { periodsEvolution } from '../decisions/periods.ts';
import { projectEvolution } from '../decisions/project.ts';
import { reviewEvolution } from '../decisions/reviews/freeze.ts';
import { stageEvolution } from '../decisions/stage.ts';
import { agencyEvolution, clientEvolution, requestEvolution, specialistEvolution } from '../decisions/surroundings.ts';
import { timerEvolution } from '../decisions/timer.ts';
import { timesheetEvolution } from '../decisions/timesheet.ts';

const kind = streamKinds(upcast, storedTypeOf);

export const projectKind = kind(categories.project, projectEvolution);
export const stageKind = kind(categories.stage, stageEvolution);
export const reviewKind = kind(categories.review, reviewEvolution);
export const invoiceKind = kind(categories.invoice, invoiceEvolution);
export const periodsKind = kind(categories.periods, periodsEvolution);
export const timerKind = kind(categories.timer, timerEvolution);
export const timesheetKind = kind(categories.timesheet, timesheetEvolution);
/** The same streams, for what an import brought. */
export const importedHoursKind = kind(categories.timesheet, importedHoursEvolution);
export const importKind = kind(categories.import, importEvolution);

// Streams that other services own; only read.
export const agencyKind = kind(categories.agency, agencyEvolution);
export const specialistKind = kind(categories.specialist, specialistEvolution);
export const clientKind = kind(categories.client, clientEvolution);
export const requestKind = kind(categories.request, requestEvolution);
