import { z } from 'zod';
import { activity, id, instant, reason, role, specialistKind } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page } from '../values.ts';

const MAX_IMPORT_BYTES = 67_108_864;

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

const unknown = z.enum(['refuse', 'map', 'create']).default('refuse');

const newcomer = z.object({ id, name: z.string() });

export const importTimeEntries = command({
  operationId: 'importTimeEntries',
  method: 'POST',
  path: '/v1/imports',
  tag: 'profitability',
  summary: 'Import the hours of a tracker’s CSV export (Toggl, Harvest, Clockify, Kimai, solidtime)',
  description: `The format is told by the header line. Nothing is guessed: a date or number that may be read in two ways is an error of its line; the other lines are imported. The same rows again create nothing. Money columns are not read: our own rates apply. Work counts as \`production\` unless \`mapping.activities\` says otherwise.

People, clients, projects and stages are found by the mapping, else by a name that only one of ours has. For those that are not ours: \`refuse\` leaves their lines out and lists them in \`unmapped\`; \`map\` imports nothing until the mapping names them; \`create\` brings them along, once, however often the file is sent. A stage that is created has no plan and is billed by time, without a cap.

A file over 1 MiB is answered with 202: it is imported by an operation that goes on after a crash, whose \`result\` is what is answered here for a small file. Its id is that of the import.`,
  permission: 'imports:write',
  contentTypes: ['text/csv'],
  bodyLimit: MAX_IMPORT_BYTES,
  upload: true,
  mayTakeLong: true,
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
    unknownPeople: unknown,
    unknownClients: unknown,
    unknownProjects: unknown,
    unknownStages: z.enum(['refuse', 'map', 'create', 'unattributed']).default('refuse').meta({
      description: '`unattributed`: the hours count for the project alone',
    }),
    newPeopleRole: role.optional().meta({ description: 'The role of people who are created' }),
    newPeopleKind: specialistKind.default('employee'),
    newProjectsManagerId: id.optional().meta({ description: 'Who manages projects that are created' }),
    fileName: z.string().trim().min(1).max(200).optional().meta({ description: 'Kept with the import' }),
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
    newcomers: z
      .object({
        people: z.array(newcomer),
        clients: z.array(newcomer),
        projects: z.array(newcomer),
        stages: z.array(newcomer),
      })
      .meta({ description: 'What is created (or would be, in a dry run) for the rows that name it; the first 1,000' }),
    position: z.int().nullable(),
  }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'not-permitted': 'This credential may not create what the file names.',
    'new-people-need-a-role': 'Say in newPeopleRole which role people have who are created.',
    'new-projects-need-a-manager': 'Say in newProjectsManagerId who manages projects that are created.',
    'manager-not-found': 'The manager of new projects is not there.',
    'names-to-map': 'Nothing was imported: `unmapped` lists the names that the mapping should say something of.',
  },
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
      newcomers: { people: [], clients: [], projects: [], stages: [] },
      position: 140,
    },
  },
});

const importId = '9e1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e';

const batch = z
  .object({
    importId: id,
    format: z.string().meta({ examples: ['clockify'] }),
    fileName: z.string().nullable(),
    fileDigest: z.string().meta({ description: 'SHA-256 of the file' }),
    status: z.enum(['running', 'completed', 'cancelled', 'reverted']),
    startedAt: instant,
    startedBy: z.string(),
    finishedAt: instant.nullable(),
    created: z.int(),
    alreadyImported: z.int(),
    refused: z.int(),
    skipped: z.int(),
    seconds: z.int().meta({ description: 'Of the entries created' }),
    revertedAt: instant.nullable(),
    revertedBy: z.string().nullable(),
    voided: z.int().meta({ description: 'Entries voided by reverts' }),
    leftStanding: z.int().meta({ description: 'Entries that the last revert left' }),
  })
  .meta({ id: 'Import' });

const batchExample = {
  importId,
  format: 'clockify',
  fileName: 'march.csv',
  fileDigest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  status: 'completed' as const,
  startedAt: '2026-03-31T09:00:00.000Z',
  startedBy: 'key:9846ce0258d10a75',
  finishedAt: '2026-03-31T09:00:02.000Z',
  created: 412,
  alreadyImported: 17,
  refused: 3,
  skipped: 1,
  seconds: 1_483_200,
  revertedAt: null,
  revertedBy: null,
  voided: 0,
  leftStanding: 0,
};

export const getImport = question({
  operationId: 'getImport',
  path: '/v1/imports/:importId',
  tag: 'profitability',
  summary: 'What an import brought, and whether it was reverted',
  description: 'How far a long import is, its operation of the same id tells.',
  permission: ['imports:write', 'time:read'],
  params: { importId: id },
  response: batch.extend({ knownAt: z.int() }),
  example: { params: { importId }, response: { ...batchExample, knownAt: 140 } },
});

export const listImports = question({
  operationId: 'listImports',
  path: '/v1/imports',
  tag: 'profitability',
  summary: 'Imports, the newest first',
  permission: ['imports:write', 'time:read'],
  query: { status: z.enum(['running', 'completed', 'cancelled', 'reverted']).optional(), ...page },
  response: z.object({ items: z.array(batch), nextCursor, knownAt: z.int() }),
  example: { query: { status: 'completed' }, response: { items: [batchExample], nextCursor: null, knownAt: 140 } },
});

export const revertImport = command({
  operationId: 'revertImport',
  method: 'POST',
  path: '/v1/imports/:importId/revert',
  tag: 'profitability',
  summary: 'Void all entries that an import brought',
  description:
    'Entries that somebody changed since, and those whose stage or month is closed, are left and named; `changed: void` takes the former, too. Afterwards the same file can be imported again. People, clients, projects and stages that the import created stay. An import of more than 2,000 entries is reverted by an operation (202).',
  permission: 'imports:write',
  mayTakeLong: true,
  params: { importId: id },
  body: z.strictObject({
    reason,
    changed: z.enum(['leave', 'void']).default('leave').meta({ description: 'What becomes of entries changed since' }),
  }),
  response: z.object({
    importId: id,
    voided: z.int(),
    left: z.int(),
    leftEntries: z.array(z.object({ entryId: id, code: z.string() })).meta({
      description:
        'The first 1,000 of those that stay, and why: `entry-changed`, `stage-closed`, `period-closed`, `entry-adjusted`',
    }),
    position: z.int(),
  }),
  refusals: {
    'import-not-found': 'There is no such import.',
    'import-running': 'The import is still being carried out; cancel its operation first.',
    'nothing-to-revert': 'No entry of the import stands any more.',
  },
  example: {
    params: { importId },
    body: { reason: 'The export was of the wrong month' },
    response: {
      importId,
      voided: 411,
      left: 1,
      leftEntries: [{ entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e', code: 'entry-changed' }],
      position: 560,
    },
  },
});
