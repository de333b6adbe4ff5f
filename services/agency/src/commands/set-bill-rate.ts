import type { CommandContext, Commands } from '@headroom/commanding';
import type { BillRateScope } from '@headroom/contracts/events';
import { derivedId } from '@headroom/kernel';
import { decideSetBillRate, type SetBillRate } from '../decisions/bill-rate.ts';
import type { Surroundings } from '../decisions/surroundings.ts';
import {
  agencyStreamId,
  billRatesStreamId,
  clientStreamId,
  projectStreamId,
  specialistStreamId,
} from '../events/streams.ts';
import { agencyKind, billRatesKind, clientKind, projectKind, specialistKind } from './kinds.ts';

/** What the scope names, as its own stream knows it; undefined for a scope that names nothing. */
const subjectOf = async (
  commands: Commands,
  tenantId: string,
  scope: BillRateScope,
): Promise<Surroundings | undefined> => {
  switch (scope.kind) {
    case 'client':
      return (await commands.state(clientKind, clientStreamId(tenantId, scope.clientId))).state;
    case 'project':
      return (await commands.state(projectKind, projectStreamId(tenantId, scope.projectId))).state;
    case 'specialist': {
      const { state } = await commands.state(specialistKind, specialistStreamId(tenantId, scope.specialistId));
      return { data: state.exists ? state : undefined };
    }
    default:
      return undefined;
  }
};

export const setBillRate = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<SetBillRate, 'rateId'> & { readonly reason: string },
) => {
  const { tenantId, commandKey } = context;
  const [agency, subject] = await Promise.all([
    commands.state(agencyKind, agencyStreamId(tenantId)),
    subjectOf(commands, tenantId, command.scope),
  ]);
  const rateId = derivedId('bill-rate', tenantId, commandKey);
  return commands.execute({
    kind: billRatesKind,
    streamId: billRatesStreamId(tenantId, command.scope),
    context,
    reason: command.reason,
    decide: () => decideSetBillRate({ ...command, rateId }, { agency: agency.state, subject }),
  });
};
