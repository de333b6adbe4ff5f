import type { costMeasureEnded, costMeasureStarted, EventData } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { costMeasureTable } from '../read-models/cost-measures/tables.ts';

type Events = EventData<typeof costMeasureStarted | typeof costMeasureEnded>;

/** Cost measures, from their start to their end. */
export const costMeasureHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  CostMeasureStarted: {
    fold: (rows, { tenantId, data }) => rows.put(costMeasureTable, { tenantId, ...data, endedOn: null, endNote: null }),
  },
  CostMeasureEnded: {
    needs: (needs, { tenantId, data }) => needs.row(costMeasureTable, tenantId, data.measureId),
    fold: (rows, { tenantId, data: { measureId, endedOn, note } }) => {
      const row = rows.edit(costMeasureTable, tenantId, measureId);
      if (row === undefined) throw new Error(`the unknown cost measure ${measureId} was ended`);
      row.endedOn = endedOn;
      row.endNote = note;
    },
  },
};
