import { addMonths, monthOf, monthsBetween } from '@headroom/kernel';
import { managerOn } from '../../formulas/managers.ts';
import type { ProjectRow, StageRow } from '../tables.ts';
import type { Period } from './months.ts';

/** Which stages, and which months, a portfolio is about. */
export interface PortfolioScope {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly clientId?: string | undefined;
  readonly managerId?: string | undefined;
  readonly serviceType?: string | undefined;
  readonly asOf: string;
}

const DEFAULT_MONTHS = 12;
const MOST_MONTHS = 120;

/** The months asked for, twelve up to the day's own where nothing was said; or why there are none. */
export const periodOf = ({
  from,
  to,
  asOf,
}: Pick<PortfolioScope, 'from' | 'to' | 'asOf'>): Period | 'period-backwards' | 'period-too-long' => {
  const end = to ?? addMonths(monthOf(asOf), 1);
  const period = { from: from ?? addMonths(end, -DEFAULT_MONTHS), to: end };
  if (period.from >= period.to) return 'period-backwards';
  return monthsBetween(period.from, period.to) > MOST_MONTHS ? 'period-too-long' : period;
};

export type Projects = ReadonlyMap<string, ProjectRow>;

/** Who manages a stage's project on a day; a stage is counted where it was managed at the end of each month. */
export const managerOf = (projects: Projects, { projectId }: StageRow, day: string): string => {
  const project = projects.get(projectId);
  if (project === undefined) throw new Error(`a stage of the unknown project ${projectId}`);
  return managerOn(project.managers, day);
};

/** Whether a stage is of the client and the service type asked for. */
export const isAskedFor = ({ clientId, serviceType }: PortfolioScope, row: StageRow): boolean =>
  (clientId === undefined || row.clientId === clientId) &&
  (serviceType === undefined || row.serviceType === serviceType);
