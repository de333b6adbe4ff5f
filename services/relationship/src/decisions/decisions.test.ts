import type { DomainEvent, Evolution } from '@headroom/kernel';
import t from 'tap';
import type { ClientEvent, ExtraPaymentEvent, InteractionEvent, RequestEvent } from '../events/streams.ts';
import { clientEvolution, decideRegisterClient } from './client.ts';
import { decideAgree, decideDecline } from './extra-payments/answer.ts';
import { decidePropose, extraPaymentEvolution, type ProposeExtraPayment } from './extra-payments/extra-payment.ts';
import { decideLogInteraction, interactionsEvolution, type LogInteraction } from './interaction.ts';
import { decideClassify } from './requests/classify.ts';
import { decideRegisterRequest, type RegisterClientRequest } from './requests/register.ts';
import { requestEvolution } from './requests/request.ts';

/** `given(evolution, events).when(decide)`: what is decided in the state that the events left. */
const given = <State, Event extends DomainEvent>(evolution: Evolution<State, Event>, ...events: Event[]) => ({
  when: <Decided>(decide: (state: State) => Decided): Decided =>
    decide(events.reduce(evolution.evolve, evolution.initial())),
});
const rub = (minor: number) => ({ minor, currency: 'RUB' });

const registered: ClientEvent = {
  type: 'ClientRegistered',
  data: { clientId: 'flora', name: 'Flora', since: '2025-02-03', externalRef: null },
};

t.test('a client is registered once', async (t) => {
  const register = { clientId: 'flora', name: 'Flora', since: '2025-02-03' };
  const decide = (state: Parameters<typeof decideRegisterClient>[1]) => decideRegisterClient(register, state);
  t.strictSame(given(clientEvolution).when(decide), { accepted: [registered] });
  t.strictSame(
    given(clientEvolution).when((state) => decideRegisterClient({ ...register, externalRef: 'CRM-1' }, state)),
    { accepted: [{ type: 'ClientRegistered', data: { ...registered.data, externalRef: 'CRM-1' } }] },
  );
  t.strictSame(given(clientEvolution, registered).when(decide), { refused: 'client-exists' });
});

const logged: InteractionEvent = {
  type: 'InteractionLogged',
  data: {
    interactionId: 'call-1',
    clientId: 'flora',
    projectId: 'flora-site',
    channel: 'call',
    direction: 'inbound',
    occurredAt: '2026-03-31T23:30:00Z',
    occurredOn: '2026-04-01',
    seconds: 900,
    planned: false,
    note: null,
  },
};

t.test('a contact is logged for the agency’s day', async (t) => {
  const log: LogInteraction = {
    interactionId: 'call-1',
    clientId: 'flora',
    projectId: 'flora-site',
    channel: 'call',
    direction: 'inbound',
    occurredAt: '2026-03-31T23:30:00Z',
    seconds: 900,
    planned: false,
  };
  const around = { occurredOn: '2026-04-01', client: { registered: true }, project: { clientId: 'flora' } };
  const when = (change: Partial<LogInteraction>, surroundings: Partial<typeof around | Record<string, undefined>>) =>
    given(interactionsEvolution).when((state) =>
      decideLogInteraction({ ...log, ...change }, state, { ...around, ...surroundings } as typeof around),
    );
  t.strictSame(when({}, {}), { accepted: [logged] });
  t.strictSame(when({ projectId: undefined, note: 'A question' }, { project: undefined }), {
    accepted: [{ type: 'InteractionLogged', data: { ...logged.data, projectId: null, note: 'A question' } }],
  });
  t.strictSame(when({}, { occurredOn: undefined }), { refused: 'agency-not-configured' });
  t.strictSame(when({}, { client: { registered: false } }), { refused: 'client-not-found' });
  t.strictSame(when({}, { project: undefined }), { refused: 'project-not-found' });
  t.strictSame(when({}, { project: { clientId: 'granit' } }), { refused: 'project-of-another-client' });
  t.strictSame(
    given(interactionsEvolution, logged).when((state) => decideLogInteraction(log, state, around)),
    { refused: 'interaction-exists' },
  );
});

const links = { requestId: 'font', clientId: 'flora', projectId: 'flora-site', stageId: null };
const asked: RequestEvent = {
  type: 'ClientRequestRegistered',
  data: {
    ...links,
    askedBy: 'Vera',
    channel: 'chat',
    askedAt: '2026-03-20T08:05:00Z',
    askedOn: '2026-03-20',
    words: 'Another font?',
  },
};
const landing = { projectId: 'flora-site', clientId: 'flora', currency: 'RUB' };

t.test('a request is registered for the client of its project', async (t) => {
  const register: RegisterClientRequest = {
    requestId: 'font',
    projectId: 'flora-site',
    askedBy: 'Vera',
    channel: 'chat',
    askedAt: '2026-03-20T08:05:00Z',
    words: 'Another font?',
  };
  const around = { askedOn: '2026-03-20', project: { clientId: 'flora' }, stage: undefined };
  const when = (
    change: Partial<RegisterClientRequest>,
    surroundings: Partial<Parameters<typeof decideRegisterRequest>[2]>,
  ) =>
    given(requestEvolution).when((state) =>
      decideRegisterRequest({ ...register, ...change }, state, { ...around, ...surroundings }),
    );
  t.strictSame(when({}, {}), { accepted: [asked] });
  t.strictSame(when({ stageId: 'landing' }, { stage: landing }), {
    accepted: [{ type: 'ClientRequestRegistered', data: { ...asked.data, stageId: 'landing' } }],
  });
  t.strictSame(when({}, { askedOn: undefined }), { refused: 'agency-not-configured' });
  t.strictSame(when({}, { project: undefined }), { refused: 'project-not-found' });
  t.strictSame(when({ stageId: 'landing' }, {}), { refused: 'stage-not-found' });
  t.strictSame(when({ stageId: 'landing' }, { stage: { ...landing, projectId: 'other' } }), {
    refused: 'stage-of-another-project',
  });
  t.strictSame(
    given(requestEvolution, asked).when((state) => decideRegisterRequest(register, state, around)),
    { refused: 'request-exists' },
  );
});

t.test('a request may be classified again, and keeps its stage unless another is named', async (t) => {
  const classify = { scope: 'out-of-scope', rationale: 'One typeface was agreed' } as const;
  const around = { today: '2026-03-21', stage: undefined };
  const classified = (change: object): RequestEvent => ({
    type: 'RequestClassified',
    data: { ...links, ...classify, contractClause: null, classifiedOn: '2026-03-21', ...change },
  });
  const when = (change: object, surroundings: object, ...events: RequestEvent[]) =>
    given(requestEvolution, ...events).when((state) =>
      decideClassify({ ...classify, ...change }, state, { ...around, ...surroundings }),
    );
  t.strictSame(when({}, {}, asked), { accepted: [classified({})] });
  t.strictSame(when({ contractClause: 'Annex 1', classifiedOn: '2026-03-20' }, {}, asked), {
    accepted: [classified({ contractClause: 'Annex 1', classifiedOn: '2026-03-20' })],
  });
  const withStage = classified({ stageId: 'landing' });
  t.strictSame(when({ stageId: 'landing' }, { stage: landing }, asked), { accepted: [withStage] });
  t.strictSame(when({ scope: 'in-scope' }, {}, asked, withStage), {
    accepted: [classified({ scope: 'in-scope', stageId: 'landing' })],
  });
  t.strictSame(when({}, {}), { refused: 'request-not-found' });
  t.strictSame(when({}, { today: undefined }, asked), { refused: 'agency-not-configured' });
  t.strictSame(when({ stageId: 'landing' }, {}, asked), { refused: 'stage-not-found' });
  t.strictSame(when({ stageId: 'landing' }, { stage: { ...landing, projectId: 'other' } }, asked), {
    refused: 'stage-of-another-project',
  });
  t.strictSame(when({ classifiedOn: '2026-03-19' }, {}, asked), {
    refused: 'before-request',
    detail: { askedOn: '2026-03-20' },
  });
});

const paymentLinks = {
  extraPaymentId: 'extra',
  requestId: 'font',
  stageId: 'landing',
  projectId: 'flora-site',
  clientId: 'flora',
};
const fontShown = { stageId: null, on: '2026-03-20', at: null, seconds: 7200 };
const proposed: ExtraPaymentEvent = {
  type: 'ExtraPaymentProposed',
  data: {
    ...paymentLinks,
    amount: rub(1_500_000),
    estimatedCost: rub(0),
    proposedOn: '2026-03-23',
    evidence: [{ kind: 'request', ref: 'font', note: null, shown: fontShown }],
  },
};

t.test('an extra payment is proposed for a stage, and perhaps for a request', async (t) => {
  const propose: ProposeExtraPayment = {
    extraPaymentId: 'extra',
    stageId: 'landing',
    requestId: 'font',
    amount: rub(1_500_000),
    evidence: [{ kind: 'request', ref: 'font', note: null }],
  };
  const request = { ...links, askedOn: '2026-03-20' };
  const around = { today: '2026-03-23', stage: landing, request, seen: [fontShown] };
  type Around = Parameters<typeof decidePropose>[2];
  const when = (change: Partial<ProposeExtraPayment>, surroundings: Partial<Around>) =>
    given(extraPaymentEvolution).when((state) =>
      decidePropose({ ...propose, ...change }, state, { ...around, ...surroundings }),
    );
  t.strictSame(when({}, {}), { accepted: [proposed] });
  const changed = { estimatedCost: rub(465_600), proposedOn: '2026-03-22', requestId: undefined };
  t.strictSame(when(changed, { request: undefined }), {
    accepted: [{ type: 'ExtraPaymentProposed', data: { ...proposed.data, ...changed, requestId: null } }],
  });
  t.strictSame(when({}, { today: undefined }), { refused: 'agency-not-configured' });
  t.strictSame(when({}, { stage: undefined }), { refused: 'stage-not-found' });
  t.strictSame(when({}, { request: undefined }), { refused: 'request-not-found' });
  t.strictSame(when({}, { request: { ...request, projectId: 'other' } }), { refused: 'request-of-another-project' });
  const mismatch = { refused: 'currency-mismatch', detail: { currency: 'RUB' } };
  t.strictSame(when({ amount: { minor: 1, currency: 'EUR' } }, {}), mismatch);
  t.strictSame(when({ estimatedCost: { minor: 1, currency: 'EUR' } }, {}), mismatch);
  t.strictSame(when({}, { seen: ['missing'] }), {
    refused: 'evidence-not-found',
    detail: { kind: 'request', ref: 'font' },
  });
  t.strictSame(when({}, { seen: [{ ...fontShown, stageId: 'other' }] }), {
    refused: 'evidence-of-another-stage',
    detail: { kind: 'request', ref: 'font', stageId: 'other' },
  });
  t.strictSame(
    given(extraPaymentEvolution, proposed).when((state) => decidePropose(propose, state, around)),
    { refused: 'extra-payment-exists' },
  );
});

const agreement = { agreedBy: 'Vera', channel: 'email', evidence: [] } as const;
const agreed: ExtraPaymentEvent = {
  type: 'ExtraPaymentAgreed',
  data: {
    ...paymentLinks,
    amount: rub(1_500_000),
    estimatedCost: rub(0),
    agreedOn: '2026-03-24',
    agreedBy: 'Vera',
    channel: 'email',
    evidence: [],
    agreedAt: null,
    attachment: null,
    portalKey: null,
    disputeId: null,
  },
};
const declined: ExtraPaymentEvent = {
  type: 'ExtraPaymentDeclined',
  data: {
    ...paymentLinks,
    amount: rub(1_500_000),
    declinedOn: '2026-03-24',
    declinedBy: 'Vera',
    words: 'Not in this quarter',
  },
};

t.test('the client agrees to what was proposed or to less', async (t) => {
  const when = (change: object, today: string | undefined, ...events: ExtraPaymentEvent[]) =>
    given(extraPaymentEvolution, ...events).when((state) =>
      decideAgree({ ...agreement, evidence: [], ...change }, state, { today }),
    );
  t.strictSame(when({}, '2026-03-24', proposed), { accepted: [agreed] });
  const less = { amount: rub(1_000_000), agreedOn: '2026-03-23' };
  t.strictSame(when(less, '2026-03-24', proposed), {
    accepted: [{ type: 'ExtraPaymentAgreed', data: { ...agreed.data, ...less } }],
  });
  t.strictSame(when({}, '2026-03-24'), { refused: 'extra-payment-not-found' });
  t.strictSame(when({}, '2026-03-24', proposed, agreed), { refused: 'already-agreed' });
  t.strictSame(when({}, '2026-03-24', proposed, declined), { refused: 'already-declined' });
  t.strictSame(when({}, undefined, proposed), { refused: 'agency-not-configured' });
  t.strictSame(when({}, '2026-03-22', proposed), {
    refused: 'before-proposal',
    detail: { proposedOn: '2026-03-23' },
  });
  t.strictSame(when({ amount: { minor: 1, currency: 'EUR' } }, '2026-03-24', proposed), {
    refused: 'currency-mismatch',
    detail: { currency: 'RUB' },
  });
  t.strictSame(when({ amount: rub(1_500_001) }, '2026-03-24', proposed), {
    refused: 'above-proposal',
    detail: { proposedMinor: 1_500_000, currency: 'RUB' },
  });
});

t.test('the client declines, once', async (t) => {
  const decline = { declinedBy: 'Vera', words: 'Not in this quarter' };
  const when = (change: object, today: string | undefined, ...events: ExtraPaymentEvent[]) =>
    given(extraPaymentEvolution, ...events).when((state) => decideDecline({ ...decline, ...change }, state, today));
  t.strictSame(when({}, '2026-03-24', proposed), { accepted: [declined] });
  t.strictSame(when({ words: undefined, declinedOn: '2026-03-25' }, '2026-03-24', proposed), {
    accepted: [{ type: 'ExtraPaymentDeclined', data: { ...declined.data, words: null, declinedOn: '2026-03-25' } }],
  });
  t.strictSame(when({}, '2026-03-24'), { refused: 'extra-payment-not-found' });
  t.strictSame(when({}, '2026-03-24', proposed, agreed), { refused: 'already-agreed' });
  t.strictSame(when({}, '2026-03-24', proposed, declined), { refused: 'already-declined' });
  t.strictSame(when({}, undefined, proposed), { refused: 'agency-not-configured' });
  t.strictSame(when({ declinedOn: '2026-03-22' }, '2026-03-24', proposed), {
    refused: 'before-proposal',
    detail: { proposedOn: '2026-03-23' },
  });
});
