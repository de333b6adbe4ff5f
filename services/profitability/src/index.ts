import type { Bound } from '@headroom/http';
import { approvalCommands } from './rest/approval-commands.ts';
import { importCommand } from './rest/import-command.ts';
import { periodCommands } from './rest/period-commands.ts';
import { profitabilityQuestionsBound } from './rest/questions.ts';
import { reviewOperations } from './rest/review-operations.ts';
import { type Deps, invoiceCommands, stageCommands } from './rest/stage-commands.ts';
import { timeCommands } from './rest/time-commands.ts';
import { timeQuestions } from './rest/time-questions.ts';
import { timerCommands } from './rest/timer-commands.ts';

export { profitabilityProjection } from './projections/profitability.ts';
export { profitabilityQuestions } from './read-models/for-other-services.ts';

/** Does this stage earn money? */
export const createProfitability = (deps: Deps): Bound[] => [
  ...stageCommands(deps),
  ...invoiceCommands(deps),
  ...timeCommands(deps),
  ...timerCommands(deps),
  ...approvalCommands(deps),
  ...periodCommands(deps),
  ...timeQuestions(),
  importCommand(deps),
  ...profitabilityQuestionsBound(),
  ...reviewOperations(deps),
];
