import type { CommandContext } from '@headroom/commanding';
import type { Behaviour } from '@headroom/contracts/events';
import { adviseBehaviour } from '../../decisions/behaviours/advise.ts';
import { type DecideBehaviour, decideBehaviour as decide } from '../../decisions/behaviours/decide.ts';
import { requestStreamId } from '../../events/streams.ts';
import { behaviourFacts } from '../../read-models/behaviours/facts.ts';
import { requestTable } from '../../read-models/requests/tables.ts';
import { requestKind } from '../kinds.ts';
import { type Deps, readPresent } from '../read-present.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';

type Command = Reasoned<DecideBehaviour & { readonly requestId: string; readonly role?: string | undefined }>;

/** What the figures advise on the day of the decision; null when they are not enough. */
const advisedOn = (deps: Deps, tenantId: string, { requestId, role }: Command, asOf: string | undefined) =>
  readPresent(deps, async (reader): Promise<Behaviour | null> => {
    const request = await reader.get(requestTable, tenantId, requestId);
    const agency = await deps.profitability.agency(reader, tenantId);
    if (request === undefined || agency === undefined || asOf === undefined) return null;
    const facts = await behaviourFacts(deps.profitability, reader, agency, request, { asOf, role });
    return adviseBehaviour(facts).behaviour;
  });

export const decideBehaviour = async (deps: Deps, context: CommandContext, command: Command) => {
  const { tenantId, now } = context;
  const today = await agencyDay(deps.commands, tenantId, now);
  const advised = await advisedOn(deps, tenantId, command, command.decidedOn ?? today);
  return deps.commands.execute({
    kind: requestKind,
    streamId: requestStreamId(tenantId, command.requestId),
    context,
    ...reasonOf(command),
    decide: (request) => decide(command, request, { today, advised }),
  });
};
