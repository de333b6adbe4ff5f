import { z } from 'zod';
import { activity, currency, expenseCategory, id, month, name, role, serviceType } from '../../events/index.ts';
import { provenance, quality, ratio, revenueBasis, shownMoney } from '../values.ts';

export const stageStatus = z.enum(['planned', 'started', 'closed']);

const onBasis = z.object({ revenue: shownMoney, profit: shownMoney, margin: ratio });

/** The same cost against what was earned, invoiced and paid; amounts of invoices and payments are net of VAT. */
export const bases = z
  .object({ earned: onBasis, invoiced: onBasis, cash: onBasis })
  .meta({ id: 'RevenueBases', description: 'Revenue, profit and margin on each basis, side by side' });

/** Revenue, cost and what is left, as every level shows them. Levels above a stage add rounded stages. */
export const totals = {
  contractRevenue: shownMoney.meta({
    description: 'R: what billing brings at completion, and agreed extra payments, less write-offs',
  }),
  revenue: shownMoney.meta({
    description:
      'On the basis asked for. Earned: of a fixed fee R x min(1, actual cost / EAC) while open; of time and months what has accrued; all of R once closed',
  }),
  cost: shownMoney.meta({ description: 'All seconds at the cost rate of their work date, and expenses' }),
  profit: shownMoney,
  margin: ratio.meta({ description: 'profit / revenue' }),
  markup: ratio.meta({ description: 'profit / cost' }),
  bases,
  estimateAtCompletion: shownMoney.meta({ description: 'EAC: actual cost plus the estimate to complete' }),
  forecastProfit: shownMoney,
  forecastMargin: ratio.meta({ description: '(R - EAC) / R' }),
  seconds: z.int().min(0),
  /** Seconds that reached a stage after it was closed. */
  lateSeconds: z.int().min(0),
};

export const closing = {
  revenueBasis,
  currency,
  quality,
  suppressed: z.boolean().meta({
    description: 'True when figures are hidden because this role could derive one person’s rate from them',
  }),
  ...provenance,
};

const remaining = z.object({ role, seconds: z.int().min(0), costed: z.boolean() });

const planLine = z.object({
  role,
  activity,
  plannedSeconds: z.int().nullable().meta({
    description: 'Null where the hours of the role were planned as a whole',
  }),
  actualSeconds: z.int(),
  cost: shownMoney,
});

export const stageProfitability = z
  .object({
    stageId: id,
    projectId: id,
    clientId: id,
    name,
    serviceType: serviceType.nullable(),
    status: stageStatus,
    billing: z.object({
      kind: z.enum(['fixed', 'time-and-materials', 'retainer']),
      cap: shownMoney,
      monthlyFee: shownMoney,
      fromMonth: month.nullable(),
      toMonth: month.nullable(),
      monthsBegun: z.int().nullable().meta({ description: 'Months of the retainer begun by the day' }),
      accrued: shownMoney.meta({ description: 'Hours at their bill rates up to the cap, or months begun' }),
      beforeCap: shownMoney.meta({ description: 'Hours at their bill rates, without the cap' }),
      billableSeconds: z.int().min(0),
      unpricedSeconds: z.int().min(0).meta({ description: 'Billable, but without a bill rate on their work date' }),
    }),
    fee: shownMoney.meta({ description: 'What billing brings at completion; the fee itself where it is fixed' }),
    extraPayments: shownMoney.meta({ description: 'Agreed extra payments' }),
    writeOffs: shownMoney.meta({ description: 'Revenue given up' }),
    ...totals,
    labourCost: shownMoney,
    expenses: shownMoney,
    byActivity: z.array(z.object({ activity, seconds: z.int(), cost: shownMoney })),
    byRole: z.array(z.object({ role, seconds: z.int(), cost: shownMoney })),
    byExpense: z.array(z.object({ category: expenseCategory, amount: shownMoney })),
    goodwillSeconds: z.int().min(0),
    estimateToComplete: z.object({
      cost: shownMoney,
      work: z.array(remaining).meta({ description: 'A role whose rate nobody knows is not costed' }),
      expenses: shownMoney,
      revised: z.boolean().meta({ description: 'False when it is the plan less what was done' }),
    }),
    plan: z.object({
      frozen: z.boolean().meta({ description: 'True once the stage has started' }),
      revenue: shownMoney,
      cost: shownMoney,
      profit: shownMoney,
      margin: ratio,
      work: z.array(z.object({ role, plannedSeconds: z.int(), actualSeconds: z.int() })),
      byRoleAndActivity: z.array(planLine).meta({
        description: 'Planned and done, kind by kind of work; the hours and the cost add up to those of the stage',
      }),
    }),
    standardMargin: ratio.meta({ description: 'The standard in force; null when none was approved' }),
    headroom: z
      .object({
        money: shownMoney.meta({
          description: 'R x (1 - m) - EAC: what is left before the stage falls below its standard',
        }),
        byRole: z.array(z.object({ role, seconds: z.int().nullable() })),
      })
      .nullable()
      .meta({ description: 'Null without a standard' }),
    ...closing,
  })
  .meta({ id: 'StageProfitability' });

const stageLine = z.object({ stageId: id, projectId: id, name, status: stageStatus, ...totals });

const level = {
  ...totals,
  stages: z.array(stageLine).meta({ description: 'Lines that add up to the totals' }),
  ...closing,
};

export const projectProfitability = z
  .object({ projectId: id, clientId: id, name, ...level })
  .meta({ id: 'ProjectProfitability' });

export const clientProfitability = z.object({ clientId: id, ...level }).meta({ id: 'ClientProfitability' });
