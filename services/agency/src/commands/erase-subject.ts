import type { CommandContext, Commands } from '@headroom/commanding';
import { subjectKind as subjectKinds } from '@headroom/contracts/events';
import { localDate } from '@headroom/kernel';
import type { SubjectDesk } from '@headroom/privacy';
import { decideErase, type EraseSubject, type ErasureFacts } from '../decisions/subject.ts';
import { agencyStreamId, specialistStreamId, subjectStreamId } from '../events/streams.ts';
import { agencyKind, specialistKind, subjectKind } from './kinds.ts';

const specialistOf = async (
  commands: Commands,
  tenantId: string,
  specialistId: string | null,
): Promise<ErasureFacts['specialist']> => {
  if (specialistId === null) return undefined;
  const { state } = await commands.state(specialistKind, specialistStreamId(tenantId, specialistId));
  return state.exists ? state : undefined;
};

/** A subject that is not held is still told by its id: a specialist's holds the specialist's own. */
const subjectOf = (subjectId: string, about: Readonly<Record<string, string>>): EraseSubject => {
  const colon = subjectId.indexOf(':');
  const kind = subjectKinds.parse(subjectId.slice(0, colon));
  const specialistId = kind === 'specialist' ? subjectId.slice(colon + 1) : null;
  return { subjectId, kind, specialistId, clientId: about.clientId ?? null };
};

/**
 * Erases a subject: the event first, then the key. A process that dies in between leaves the rest to whoever repeats
 * the command, and to the next start.
 */
export const eraseSubject = async (
  commands: Commands,
  subjects: SubjectDesk,
  context: CommandContext,
  { subjectId, reason }: { readonly subjectId: string; readonly reason: string },
) => {
  const { tenantId, now } = context;
  const known = await subjects.get(tenantId, subjectId);
  const subject = subjectOf(subjectId, known?.about ?? {});
  const [specialist, agency] = await Promise.all([
    specialistOf(commands, tenantId, subject.specialistId),
    commands.state(agencyKind, agencyStreamId(tenantId)),
  ]);
  const today = localDate(now, agency.state.configured?.timeZone ?? 'UTC');
  const held = known !== undefined && known.erasedAt === null;
  const outcome = await commands.execute({
    kind: subjectKind,
    streamId: subjectStreamId(tenantId, subjectId),
    context,
    reason,
    decide: (state) => decideErase(subject, state, { today, held, specialist }),
  });
  const told = outcome.kind === 'accepted' || (outcome.kind === 'refused' && outcome.code === 'subject-erased');
  if (told) await subjects.erase(tenantId, subjectId);
  return outcome;
};
