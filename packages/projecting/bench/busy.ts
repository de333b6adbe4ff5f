import { projection, table } from '../src/index.ts';

interface Entry {
  tenantId: string;
  entryId: string;
  specialistId: string;
  stageId: string;
  workDate: string;
  seconds: number;
  costMinor: number;
  activity: string;
  billable: boolean;
}

interface Stage {
  tenantId: string;
  stageId: string;
  ledger: { seconds: number; cost: number; byMonth: { [month: string]: number } };
}

const entries = table<Entry>('entries', {
  columns: {
    tenantId: 'text',
    entryId: 'text',
    specialistId: 'text',
    stageId: 'text',
    workDate: 'date',
    seconds: 'integer',
    costMinor: 'integer',
    activity: 'text',
    billable: 'boolean',
  },
  key: ['tenantId', 'entryId'],
  lookups: { ofSpecialist: ['tenantId', 'specialistId', 'workDate'], ofStage: ['tenantId', 'stageId', 'workDate'] },
  foldLookups: ['ofSpecialist'],
});

const stages = table<Stage>('stages', {
  columns: { tenantId: 'text', stageId: 'text', ledger: 'json' },
  key: ['tenantId', 'stageId'],
});

type Hours = {
  entryId: string;
  specialistId: string;
  stageId: string;
  workDate: string;
  seconds: number;
  activity: string;
  billable: boolean;
};

type Events = {
  HoursLogged: Hours;
  HoursVoided: { entryId: string; stageId: string };
  Noted: { stageId: string; words: string };
};

const busyProjection = projection<Events>({
  name: 'busy',
  version: 1,
  tables: [entries, stages],
  upcast: (type, data) => ({ type, data }),
  handlers: {
    HoursLogged: {
      needs: (needs, { tenantId, data }) => needs.row(stages, tenantId, data.stageId),
      fold: (rows, { tenantId, data }) => {
        const costMinor = Math.round((data.seconds * 6500) / 3600);
        rows.put(entries, {
          tenantId,
          entryId: data.entryId,
          specialistId: data.specialistId,
          stageId: data.stageId,
          workDate: data.workDate,
          seconds: data.seconds,
          costMinor,
          activity: data.activity,
          billable: data.billable,
        });
        let stage = rows.edit(stages, tenantId, data.stageId);
        if (!stage) {
          stage = { tenantId, stageId: data.stageId, ledger: { seconds: 0, cost: 0, byMonth: {} } };
          rows.put(stages, stage);
        }
        const { ledger } = stage;
        const month = data.workDate.slice(0, 7);
        ledger.seconds += data.seconds;
        ledger.cost += costMinor;
        ledger.byMonth[month] = (ledger.byMonth[month] ?? 0) + data.seconds;
      },
    },
    HoursVoided: {
      needs: (needs, { tenantId, data }) => {
        needs.row(entries, tenantId, data.entryId);
        needs.row(stages, tenantId, data.stageId);
      },
      fold: (rows, { tenantId, data }) => {
        const entry = rows.get(entries, tenantId, data.entryId);
        const stage = rows.edit(stages, tenantId, data.stageId);
        if (!entry || !stage) return;
        stage.ledger.seconds -= entry.seconds;
        stage.ledger.cost -= entry.costMinor;
        rows.remove(entries, tenantId, entry.entryId);
      },
    },
    Noted: {
      needs: (needs, { tenantId, data }) => needs.row(stages, tenantId, data.stageId),
      fold: (rows, { tenantId, data }) => {
        rows.get(stages, tenantId, data.stageId);
      },
    },
  },
});

/** A log as the server makes it, so that it is there in seconds. */
const STAGES = 2_000;
const uuid = (kind: string, number: string): string => `(md5('${kind}' || (${number}))::uuid)::text`;
const stage = uuid('stage', `((n::bigint * 7919) % ${STAGES})`);

export const busyTypes = `case when n % 20 < 17 then 'HoursLogged' when n % 20 = 17 then 'HoursVoided' else 'Noted' end`;

export const busy = {
  projection: busyProjection,
  dataSql: `case when n % 20 < 17 then json_build_object(
      'entryId', ${uuid('entry', 'n')}, 'specialistId', ${uuid('specialist', 'n % 60')}, 'stageId', ${stage},
      'workDate', (date '2026-01-01' + (n % 300)::int)::text, 'seconds', 60 + n % 7200,
      'activity', (array['production','communication','rework'])[1 + n % 3], 'billable', n % 4 > 0)
    when n % 20 = 17 then json_build_object(
      'entryId', ${uuid('entry', 'n - 2000')}, 'stageId', ${uuid('stage', `((n - 2000)::bigint * 7919) % ${STAGES}`)})
    else json_build_object('stageId', ${stage}, 'words', repeat('word ', 40)) end`,
  metaSql: `json_build_object('tenantId', 't1', 'actor', 'key:k1', 'commandKey', n::text, 'fingerprint', 'f', 'correlationId', 'c')`,
};
