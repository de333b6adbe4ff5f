import type { EffectShares } from '@headroom/contracts/events';
import fc from 'fast-check';
import t from 'tap';
import { businessFactsEvolution } from '../business-facts.ts';
import { decideShareEffect } from '../effect-sharing.ts';
import type { CalculatedProject } from './client-figures.ts';
import type { Gain } from './gain.ts';
import { addProjects, outcomeOf } from './outcome.ts';
import type { MonthFigures } from './project-months.ts';
import { costOfEffect, cutByWeight, cutGain, shareEffects, withSharing } from './sharing.ts';

const sure = (minor: bigint): Gain => ({ low: minor, base: minor, high: minor });
const month = (number: number, gain: Gain | null, revenue: bigint): MonthFigures => ({
  month: `2026-${String(number).padStart(2, '0')}`,
  complete: true,
  gain,
  revenue,
  advertisingSpend: 0n,
});
const project = (projectId: string, months: readonly MonthFigures[]): CalculatedProject => ({
  projectId,
  name: projectId,
  serviceType: null,
  uncostedSeconds: 0,
  months,
  forms: [],
  applied: [],
  lacking: [{ fact: 'baseline', month: null }],
});
const site = project('site', [month(1, sure(1_000n), 300n), month(2, sure(1_000n), 0n), month(3, sure(999n), 0n)]);
const ads = project('ads', [month(2, sure(500n), 100n), month(3, null, 500n)]);
const sharing = (from: string, ...shares: readonly (readonly [string, string | null])[]): EffectShares => ({
  projectId: 'site',
  effectiveFrom: from,
  shares: shares.map(([projectId, share]) => ({ projectId, share })),
});
const gains = (projects: readonly CalculatedProject[]) =>
  Object.fromEntries(
    projects.map(({ projectId, months }) => [projectId, months.map((each) => [each.month, each.gain?.base ?? null])]),
  );

t.test('a shared effect is cut up by stated shares from its month on', async (t) => {
  const shared = shareEffects([ads, site], [sharing('2026-02', ['site', '0.6'], ['ads', '0.4'])]);
  t.strictSame(gains(shared), {
    site: [
      ['2026-01', 1_000n],
      ['2026-02', 600n],
      ['2026-03', 599n],
    ],
    ads: [
      ['2026-02', 400n],
      ['2026-03', 400n],
    ],
  });
  t.strictSame(
    shared.map(({ lacking }) => lacking.length),
    [0, 1],
    'nothing is asked of a project whose effect is measured elsewhere',
  );
  t.equal(costOfEffect(shared, [sharing('2026-02', ['site', '1'], ['ads', '0'])], 'site', '2026-02'), 100n);
  const ended = withSharing([sharing('2026-02', ['site', '0.6'], ['ads', '0.4'])], sharing('2026-03', ['site', null]));
  t.strictSame(gains(shareEffects([ads, site], ended)).ads, [
    ['2026-02', 400n],
    ['2026-03', null],
  ]);
});

t.test('without shares by what each has cost so far; alike while nothing has', async (t) => {
  const shared = shareEffects([ads, site], [sharing('2026-01', ['site', null], ['ads', null])]);
  // January: only the site has cost (300). February 300 : 100. March 300 : 600.
  t.strictSame(gains(shared), {
    site: [
      ['2026-01', 1_000n],
      ['2026-02', 750n],
      ['2026-03', 333n],
    ],
    ads: [
      ['2026-02', 250n],
      ['2026-03', 666n],
    ],
  });
  const free = [project('site', [month(1, sure(7n), 0n)]), project('ads', [month(1, null, 0n)])];
  t.strictSame(gains(shareEffects(free, [sharing('2026-01', ['site', null], ['ads', null])])), {
    site: [['2026-01', 4n]],
    ads: [['2026-01', 3n]],
  });
});

t.test('who may share', async (t) => {
  const around = { clientExists: true, foreign: [] };
  const none = businessFactsEvolution.initial();
  const wish = (...projects: readonly { readonly projectId: string; readonly share?: string }[]) => ({
    clientId: 'flora',
    projectId: 'site',
    effectiveFrom: '2026-01',
    projects,
  });
  const both = wish({ projectId: 'site', share: '0.6' }, { projectId: 'ads', share: '0.4' });
  t.match(decideShareEffect(both, none, around), { accepted: [{ data: { shares: [{ share: '0.6' }, {}] } }] });
  t.match(decideShareEffect(both, none, { ...around, clientExists: false }), { refused: 'client-not-found' });
  t.match(decideShareEffect(both, none, { ...around, foreign: ['ads'] }), { refused: 'project-not-of-client' });
  t.match(decideShareEffect(wish({ projectId: 'ads' }), none, around), { refused: 'source-not-listed' });
  const half = wish({ projectId: 'site', share: '0.6' }, { projectId: 'ads' });
  t.match(decideShareEffect(half, none, around), { refused: 'shares-incomplete' });
  const less = wish({ projectId: 'site', share: '0.6' }, { projectId: 'ads', share: '0.399999' });
  t.match(decideShareEffect(less, none, around), { refused: 'shares-not-one' });
  const taken = { sharings: [{ ...sharing('2025-06', ['seo', null], ['ads', null]), projectId: 'seo' }] };
  t.match(decideShareEffect(both, taken, around), { refused: 'already-shares', detail: { projectId: 'ads' } });
  const over = { sharings: [...taken.sharings, { ...sharing('2025-12', ['seo', null]), projectId: 'seo' }] };
  t.match(decideShareEffect(both, over, around), { accepted: [{}] }, 'it has ended by then');
  t.match(decideShareEffect(wish({ projectId: 'site' }), taken, around), { accepted: [{}] }, 'alone it shares nothing');
});

t.test('properties', async (t) => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 6 });
  const positive = weights.filter((list) => list.some((weight) => weight > 0n));
  const amount = fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n });
  const total = (parts: readonly bigint[]) => parts.reduce((sum, part) => sum + part, 0n);
  fc.assert(fc.property(amount, positive, (whole, list) => total(cutByWeight(whole, list)) === whole));
  t.pass('parts add up to the whole');
  const range = fc.tuple(amount, fc.bigInt({ min: 0n, max: 99n }), fc.bigInt({ min: 0n, max: 99n }));
  fc.assert(
    fc.property(range, positive, ([base, below, above], list) => {
      const parts = cutGain({ low: base - below, base, high: base + above }, list);
      const ordered = parts.every(({ low, base: middle, high }) => low <= middle && middle <= high);
      return ordered && total(parts.map(({ low }) => low)) === base - below;
    }),
  );
  t.pass('low <= base <= high in every part, and each adds up');
  const histories = fc.array(
    fc.tuple(amount, fc.bigInt({ min: 0n, max: 9_999n }), fc.bigInt({ min: 0n, max: 9_999n })),
    {
      minLength: 2,
      maxLength: 11,
    },
  );
  fc.assert(
    fc.property(histories, fc.boolean(), (history, byCost) => {
      const shares = [sharing('2026-01', ['site', byCost ? null : '0.25'], ['ads', byCost ? null : '0.75'])];
      const all = (length: number) => {
        const some = history.slice(0, length);
        return shareEffects(
          [
            project(
              'site',
              some.map(([gain, cost], index) => month(index + 1, sure(gain), cost)),
            ),
            project(
              'ads',
              some.map(([, , cost], index) => month(index + 1, sure(77n), cost)),
            ),
          ],
          shares,
        );
      };
      const [before, after] = [all(history.length - 1), all(history.length)];
      const kept = before.every(({ months }, index) =>
        months.every((each) => {
          const later = after[index]?.months.find((one) => one.month === each.month);
          return later?.gain?.base === each.gain?.base;
        }),
      );
      const whole = outcomeOf(addProjects(after.map(({ months }) => months)));
      return kept && whole.gain?.base === total(history.map(([gain]) => gain));
    }),
  );
  t.pass('a further month changes no earlier one, and nothing is counted twice');
});
