import { command, question } from '@headroom/contracts/rest';
import { z } from 'zod';

/** The contracts of a domain just large enough to try an API on. */

const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const receipt = { revision: z.int(), position: z.int() };

export const openAccount = command({
  operationId: 'openAccount',
  method: 'POST',
  path: '/v1/accounts',
  tag: 'agency',
  summary: 'Open an account',
  permission: 'clients:write',
  status: 201,
  body: z.strictObject({ accountId: id.optional(), owner: z.string().trim().min(1).max(50).default('Anna') }),
  response: z.object({ accountId: id, owner: z.string(), ...receipt }),
  refusals: { 'account-exists': 'The account exists.' },
  example: { body: { owner: 'Anna' }, response: { accountId: 'main', owner: 'Anna', revision: 0, position: 1 } },
});

const amount = z.int().positive().max(1_000_000);

export const deposit = command({
  operationId: 'deposit',
  method: 'POST',
  path: '/v1/accounts/:accountId/deposits',
  tag: 'agency',
  summary: 'Deposit an amount',
  permission: ['time:write', 'time:write-own'],
  params: { accountId: id },
  query: { dryRun: z.enum(['true', 'false']).default('false') },
  body: z.strictObject({
    amount,
    note: z.string().optional(),
    lines: z.array(z.strictObject({ 'a/b': z.int() })).optional(),
  }),
  response: z.object({ accountId: id, by: z.string().nullable(), ...receipt }),
  refusals: {
    'account-not-found': 'There is no such account.',
    'account-closed': 'The account is closed.',
    'not-permitted': 'That much is not for you to deposit.',
  },
  example: {
    params: { accountId: 'main' },
    body: { amount: 100 },
    response: { accountId: 'main', by: null, revision: 1, position: 2 },
  },
});

export const closeAccount = command({
  operationId: 'closeAccount',
  method: 'POST',
  path: '/v1/accounts/:accountId/close',
  tag: 'agency',
  summary: 'Close an account',
  permission: 'clients:write',
  params: { accountId: id },
  body: z.strictObject({ reason: z.string().optional() }),
  response: z.object({ ...receipt }),
  refusals: {},
  example: { params: { accountId: 'main' }, response: { revision: 1, position: 2 } },
});

export const importDeposits = command({
  operationId: 'importDeposits',
  method: 'POST',
  path: '/v1/imports',
  tag: 'agency',
  summary: 'Import deposits from a file',
  permission: 'imports:write',
  contentTypes: ['text/csv'],
  bodyLimit: 2_000,
  body: z.string().min(1),
  response: z.object({ lines: z.int() }),
  refusals: {},
  example: { body: 'main,100', response: { lines: 1 } },
});

/** Does what its body says: throws, or answers against its contract. */
export const misbehave = command({
  operationId: 'misbehave',
  method: 'PUT',
  path: '/v1/misbehaviour',
  tag: 'agency',
  summary: 'Misbehave on purpose',
  permission: 'agency:configure',
  body: z.strictObject({ how: z.string() }),
  response: z.object({ fine: z.boolean() }),
  refusals: {},
  example: { body: { how: 'throw' }, response: { fine: false } },
});

export const getAccount = question({
  operationId: 'getAccount',
  path: '/v1/accounts/:accountId',
  tag: 'agency',
  summary: 'An account and its balance',
  permission: 'clients:read',
  params: { accountId: id },
  query: { knownAt: z.string().optional() },
  response: z.object({
    accountId: id,
    balance: z.int(),
    cost: z.int().nullable(),
    instant: z.string(),
    knownAt: z.int(),
  }),
  refusals: { 'account-forgotten': 'The account was forgotten.' },
  example: {
    params: { accountId: 'main' },
    response: { accountId: 'main', balance: 100, cost: null, instant: '2026-03-16T09:00:00.000Z', knownAt: 2 },
  },
});

export const listAccounts = question({
  operationId: 'listAccounts',
  path: '/v1/accounts',
  tag: 'agency',
  summary: 'Accounts by id',
  permission: 'clients:read',
  query: {
    limit: z.coerce.number().int().min(1).max(200).default(2),
    cursor: z.string().max(1_000).optional(),
    atLeast: z.coerce.number().int().optional(),
  },
  response: z.object({
    accounts: z.array(z.object({ accountId: id, balance: z.int() })),
    nextCursor: z.string().nullable(),
  }),
  example: { response: { accounts: [{ accountId: 'main', balance: 100 }], nextCursor: null } },
});

export const contracts = [openAccount, deposit, closeAccount, importDeposits, misbehave, getAccount, listAccounts];
