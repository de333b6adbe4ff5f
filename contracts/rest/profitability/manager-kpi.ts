import { z } from 'zod';
import { currency, date, id, month, name, serviceType } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, quality, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';
import { closingExample, ids, rub } from './examples.ts';

const profits = {
  plannedProfit: shownMoney.meta({ description: 'Of the baseline, with the agreed extra payments and their cost' }),
  actualProfit: shownMoney,
};

const kpiStage = z.object({
  stageId: id,
  projectId: id,
  clientId: id,
  name,
  serviceType: serviceType.nullable(),
  closedOn: date,
  hit: z.boolean().meta({ description: 'Of the whole stage' }),
  margin: ratio.meta({ description: 'Of the whole stage' }),
  baselineMargin: ratio.meta({ description: 'Of the whole stage' }),
  share: ratio.meta({ description: 'The share of the stage’s seconds that was worked under this manager' }),
  seconds: z.int().min(0).meta({ description: 'Worked under this manager' }),
  ...profits,
});

const managerKpi = z.object({
  managerId: id,
  stages: z.int().min(0).meta({ description: 'Stages in which the manager has a part' }),
  stagesClosed: ratio.meta({ description: 'Shares of stages added: over all managers the number of stages' }),
  hits: ratio.meta({ description: 'Shares of stages that were hits, added' }),
  hitRate: ratio.meta({ description: 'hits / stagesClosed' }),
  ...profits,
  deviation: shownMoney.meta({ description: 'Actual less planned profit' }),
  lines: z.array(kpiStage).meta({ description: 'The stages behind it, by id' }),
});

export const getManagerKpi = question({
  operationId: 'getManagerKpi',
  path: '/v1/reviews/:month/managers',
  tag: 'profitability',
  summary: 'What each manager reached in a month: stages closed, hits, planned and actual profit',
  description:
    'A hit is a stage with margin >= baseline margin - tolerance and profit >= baseline profit. After a hand-over each manager gets the share of the seconds worked under them; shares and profits add up to the stage.',
  permission: 'figures:read',
  params: { month },
  query: {
    managerId: id.optional(),
    basis: z
      .enum(['reported', 'current'])
      .optional()
      .meta({ description: 'The frozen figures, or those known now; reported when absent and the month is frozen' }),
    ...timeAxes,
  },
  response: z.object({
    month,
    basis: z.enum(['reported', 'current']),
    tolerance: ratio.meta({ description: 'How far a margin may fall short of its baseline' }),
    managers: z.array(managerKpi).meta({ description: 'By id' }),
    revenueBasis,
    currency,
    quality,
    suppressed: z.boolean(),
    ...provenance,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'not-frozen': 'The month’s review has not been frozen, so nothing has been reported.',
  },
  example: {
    params: { month: '2026-03' },
    response: {
      month: '2026-03',
      basis: 'reported',
      tolerance: '0.000000',
      managers: [
        {
          managerId: 'boris',
          stages: 1,
          stagesClosed: '1.000000',
          hits: '0.000000',
          hitRate: '0.000000',
          plannedProfit: rub(10_032_650),
          actualProfit: rub(8_955_050),
          deviation: rub(-1_077_600),
          lines: [
            {
              ...ids,
              name: 'Landing design',
              serviceType: null,
              closedOn: '2026-03-27',
              hit: false,
              margin: '0.416514',
              baselineMargin: '0.466635',
              share: '1.000000',
              seconds: 174_600,
              plannedProfit: rub(10_032_650),
              actualProfit: rub(8_955_050),
            },
          ],
        },
      ],
      ...closingExample,
      asOf: '2026-04-20',
    },
  },
});
