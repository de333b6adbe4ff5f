import type { Commands } from '@headroom/commanding';
import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindCommand, bindQuestion, decodeCursor, encodeCursor, eventOf, reply } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { endCostMeasure } from '../commands/cost-measures/end-cost-measure.ts';
import { startCostMeasure } from '../commands/cost-measures/start-cost-measure.ts';
import { costMeasureAdvice } from '../read-models/cost-measures/advice.ts';
import { costMeasures } from '../read-models/cost-measures/list.ts';
import { clientTable } from '../read-models/tables.ts';

const projections = [projectionNames.relationship, projectionNames.profitability];
const notConfigured = { kind: 'refused', code: 'agency-not-configured' } as const;

const advice = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.listCostMeasureAdvice, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await profitability.agency(reader, tenantId);
      if (agency === undefined) return notConfigured;
      const { clientId } = query;
      if (clientId !== undefined && (await reader.get(clientTable, tenantId, clientId)) === undefined)
        return { kind: 'refused', code: 'client-not-found' };
      const after = decodeCursor(contract.listCostMeasureAdvice, { params, query });
      const asOf = query.asOf ?? localDate(instant, agency.timeZone);
      const asked = { ...query, tenantId, agency, asOf, seesRates, after };
      const { next, ...page } = await costMeasureAdvice(profitability, reader, asked);
      const nextCursor = next && encodeCursor(contract.listCostMeasureAdvice, { params, query }, next);
      return { kind: 'answer', body: { ...page, nextCursor } };
    },
  });

const measures = (profitability: ProfitabilityQuestions<RowReader>) =>
  bindQuestion(contract.listCostMeasures, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await profitability.agency(reader, tenantId);
      if (agency === undefined) return notConfigured;
      const after = decodeCursor(contract.listCostMeasures, { params, query });
      const asOf = query.asOf ?? localDate(instant, agency.timeZone);
      const asked = { ...query, tenantId, agency, asOf, seesRates, after };
      const { next, ...page } = await costMeasures(profitability, reader, asked);
      const nextCursor = next && encodeCursor(contract.listCostMeasures, { params, query }, next);
      return { kind: 'answer', body: { ...page, nextCursor } };
    },
  });

/** Ways to spend less: what they would save, when they were applied, and what they brought. */
export const costMeasureOperations = (
  commands: Commands,
  profitability: ProfitabilityQuestions<RowReader>,
): Bound[] => [
  bindCommand(contract.startCostMeasure, async ({ context, body }) =>
    reply(await startCostMeasure(commands, context, body), (events) => eventOf(events, 'CostMeasureStarted')),
  ),
  bindCommand(contract.endCostMeasure, async ({ context, params, body }) =>
    reply(await endCostMeasure(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'CostMeasureEnded'),
    ),
  ),
  advice(profitability),
  measures(profitability),
];
