import {
  businessFactsEvents,
  clientRegistered,
  type EventData,
  projectMetricsEvents,
  projectOpened,
} from '@headroom/contracts/events';
import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projectionNames } from '@headroom/contracts/questions';
import { projection } from '@headroom/projecting';
import { clientTable, metricTable, projectTable } from '../read-models/tables.ts';
import { withFacts } from './facts-in-order.ts';

const events = [clientRegistered, projectOpened, ...businessFactsEvents, ...projectMetricsEvents] as const;

/** Facts of the clients' businesses, baselines and monthly metrics. */
export const roiProjection = projection<EventData<(typeof events)[number]>>({
  name: projectionNames.roi,
  version: 2,
  tables: [clientTable, projectTable, metricTable],
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
      fold: (rows, { tenantId, data: { projectId, periodFrom, periodTo, totalVisitors, totalInquiries } }) => {
        const row = rows.edit(projectTable, tenantId, projectId);
        if (row === undefined) throw new Error(`a baseline of the unknown project ${projectId}`);
        row.baseline = { periodFrom, periodTo, totalVisitors, totalInquiries };
      },
    },
    MetricRecorded: {
      fold: (rows, { tenantId, data: { clientId: _, turnover, advertisingSpend, ...counted } }) =>
        rows.put(metricTable, {
          tenantId,
          ...counted,
          turnoverMinor: turnover?.minor ?? null,
          advertisingSpendMinor: advertisingSpend?.minor ?? null,
        }),
    },
  },
});
