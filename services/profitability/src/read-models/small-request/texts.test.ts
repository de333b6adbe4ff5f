import t from 'tap';
import { judgeSmallRequest } from '../../formulas/small-request.ts';
import { beyondPlan } from './beyond-plan.ts';
import { textsIn } from './texts.ts';
import type { UnplannedWork } from './unplanned-work.ts';
import { wordings } from './wording.ts';

const HOUR = 3_600;
/** Languages put narrow and unbreakable spaces into numbers. */
const plain = (text: string) => text.replace(/\s/g, ' ');

t.test('hours, percentages and money as the language writes them', async (t) => {
  const hours = (language: 'en' | 'ru') => (count: number) => plain(wordings[language].hours(count * HOUR));
  t.strictSame([1, 2, 3.5, 1_234.25].map(hours('en')), ['1 hour', '2 hours', '3.5 hours', '1,234.25 hours']);
  t.strictSame([1, 2, 5, 11, 21, 22, 3.5, -3].map(hours('ru')), [
    '1 час',
    '2 часа',
    '5 часов',
    '11 часов',
    '21 час',
    '22 часа',
    '3,5 часа',
    '-3 часа',
  ]);
  t.equal(plain(wordings.ru.percent('0.357929')), '35,79 %');
  t.equal(wordings.en.percent('-0.05'), '-5.00%', 'a loss is a loss');
  t.equal(wordings.en.percent(null), 'none');
  t.equal(plain(wordings.ru.money(2_178_375, 'RUB')), '21 783,75 RUB');
});

const work = (of: Partial<UnplannedWork>): UnplannedWork => ({
  kind: 'time',
  activity: 'rework',
  role: null,
  category: null,
  note: null,
  trip: false,
  goodwill: false,
  seconds: 2 * HOUR,
  uncostedSeconds: 0,
  costMinor: 1,
  from: '2026-03-12',
  to: '2026-03-12',
  ids: ['one'],
  ...of,
});

t.test('a text for the team with figures, one for the client without any', async (t) => {
  const judged = judgeSmallRequest(20_000_000, 12_841_425, 465_600, '0.4');
  const evidence = [work({ trip: true, seconds: 4 * HOUR }), work({ seconds: 3.5 * HOUR })];
  const told = { judged, evidence, currency: 'RUB', role: 'designer', headroomSeconds: -13_011, shown: true };
  t.equal(
    textsIn('en').internal(told),
    'It takes the stage below its standard, though not into a loss. The forecast margin goes from 35.79% to 33.46%. ' +
      'The headroom is -8,414.25 RUB, -3.61 hours of designer. Ask for 21,783.75 RUB to keep the standard. ' +
      'It already went into: trip to the client (4 hours), rework (3.5 hours).',
  );
  t.equal(
    plain(textsIn('ru').internal(told)),
    'Запас этапа исчерпан: с этой работой он опустится ниже норматива, хотя и не в убыток. ' +
      'Прогнозная маржа: 35,79 % сейчас, 33,46 % с этой работой. Запас этапа: -8 414,25 RUB, это -3,61 часа (designer). ' +
      'Чтобы удержать норматив, нужна доплата: 21 783,75 RUB. ' +
      'Сверх плана уже сделано: поездка к клиенту (4 часа), переделки (3,5 часа).',
  );
  for (const language of ['en', 'ru'] as const) {
    t.notMatch(textsIn(language).client(told), /RUB|%|margin|марж/i);
    t.notMatch(textsIn(language).internal({ ...told, shown: false }), /RUB|%/, 'nor what the reader may not see');
  }
  t.equal(
    plain(textsIn('ru').client(told)),
    'Согласованный объём работ этого этапа исчерпан. ' +
      'Сверх плана уже сделано: поездка к клиенту (4 часа), переделки (3,5 часа). ' +
      'Можем сделать это за доплату или на следующем этапе.',
  );
});

t.test('titles of work without a note', async (t) => {
  const { titleOf } = textsIn('en');
  t.equal(titleOf(work({ note: 'Meeting in Butovo' })), 'Meeting in Butovo');
  t.equal(titleOf(work({ kind: 'overrun', activity: null, role: 'designer' })), 'work beyond the plan, designer');
  t.equal(titleOf(work({ goodwill: true, activity: 'production' })), 'work free of charge');
  t.equal(titleOf(work({ kind: 'expense', activity: null, category: 'travel' })), 'travel expenses');
});

t.test('what a plan did not hold is what came after it was used up', async (t) => {
  const item = (id: string, on: string, amount: number) => ({ id, on, amount });
  const items = [item('c', '2026-03-03', 5), item('a', '2026-03-01', 4), item('b', '2026-03-02', 3)];
  t.strictSame(
    beyondPlan(items, 6).map(({ item: { id }, amount }) => [id, amount]),
    [
      ['b', 1],
      ['c', 5],
    ],
  );
  t.strictSame(beyondPlan(items, 12), []);
  t.equal(beyondPlan(items, 0).length, 3);
});
