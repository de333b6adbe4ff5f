import type { stageProfitability } from '@headroom/contracts/rest';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { formatDecimal, millionths, RATIO_SCALE, rateUnits, ratioOf } from '@headroom/money';
import { headroomMinor, headroomSeconds } from '../formulas/stage-figures.ts';
import type { RevenueBasis } from './bases.ts';
import { ACTIVITIES, grouped } from './grouped-labour.ts';
import { planAgainstActual } from './plan-against-actual.ts';
import { leftOutOf, qualityOf } from './quality.ts';
import { shownBilling } from './shown-billing.ts';
import type { StageView } from './stage-view.ts';
import { totalsOf } from './totals.ts';
import { stageVisibility } from './visibility.ts';

type StageProfitability = import('zod').infer<typeof stageProfitability>;

const CATEGORIES = ['subcontractor', 'travel', 'licence', 'advertising', 'other'] as const;

interface Asked {
  /** Decides what of the stage's money is shown. */
  readonly seesRates: boolean;
  readonly basis: RevenueBasis;
  readonly knownAt: number;
}

/** The answer about one stage. */
export const stageProfitabilityOf = (view: StageView, { seesRates, basis, knownAt }: Asked): StageProfitability => {
  const { row, state, figures, standard } = view;
  const { currency, labour } = state;
  const visible = stageVisibility(seesRates, figures, state);
  const money = (shown: boolean, minor: number) => (shown ? { minor, currency } : null);
  const roles = [...new Set(labour.map(({ role }) => role))].sort();
  const actualSeconds = (role: string) =>
    labour.reduce((sum, line) => sum + (line.role === role ? line.seconds : 0), 0);
  const left =
    standard === null ? null : headroomMinor(figures.contractRevenueMinor, figures.estimateAtCompletionMinor, standard);
  return {
    stageId: row.stageId,
    projectId: row.projectId,
    clientId: row.clientId,
    name: row.name,
    serviceType: row.serviceType,
    status: state.status,
    billing: shownBilling(view),
    fee: money(true, state.billed.atCompletionMinor),
    extraPayments: money(true, state.extraPaymentsMinor),
    writeOffs: money(true, state.writeOffsMinor),
    ...totalsOf([figures], { currency, basis, visible }),
    labourCost: money(visible.actual, figures.labourCostMinor),
    expenses: money(true, figures.expensesMinor),
    byActivity: grouped(labour, ({ activity }) => activity, currency, ACTIVITIES).map(({ key, seconds, minor }) => ({
      activity: key,
      seconds,
      cost: money(visible.breakdown, minor),
    })),
    byRole: grouped(labour, ({ role }) => role, currency, roles).map(({ key, seconds, minor }) => ({
      role: key,
      seconds,
      cost: money(visible.breakdown, minor),
    })),
    byExpense: CATEGORIES.flatMap((category) => {
      const lines = state.expenses.filter((expense) => expense.category === category);
      const minor = lines.reduce((sum, expense) => sum + expense.minor, 0);
      return lines.length === 0 ? [] : [{ category, amount: money(true, minor) }];
    }),
    goodwillSeconds: figures.goodwillSeconds,
    estimateToComplete: {
      cost: money(visible.breakdown, figures.remainingLabourMinor + state.remaining.expensesMinor),
      work: state.remaining.work.map(({ role, seconds, units }) => ({ role, seconds, costed: units !== null })),
      expenses: money(true, state.remaining.expensesMinor),
      revised: state.remaining.revised,
    },
    plan: {
      frozen: state.plan.frozen,
      revenue: money(true, figures.planRevenueMinor),
      cost: money(visible.plan, figures.planCostMinor),
      profit: money(visible.plan, figures.planRevenueMinor - figures.planCostMinor),
      margin: visible.plan ? ratioOf(figures.planRevenueMinor - figures.planCostMinor, figures.planRevenueMinor) : null,
      work: state.plan.work.map(({ role, seconds }) => ({
        role,
        plannedSeconds: seconds,
        actualSeconds: actualSeconds(role),
      })),
      byRoleAndActivity: planAgainstActual(row.ledger.plan, state).map(({ minor, ...line }) => ({
        ...line,
        cost: money(visible.breakdown, minor),
      })),
    },
    standardMargin: standard === null ? null : formatDecimal(millionths(standard), RATIO_SCALE),
    headroom:
      left === null
        ? null
        : {
            money: money(visible.forecast, left),
            byRole: state.plan.work.map(({ role }) => ({
              role,
              seconds: visible.breakdown ? headroomSeconds(left, unitsOf(view, role), currency) : null,
            })),
          },
    revenueBasis: basis,
    currency,
    quality: qualityOf([leftOutOf(view)], 0),
    suppressed: !(visible.forecast && visible.actual && visible.plan && visible.breakdown),
    asOf: state.asOf,
    knownAt,
    formulaVersion: FORMULA_VERSION,
  };
};

const unitsOf = ({ row, state }: StageView, role: string): number | null => {
  const remaining = state.remaining.work.find((work) => work.role === role);
  if (remaining !== undefined) return remaining.units;
  const planned = (row.ledger.baseline?.work ?? row.ledger.plan.work).find((work) => work.role === role)?.ratePerHour;
  return planned == null ? null : rateUnits(planned);
};
