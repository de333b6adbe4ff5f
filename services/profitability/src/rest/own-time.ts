import type { Caller } from '@headroom/http';

/** Whether a credential may write time for a specialist: all time, or only that of its own specialist. */
export const mayWriteFor = (caller: Caller, specialistId: string): boolean =>
  caller.permissions.has('time:write') || caller.specialistId === specialistId;

/**
 * Of whom a credential sees time: of the specialist asked for, or of everybody (undefined) when none was. One that may
 * not read all time sees that of its own specialist.
 */
export const seenSpecialist = (
  caller: Caller,
  asked: string | undefined,
): { readonly id: string } | 'another' | undefined => {
  if (caller.permissions.has('time:read')) return asked === undefined ? undefined : { id: asked };
  if (caller.specialistId === undefined || (asked ?? caller.specialistId) !== caller.specialistId) return 'another';
  return { id: caller.specialistId };
};
