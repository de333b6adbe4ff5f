import type { CommandContext, Commands } from '@headroom/commanding';
import type { NewcomerCommands } from '@headroom/contracts/questions';
import type { Bound } from '@headroom/http';
import type { SubjectDesk } from '@headroom/privacy';
import { addSpecialist } from './commands/add-specialist.ts';
import { agencyCommands } from './rest/commands.ts';
import { agencyQuestions } from './rest/questions.ts';
import { subjectOperations } from './rest/subjects.ts';

export { rateChangeDesk } from './commands/change-rates.ts';
export { agencyProjection } from './projections/agency.ts';

/** Who are we, and what does our hour cost? */
export const createAgency = ({
  commands,
  subjects,
}: {
  readonly commands: Commands;
  readonly subjects: SubjectDesk;
}): Bound[] => [...agencyCommands(commands), ...agencyQuestions(), ...subjectOperations(commands, subjects)];

/** Adds a specialist for another service. */
export const addNewcomer =
  (commands: Commands): NewcomerCommands<CommandContext>['addSpecialist'] =>
  async (context, person) => {
    const outcome = await addSpecialist(commands, context, person);
    if (outcome.kind === 'accepted') return undefined;
    return outcome.kind === 'refused' ? outcome.code : outcome.kind;
  };
