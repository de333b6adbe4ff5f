import type { CommandContext, Commands, StreamKind } from '@headroom/commanding';
import { UnknownOutcome } from '@headroom/event-store';
import { accept, type DomainEvent, derivedId, refuse, streamName } from '@headroom/kernel';
import { afterRow, projection, table } from '@headroom/projecting';
import { type Bound, bindCommand, bindQuestion, decodeCursor, encodeCursor } from '../src/index.ts';
import * as contract from './toy-contracts.ts';

type AccountEvent =
  | DomainEvent<'Opened', { readonly accountId: string; readonly owner: string }>
  | DomainEvent<'Deposited', { readonly accountId: string; readonly amount: number }>
  | DomainEvent<'Closed', { readonly accountId: string }>;

const kind: StreamKind<{ status: 'none' | 'open' | 'closed' }, AccountEvent> = {
  category: 'account',
  upcast: (type, data) => ({ type, data }),
  evolution: {
    initial: () => ({ status: 'none' }),
    evolve: (_, { type }) => ({ status: type === 'Closed' ? 'closed' : 'open' }),
  },
};

interface AccountRow {
  tenantId: string;
  accountId: string;
  balance: number;
}

const accounts = table<AccountRow>('accounts', {
  columns: { tenantId: 'text', accountId: 'text', balance: 'integer' },
  key: ['tenantId', 'accountId'],
});

export const balances = projection<{
  Opened: { accountId: string };
  Deposited: { accountId: string; amount: number };
}>({
  name: 'balances',
  version: 1,
  tables: [accounts],
  upcast: (type, data) => ({ type, data }),
  handlers: {
    Opened: {
      fold: (rows, { tenantId, data }) => rows.put(accounts, { tenantId, accountId: data.accountId, balance: 0 }),
    },
    Deposited: {
      needs: (needs, { tenantId, data }) => needs.row(accounts, tenantId, data.accountId),
      fold: (rows, { tenantId, data }) => {
        const row = rows.edit(accounts, tenantId, data.accountId);
        if (row) row.balance += data.amount;
      },
    },
  },
});

const misdeeds: Readonly<Record<string, () => never>> = {
  throw: () => {
    throw new Error('select secret from salaries');
  },
  unknown: () => {
    throw new UnknownOutcome('the reply was lost');
  },
  unreachable: () => {
    throw Object.assign(new Error('connect ECONNREFUSED /tmp/headroom'), { code: 'ECONNREFUSED' });
  },
};

const drifts: Readonly<Record<string, unknown>> = {
  'undeclared member': { fine: true, salary: 1 },
  'wrong type': { fine: 'yes' },
};

const stream = (context: CommandContext, accountId: string) => streamName('account', context.tenantId, accountId);

const commandsOf = (commands: Commands): Bound[] => [
  bindCommand(contract.openAccount, async ({ body, context }) => {
    const accountId = body.accountId ?? derivedId(context.tenantId, context.commandKey);
    const { owner } = body;
    const outcome = await commands.execute({
      kind,
      streamId: stream(context, accountId),
      context,
      decide: ({ status }) =>
        status === 'none' ? accept({ type: 'Opened', data: { accountId, owner } }) : refuse('account-exists'),
    });
    return outcome.kind === 'accepted'
      ? { ...outcome, body: { accountId, owner, revision: outcome.revision, position: outcome.position } }
      : outcome;
  }),

  bindCommand(contract.deposit, async ({ params: { accountId }, body, query, context, caller }) => {
    if (body.note === 'impossible')
      return { kind: 'invalid', errors: [{ pointer: '/note', message: 'that cannot be' }] };
    if (query.dryRun === 'true')
      return { kind: 'accepted', body: { accountId, by: null, revision: 0, position: 0 }, replayed: false };
    const outcome = await commands.execute({
      kind,
      streamId: stream(context, accountId),
      context,
      decide: ({ status }) => {
        if (status === 'none') return refuse('account-not-found');
        if (body.amount > 1_000) return refuse('not-permitted', { limit: 1_000, status: 200 });
        if (status === 'closed') return refuse('account-closed');
        return accept({ type: 'Deposited', data: { accountId, amount: body.amount } });
      },
    });
    if (outcome.kind !== 'accepted') return outcome;
    const { revision, position } = outcome;
    return { ...outcome, body: { accountId, by: caller.specialistId ?? null, revision, position } };
  }),

  bindCommand(contract.closeAccount, async ({ params, context }) => {
    const { accountId } = params;
    const streamId = stream(context, accountId);
    const { state } = await commands.state(kind, streamId);
    if (state.status === 'none') return { kind: 'not-found', what: 'account' };
    const outcome = await commands.execute<typeof state, AccountEvent, never>({
      kind,
      streamId,
      context,
      decide: () => accept({ type: 'Closed', data: { accountId } }),
    });
    if (outcome.kind !== 'accepted') return outcome;
    return { ...outcome, body: { revision: outcome.revision, position: outcome.position } };
  }),

  bindCommand(contract.importDeposits, async ({ body }) => ({
    kind: 'accepted',
    body: { lines: body.split('\n').length },
    replayed: false,
  })),

  bindCommand(contract.misbehave, async ({ body }) => {
    misdeeds[body.how]?.();
    if (body.how === 'hang') await new Promise((resolve) => setTimeout(resolve, 600));
    return { kind: 'accepted', body: (drifts[body.how] ?? { fine: true }) as { fine: boolean }, replayed: false };
  }),
];

const orderBy = [{ column: 'accountId' }];

const questions: Bound[] = [
  bindQuestion(contract.getAccount, {
    projections: ['balances'],
    answer: async ({ params, caller, instant }, reader) => {
      const { accountId } = params;
      if (accountId === 'forgotten') return { kind: 'refused', code: 'account-forgotten' };
      const row = await reader.get(accounts, caller.tenantId, accountId);
      if (row === undefined) return { kind: 'not-found', what: 'account' };
      const cost = caller.seesRates ? 1 : null;
      const { balance } = row;
      return { kind: 'answer', body: { accountId, balance, cost, instant, knownAt: reader.position } };
    },
    hot: async ({ params, caller, instant }, readModels) => {
      const { accountId } = params;
      if (caller.seesRates) return undefined;
      const { row, position } = await readModels.row('balances', accounts, caller.tenantId, accountId);
      if (row === undefined) return undefined;
      const { balance } = row;
      return { kind: 'answer', body: { accountId, balance, cost: null, instant, knownAt: position } };
    },
  }),

  bindQuestion(contract.listAccounts, {
    projections: ['balances'],
    answer: async ({ params, query, caller }, reader) => {
      const { limit, atLeast } = query;
      const after = decodeCursor(contract.listAccounts, { params, query });
      const rows = await reader.list(accounts, {
        where: [
          { column: 'tenantId', equals: caller.tenantId },
          ...(atLeast === undefined ? [] : [{ column: 'balance', from: atLeast }]),
        ],
        orderBy,
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const values = rows.length > limit && last !== undefined ? afterRow(accounts, orderBy, last) : undefined;
      return {
        kind: 'answer',
        body: {
          accounts: page.map(({ accountId, balance }) => ({ accountId, balance })),
          nextCursor: values === undefined ? null : encodeCursor(contract.listAccounts, { params, query }, values),
        },
      };
    },
  }),
];

/** The toy's operations, over these commands. */
export const toyOperations = (commands: Commands): Bound[] => [...commandsOf(commands), ...questions];
