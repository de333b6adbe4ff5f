import type { Bound } from '@headroom/http';
import { profitabilityQuestionsBound } from './rest/questions.ts';
import { type Deps, stageCommands } from './rest/stage-commands.ts';
import { timeCommands } from './rest/time-commands.ts';

export { profitabilityProjection } from './projections/profitability.ts';
export { profitabilityQuestions } from './read-models/for-other-services.ts';

/** Does this stage earn money? */
export const createProfitability = (deps: Deps): Bound[] => [
  ...stageCommands(deps),
  ...timeCommands(deps),
  ...profitabilityQuestionsBound(),
];
