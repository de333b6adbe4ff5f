import type { CommandContext, Commands } from '@headroom/commanding';
import type { NewcomerCommands, ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { Bound } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { registerClient } from './commands/register-client.ts';
import { briefQuestions } from './rest/brief-questions.ts';
import { relationshipCommands } from './rest/commands.ts';
import { relationshipQuestions } from './rest/questions.ts';

export { relationshipProjection } from './projections/relationship.ts';
export { standingQuestions } from './read-models/briefs/client-standing.ts';

/** Which client deserves care, and what was agreed? */
export const createRelationship = ({
  commands,
  profitability,
}: {
  readonly commands: Commands;
  readonly profitability: ProfitabilityQuestions<RowReader>;
}): Bound[] => [...relationshipCommands(commands), ...relationshipQuestions(profitability)];

/** What a client got from us, and what a new manager must know. */
export const createBriefs = briefQuestions;

/** Registers a client for another service. */
export const registerNewcomer =
  (commands: Commands): NewcomerCommands<CommandContext>['registerClient'] =>
  async (context, client) => {
    const outcome = await registerClient(commands, context, client);
    if (outcome.kind === 'accepted') return undefined;
    return outcome.kind === 'refused' ? outcome.code : outcome.kind;
  };
