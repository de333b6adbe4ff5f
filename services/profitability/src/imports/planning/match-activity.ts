import type { Activity } from '@headroom/contracts/events/values';
import type { TrackerEntry } from '../tracker-entry.ts';
import type { ImportMapping } from './directory.ts';
import { mapped } from './mapped.ts';
import { found, type Match, unmatched } from './match.ts';

/** Which activity an entry was: as its task is mapped, else its tags, else `production`. Tags must agree. */
export const activityMatcher = (mapping: ImportMapping) => {
  const target = mapped(mapping.activities);
  return ({ task, tags }: TrackerEntry): Match<Activity> => {
    const ofTask = task === '' ? undefined : target([task]);
    if (ofTask !== undefined) return found(ofTask);
    const [activity, other] = new Set(tags.flatMap((tag) => target([tag]) ?? []));
    if (other === undefined) return found(activity ?? 'production');
    return unmatched('ambiguous-activity', 'the tags are mapped to different activities', 'tags', tags.join(', '));
  };
};
