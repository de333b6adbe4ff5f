import { firstDayOf } from '@headroom/kernel';
import { managerOn } from '../../formulas/managers.ts';
import type { ProjectRow } from '../tables.ts';
import type { Period } from './months.ts';

export interface Unattributed extends Period {
  readonly clientId?: string | undefined;
  readonly managerId?: string | undefined;
  readonly serviceType?: string | undefined;
  readonly asOf: string;
}

const isAskedFor = (project: ProjectRow, { clientId, managerId, serviceType, asOf }: Unattributed): boolean =>
  (clientId === undefined || project.clientId === clientId) &&
  (serviceType === undefined || project.serviceType === serviceType) &&
  (managerId === undefined || managerOn(project.managers, asOf) === managerId);

/** Seconds of known projects without a stage, dated within a period and up to a day. */
export const unattributedSeconds = (projects: Iterable<ProjectRow>, question: Unattributed): number => {
  const [from, to] = [firstDayOf(question.from), firstDayOf(question.to)];
  let sum = 0;
  for (const project of projects) {
    if (!isAskedFor(project, question)) continue;
    for (const [day, seconds] of Object.entries(project.unattributed)) {
      if (day >= from && day < to && day <= question.asOf) sum += seconds;
    }
  }
  return sum;
};
