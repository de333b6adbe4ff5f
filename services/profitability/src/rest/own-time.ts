import type { Caller } from '@headroom/http';

/** Whether a credential may write time for a specialist: all time, or only that of its own specialist. */
export const mayWriteFor = (caller: Caller, specialistId: string): boolean =>
  caller.permissions.has('time:write') || caller.specialistId === specialistId;
