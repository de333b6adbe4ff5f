import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { RememberedBySnapshot, type RowReader } from '@headroom/projecting';

type Profitability = ProfitabilityQuestions<RowReader>;

const find = async (
  profitability: Profitability,
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

/** Clients and days that are kept. */
const MOST = 256;

/** By whom the revenue is told. */
const kept = new WeakMap<Profitability, RememberedBySnapshot<ReadonlySet<string>>>();

/**
 * The projects of a client whose earned revenue would tell one person's rate: what an open stage has earned follows its
 * cost. A brief asks it of each project, so it is kept for as long as nothing is written.
 */
export const projectsTellingOneRate = (
  profitability: Profitability,
  reader: RowReader,
  tenantId: string,
  clientId: string,
  asOf: string,
): Promise<ReadonlySet<string>> => {
  const made = kept.get(profitability) ?? new RememberedBySnapshot<ReadonlySet<string>>(MOST);
  kept.set(profitability, made);
  const key = JSON.stringify([tenantId, clientId, asOf]);
  return made.of(reader, key, () => find(profitability, reader, tenantId, clientId, asOf));
};
