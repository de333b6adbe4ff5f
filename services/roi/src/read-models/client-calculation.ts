import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { RememberedBySnapshot, type RowReader } from '@headroom/projecting';
import { type CalculatedProject, calculateProjects, type LoadedProject } from '../decisions/roi/client-figures.ts';
import { loadProjects } from './roi-facts.ts';
import type { ClientRow } from './tables.ts';

type Profitability = ProfitabilityQuestions<RowReader>;

/** All projects of a client on a day: with what their figures are made of, and month by month. */
export interface ClientCalculation {
  readonly loaded: readonly LoadedProject[];
  readonly projects: readonly CalculatedProject[];
}

/** Clients and days that are kept. */
const MOST = 128;

/** By whom the revenue is told. */
const kept = new WeakMap<Profitability, RememberedBySnapshot<ClientCalculation>>();

/**
 * What a client's projects earned by a day. Effects are shared among projects, so each question about one of them needs
 * all: it is made once for as long as nothing is written, and must not be changed.
 */
export const clientCalculation = (
  profitability: Profitability,
  reader: RowReader,
  client: ClientRow,
  asOf: string,
): Promise<ClientCalculation> => {
  const made = kept.get(profitability) ?? new RememberedBySnapshot<ClientCalculation>(MOST);
  kept.set(profitability, made);
  return made.of(reader, JSON.stringify([client.tenantId, client.clientId, asOf]), async () => {
    const loaded = await loadProjects(profitability, reader, client, asOf);
    return { loaded, projects: calculateProjects(loaded, client, asOf) };
  });
};
