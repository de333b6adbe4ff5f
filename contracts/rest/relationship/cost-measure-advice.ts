import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { costMethod, currency, id, name } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, quality, revenueBasis, shownMoney, timeAxes } from '../values.ts';
import { input } from './loyalty-values.ts';

const advised = z.object({
  clientId: id,
  name,
  method: costMethod,
  monthlySaving: shownMoney.meta({
    description: 'What it would save or bring each month; null when it cannot be told',
  }),
  text: z.string().meta({ description: 'What to do' }),
  formula: z.string(),
  inputs: z.array(input),
  missing: z.string().nullable().meta({ description: 'Why there is no estimate' }),
  running: z.array(id).meta({ description: 'Measures of this kind that apply to the client on the day' }),
  suppressed: z.boolean(),
});

export const listCostMeasureAdvice = question({
  operationId: 'listCostMeasureAdvice',
  path: '/v1/cost-measure-advice',
  tag: 'relationship',
  summary: 'What each way to spend less would save with each client, out of the client’s own figures',
  description:
    'Over the last three whole months. `reduce-contact`: seconds of unplanned contacts above the median of the agency’s clients x average cost of an hour. `mirror-client`: seconds of outbound contacts above the inbound ones x average cost of an hour. `subcontract`: hours of own people in roles other than the one that the agency’s people work in most, by role: their cost - the hours at the mean rate of contractors of the role. `enforce-contract`: cost of rework, goodwill and work for requests out of scope that nobody pays for. `new-sale`: cost of unpaid contact / (stages with work + 1), the share that one more stage of the same size would bear. Each divided by three months. The largest saving first; those that cannot be told come last, by client.',
  permission: 'figures:read',
  query: { clientId: id.optional(), method: costMethod.optional(), ...page, ...timeAxes },
  response: z.object({
    items: z.array(advised),
    nextCursor,
    window: z.object({ from: derivedDate, to: derivedDate }).meta({ description: 'The three months, `[from, to)`' }),
    currency,
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'client-not-found': 'There is no such client.',
  },
  example: {
    query: { clientId: 'flora', limit: '1', asOf: '2026-03-31' },
    response: {
      items: [
        {
          clientId: 'flora',
          name: 'Flora Garden Centres',
          method: 'enforce-contract',
          monthlySaving: { minor: 271600, currency: 'RUB' },
          text: 'Read the contract and be principled: do no more rework, favours and requests out of scope unpaid.',
          formula: '(unpaid rework and goodwill + unpaid work out of scope) / 3 months',
          inputs: [
            { name: 'favourCost', money: { minor: 814800, currency: 'RUB' } },
            { name: 'outOfScopeCost', money: { minor: 0, currency: 'RUB' } },
            { name: 'months', count: 3 },
          ],
          missing: null,
          running: [],
          suppressed: false,
        },
      ],
      nextCursor: null,
      window: { from: '2026-01-01', to: '2026-04-01' },
      currency: 'RUB',
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
