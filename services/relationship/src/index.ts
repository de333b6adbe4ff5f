import type { Commands } from '@headroom/commanding';
import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { Bound } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { relationshipCommands } from './rest/commands.ts';
import { relationshipQuestions } from './rest/questions.ts';

export { relationshipProjection } from './projections/relationship.ts';

/** Which client deserves care, and what was agreed? */
export const createRelationship = ({
  commands,
  profitability,
}: {
  readonly commands: Commands;
  readonly profitability: ProfitabilityQuestions<RowReader>;
}): Bound[] => [...relationshipCommands(commands), ...relationshipQuestions(profitability)];
