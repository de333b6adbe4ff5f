import type { Command } from '@headroom/contracts/rest';
import type { z } from 'zod';

/** Whose key a step is sent with. */
export type Actor = 'owner' | 'finance' | 'manager';

/** One command of the demo, as it goes to the API. */
export interface Step {
  readonly operationId: string;
  readonly as: Actor;
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly body: object;
}

const urlOf = ({ path }: Command, params: Readonly<Record<string, string>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });

/** A command, checked against its contract when this file is compiled. */
export const step = <O extends Command>(
  operation: O,
  body: z.input<O['body']> & object,
  options: { readonly params?: { readonly [Name in keyof O['params']['shape']]: string }; readonly as?: Actor } = {},
): Step => ({
  operationId: operation.operationId,
  as: options.as ?? 'manager',
  method: operation.method === 'PUT' ? 'PUT' : 'POST',
  url: urlOf(operation, options.params ?? {}),
  body,
});

/** Whole roubles as money. */
export const rub = (roubles: number) => ({ minor: Math.round(roubles * 100), currency: 'RUB' });

/** Hours as seconds. */
export const hours = (count: number): number => Math.round(count * 3_600);
