import * as contract from '@headroom/contracts/rest/agency';
import { type Step, step } from './step.ts';

/** From before the first logged hour, so that every hour has a rate. */
const RATES_FROM = '2025-01-01';

const salaried = (monthlySalary: number) => ({
  monthlySalaryMinor: monthlySalary * 100,
  payrollTax: '0.302',
  monthlyOverheadMinor: 3_000_000,
  monthlyHours: 160,
  utilisation: '0.5',
});

const specialist = (specialistId: string, name: string, role: string, rate: object): Step[] => [
  step(
    contract.addSpecialist,
    { specialistId, name, role, kind: 'ratePerHour' in rate ? 'contractor' : 'employee' },
    { as: 'owner' },
  ),
  step(
    contract.setCostRate,
    { effectiveFrom: RATES_FROM, ...rate, reason: 'Contract of January 2025' },
    { params: { specialistId }, as: 'owner' },
  ),
];

/** The agency, its people and what their hours cost, and the standard that one key proposed and another approved. */
export const agencySteps = (): Step[] => [
  step(
    contract.configureAgency,
    { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' },
    { as: 'owner' },
  ),
  ...specialist('anna', 'Anna', 'designer', { breakdown: salaried(120_000) }),
  ...specialist('boris', 'Boris', 'manager', { breakdown: salaried(150_000) }),
  ...specialist('galina', 'Galina', 'developer', { breakdown: salaried(160_000) }),
  ...specialist('dmitri', 'Dmitri', 'marketer', { ratePerHour: '2100.0000' }),
  step(
    contract.proposeStandard,
    {
      standardId: 'standard-40',
      margin: '0.4',
      effectiveFrom: RATES_FROM,
      rationale: 'What the stages of 2024 reached',
    },
    { as: 'finance' },
  ),
  step(contract.approveStandard, {}, { params: { standardId: 'standard-40' }, as: 'owner' }),
];
