import type { CommandContext, Commands } from '@headroom/commanding';
import type { NewcomerCommands } from '@headroom/contracts/questions';
import type { Bound } from '@headroom/http';
import type { Deps } from './commands/read-present.ts';
import { registerClient } from './commands/register-client.ts';
import { briefQuestions } from './rest/brief-questions.ts';
import { relationshipCommands } from './rest/commands.ts';
import { costMeasureOperations } from './rest/cost-measure-operations.ts';
import { relationshipQuestions } from './rest/questions.ts';

export { finishRulings } from './commands/disputes/finish-rulings.ts';
export type { Deps as RelationshipDeps } from './commands/read-present.ts';
export { relationshipProjection } from './projections/relationship.ts';
export { standingQuestions } from './read-models/briefs/client-standing.ts';

/** Which client deserves care, and what was agreed? */
export const createRelationship = (deps: Deps): Bound[] => [
  ...relationshipCommands(deps),
  ...relationshipQuestions(deps.profitability),
  ...costMeasureOperations(deps.commands, deps.profitability),
];

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
