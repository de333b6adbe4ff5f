import type { Json } from '@headroom/event-store';

/** Which members name what an event is about, and the kind of thing that each names. */
export type SubjectKinds = Readonly<Record<string, string>>;

const DEEPEST = 3;

/** `<tenant>/<kind>/<id>` of everything that an event names, each once. */
export const subjectsOf = (kinds: SubjectKinds, tenantId: string, data: Json): string[] => {
  const found = new Set<string>();
  const visit = (value: Json, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    for (const [name, member] of Object.entries(value)) {
      const kind = kinds[name];
      if (kind !== undefined && typeof member === 'string') found.add(subjectTag(tenantId, kind, member));
      else if (typeof member === 'object') visit(member as Json, depth + 1);
    }
  };
  visit(data, 0);
  return [...found];
};

/** How the index names a thing. */
export const subjectTag = (tenantId: string, kind: string, id: string): string => `${tenantId}/${kind}/${id}`;
