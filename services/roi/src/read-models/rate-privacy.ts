import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/**
 * The projects of a client whose earned revenue would tell one person's rate: what an open stage has earned follows its
 * cost.
 */
export const projectsTellingOneRate = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  clientId: string,
  asOf: string,
): Promise<ReadonlySet<string>> => {
  const stages = await profitability.stagesOfClient(reader, tenantId, clientId, asOf);
  const telling = new Set<string>();
  for (const projectId of new Set(stages.map((stage) => stage.projectId))) {
    const figures = await profitability.projectUpTo(reader, tenantId, projectId, [asOf]);
    if (figures.some((each) => each.tellsOneRate)) telling.add(projectId);
  }
  return telling;
};
