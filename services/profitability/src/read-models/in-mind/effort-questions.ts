import type { Effort, EffortScope, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { meanRateUnits } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { rateOn } from '../../formulas/stage-ledger.ts';
import { type SpecialistRow, type StageRow, specialistTable } from '../tables.ts';
import type { AgencyStages, StagesOnDays } from './agency-stages.ts';
import { effortBetween } from './effort-between.ts';

const NO_EFFORT: Effort = {
  revenueMinor: 0,
  costMinor: 0,
  labourCostMinor: 0,
  seconds: 0,
  uncostedSeconds: 0,
  contactSeconds: 0,
  contactCostMinor: 0,
  favourSeconds: 0,
  favourCostMinor: 0,
  ownWork: [],
  costedPeople: 0,
  stages: 0,
};

type Contractors = ReadonlyMap<string, SpecialistRow>;

const readContractors = async (reader: RowReader, tenantId: string): Promise<Contractors> => {
  const people = await reader.where(specialistTable, 'byTenant', [tenantId]);
  return new Map(people.filter(({ kind }) => kind === 'contractor').map((person) => [person.specialistId, person]));
};

/** One question asks about client after client. */
const read = new WeakMap<RowReader, Map<string, Promise<Contractors>>>();

const contractorsOf = (reader: RowReader, tenantId: string): Promise<Contractors> => {
  const known = read.get(reader) ?? new Map<string, Promise<Contractors>>();
  read.set(reader, known);
  const contractors = known.get(tenantId) ?? readContractors(reader, tenantId);
  known.set(tenantId, contractors);
  return contractors;
};

const stagesIn = (stages: StagesOnDays, scope: EffortScope): readonly StageRow[] => {
  if (scope.kind === 'agency') return stages.rows;
  return scope.kind === 'client' ? stages.ofClient(scope.clientId) : stages.ofProject(scope.projectId);
};

/** What went into work, for those who ask how it could cost less. */
export const effortQuestions = (
  inMind: AgencyStages,
): Pick<ProfitabilityQuestions<RowReader>, 'effortBetween' | 'contractorRates'> => ({
  effortBetween: async (reader, tenantId, scope, windows) => {
    const stages = await inMind.ofTenant(reader, tenantId);
    if (stages === undefined) return windows.map(() => NO_EFFORT);
    const contractors = await contractorsOf(reader, tenantId);
    const rows = stagesIn(stages, scope);
    const answers: Effort[] = [];
    for (const window of windows)
      answers.push(await effortBetween(stages, rows, window, (specialistId) => !contractors.has(specialistId)));
    return answers;
  },

  contractorRates: async (reader, tenantId, date) => {
    const there = [...(await contractorsOf(reader, tenantId)).values()].filter(
      ({ deactivatedOn }) => deactivatedOn === null || deactivatedOn > date,
    );
    const byRole = [...Map.groupBy(there, ({ role }) => role)].sort(([one], [other]) => (one < other ? -1 : 1));
    return byRole.flatMap(([role, people]) => {
      const units = people.flatMap(({ rates }) => rateOn(rates, date)?.units ?? []);
      const mean = meanRateUnits(units);
      return mean === undefined ? [] : [{ role, units: mean, people: units.length }];
    });
  },
});
