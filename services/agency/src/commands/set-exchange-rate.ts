import type { CommandContext, Commands } from '@headroom/commanding';
import { decideExchangeRate, type SetExchangeRate } from '../decisions/agency.ts';
import { agencyStreamId } from '../events/streams.ts';
import { agencyKind } from './kinds.ts';

export const setExchangeRate = (
  commands: Commands,
  context: CommandContext,
  command: SetExchangeRate & { readonly reason?: string | undefined },
) =>
  commands.execute({
    kind: agencyKind,
    streamId: agencyStreamId(context.tenantId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (agency) => decideExchangeRate(command, agency),
  });
