import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browse, findBrowser } from '@headroom/http/browser';
import { formatMoney } from '@headroom/money';
import t, { type Test } from 'tap';
import { folded, type Stated } from '../../test-support/log.ts';
import { allFacts, baseline, client, metric, project, rub } from '../../test-support/scene.ts';
import { statedProfitability } from '../../test-support/stated-profitability.ts';
import { type RoiStory, roiStory } from '../read-models/roi-story.ts';
import { cumulativeCurve, metricChart, rangeChart } from './roi-charts.ts';
import { roiStoryPage } from './roi-story.ts';

t.setTimeout(300_000);

const MONTHS = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
const before = baseline('site');
const counted: Stated = {
  type: 'BaselineSet',
  data: {
    ...(before as Extract<Stated, { type: 'BaselineSet' }>).data,
    totalVisitors: 5_400,
    totalCalls: 24,
    totalPromotionCost: rub(9_000_000),
    totalTurnover: rub(18_000_000),
  },
};
const events: readonly Stated[] = [
  client,
  project('site'),
  allFacts,
  counted,
  ...MONTHS.filter((month) => month !== '2025-11').map((month, index) =>
    metric('site', month, 30 + index * 12, { visitors: 2_000 + index * 150, advertising: 1_500_000 }),
  ),
];
const profitability = statedProfitability({
  projects: { site: MONTHS.map((month, index) => ({ date: `${month}-28`, revenueMinor: 2_500_000 * (index + 1) })) },
});

const storyIn = async (lang: 'en' | 'ru', seesRates = true): Promise<RoiStory> => {
  const question = { tenantId: 'acme', projectId: 'site', asOf: '2026-03-31', instant: '2026-03-31T09:00:00Z' };
  const story = await roiStory(profitability, await folded(events), { ...question, seesRates, lang });
  if (typeof story === 'string') throw new Error(story);
  return story;
};

interface Mark {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** The marks of an SVG that say what they are, with where they were drawn. */
const marksOf = (svg: string): Mark[] =>
  [...svg.matchAll(/<path aria-label="([^"]*)"[^>]*?transform="translate\(([-\d.]+),([-\d.]+)\)"/g)].map(
    ([, label = '', x, y]) => ({ label, x: Number(x), y: Number(y) }),
  );
const labelsOf = (svg: string): string[] => [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label = '']) => label);
const minorOf = (money: { readonly minor: number } | null): number => money?.minor ?? 0;
const said = (minor: number, language: 'en' | 'ru' = 'en') => formatMoney(minor, 'RUB', language);

/** Whether heights are one linear scale of the amounts: drawn higher by as much as they are more. */
const linear = (t: Test, points: readonly { readonly y: number; readonly minor: number }[], what: string): void => {
  const sorted = points.toSorted((one, other) => one.minor - other.minor);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || most.minor === least.minor) throw new Error('nothing to compare');
  const slope = (most.y - least.y) / (most.minor - least.minor);
  t.ok(slope < 0, `${what}: more is higher`);
  const HALF_A_PIXEL = 0.5;
  for (const { y, minor } of points)
    if (Math.abs(least.y + slope * (minor - least.minor) - y) > HALF_A_PIXEL)
      t.fail(`${what}: ${minor} is drawn at ${y}`);
};

t.test('the curve is drawn where the figures are, and marks the payback month', async (t) => {
  const story = await storyIn('en');
  const svg = await cumulativeCurve(story, 'en');
  const marks = marksOf(svg);
  const { months, payback } = story.roi;
  const drawn = months.flatMap(({ month, cumulativeGain, cumulativeCost }) =>
    [
      { label: `Cumulative gain, ${month}: `, minor: minorOf(cumulativeGain.base) },
      { label: `Cumulative cost, ${month}: `, minor: minorOf(cumulativeCost) },
    ].map(({ label, minor }) => {
      const mark = marks.find((each) => each.label === `${label}${said(minor)}`);
      if (mark === undefined) throw new Error(`${label}${said(minor)} is not drawn`);
      return { ...mark, minor };
    }),
  );
  t.equal(drawn.length, 12);
  linear(t, drawn, 'gain and cost share one scale');
  // Gains (30 + 12 k - 20) x 1,500: 15,000, 33,000, 51,000, 69,000, 87,000; costs 25,000 a month and 15,000 of advertising.
  t.strictSame(payback.base, { month: '2026-03', reached: true });
  t.ok(labelsOf(svg).includes('Payback: March 2026'));
  t.match(svg, />Payback: March 2026</, 'as a text, too');
  t.notMatch(svg, /<script|<image|href="http|@import|url\(http/i, 'nothing runs and nothing is loaded');
});

t.test('range and service metrics are drawn from the figures', async (t) => {
  const story = await storyIn('ru');
  const range = labelsOf((await rangeChart(story, 'ru')) ?? '');
  const { gain, cost } = story.roi;
  for (const [name, money] of [
    ['В худшем случае', gain?.low],
    ['Как заявлено', gain?.base],
    ['В лучшем случае', gain?.high],
    ['Оплачено', cost],
  ] as const)
    t.ok(range.includes(`${name}: ${said(minorOf(money ?? null), 'ru')}`), name);
  const inquiries = labelsOf((await metricChart(story, 'costPerInquiry', 'ru')) ?? '');
  for (const { month, costPerInquiry } of story.metrics.months) {
    if (costPerInquiry.value === null) t.notOk(inquiries.some((label) => label.startsWith(`Цена обращения, ${month}`)));
    else t.ok(inquiries.includes(`Цена обращения, ${month}: ${said(costPerInquiry.value.minor, 'ru')}`), month);
    t.ok(inquiries.includes(`до нашей работы, ${month}: ${said(150_000, 'ru')}`), 'before: 90,000 / 60 inquiries');
  }
  t.equal(await metricChart(story, 'costPerCall', 'ru'), undefined, 'nobody counted calls: no chart');
});

t.test('the page tells the same in both languages, is light, and escapes what people wrote', async (t) => {
  const [english, russian] = [await storyIn('en'), await storyIn('ru')];
  const page = await roiStoryPage(english, 'en');
  t.match(page, '<html lang="en">');
  for (const text of [
    said(25_500_000),
    said(22_500_000),
    'reached in March 2026',
    'How many inquiries and visitors did',
  ])
    t.ok(page.includes(text), text);
  const other = await roiStoryPage(russian, 'ru');
  for (const text of [said(25_500_000, 'ru'), 'окупилось: март 2026', 'Сколько обращений и посетителей принёс'])
    t.ok(other.includes(text), text);
  for (const each of [page, other]) {
    t.ok(Buffer.byteLength(each) < 100_000, 'light enough for a mail');
    t.notMatch(each, /<script|<link|<img|src=|url\(/i);
  }
  const nasty = { ...english, clientName: '<script>alert(1)</script>', roi: { ...english.roi, name: '"&<b>' } };
  const escaped = await roiStoryPage(nasty, 'en');
  t.match(escaped, '&lt;script&gt;alert(1)&lt;/script&gt;');
  t.match(escaped, '&quot;&amp;&lt;b&gt;');
  t.notMatch(escaped, '<script');
});

t.test('a long project, one that has just begun, and one of which nothing is known', async (t) => {
  const story = await storyIn('en');
  const nothing = { ...story.roi, gain: null, months: [], payback: { low: null, base: null, high: null } };
  const bare = await roiStoryPage({ ...story, roi: nothing, metrics: { ...story.metrics, months: [] } }, 'en');
  t.match(bare, 'not known yet');
  t.notMatch(bare, '<svg');
  const [first] = story.roi.months;
  if (first === undefined) throw new Error('there is a month');
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...first,
    month: `${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
  }));
  const long = await cumulativeCurve({ ...story, roi: { ...story.roi, months: many } }, 'en');
  t.equal(marksOf(long).filter(({ label }) => label.startsWith('Cumulative')).length, 120, 'five years fit');
});

const browser = findBrowser();

t.test('a browser shows and prints it', { skip: browser === undefined ? 'no browser here' : false }, async (t) => {
  if (browser === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'headroom-story-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const language of ['en', 'ru'] as const) {
    const file = join(folder, `${language}.html`);
    writeFileSync(file, await roiStoryPage(await storyIn(language), language));
    const dom = await browse(browser, '--dump-dom', `file://${file}`);
    t.equal(dom.match(/<svg /g)?.length, 6, 'curve, range, and four metrics that were counted');
    const [pdf, png] = [join(folder, `${language}.pdf`), join(folder, `${language}.png`)];
    await browse(browser, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`, `file://${file}`);
    t.match(readFileSync(pdf).subarray(0, 5).toString(), '%PDF-');
    const pages = readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    t.ok(pages >= 1 && pages <= 3, `${pages} pages of A4`);
    await browse(browser, '--window-size=800,1800', `--screenshot=${png}`, `file://${file}`);
    t.ok(readFileSync(png).length > 20_000, 'something is on the screen');
  }
});
