import type { Commands } from '@headroom/commanding';
import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { Bound } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { roiCommands } from './rest/commands.ts';
import { roiQuestions } from './rest/questions.ts';

export { roiProjection } from './projections/roi.ts';
export { benefitQuestions } from './read-models/for-briefs.ts';

/** Did the client earn from us? */
export const createRoi = ({
  commands,
  profitability,
}: {
  readonly commands: Commands;
  readonly profitability: ProfitabilityQuestions<RowReader>;
}): Bound[] => [...roiCommands(commands), ...roiQuestions(profitability)];
