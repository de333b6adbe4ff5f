import t from 'tap';
import { KeptAnswers, keptBy } from './kept-answers.ts';

const made = (snapshot: string, text: string | undefined) => ({
  snapshot,
  text,
  reply: { kind: 'answer' as const, body: {} },
});

t.test('a text lasts until something is written', async (t) => {
  const kept = new KeptAnswers();
  let times = 0;
  const make = async () => made('b', `answer ${++times}`);
  const [first, second] = await Promise.all([kept.make('March', 'a', make), kept.make('March', 'a', make)]);
  t.equal(first, second, 'made once for two who ask at once');
  t.equal(kept.text('March', 'b'), 'answer 1', 'kept for the snapshot that it was made of');
  t.equal(kept.text('March', 'a'), undefined);
  t.equal(kept.text('April', 'b'), undefined);
  await kept.make('March', 'c', async () => made('c', 'answer of c'));
  t.equal(kept.text('March', 'c'), 'answer of c');
  t.equal(kept.text('March', 'b'), undefined);
});

t.test('neither refusals nor failures are kept, and nobody pays for another’s failure', async (t) => {
  const kept = new KeptAnswers();
  const failing = kept.make('March', 'a', () => Promise.reject(new Error('the connection broke')));
  const waiting = kept.make('March', 'a', async () => made('a', undefined));
  await t.rejects(failing, { message: 'the connection broke' });
  t.match(await waiting, { snapshot: 'a' });
  t.equal(kept.text('March', 'a'), undefined);
});

const asked = {
  params: { stageId: 'landing' },
  query: { asOf: '2026-03-31' },
  caller: { tenantId: 'acme', actor: 'key:1', permissions: new Set(['figures:read'] as const), seesRates: false },
  instant: '2026-03-31T21:59:59.000Z',
};

t.test('a key tells apart whatever changes an answer', async (t) => {
  const key = keptBy('getStage', asked as never);
  t.equal(keptBy('getStage', { ...asked, instant: '2026-03-31T21:45:00.000Z' } as never), key);
  const others = [
    { ...asked, instant: '2026-03-31T22:00:00.000Z' },
    { ...asked, query: { ...asked.query, lang: 'ru' } },
    { ...asked, params: { stageId: 'shop' } },
    { ...asked, query: {} },
    { ...asked, caller: { ...asked.caller, tenantId: 'other' } },
    { ...asked, caller: { ...asked.caller, actor: 'key:2' } },
    { ...asked, caller: { ...asked.caller, seesRates: true } },
    { ...asked, caller: { ...asked.caller, permissions: new Set() } },
    { ...asked, caller: { ...asked.caller, specialistId: 'anna' } },
  ].map((other) => keptBy('getStage', other as never));
  t.equal(new Set([key, keptBy('getProject', asked as never), ...others]).size, others.length + 2);
});
