import type { ResponseOf } from '@headroom/contracts/rest';
import type { getFinanceView } from '@headroom/contracts/rest/profitability';
import { html, rowsTable, writtenRatio } from '@headroom/http/pages';
import { writtenAmount } from '@headroom/money';
import { stageCell, type ViewPaper, viewPage } from './view-page.ts';
import { viewWordings } from './view-wording.ts';

type View = ResponseOf<typeof getFinanceView>;
type Line = View['items'][number];

/** What finance asks, on paper. */
export const financePage = (view: View, paper: ViewPaper): string => {
  const { language } = paper;
  const words = viewWordings[language];
  const money = (amount: Line['cost']) => writtenAmount(amount, language);
  const total = { ...view.totals, name: words.total, alerts: [], headroom: null, stageId: '' };
  type Row = Pick<
    Line,
    'contractRevenue' | 'revenue' | 'cost' | 'profit' | 'margin' | 'forecastMargin' | 'headroom'
  > & {
    readonly name: string;
    readonly alerts: readonly unknown[];
  };
  const rows: readonly Row[] = view.items.length === 0 ? [] : [...view.items, total];
  const table = rowsTable<Row>(
    [
      { head: words.stage, cell: (line) => stageCell(line, words) },
      { head: words.contract, cell: ({ contractRevenue }) => money(contractRevenue), number: true },
      { head: words.earned, cell: ({ revenue }) => money(revenue), number: true },
      { head: words.cost, cell: ({ cost }) => money(cost), number: true },
      {
        head: words.profit,
        cell: ({ profit, margin }) => html`${money(profit)}<small>${writtenRatio(margin, language)}</small>`,
        number: true,
      },
      {
        head: words.forecast,
        cell: ({ forecastMargin, headroom }) =>
          html`${writtenRatio(forecastMargin, language)}<small>${headroom === null ? '' : `${words.headroom} ${money(headroom)}`}</small>`,
        number: true,
      },
    ],
    rows,
    words.none,
  );
  const { owed, count, overdue } = view.openInvoices;
  const own = [
    { title: words.owed, value: money(owed), note: words.owedNote(count) },
    { title: words.overdue, value: money(overdue) },
  ];
  return viewPage(paper, 'finance', view, { boxes: own, table, more: view.nextCursor !== null });
};
