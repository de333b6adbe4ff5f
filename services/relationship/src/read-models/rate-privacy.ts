import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/**
 * Whether the cost or profit of a client would tell one person's rate. Holds for everything that follows the cost, so
 * also for what an open stage has earned.
 */
export const tellsOneRate = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  tenantId: string,
  clientId: string,
  asOf: string,
): Promise<boolean> => {
  const figures = await profitability.clientUpTo(reader, tenantId, clientId, [asOf]);
  return figures.some((each) => each.tellsOneRate);
};
