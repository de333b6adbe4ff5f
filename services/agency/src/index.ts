import type { Commands } from '@headroom/commanding';
import type { Bound } from '@headroom/http';
import { agencyCommands } from './rest/commands.ts';
import { agencyQuestions } from './rest/questions.ts';

export { agencyProjection } from './projections/agency.ts';

/** Who are we, and what does our hour cost? */
export const createAgency = ({ commands }: { readonly commands: Commands }): Bound[] => [
  ...agencyCommands(commands),
  ...agencyQuestions(),
];
