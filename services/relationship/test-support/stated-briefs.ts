import type { BenefitQuestions, DeliveryQuestions, Favours, StageProgress } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

type Roi = NonNullable<Awaited<ReturnType<BenefitQuestions<RowReader>['client']>>>;

/** A stage under way with nothing to tell; what a test is about is changed. */
export const stage = (stageId: string, change: Partial<StageProgress> = {}): StageProgress => ({
  stageId,
  projectId: 'flora-site',
  name: stageId,
  serviceType: null,
  status: 'started',
  dueOn: null,
  startedOn: '2026-01-05',
  closedOn: null,
  plannedSeconds: 0,
  seconds: 0,
  remainingSeconds: 0,
  currency: 'RUB',
  contractRevenueMinor: 0,
  forecastMargin: null,
  standardMargin: null,
  headroomMinor: null,
  outlook: null,
  suppressed: false,
  uncostedSeconds: 0,
  unapprovedSeconds: 0,
  alerts: [],
  team: [],
  ...change,
});

/** What the profitability service would tell briefs, stated by hand: Galina took `flora-site` over from Boris. */
export const statedDelivery = (
  stages: readonly StageProgress[],
  favours: Favours = { work: [], writeOffs: [], unconverted: 0 },
): DeliveryQuestions<RowReader> => ({
  project: async (_reader, _tenantId, projectId) =>
    projectId === 'flora-site'
      ? {
          projectId,
          clientId: 'flora',
          name: 'Site',
          serviceType: null,
          openedOn: '2026-01-01',
          managers: [
            { managerId: 'boris', from: '2026-01-01' },
            { managerId: 'galina', from: '2026-03-16' },
          ],
          managerId: 'galina',
          backupManagerId: 'gone',
        }
      : undefined,
  people: async () => [{ specialistId: 'galina', name: 'Galina', role: 'manager', deactivatedOn: null }],
  stages: async () => stages,
  favours: async () => favours,
});

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const each = <Value>(value: Value) => ({ low: value, base: value, high: value });

/** A month of a client’s gain (`null`: not known) and what was paid (`null`: not to be told). */
export const roiMonth = (month: string, gainMinor: number | null, paidMinor: number | null): Roi['months'][number] => ({
  month,
  complete: true,
  gain: gainMinor === null ? null : each(rub(gainMinor)),
  revenue: paidMinor === null ? null : rub(paidMinor),
  advertisingSpend: rub(0),
  cost: paidMinor === null ? null : rub(paidMinor),
  cumulativeGain: each(rub(0)),
  cumulativeCost: null,
});

/** What the roi service would tell briefs: the months, and their sums since the start. */
export const statedBenefit = (months: readonly Roi['months'][number][]): BenefitQuestions<RowReader> => ({
  client: async (_reader, { clientId }) => ({
    clientId,
    name: 'Flora',
    currency: 'RUB',
    gain: null,
    cost: null,
    roi: each(null),
    payback: each(null),
    months: [...months],
    projects: [],
    facts: [],
    missing: [],
    suppressed: false,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: 0 },
    asOf: '2026-03-31',
    knownAt: 1,
    formulaVersion: '2026.1',
  }),
  metrics: async () => undefined,
  estimates: async () => [],
});
