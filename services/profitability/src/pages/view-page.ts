import {
  type Box,
  boxes,
  type Cell,
  type Html,
  html,
  type Language,
  printedPage,
  writtenDate,
  writtenHours,
} from '@headroom/http/pages';
import { type ViewWording, viewWordings } from './view-wording.ts';

/** What the page of any view is given beside its answer. */
export interface ViewPaper {
  readonly agencyName: string;
  readonly language: Language;
}

interface Shown {
  readonly totals: { readonly stages: number; readonly seconds: number; readonly openAlerts: number };
  readonly asOf: string;
  readonly knownAt: number;
  readonly formulaVersion: string;
  readonly suppressed: boolean;
}

/** A page of one of the three views: the same head, its own table. */
export const viewPage = (
  { agencyName, language }: ViewPaper,
  role: 'production' | 'sales' | 'finance',
  { totals, asOf, knownAt, formulaVersion, suppressed }: Shown,
  own: { readonly boxes: readonly Box[]; readonly table: Html; readonly more: boolean },
): string => {
  const words = viewWordings[language];
  return printedPage({
    language,
    title: words.titles[role],
    subtitle: words.subtitle(agencyName, words.asks[role], writtenDate(asOf, language)),
    body: [
      boxes([
        { title: words.stages, value: String(totals.stages) },
        { title: words.hours, value: writtenHours(totals.seconds, language) },
        { title: words.alerts, value: String(totals.openAlerts) },
        ...own.boxes,
      ]),
      own.table,
      own.more ? html`<p class="note">${words.more}</p>` : '',
    ],
    footer: [words.same, ...(suppressed ? [words.hidden] : []), `${formulaVersion} · ${knownAt}`],
  });
};

/** A stage with its alerts under its name. */
export const stageCell = (
  { name, alerts }: { readonly name: string; readonly alerts: readonly unknown[] },
  words: ViewWording,
): Cell => html`${name}<small class="bad">${words.alert(alerts.length)}</small>`;
