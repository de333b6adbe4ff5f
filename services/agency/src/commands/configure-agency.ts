import type { CommandContext, Commands } from '@headroom/commanding';
import { type ConfigureAgency, decideConfigure } from '../decisions/agency.ts';
import { agencyStreamId } from '../events/streams.ts';
import { agencyKind } from './kinds.ts';

export const configureAgency = (
  commands: Commands,
  context: CommandContext,
  command: ConfigureAgency & { readonly reason?: string | undefined },
) =>
  commands.execute({
    kind: agencyKind,
    streamId: agencyStreamId(context.tenantId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (agency) => decideConfigure(command, agency),
  });
