import type { Decision, DomainEvent, Evolution } from '@headroom/kernel';

/** `given(evolution, ...events).when(decide)`: what a decision answers after some events. */
export const given = <State, Event extends DomainEvent>(evolution: Evolution<State, Event>, ...events: Event[]) => ({
  when: <Code extends string>(decide: (state: State) => Decision<Event, Code>): Decision<Event, Code> =>
    decide(events.reduce((state, event) => evolution.evolve(state, structuredClone(event)), evolution.initial())),
});
