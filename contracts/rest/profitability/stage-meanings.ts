import { id } from '../../events/index.ts';

/** What every operation on a stage takes and says. */
export const stageParams = { stageId: id };
export const notFound = 'There is no such stage.';
export const notStarted = 'The stage has not been started.';
export const closedMeaning = 'The stage is closed; reopen it first.';
export const otherCurrency = 'Fees, plans and estimates are in the agency’s currency.';
