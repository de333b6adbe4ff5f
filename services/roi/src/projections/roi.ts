import {
  businessFactsEvents,
  clientRegistered,
  type EventData,
  metricDefinitionEvents,
  projectMetricsEvents,
  projectOpened,
  roiEstimateEvents,
} from '@headroom/contracts/events';
import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projectionNames } from '@headroom/contracts/questions';
import { projection } from '@headroom/projecting';
import { withSharing } from '../decisions/roi/sharing.ts';
import {
  benchmarkTable,
  clientTable,
  definitionTable,
  estimateTable,
  metricTable,
  projectTable,
  recordingTable,
} from '../read-models/tables.ts';
import { withFacts } from './facts-in-order.ts';
import { metricRecordedHandler } from './metrics.ts';

const events = [
  clientRegistered,
  projectOpened,
  ...businessFactsEvents,
  ...projectMetricsEvents,
  ...metricDefinitionEvents,
  ...roiEstimateEvents,
] as const;

/** Facts of the clients' businesses, baselines and monthly metrics. */
export const roiProjection = projection<EventData<(typeof events)[number]>>({
  name: projectionNames.roi,
  version: 4,
  tables: [clientTable, projectTable, metricTable, recordingTable, definitionTable, estimateTable, benchmarkTable],
  upcast,
  storedTypes: storedTypesOf(new Set(events.map(({ name }) => name))),
  handlers: {
    ClientRegistered: {
      fold: (rows, { tenantId, data: { clientId, name } }) =>
        rows.put(clientTable, { tenantId, clientId, name, facts: [], sharings: [] }),
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
    EffectShared: {
      needs: (needs, { tenantId, data }) => needs.row(clientTable, tenantId, data.clientId),
      fold: (rows, { tenantId, data: { clientId, ...sharing } }) => {
        const row = rows.edit(clientTable, tenantId, clientId);
        if (row === undefined) throw new Error(`a shared effect of the unknown client ${clientId}`);
        row.sharings = withSharing(row.sharings, structuredClone(sharing));
      },
    },
    BenchmarkRecorded: {
      fold: (rows, { tenantId, data }) => rows.put(benchmarkTable, { tenantId, ...structuredClone(data) }),
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
    RoiEstimateShared: {
      fold: (rows, { tenantId, data }) => {
        const { estimateId, clientId, sharedOn } = data;
        const shared = structuredClone(data);
        rows.put(estimateTable, {
          tenantId,
          estimateId,
          clientId,
          sharedOn,
          shared,
          projectId: null,
          startMonth: null,
        });
      },
    },
    RoiEstimateLinked: {
      needs: (needs, { tenantId, data }) => needs.row(estimateTable, tenantId, data.estimateId),
      fold: (rows, { tenantId, data: { estimateId, projectId, startMonth } }) => {
        const row = rows.edit(estimateTable, tenantId, estimateId);
        if (row === undefined) throw new Error(`a project of the unknown estimate ${estimateId}`);
        row.projectId = projectId;
        row.startMonth = startMonth;
      },
    },
    MetricDefined: { fold: (rows, { tenantId, data }) => rows.put(definitionTable, { tenantId, ...data }) },
  },
});
