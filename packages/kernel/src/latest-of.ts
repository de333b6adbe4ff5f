import type { DomainEvent, Evolution } from './decision.ts';

/** What a stream said last with one type of event. */
export interface Latest<Data> {
  data: Data | undefined;
}

/**
 * Keeps the data of the newest event of one type and lets all others pass: all that a service needs of a stream
 * that another one owns.
 */
export const latestOf = <Type extends string, Data>(type: Type): Evolution<Latest<Data>, DomainEvent<Type, Data>> => ({
  initial: () => ({ data: undefined }),
  evolve: (state, event) => {
    if (event.type === type) state.data = event.data;
    return state;
  },
});
