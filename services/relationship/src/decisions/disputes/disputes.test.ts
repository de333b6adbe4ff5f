import { type Decision, type Evolution, isRefused } from '@headroom/kernel';
import fc from 'fast-check';
import t from 'tap';
import type { RequestEvent } from '../../events/streams.ts';
import { adviseBehaviour, type BehaviourFacts } from '../behaviours/advise.ts';
import { decideBehaviour } from '../behaviours/decide.ts';
import { decideComplete } from '../requests/complete.ts';
import { type Request, requestEvolution } from '../requests/request.ts';
import { decideAssignArbiter } from './assign-arbiter.ts';
import { decideRaise, type RaiseDispute } from './raise.ts';
import { type AroundRuling, decideRule, type RuleOnDispute } from './rule.ts';
import { decideSettle } from './settle.ts';

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const folded = (...events: RequestEvent[]): Request => {
  const { initial, evolve }: Evolution<Request, RequestEvent> = requestEvolution;
  return events.reduce(evolve, initial());
};
const acceptedBy = <Event, Code extends string>(decision: Decision<Event, Code>): readonly Event[] => {
  if (isRefused(decision)) throw new Error(decision.refused);
  return decision.accepted;
};

const links = { requestId: 'font', clientId: 'flora', projectId: 'flora-site', stageId: 'landing' };
const asked: RequestEvent = {
  type: 'ClientRequestRegistered',
  data: {
    ...links,
    askedBy: 'Vera',
    channel: 'chat',
    askedAt: '2026-03-20T08:05:00Z',
    askedOn: '2026-03-20',
    words: 'A font?',
  },
};
const raise: RaiseDispute = {
  disputeId: 'd1',
  side: 'client',
  raisedBy: 'Vera',
  channel: 'email',
  words: 'It was in the brief',
};
const today = '2026-03-27';
const [disputed] = acceptedBy(decideRaise(raise, folded(asked), today)) as [RequestEvent];

t.test('a request is disputed one dispute at a time', async (t) => {
  t.match(disputed, { type: 'RequestDisputed', data: { ...links, disputedOn: today, portalKey: null } });
  t.strictSame(decideRaise(raise, folded(), today), { refused: 'request-not-found' });
  t.strictSame(decideRaise(raise, folded(asked), undefined), { refused: 'agency-not-configured' });
  t.match(decideRaise({ ...raise, disputedOn: '2026-03-19' }, folded(asked), today), { refused: 'before-request' });
  t.strictSame(decideRaise(raise, folded(asked, disputed), today), { refused: 'dispute-exists' });
  t.strictSame(decideRaise({ ...raise, disputeId: 'd2' }, folded(asked, disputed), today), {
    refused: 'dispute-open',
    detail: { disputeId: 'd1' },
  });
});

const clara = { added: true };
const assign = { disputeId: 'd1', arbiterId: 'clara' };
const nobody = { today, arbiter: clara, tie: undefined };
const [assigned] = acceptedBy(decideAssignArbiter(assign, folded(asked, disputed), nobody)) as [RequestEvent];

t.test('the arbiter is of the agency, and not of the team', async (t) => {
  const state = folded(asked, disputed);
  t.match(assigned, { type: 'ArbiterAssigned', data: { ...links, disputeId: 'd1', assignedOn: today } });
  const when = (change: object, around: object = {}) =>
    decideAssignArbiter({ ...assign, ...change }, state, { ...nobody, ...around });
  t.strictSame(when({ disputeId: 'none' }), { refused: 'dispute-not-found' });
  t.match(when({ assignedOn: '2026-03-26' }), { refused: 'before-dispute' });
  t.strictSame(when({}, { arbiter: { added: false } }), { refused: 'arbiter-not-found' });
  t.match(when({}, { arbiter: { added: true, deactivatedOn: '2026-03-26' } }), { refused: 'arbiter-left' });
  t.strictSame(when({}, { tie: 'hours' }), { refused: 'arbiter-on-team', detail: { because: 'hours' } });
  t.strictSame(decideAssignArbiter(assign, folded(asked, disputed, assigned), nobody), { refused: 'arbiter-already' });
  t.strictSame(decideAssignArbiter(assign, folded(), nobody), { refused: 'request-not-found' });
});

const writeOff = { kind: 'write-off', stageId: 'landing', amount: rub(500_000) } as const;
const rule: RuleOnDispute = {
  disputeId: 'd1',
  inFavourOf: 'both',
  ruling: 'Half was owed',
  adjustments: [writeOff, { kind: 'extra-payment', stageId: 'landing', amount: rub(1) }],
};
const byClara: AroundRuling = {
  today,
  ruler: { specialistId: 'clara', mayRecord: false },
  tie: undefined,
  impossible: [],
  adjustmentIds: ['a1', 'a2'],
};
const before = folded(asked, disputed, assigned);
const [ruled] = acceptedBy(decideRule(rule, before, byClara)) as [RequestEvent];

t.test('the arbiter rules, once, and orders what can be posted', async (t) => {
  t.match(ruled, {
    type: 'DisputeRuled',
    data: {
      arbiterId: 'clara',
      ruledOn: today,
      adjustments: [
        { adjustmentId: 'a1', kind: 'write-off' },
        { adjustmentId: 'a2', estimatedCost: rub(0) },
      ],
    },
  });
  const when = (change: Partial<RuleOnDispute>, around: Partial<AroundRuling>) =>
    decideRule({ ...rule, ...change }, before, { ...byClara, ...around });
  t.strictSame(decideRule(rule, folded(asked, disputed), byClara), { refused: 'arbiter-missing' });
  t.match(when({}, { ruler: { specialistId: 'dina', mayRecord: true } }), { refused: 'not-the-arbiter' });
  t.match(when({}, { ruler: { specialistId: undefined, mayRecord: false } }), { refused: 'not-the-arbiter' });
  t.match(when({}, { ruler: { specialistId: undefined, mayRecord: true } }), { accepted: [{ type: 'DisputeRuled' }] });
  t.match(when({}, { tie: 'hours' }), { refused: 'arbiter-on-team' }, 'who has joined the team meanwhile');
  t.strictSame(when({ adjustments: [writeOff, writeOff] }, {}), { refused: 'adjustment-repeated' });
  const entry = { kind: 'goodwill', entryId: 'e' } as const;
  t.strictSame(when({ adjustments: [entry, entry] }, {}), { refused: 'adjustment-repeated' });
  t.strictSame(when({}, { impossible: [undefined, 'stage-not-found'] }), {
    refused: 'adjustment-impossible',
    detail: { adjustment: 1, because: 'stage-not-found' },
  });
  t.match(decideRule(rule, folded(asked, disputed, assigned, ruled), byClara), { refused: 'dispute-ruled' });
});

t.test('what became of an adjustment is taken down once', async (t) => {
  const state = folded(asked, disputed, assigned, ruled);
  const adjustment = { adjustmentId: 'a1', ...writeOff };
  const settle = { disputeId: 'd1', adjustment };
  const [settled] = acceptedBy(decideSettle(state, settle, undefined)) as [RequestEvent];
  t.match(settled, { data: { outcome: 'posted', ref: 'a1', refusedWith: null } });
  t.match(decideSettle(state, settle, 'write-off-over-revenue'), {
    accepted: [{ data: { outcome: 'refused', refusedWith: 'write-off-over-revenue' } }],
  });
  const after = folded(asked, disputed, assigned, ruled, settled);
  t.strictSame(decideSettle(after, settle, undefined), { accepted: [] });
  t.throws(() => decideSettle(before, settle, undefined), /not ruled on/);
});

t.test('a request is completed once, and not while it is disputed', async (t) => {
  const complete = { result: 'done' } as const;
  const [completed] = acceptedBy(decideComplete(complete, folded(asked), today)) as [RequestEvent];
  t.match(completed, { type: 'RequestCompleted', data: { ...links, result: 'done', completedOn: today, note: null } });
  t.strictSame(decideComplete(complete, folded(), today), { refused: 'request-not-found' });
  t.strictSame(decideComplete(complete, folded(asked), undefined), { refused: 'agency-not-configured' });
  t.match(decideComplete(complete, folded(asked, completed), today), { refused: 'request-completed' });
  t.match(decideComplete(complete, folded(asked, disputed), today), { refused: 'dispute-open' });
  t.match(decideComplete({ ...complete, completedOn: '2026-03-19' }, folded(asked), today), {
    refused: 'before-request',
  });
  const decide = { behaviour: 'teach', rationale: 'Often' } as const;
  const around = { today, advised: 'dissuade' } as const;
  t.match(decideBehaviour(decide, folded(asked), around), { accepted: [{ data: { advised: 'dissuade' } }] });
  t.match(decideBehaviour(decide, folded(asked, completed), around), { refused: 'request-completed' });
  t.match(decideBehaviour(decide, folded(), around), { refused: 'request-not-found' });
  t.match(decideBehaviour({ ...decide, decidedOn: '2026-03-01' }, folded(asked), around), {
    refused: 'before-request',
  });
});

const stage = {
  stageId: 'landing',
  projectId: 'flora-site',
  clientId: 'flora',
  name: 'Landing',
  status: 'started',
  revenueMinor: 20_000_000,
  estimateAtCompletionMinor: 12_841_425,
  forecastMargin: '0.357929',
  standardMargin: '0.4',
  headroomMinor: -841_425,
  costedPeople: 2,
} as const;
const facts: BehaviourFacts = {
  stage,
  scope: 'in-scope',
  segment: 'maintain',
  attention: 2_150,
  highAttentionFrom: 50,
  role: undefined,
};
const within = { ...stage, forecastMargin: '0.400000', headroomMinor: 0 };

t.test('behaviour follows margin, segment, role, attention and scope', async (t) => {
  const advised = (change: Partial<BehaviourFacts>) => adviseBehaviour({ ...facts, ...change }).behaviour;
  t.equal(advised({ stage: within, segment: 'invest' }), 'do-all');
  const role = { name: 'copywriter', own: false };
  t.equal(advised({ stage: within, role }), 'delegate');
  t.equal(advised({ stage: within, segment: 'invest', role }), 'do-all', 'the first rule that applies');
  t.equal(advised({ stage: within, role: { name: 'designer', own: true } }), 'dissuade');
  t.equal(advised({ attention: 5_000 }), 'teach');
  t.equal(advised({ attention: 4_999 }), 'dissuade');
  t.equal(advised({ scope: 'unclear' }), 'teach');
  t.equal(advised({ scope: 'unclear', stage: { ...stage, forecastMargin: '-0.000001' } }), 'dissuade');
  t.equal(advised({ stage: undefined }), null);
  t.equal(advised({ stage: { ...stage, standardMargin: null } }), null);
  t.equal(advised({ stage: { ...stage, forecastMargin: null } }), null);
  // (128,414.25 - 120,000) / 0.6
  t.equal(adviseBehaviour(facts).extraPaymentMinor, 1_402_375);
  t.equal(adviseBehaviour({ ...facts, stage: within }).extraPaymentMinor, null, 'nothing is lacking');
});

t.test('nothing is done in full for a stage below its standard', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500_000, max: 399_999 }),
      fc.constantFrom('invest', 'maintain', null),
      fc.constantFrom('in-scope', 'out-of-scope', 'unclear', null),
      fc.option(fc.integer({ min: 0, max: 10_000 })),
      (margin, segment, scope, attention) => {
        const sign = margin < 0 ? '-' : '';
        const forecastMargin = `${sign}0.${String(Math.abs(margin)).padStart(6, '0')}`;
        const { behaviour } = adviseBehaviour({
          ...facts,
          stage: { ...stage, forecastMargin },
          segment,
          scope,
          attention,
        });
        return behaviour === 'teach' || behaviour === 'dissuade';
      },
    ),
    { numRuns: 300 },
  );
});
