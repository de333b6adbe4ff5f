import { defaultLoyaltySettings, defaultRuleSettings } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/roi';
import { isCommand } from '@headroom/http';
import t from 'tap';
import { contextOf, type Office, openOffice } from '../../test-support/office.ts';
import { client, project, rub } from '../../test-support/scene.ts';
import { roiCommands } from '../rest/commands.ts';

const operations = Object.values(contract).filter((each) => each.kind === 'command');

/** Sends a command as the API would; an accepted one must answer as its contract says. */
const sender =
  ({ commands }: Office) =>
  async (operationId: string, key: string, body: object, params: object) => {
    const operation = operations.find((each) => each.operationId === operationId);
    const bound = roiCommands(commands).find((each) => each.operation === operation);
    if (operation === undefined || bound === undefined || !isCommand(bound)) throw new Error(`no ${operationId}`);
    const reply = await bound.handle({
      params: operation.params.parse(params) as never,
      query: {},
      body: operation.body.parse(body) as never,
      caller: { tenantId: 'acme', actor: 'key:1', permissions: new Set<never>(), seesRates: true },
      context: contextOf(key),
    });
    return reply.kind === 'accepted' ? { ...reply, body: operation.response.parse(reply.body) } : reply;
  };

t.test('commands read what other services wrote, and write what they say', async (t) => {
  const office = await openOffice(t);
  const send = sender(office);
  await office.told('agency-acme', {
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
  await office.told('client-acme/flora', client);
  await office.told('project-acme/site', project('site'));
  const flora = { clientId: 'flora' };
  const site = { projectId: 'site' };

  const said = { effectiveFrom: '2025-10', closeRate: { stated: '0.25', source: 'client' }, reason: 'Her mail' };
  const facts = await send('recordBusinessFacts', 'facts', said, flora);
  t.match(facts, { body: { clientId: 'flora', closeRate: { low: '0.25' }, conversion: null, revision: 0 } });
  t.match(await office.store.readStream('clientbusiness-acme/flora'), [{ meta: { reason: 'Her mail' } }]);
  t.strictSame(await send('recordBusinessFacts', 'facts', said, flora), { ...facts, replayed: true });
  t.match(await send('recordBusinessFacts', 'facts-2', said, flora), { revision: 1 }, 'facts may be recorded again');
  t.match(await send('recordBusinessFacts', 'facts-3', said, { clientId: 'none' }), { code: 'client-not-found' });
  const euro = { effectiveFrom: '2025-10', averageCheck: { stated: { minor: 1, currency: 'EUR' }, source: 'client' } };
  t.match(await send('recordBusinessFacts', 'facts-4', euro, flora), { code: 'currency-mismatch' });

  const period = { periodFrom: '2025-07', periodTo: '2025-09', totalInquiries: 60 };
  t.match(await send('setBaseline', 'baseline', period, site), {
    body: { clientId: 'flora', months: 3, totalInquiries: 60, totalVisitors: null },
  });
  t.match(await send('setBaseline', 'baseline-2', period, { projectId: 'none' }), { code: 'project-not-found' });

  const metric = { month: '2026-01', inquiries: 41, advertisingSpend: rub(1_500_000) };
  t.match(await send('recordMetric', 'metric', metric, site), {
    body: { month: '2026-01', inquiries: 41, calls: null },
  });
  t.match(await send('recordMetric', 'metric-2', metric, site), { revision: 2 }, 'a month may be recorded again');
  t.match(await send('recordMetric', 'metric-3', metric, { projectId: 'none' }), { code: 'project-not-found' });
  t.match(await send('recordMetric', 'metric-4', { ...metric, month: '2026-04' }, site), { code: 'month-in-future' });
});

t.test('bodies that say something impossible are refused by the contract', async (t) => {
  const refused = (operation: (typeof operations)[number], body: object) =>
    t.notOk(operation.body.safeParse(body).success);
  const { recordBusinessFacts: facts, setBaseline, recordMetric } = contract;
  const share = (low: string, stated: string, high: string) => ({ stated, low, high, source: 'client' });
  refused(facts, { effectiveFrom: '2025-10' });
  refused(facts, { effectiveFrom: '2025-10', closeRate: share('0.3', '0.25', '0.4') });
  refused(facts, { effectiveFrom: '2025-10', closeRate: share('0.1', '0.25', '0.2') });
  refused(facts, { effectiveFrom: '2025-10', closeRate: { stated: '1.5', source: 'client' } });
  const mixed = { stated: rub(5), low: { minor: 1, currency: 'EUR' }, source: 'client' };
  refused(facts, { effectiveFrom: '2025-10', averageCheck: mixed });
  refused(setBaseline, { periodFrom: '2025-09', periodTo: '2025-07', totalInquiries: 1 });
  refused(setBaseline, { periodFrom: '2020-01', periodTo: '2023-01', totalInquiries: 1 });
  refused(setBaseline, { periodFrom: '2025-07', periodTo: '2025-09' });
  refused(recordMetric, { month: '2026-01' });
  refused(recordMetric, { month: '2026-13', inquiries: 1 });
  refused(recordMetric, { month: '2026-01', inquiries: -1 });
  t.ok(facts.body.safeParse({ effectiveFrom: '2025-10', closeRate: share('0.25', '0.25', '0.25') }).success);
  t.ok(setBaseline.body.safeParse({ periodFrom: '2020-01', periodTo: '2022-12', totalVisitors: 0 }).success);
});
