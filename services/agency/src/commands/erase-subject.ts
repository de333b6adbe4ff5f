import type { CommandContext, Commands } from '@headroom/commanding';
import { subjectKind as subjectKinds } from '@headroom/contracts/events';
import { localDate } from '@headroom/kernel';
import type { Subject, SubjectDesk } from '@headroom/privacy';
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

const SPECIALIST = 'specialist:';

/** A specialist who is not held is still told by the id; of others nothing is known then. */
const subjectOf = (subjectId: string, known: Subject | undefined): EraseSubject | undefined => {
  if (subjectId.startsWith(SPECIALIST) && subjectId !== SPECIALIST) {
    return { subjectId, kind: 'specialist', specialistId: subjectId.slice(SPECIALIST.length), clientId: null };
  }
  if (known === undefined) return undefined;
  return {
    subjectId,
    kind: subjectKinds.parse(known.kind),
    specialistId: null,
    clientId: known.about.clientId ?? null,
  };
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
  const subject = subjectOf(subjectId, known);
  if (subject === undefined) return { kind: 'refused', code: 'subject-not-found' } as const;
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
