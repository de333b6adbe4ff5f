import {
  businessFactsEvents,
  clientRegistered,
  type EventData,
  metricDefinitionEvents,
  projectMetricsEvents,
  projectOpened,
} from '@headroom/contracts/events';
import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projectionNames } from '@headroom/contracts/questions';
import { projection } from '@headroom/projecting';
import { clientTable, definitionTable, metricTable, projectTable, recordingTable } from '../read-models/tables.ts';
import { withFacts } from './facts-in-order.ts';
import { metricRecordedHandler } from './metrics.ts';

const events = [
  clientRegistered,
  projectOpened,
  ...businessFactsEvents,
  ...projectMetricsEvents,
  ...metricDefinitionEvents,
] as const;

/** Facts of the clients' businesses, baselines and monthly metrics. */
export const roiProjection = projection<EventData<(typeof events)[number]>>({
  name: projectionNames.roi,
  version: 2,
  tables: [clientTable, projectTable, metricTable, recordingTable, definitionTable],
  upcast,
  storedTypes: storedTypesOf(new Set(events.map(({ name }) => name))),
  handlers: {
    ClientRegistered: {
      fold: (rows, { tenantId, data: { clientId, name } }) =>
        rows.put(clientTable, { tenantId, clientId, name, facts: [] }),
    },
    ProjectOpened: {
      fold: (rows, { tenantId, data: { projectId, clientId, name, openedOn, serviceType } }) =>
        rows.put(projectTable, { tenantId, projectId, clientId, name, openedOn, serviceType, baseline: null }),
    },
    BusinessFactsRecorded: {
      needs: (needs, { tenantId, data }) => needs.row(clientTable, tenantId, data.clientId),
      fold: (rows, { tenantId, data: { clientId, ...facts } }) => {
        const row = rows.edit(clientTable, tenantId, clientId);
        if (row === undefined) throw new Error(`facts of the unknown client ${clientId}`);
        row.facts = withFacts(row.facts, facts);
      },
    },
    BaselineSet: {
      needs: (needs, { tenantId, data }) => needs.row(projectTable, tenantId, data.projectId),
      fold: (rows, { tenantId, data: { projectId, clientId: _, ...baseline } }) => {
        const row = rows.edit(projectTable, tenantId, projectId);
        if (row === undefined) throw new Error(`a baseline of the unknown project ${projectId}`);
        row.baseline = {
          ...baseline,
          totalTurnover: baseline.totalTurnover?.minor ?? null,
          totalPromotionCost: baseline.totalPromotionCost?.minor ?? null,
        };
      },
    },
    MetricRecorded: metricRecordedHandler,
    MetricDefined: { fold: (rows, { tenantId, data }) => rows.put(definitionTable, { tenantId, ...data }) },
  },
});
