import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { ResponseOf } from '@headroom/contracts/rest';
import type { getProjectRoi, getServiceMetrics, listMissingFacts } from '@headroom/contracts/rest/roi';
import type { RowReader } from '@headroom/projecting';
import { addProjects, outcomeOf, withinRange } from '../decisions/roi/outcome.ts';
import { clientCalculation } from './client-calculation.ts';
import { unknownFacts } from './missing-facts.ts';
import { projectRoi } from './project-roi.ts';
import { serviceMetrics } from './service-metrics.ts';
import { clientTable } from './tables.ts';

/** All that the page about a project tells: the very answers of the questions that can be asked alone. */
export interface RoiStory {
  readonly agencyName: string;
  readonly clientName: string;
  readonly roi: ResponseOf<typeof getProjectRoi>;
  readonly metrics: ResponseOf<typeof getServiceMetrics>;
  readonly missing: readonly Omit<ResponseOf<typeof listMissingFacts>['items'][number], 'rank'>[];
}

export interface AskRoiStory {
  readonly tenantId: string;
  readonly projectId: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
  readonly lang: 'en' | 'ru';
}

/** What the page about a project is made of. */
export const roiStory = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { lang, ...question }: AskRoiStory,
): Promise<RoiStory | 'not-found' | 'beyond-range' | 'figures-suppressed'> => {
  const roi = await projectRoi(profitability, reader, question);
  if (typeof roi === 'string') return roi;
  if (roi.suppressed) return 'figures-suppressed';
  const metrics = await serviceMetrics(profitability, reader, question);
  const { clientId } = roi;
  const agency = await profitability.agency(reader, question.tenantId);
  const client = await reader.get(clientTable, question.tenantId, clientId);
  if (metrics === undefined || agency === undefined || client === undefined) return 'not-found';
  const { projects } = await clientCalculation(profitability, reader, client, roi.asOf);
  if (!withinRange(outcomeOf(addProjects(projects.map(({ months }) => months))))) return 'beyond-range';
  const missing = unknownFacts(projects, lang).filter(
    ({ projectId }) => (projectId ?? roi.projectId) === roi.projectId,
  );
  return { agencyName: agency.name, clientName: client.name, roi, metrics, missing };
};
