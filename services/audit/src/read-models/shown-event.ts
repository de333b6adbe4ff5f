import type { ResponseOf } from '@headroom/contracts/rest';
import type { listAuditEvents } from '@headroom/contracts/rest/audit';
import type { Json, JsonObject } from '@headroom/event-store';
import { type FoundEvent, nameOf } from './events-of-leaves.ts';
import { openPaths } from './privacy.ts';

type Shown = ResponseOf<typeof listAuditEvents>['items'][number];

const pathsOf = (path: string, value: Json): string[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Array.isArray(value)
    ? value.map((item: Json, n): [string, Json] => [`[${n}]`, item])
    : Object.entries(value);
  return members.length === 0 ? [path] : members.flatMap(([name, member]) => pathsOf(`${path}/${name}`, member));
};

/** Leaves out what is not open; an object or list of which nothing is left is left out whole. */
const cutTo = (open: ReadonlySet<string>, path: string, value: Json): Json | undefined => {
  if (typeof value !== 'object' || value === null) return open.has(path) ? value : undefined;
  if (Array.isArray(value)) {
    if (value.length === 0) return open.has(path) ? value : undefined;
    return value.map((item: Json, n) => cutTo(open, `${path}/[${n}]`, item)).filter((item) => item !== undefined);
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return open.has(path) ? value : undefined;
  const kept = entries.flatMap(([name, member]): [string, Json][] => {
    const shown = cutTo(open, `${path}/${name}`, member);
    return shown === undefined ? [] : [[name, shown]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
};

const dataShown = (open: ReadonlySet<string>, data: JsonObject): Record<string, unknown> =>
  (cutTo(open, '/data', data) ?? {}) as Record<string, unknown>;

/** An event of the audit trail as a role may see it. */
export const shownEvent = ({ leaf, event, before }: FoundEvent, seesRates: boolean): Shown => {
  const paths = [...pathsOf('/data', event.data), '/meta/reason'];
  const open = openPaths(paths, seesRates);
  const earlier = before && openPaths(pathsOf('/data', before), seesRates);
  const { actor, commandKey, reason = null } = event.meta;
  const reasonHidden = reason !== null && !open.has('/meta/reason');
  return {
    position: leaf.position,
    recordedAt: leaf.recordedAt,
    actor,
    reason: reasonHidden ? null : reason,
    event: nameOf(leaf.type),
    stream: leaf.streamId,
    revision: leaf.revision,
    commandKey,
    data: dataShown(open, event.data),
    before: earlier && before && dataShown(earlier, before),
    withheld: paths.filter((path) => !open.has(path) && (path !== '/meta/reason' || reasonHidden)),
    leaf: { index: leaf.n, hash: leaf.hash.toString('base64') },
  };
};
