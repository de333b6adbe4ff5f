import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/**
 * Whether the cost or profit of a client would tell one person's rate: it has a stage on which one person alone has
 * worked, and the other stages can be taken away from the sum. Holds for everything that follows the cost, so also
 * for what an open stage has earned.
 */
export const tellsOneRate = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  clientId: string,
  asOf: string,
): Promise<boolean> => {
  const stages = await profitability.stagesOfClient(reader, tenantId, clientId, asOf);
  const forecasts = await Promise.all(
    stages.map(({ stageId }) => profitability.stage(reader, tenantId, stageId, asOf)),
  );
  return forecasts.some((forecast) => forecast?.costedPeople === 1);
};
