import { accept, type Decision, type DomainEvent, refuse, streamName } from '@headroom/kernel';
import type { CommandContext, StreamKind, Wish } from '../src/command.ts';

type AccountEvent =
  | DomainEvent<'Opened', { readonly owner: string }>
  | DomainEvent<'Deposited', { readonly amount: number; readonly by: string }>
  | DomainEvent<'Closed', Record<string, never>>;

type AccountRefusal = 'account-closed' | 'account-exists' | 'no-account';

export interface Account {
  status: 'none' | 'open' | 'closed';
  balance: number;
  deposits: string[];
}

export type AccountWish = Wish<Account, AccountEvent, AccountRefusal>;

/** A domain just large enough to try commands on. */
export const account: StreamKind<Account, AccountEvent> = {
  category: 'account',
  upcast: (type, data) => ({ type, data }),
  evolution: {
    initial: () => ({ status: 'none', balance: 0, deposits: [] }),
    evolve: (state, event) => {
      if (event.type === 'Opened') state.status = 'open';
      if (event.type === 'Closed') state.status = 'closed';
      if (event.type === 'Deposited') {
        state.balance += event.data.amount;
        state.deposits.push(event.data.by);
      }
      return state;
    },
  },
};

export const accountId = (name: string, tenantId = 'acme'): string => streamName('account', tenantId, name);

const contextOf = (commandKey: string, content: string, more: Partial<CommandContext>): CommandContext => ({
  tenantId: 'acme',
  actor: 'key:test',
  commandKey,
  fingerprint: `fingerprint of ${content}`,
  correlationId: 'request-1',
  now: '2026-03-16T09:00:00.000Z',
  ...more,
});

type Decide = (state: Account) => Decision<AccountEvent, AccountRefusal>;

const wish =
  (verb: string, decide: (amount: number, key: string) => Decide) =>
  (name: string, key: string, amount = 1, more: Partial<CommandContext> = {}): AccountWish => ({
    kind: account,
    streamId: accountId(name, more.tenantId),
    context: contextOf(key, `${verb} ${name} ${amount}`, more),
    decide: decide(amount, key),
  });

export const open = wish(
  'open',
  () => (state) =>
    state.status === 'none' ? accept({ type: 'Opened', data: { owner: 'Anna' } }) : refuse('account-exists'),
);

/** Two events of one command: of `amount` and of nothing. */
export const deposit = wish('deposit', (amount, by) => (state) => {
  if (state.status === 'none') return refuse('no-account');
  if (state.status === 'closed') return refuse('account-closed', { balance: state.balance });
  return accept({ type: 'Deposited', data: { amount, by } }, { type: 'Deposited', data: { amount: 0, by } });
});

export const close = wish('close', () => (state) => {
  if (state.status === 'none') return refuse('no-account');
  return state.status === 'closed' ? accept() : accept({ type: 'Closed', data: {} });
});
