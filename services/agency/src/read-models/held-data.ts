import { upcast } from '@headroom/contracts/events/upcast';

/** A subject as it is kept. */
interface KeptSubject {
  readonly subjectId: string;
  readonly kind: string;
  readonly about: Readonly<Record<string, string>>;
  readonly label: string | null;
  readonly createdAt: string;
  readonly erasedAt: string | null;
}

/** A subject as it is shown. */
export const shownSubject = <Kind extends string>(
  { subjectId, about, label, ...subject }: KeptSubject,
  kind: Kind,
) => ({
  subjectId,
  kind,
  name: label,
  specialistId: about.specialistId ?? null,
  clientId: about.clientId ?? null,
  since: subject.createdAt,
  erasedAt: subject.erasedAt,
});

interface KeptEvent {
  readonly position: number;
  readonly recordedAt: string;
  readonly type: string;
  readonly data: unknown;
  readonly meta: { readonly actor: string; readonly reason?: string };
}

/** An event as it is handed to the person it tells of: in its present shape, with who did it and why. */
export const shownEvent = ({ position, recordedAt, type, data, meta }: KeptEvent) => {
  const current = upcast(type, data);
  return {
    position,
    recordedAt,
    event: current.type,
    data: current.data as Record<string, unknown>,
    reason: meta.reason ?? null,
    actor: meta.actor,
  };
};
