import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/**
 * The projects of a client whose earned revenue would tell one person's rate: what an open stage has earned follows its
 * cost, and on a stage of theirs one person alone has worked.
 */
export const projectsTellingOneRate = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  clientId: string,
  asOf: string,
): Promise<ReadonlySet<string>> => {
  const stages = await profitability.stagesOfClient(reader, tenantId, clientId, asOf);
  const forecasts = await Promise.all(
    stages.map(({ stageId }) => profitability.stage(reader, tenantId, stageId, asOf)),
  );
  return new Set(forecasts.flatMap((each) => (each?.costedPeople === 1 ? [each.projectId] : [])));
};
