import { defaultLoyaltySettings, defaultRuleSettings } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/relationship';
import { isCommand } from '@headroom/http';
import t from 'tap';
import { contextOf, type Office, openOffice } from '../../test-support/office.ts';
import { rub } from '../../test-support/scene.ts';
import { statedProfitability } from '../../test-support/stated-profitability.ts';
import { relationshipCommands } from '../rest/commands.ts';

const operations = Object.values(contract).filter((each) => each.kind === 'command');

const unread = async (): Promise<never> => {
  throw new Error('these commands look at nothing but the log');
};

const depsOf = (commands: Office['commands']) => ({
  commands,
  readModels: {
    live: unread,
    snapshot: unread,
    at: unread,
    near: unread,
    supposing: unread,
    rows: unread,
    row: unread,
    part: unread,
    caughtUp: unread,
  },
  profitability: statedProfitability({}),
  rulings: { writeOff: unread, markGoodwill: unread },
  actorsOf: unread,
});

/** Sends a command as the API would; an accepted one must answer as its contract says. */
const sender =
  ({ commands }: Office) =>
  async (operationId: string, key: string, body: object, params: object = {}) => {
    const operation = operations.find((each) => each.operationId === operationId);
    const bound = relationshipCommands(depsOf(commands)).find((each) => each.operation === operation);
    if (operation === undefined || bound === undefined || !isCommand(bound)) throw new Error(`no ${operationId}`);
    const context = contextOf(key);
    const caller = { tenantId: 'acme', actor: 'key:1', permissions: new Set<never>(), seesRates: true };
    const reply = await bound.handle({
      params: operation.params.parse(params) as never,
      query: {},
      body: operation.body.parse(body) as never,
      caller,
      context,
    });
    return reply.kind === 'accepted' ? { ...reply, body: operation.response.parse(reply.body) } : reply;
  };

/** An agency in Moscow with two projects, each with a stage. */
const settle = async ({ told }: Office): Promise<void> => {
  await told('agency-acme', {
    type: 'AgencyConfigured',
    data: {
      name: 'Northlight',
      currency: 'RUB',
      timeZone: 'Europe/Moscow',
      costBasis: 'billable',
      loyalty: defaultLoyaltySettings,
      ...defaultRuleSettings,
    },
  });
  for (const [projectId, stageId] of [
    ['flora-site', 'landing'],
    ['granit-site', 'catalogue'],
  ] as const) {
    const clientId = projectId.slice(0, projectId.indexOf('-'));
    await told(`project-acme/${projectId}`, {
      type: 'ProjectOpened',
      data: {
        projectId,
        clientId,
        name: projectId,
        managerId: 'boris',
        serviceType: null,
        openedOn: '2026-03-01',
        externalRef: null,
      },
    });
    await told(`stage-acme/${stageId}`, {
      type: 'StagePlanned',
      data: {
        stageId,
        projectId,
        clientId,
        name: stageId,
        serviceType: null,
        billing: { kind: 'fixed', fee: rub(20_000_000) },
        plannedRevenue: rub(20_000_000),
        plannedWork: [],
        plannedActivities: [],
        plannedExpenses: rub(0),
        startsOn: null,
        endsOn: null,
        externalRef: null,
      },
    });
  }
};

t.test('commands read what other services wrote, and write what they say', async (t) => {
  const office = await openOffice(t);
  const send = sender(office);
  const call = { channel: 'call', direction: 'inbound', planned: false, occurredAt: '2026-03-31T22:30:00Z' };
  const flora = { clientId: 'flora' };
  await settle(office);
  t.match(await send('logInteraction', 'no-client', call, flora), { code: 'client-not-found' });

  const register = { ...flora, name: 'Flora', since: '2025-02-03', reason: 'Signed' };
  const client = await send('registerClient', 'client', register);
  t.match(client, { kind: 'accepted', body: { clientId: 'flora', revision: 0 }, replayed: false });
  t.equal((await office.store.readStream('client-acme/flora'))[0]?.meta.reason, 'Signed');
  t.match(await send('registerClient', 'client', register), { body: { clientId: 'flora' }, replayed: true });
  t.match(await send('registerClient', 'client-2', register), { kind: 'refused', code: 'client-exists' });

  t.match(await send('logInteraction', 'call', { ...call, projectId: 'flora-site' }, flora), {
    body: { clientId: 'flora', occurredOn: '2026-04-01' },
    revision: 0,
  });
  const march = await office.store.readStream('interactions-acme/flora/2026-03');
  t.match(march, [{ type: 'InteractionLogged', data: { occurredOn: '2026-04-01', seconds: 0 } }]);
  const edge = { ...call, occurredAt: '2100-12-31T23:30:00Z' };
  t.match(await send('logInteraction', 'edge', edge, flora), { body: { occurredOn: '2101-01-01' } });
  const elsewhere = { ...call, projectId: 'granit-site' };
  t.match(await send('logInteraction', 'other', elsewhere, flora), { code: 'project-of-another-client' });
  t.match(await send('logInteraction', 'none', { ...call, projectId: 'none' }, flora), { code: 'project-not-found' });

  const content = { score: 8, statedBy: 'Vera' };
  t.match(await send('recordSatisfaction', 'content', content, flora), {
    body: { clientId: 'flora', projectId: null, score: 8, statedOn: '2026-03-24', words: null },
  });
  t.match(await send('recordSatisfaction', 'content', content, flora), { replayed: true });
  const named = { ...content, satisfactionId: 's1', projectId: 'flora-site' };
  t.match(await send('recordSatisfaction', 'named', named, flora), { kind: 'accepted', revision: 1 });
  t.match(await send('recordSatisfaction', 'twice', named, flora), { code: 'satisfaction-exists' });
  t.match(await send('recordSatisfaction', 'of', { ...named, ...{ projectId: 'granit-site' } }, flora), {
    code: 'project-of-another-client',
  });
  t.match(await send('recordSatisfaction', 'no', { ...named, projectId: 'none' }, flora), {
    code: 'project-not-found',
  });
  t.match(await send('recordSatisfaction', 'who', content, { clientId: 'none' }), { code: 'client-not-found' });

  const ask = {
    projectId: 'flora-site',
    askedBy: 'Vera',
    channel: 'chat',
    askedAt: '2026-03-20T08:05:00Z',
    words: 'A font?',
  };
  t.match(await send('registerClientRequest', 'ask', { ...ask, requestId: 'font', stageId: 'landing' }), {
    body: { requestId: 'font', clientId: 'flora', stageId: 'landing', askedOn: '2026-03-20' },
  });
  t.match(await send('registerClientRequest', 'ask-2', { ...ask, stageId: 'catalogue' }), {
    code: 'stage-of-another-project',
  });
  t.match(await send('registerClientRequest', 'ask-3', { ...ask, stageId: 'none' }), { code: 'stage-not-found' });
  t.match(await send('registerClientRequest', 'ask-4', { ...ask, projectId: 'none' }), { code: 'project-not-found' });

  const classify = { scope: 'out-of-scope', rationale: 'One typeface' };
  t.match(await send('classifyRequest', 'classify', classify, { requestId: 'font' }), {
    body: { stageId: 'landing', scope: 'out-of-scope', contractClause: null, classifiedOn: '2026-03-24', revision: 1 },
  });
  t.match(await send('classifyRequest', 'classify-2', classify, { requestId: 'none' }), { code: 'request-not-found' });

  const propose = { stageId: 'landing', amount: rub(1_500_000), requestId: 'font' };
  t.match(await send('proposeExtraPayment', 'propose', { ...propose, extraPaymentId: 'extra' }), {
    body: { extraPaymentId: 'extra', clientId: 'flora', estimatedCost: rub(0), proposedOn: '2026-03-24' },
  });
  t.match(await send('proposeExtraPayment', 'p2', { ...propose, stageId: 'none' }), { code: 'stage-not-found' });
  t.match(await send('proposeExtraPayment', 'p3', { ...propose, requestId: 'none' }), { code: 'request-not-found' });
  t.match(await send('proposeExtraPayment', 'p4', { ...propose, stageId: 'catalogue' }), {
    code: 'request-of-another-project',
  });

  const answer = { agreedBy: 'Vera', channel: 'email' };
  const extra = { extraPaymentId: 'extra' };
  t.match(await send('agreeExtraPayment', 'agree', { ...answer, amount: rub(1_000_000) }, extra), {
    body: { amount: rub(1_000_000), agreedOn: '2026-03-24', revision: 1 },
  });
  t.match(await send('declineExtraPayment', 'decline', { declinedBy: 'Vera' }, extra), { code: 'already-agreed' });
  await send('proposeExtraPayment', 'again', { ...propose, extraPaymentId: 'second' });
  t.match(await send('declineExtraPayment', 'decline-2', { declinedBy: 'Vera' }, { extraPaymentId: 'second' }), {
    body: { declinedOn: '2026-03-24', declinedBy: 'Vera', amount: rub(1_500_000) },
  });
  t.match(await send('agreeExtraPayment', 'late', answer, { extraPaymentId: 'none' }), {
    code: 'extra-payment-not-found',
  });
});

t.test('ids that are made belong to the key, so a retry finds its stream', async (t) => {
  const office = await openOffice(t);
  const send = sender(office);
  await settle(office);
  const made = async (operationId: string, id: string, body: object, params: object = {}) => {
    const first = await send(operationId, `${operationId}-1`, body, params);
    const again = await send(operationId, `${operationId}-1`, body, params);
    const other = await send(operationId, `${operationId}-2`, body, params);
    const idOf = (reply: object) => (reply as { body: Record<string, string> }).body[id];
    t.equal(idOf(again), idOf(first), operationId);
    t.not(idOf(other), idOf(first), operationId);
    t.match([again, other], [{ replayed: true }, { replayed: false }]);
    return idOf(first) ?? '';
  };
  const clientId = await made('registerClient', 'clientId', { name: 'Flora', since: '2025-02-03' });
  const call = { channel: 'call', direction: 'inbound', planned: false, occurredAt: '2026-03-17T09:00:00Z' };
  await made('logInteraction', 'interactionId', call, { clientId });
  const ask = {
    projectId: 'flora-site',
    askedBy: 'Vera',
    channel: 'chat',
    askedAt: '2026-03-20T08:05:00Z',
    words: 'A font?',
  };
  await made('registerClientRequest', 'requestId', ask);
  await made('proposeExtraPayment', 'extraPaymentId', { stageId: 'landing', amount: rub(100) });
  t.match(await send('registerClient', 'registerClient-1', { name: 'Flora', since: '2025-02-03', clientId }), {
    replayed: true,
  });
});
