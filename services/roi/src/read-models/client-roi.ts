import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import type { CalculatedProject } from '../decisions/roi/client-figures.ts';
import type { AppliedFact } from '../decisions/roi/facts.ts';
import { missingOf, writtenFacts } from '../decisions/roi/missing.ts';
import { addProjects, outcomeOf, withinRange } from '../decisions/roi/outcome.ts';
import { clientCalculation } from './client-calculation.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { type Answer, shownOutcome } from './shown-outcome.ts';
import { clientTable } from './tables.ts';

/** Each fact that was applied, once for each month from which it held. */
const usedFacts = (projects: readonly CalculatedProject[]): Answer['facts'] => {
  const used = new Map<string, AppliedFact>();
  for (const fact of projects.flatMap(({ applied }) => applied)) used.set(`${fact.name}|${fact.effectiveFrom}`, fact);
  return [...used]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { name, ...fact }]) => ({ fact: writtenFacts[name], ...fact }));
};

export interface AskClientRoi {
  readonly tenantId: string;
  readonly clientId: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

/** What a client earned from our work, against what the client paid for it, by project and in all. */
export const clientRoi = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, clientId, asOf: asked, instant, seesRates }: AskClientRoi,
): Promise<Answer | 'not-found' | 'beyond-range'> => {
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return 'not-found';
  const { currency, timeZone } = agency;
  const asOf = asked ?? localDate(instant, timeZone);
  const { projects } = await clientCalculation(profitability, reader, client, asOf);
  const outcomes = projects.map((project) => ({ project, outcome: outcomeOf(project.months) }));
  const whole = outcomeOf(addProjects(projects.map(({ months }) => months)));
  if (![whole, ...outcomes.map(({ outcome }) => outcome)].every(withinRange)) return 'beyond-range';
  const hidden = seesRates
    ? new Set<string>()
    : await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf);
  return {
    clientId,
    name: client.name,
    currency,
    ...shownOutcome(whole, currency, hidden.size > 0),
    projects: outcomes.map(({ project: { projectId, name, serviceType, forms }, outcome }) => ({
      projectId,
      name,
      serviceType,
      forms: [...forms],
      ...shownOutcome(outcome, currency, hidden.has(projectId)),
    })),
    facts: usedFacts(projects),
    missing: missingOf(projects).map(({ months, ...each }) => ({ ...each, months: [...months] })),
    suppressed: hidden.size > 0,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: projects.reduce((sum, { uncostedSeconds }) => sum + uncostedSeconds, 0) },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
