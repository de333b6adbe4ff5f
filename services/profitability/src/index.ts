import type { Bound } from '@headroom/http';
import type { OperationKind } from '@headroom/operations';
import type { ImportDeps } from './commands/imports/import-request.ts';
import { longImport } from './commands/imports/long-import.ts';
import { longRevert } from './commands/imports/long-revert.ts';
import type { RateChangeDeps } from './commands/rate-changes/assess-rate-change.ts';
import { longRateChange } from './commands/rate-changes/long-rate-change.ts';
import type { AgencyStages } from './read-models/in-mind/agency-stages.ts';
import type { SalesPorts } from './read-models/views/sales-view.ts';
import { agencyExplanations } from './rest/agency-explanations.ts';
import { alertOperations } from './rest/alert-operations.ts';
import { approvalCommands } from './rest/approval-commands.ts';
import { comparisons } from './rest/comparisons.ts';
import { coverageQuestions } from './rest/coverage-questions.ts';
import { explanations } from './rest/explanations.ts';
import { importBatches } from './rest/import-batches.ts';
import { type ImportParts, importCommand } from './rest/import-command.ts';
import { monthComparisons } from './rest/month-comparisons.ts';
import { periodCommands } from './rest/period-commands.ts';
import { portfolioComparison } from './rest/portfolio-comparison.ts';
import { profitabilityQuestionsBound } from './rest/questions.ts';
import { type RateChangeParts, rateChangeOperations } from './rest/rate-change-operations.ts';
import { reviewOperations } from './rest/review-operations.ts';
import { invoiceCommands, stageCommands } from './rest/stage-commands.ts';
import { timeCommands } from './rest/time-commands.ts';
import { timeQuestions } from './rest/time-questions.ts';
import { timerCommands } from './rest/timer-commands.ts';
import { viewPages } from './rest/view-pages.ts';
import { salesQuestion, viewQuestions } from './rest/view-questions.ts';

export { rulingCommands } from './commands/rulings.ts';
export { profitabilityProjection } from './projections/profitability.ts';
export { deliveryQuestions } from './read-models/briefs/for-briefs.ts';
export { profitabilityQuestions } from './read-models/for-other-services.ts';
export { AgencyStages } from './read-models/in-mind/agency-stages.ts';

/** Does this stage earn money? */
export const createProfitability = (
  deps: ImportParts & RateChangeParts & { readonly inMind: AgencyStages },
): Bound[] => [
  ...stageCommands(deps),
  ...invoiceCommands(deps),
  ...timeCommands(deps),
  ...timerCommands(deps),
  ...approvalCommands(deps),
  ...periodCommands(deps),
  ...timeQuestions(deps.inMind),
  importCommand(deps),
  ...importBatches(deps),
  ...profitabilityQuestionsBound(deps.inMind),
  ...reviewOperations(deps),
  ...rateChangeOperations(deps),
  ...alertOperations(deps),
  ...viewQuestions(),
  ...coverageQuestions(deps.inMind),
  ...explanations(deps.inMind),
  ...agencyExplanations(deps.inMind),
  ...comparisons(),
  portfolioComparison(deps.inMind),
  ...monthComparisons(),
];

/** What sales asks, and the three views on paper: made of what other services know, too. */
export const createRoleViews = (ports: SalesPorts): Bound[] => [salesQuestion(ports), ...viewPages(ports)];

/** Work of this service that takes longer than a request may. */
export const profitabilityWork = (deps: ImportDeps & RateChangeDeps): OperationKind[] => [
  longImport(deps),
  longRevert(deps),
  longRateChange(deps),
];
