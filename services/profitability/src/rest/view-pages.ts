import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { financePage } from '../pages/finance-page.ts';
import { productionPage } from '../pages/production-page.ts';
import { salesPage } from '../pages/sales-page.ts';
import { configured, dayOf } from '../read-models/stage-view.ts';
import { financeView, productionView } from '../read-models/views/role-views.ts';
import { type SalesPorts, salesView } from '../read-models/views/sales-view.ts';
import { absent, allProjections, projections } from './view-questions.ts';

const A_PAGE = 200;

type Language = 'en' | 'ru';
type Request = {
  readonly caller: { readonly tenantId: string; readonly seesRates: boolean };
  readonly query: {
    readonly projectId?: string | undefined;
    readonly clientId?: string | undefined;
    readonly asOf?: string | undefined;
    readonly lang: Language;
  };
  readonly instant: string;
};

/** What is asked of the view, and what the page says beside; undefined before the agency is configured. */
const prepared = async ({ caller: { tenantId, seesRates }, query, instant }: Request, reader: RowReader) => {
  const agency = await configured(reader, tenantId);
  if (agency === undefined) return undefined;
  const { projectId, clientId, lang } = query;
  const asOf = dayOf(query.asOf, instant, agency);
  return {
    question: { tenantId, agency, asOf, seesRates, projectId, clientId, limit: A_PAGE, instant },
    paper: { agencyName: agency.settings.name, language: lang },
  };
};

const onPaper = <View extends { readonly next: string | null }>({ next, ...view }: View) => ({
  ...view,
  nextCursor: next,
});

/** The three views on paper. */
export const viewPages = (ports: SalesPorts): Bound[] => [
  bindQuestion(contract.getProductionViewPage, {
    projections,
    answer: async (request, reader) => {
      const asked = await prepared(request, reader);
      if (asked === undefined) return absent;
      const view = onPaper(await productionView(reader, asked.question));
      return { kind: 'answer', body: productionPage(view, asked.paper) };
    },
  }),
  bindQuestion(contract.getFinanceViewPage, {
    projections,
    answer: async (request, reader) => {
      const asked = await prepared(request, reader);
      if (asked === undefined) return absent;
      return { kind: 'answer', body: financePage(onPaper(await financeView(reader, asked.question)), asked.paper) };
    },
  }),
  bindQuestion(contract.getSalesViewPage, {
    projections: allProjections,
    answer: async (request, reader) => {
      const asked = await prepared(request, reader);
      if (asked === undefined) return absent;
      const view = onPaper(await salesView(ports, reader, asked.question));
      return { kind: 'answer', body: salesPage(view, asked.paper) };
    },
  }),
];
