import type { ResponseOf } from '@headroom/contracts/rest';
import type { getProductionView } from '@headroom/contracts/rest/profitability';
import { html, rowsTable, writtenHours } from '@headroom/http/pages';
import { stageCell, type ViewPaper, viewPage } from './view-page.ts';
import { viewWordings } from './view-wording.ts';

type View = ResponseOf<typeof getProductionView>;
type Line = View['items'][number];

/** What production asks, on paper. */
export const productionPage = (view: View, paper: ViewPaper): string => {
  const { language } = paper;
  const words = viewWordings[language];
  const hours = (seconds: number) => writtenHours(seconds, language);
  const planned = ({ work }: Line) => work.reduce((sum, { plannedSeconds }) => sum + plannedSeconds, 0);
  const spare = ({ headroomByRole }: Line) =>
    headroomByRole.flatMap(({ role, seconds }) =>
      seconds === null ? [] : [html`<small>${role}: ${hours(seconds)}</small>`],
    );
  const table = rowsTable<Line>(
    [
      { head: words.stage, cell: (line) => stageCell(line, words) },
      { head: words.done, cell: (line) => `${hours(line.seconds)} / ${hours(planned(line))}`, number: true },
      { head: words.left, cell: ({ remainingSeconds }) => hours(remainingSeconds), number: true },
      { head: words.toSpare, cell: (line) => (spare(line).length === 0 ? '–' : html`${spare(line)}`) },
      { head: words.unplanned, cell: ({ unplannedSeconds }) => hours(unplannedSeconds), number: true },
      {
        head: words.requests,
        cell: ({ requests: { outOfScope, unclear, unclassified } }) =>
          words.requestsNote(outOfScope, unclear + unclassified),
      },
    ],
    view.items,
    words.none,
  );
  const { remainingSeconds, unplannedSeconds } = view.totals;
  const own = [
    { title: words.left, value: hours(remainingSeconds) },
    { title: words.unplanned, value: hours(unplannedSeconds) },
  ];
  return viewPage(paper, 'production', view, { boxes: own, table, more: view.nextCursor !== null });
};
