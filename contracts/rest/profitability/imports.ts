import { z } from 'zod';
import { activity, id } from '../../events/index.ts';
import { command } from '../operation.ts';

const MAX_IMPORT_BYTES = 33_554_432;

const ids = z.record(z.string(), id);

/** What a tracker's names stand for; given as JSON in the query. */
export const importMapping = z.strictObject({
  people: ids.optional(),
  clients: ids.optional(),
  projects: ids.optional(),
  stages: ids.optional(),
  activities: z.record(z.string(), activity).optional(),
});

const parseJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'mapping is not JSON' });
    return z.NEVER;
  }
};

const name = z.object({ key: z.string(), candidates: z.array(z.string()), rows: z.int(), seconds: z.int() });

export const importTimeEntries = command({
  operationId: 'importTimeEntries',
  method: 'POST',
  path: '/v1/imports',
  tag: 'profitability',
  summary: 'Import the hours of a tracker’s CSV export (Toggl, Harvest, Clockify, Kimai, solidtime)',
  description:
    'The format is told by the header line. Nothing is guessed: a date or number that may be read in two ways, and a person, project or task that only one name of ours does not match, is an error of its line; the other lines are imported. The same rows again create nothing. Money columns are not read: our own rates apply. Work counts as `production` unless `mapping.activities` says otherwise.',
  permission: 'imports:write',
  contentTypes: ['text/csv'],
  bodyLimit: MAX_IMPORT_BYTES,
  query: {
    format: z.enum(['toggl', 'harvest', 'clockify', 'kimai', 'solidtime']).optional(),
    timeZone: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'IANA zone of the file’s clock times; the agency’s when absent' }),
    decimalSeparator: z.enum(['.', ',']).optional(),
    dateOrder: z.enum(['YMD', 'DMY', 'MDY']).optional(),
    billable: z.enum(['true', 'false']).optional().meta({ description: 'For files without a billable column' }),
    unknownStage: z.enum(['refuse', 'unattributed']).default('refuse'),
    dryRun: z.enum(['true', 'false']).default('false'),
    mapping: z.string().max(100_000).transform(parseJson).pipe(importMapping).optional(),
  },
  body: z.string().meta({ description: 'The file' }),
  response: z.object({
    importId: id,
    dryRun: z.boolean(),
    created: z.int().meta({ description: 'Entries logged (or that would be, in a dry run)' }),
    alreadyImported: z.int().meta({ description: 'Rows that an earlier import brought; unknown, so 0, in a dry run' }),
    refused: z.int(),
    skipped: z.int().meta({ description: 'Rows without time' }),
    seconds: z.int().meta({ description: 'Seconds of the readable rows' }),
    errors: z
      .array(
        z.object({
          line: z.int(),
          code: z.string(),
          column: z.string().nullable(),
          message: z.string(),
          value: z.string().nullable(),
        }),
      )
      .meta({ description: 'The first 1,000, by line of the file' }),
    unmapped: z
      .object({ people: z.array(name), clients: z.array(name), projects: z.array(name), stages: z.array(name) })
      .meta({ description: 'What `mapping` should name, each once' }),
    position: z.int().nullable(),
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { format: 'toggl', timeZone: 'Europe/Moscow' },
    body: 'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\nAnna,anna@example.com,Butovo Bricks,Landing page,Landing design,Hero,Yes,2026-03-16,10:00:00,2026-03-16,12:00:00,02:00:00,\n',
    response: {
      importId: '9e1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      dryRun: false,
      created: 1,
      alreadyImported: 0,
      refused: 0,
      skipped: 0,
      seconds: 7_200,
      errors: [],
      unmapped: { people: [], clients: [], projects: [], stages: [] },
      position: 140,
    },
  },
});
