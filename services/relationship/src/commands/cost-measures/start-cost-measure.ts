import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideStartMeasure, type FoundScope, type StartCostMeasure } from '../../decisions/cost-measures/measure.ts';
import { dayOf } from '../../decisions/surroundings.ts';
import { agencyStreamId, clientStreamId, costMeasureStreamId } from '../../events/streams.ts';
import { agencyKind, clientKind, costMeasureKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { namedProject } from '../surroundings.ts';

type AskedScope =
  | { readonly kind: 'agency' }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'project'; readonly projectId: string };

const foundScope = async (commands: Commands, tenantId: string, scope: AskedScope): Promise<FoundScope> => {
  if (scope.kind === 'agency') return scope;
  if (scope.kind === 'client') {
    const { state } = await commands.state(clientKind, clientStreamId(tenantId, scope.clientId));
    return state.registered ? scope : 'client-not-found';
  }
  const project = await namedProject(commands, tenantId, scope.projectId);
  return project === undefined ? 'project-not-found' : { ...scope, clientId: project.clientId };
};

export const startCostMeasure = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<
    Omit<StartCostMeasure, 'measureId'> & { readonly measureId?: string | undefined; readonly scope: AskedScope }
  >,
) => {
  const { tenantId, commandKey, now } = context;
  const measureId = command.measureId ?? derivedId('cost-measure', tenantId, commandKey);
  const [
    {
      state: { data },
    },
    scope,
  ] = await Promise.all([
    commands.state(agencyKind, agencyStreamId(tenantId)),
    foundScope(commands, tenantId, command.scope),
  ]);
  const today = dayOf(now, data);
  const agency = data === undefined || today === undefined ? undefined : { today, currency: data.currency };
  return commands.execute({
    kind: costMeasureKind,
    streamId: costMeasureStreamId(tenantId, measureId),
    context,
    ...reasonOf(command),
    decide: (measure) => decideStartMeasure({ ...command, measureId }, measure, { agency, scope }),
  });
};
