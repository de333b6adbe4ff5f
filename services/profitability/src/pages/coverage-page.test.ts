import t from 'tap';
import { coveragePage } from './coverage-page.ts';

const gap = {
  projectId: 'site',
  clientId: 'flora',
  name: 'Site',
  openStages: 1,
  manager: { specialistId: 'boris', name: 'Boris', lastDay: null },
  backup: null,
  gaps: ['no-backup' as const],
};
const totals = { projects: 500, covered: 100, withGaps: 400 };
const gaps = { items: [gap], totals, asOf: '2026-03-31', knownAt: 128 };

t.test('a page says how many projects follow it, and how to ask for them', async (t) => {
  const first = coveragePage({ ...gaps, left: 199, cursor: 'mZ1kQ0oV3xEWzgwXQ' }, 'Northlight', 'en');
  t.match(first, '199 more projects follow; the next page: cursor=mZ1kQ0oV3xEWzgwXQ');
  const inRussian = coveragePage({ ...gaps, left: 199, cursor: 'mZ1kQ0oV3xEWzgwXQ' }, 'Northlight', 'ru');
  t.match(inRussian, 'Дальше проектов: 199; следующая страница: cursor=mZ1kQ0oV3xEWzgwXQ');
  const last = coveragePage({ ...gaps, left: 0, cursor: null }, 'Northlight', 'en');
  t.match(last, '<td');
  t.notMatch(last, 'cursor=');
});
