import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, bindQuestion, decodeCursor, encodeCursor, eventOf, reply } from '@headroom/http';
import { acknowledgeAlert, setStageThresholds } from '../commands/alerts.ts';
import { listAlerts } from '../read-models/alerts/list-alerts.ts';
import type { Deps } from './stage-commands.ts';

/** Thresholds of budgets, and the alerts that were raised at them. */
export const alertOperations = ({ commands, readModels }: Deps): Bound[] => [
  bindCommand(contract.setStageThresholds, async ({ context, params, body }) =>
    reply(await setStageThresholds(commands, context, { ...params, ...body }), (events) => {
      const { stageId, thresholds } = eventOf(events, 'StageThresholdsSet');
      return { stageId, thresholds };
    }),
  ),
  bindCommand(contract.acknowledgeAlert, async ({ context, params, body }) => {
    const outcome = await acknowledgeAlert({ commands, readModels }, context, { ...params, ...body });
    if (outcome === undefined) return { kind: 'refused', code: 'alert-not-found' };
    return reply(outcome, (events) => {
      const { alertId, stageId, threshold } = eventOf(events, 'AlertAcknowledged');
      return { alertId, stageId, threshold };
    });
  }),
  bindQuestion(contract.listAlerts, {
    projections: [projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query }, reader) => {
      const after = decodeCursor(contract.listAlerts, { params, query });
      const { acknowledged, ...rest } = query;
      const filters = acknowledged === undefined ? rest : { ...rest, acknowledged: acknowledged === 'true' };
      const { next, ...body } = await listAlerts(reader, tenantId, { ...filters, after }, seesRates);
      const nextCursor = next === null ? null : encodeCursor(contract.listAlerts, { params, query }, next.map(String));
      return { kind: 'answer', body: { ...body, nextCursor } };
    },
  }),
];
