import type { ResponseOf } from '@headroom/contracts/rest';
import type { getSalesView } from '@headroom/contracts/rest/profitability';
import { type Cell, html, rowsTable, shortDate } from '@headroom/http/pages';
import { writtenAmount } from '@headroom/money';
import { type ViewPaper, viewPage } from './view-page.ts';
import { viewWordings } from './view-wording.ts';

type View = ResponseOf<typeof getSalesView>;
type Line = View['items'][number];

/** What sales asks, on paper. */
export const salesPage = (view: View, paper: ViewPaper): string => {
  const { language } = paper;
  const words = viewWordings[language];
  const money = (amount: Line['extraPayments']['agreed']['amount']) => writtenAmount(amount, language);
  const extra = ({ extraPayments: { proposed, agreed }, unaskedRequests }: Line): Cell => {
    const told = [
      proposed.count === 0 ? '' : words.offered(money(proposed.amount), proposed.count),
      agreed.count === 0 ? '' : words.agreed(money(agreed.amount), agreed.count),
      unaskedRequests === 0 ? '' : words.unasked(unaskedRequests),
    ].filter((each) => each !== '');
    return told.length === 0 ? '–' : html`${told.map((each) => html`<small>${each}</small>`)}`;
  };
  const under = ({ stages }: Line): Cell =>
    stages.length === 0
      ? '–'
      : html`${stages.map(
          ({ name, contractRevenue, alerts }) =>
            html`<small>${name}: ${money(contractRevenue)} <span class="bad">${words.alert(alerts.length)}</span></small>`,
        )}`;
  const contact = ({ lastContactOn, quiet, quietDays }: Line): Cell =>
    lastContactOn === null
      ? html`<span class="bad">${words.never}</span>`
      : html`${shortDate(lastContactOn, language)}<small class="bad">${quiet && quietDays !== null ? words.quiet(quietDays) : ''}</small>`;
  const table = rowsTable<Line>(
    [
      {
        head: words.client,
        cell: ({ name, segment }) =>
          html`${name}<small>${segment === null ? words.unknown : words.segments[segment]}</small>`,
      },
      { head: words.nextSale, cell: ({ nextSale }) => words.verdicts[nextSale.verdict] },
      { head: words.underWay, cell: under },
      { head: words.extra, cell: extra },
      { head: words.estimates, cell: ({ estimates: { open, shared } }) => words.open(open, shared) },
      { head: words.contact, cell: contact },
    ],
    view.items,
    words.noClients,
  );
  const own = [
    { title: words.clients, value: String(view.totals.clients) },
    { title: words.contract, value: money(view.totals.contractRevenue) },
  ];
  return viewPage(paper, 'sales', view, { boxes: own, table, more: view.nextCursor !== null });
};
