import {
  boxes,
  type Html,
  html,
  type Language,
  printedPage,
  rowsTable,
  section,
  shortDate,
  writtenDate,
  writtenHours,
  writtenMonth,
  writtenRatio,
} from '@headroom/http/pages';
import { addDays } from '@headroom/kernel';
import { writtenAmount } from '@headroom/money';
import type { ResultsBrief } from '../read-models/briefs/results-brief.ts';
import { type ResultsWording, resultsWordings } from './results-wording.ts';

/** What the parts of the page are made with. */
interface Writing {
  readonly brief: ResultsBrief;
  readonly words: ResultsWording;
  readonly language: Language;
}

const headline = ({ brief, words, language }: Writing): Html => {
  const { delivered, profit, metrics, favours } = brief;
  const { inPeriod } = profit;
  const sum = (of: (project: (typeof metrics)[number]) => number) =>
    metrics.reduce((total, project) => total + of(project), 0);
  const dated = delivered.onTime + delivered.late;
  return boxes([
    {
      title: words.delivered,
      value: String(delivered.stages),
      note: dated === 0 ? '' : words.deliveredNote(delivered.onTime, dated),
    },
    {
      title: words.profit,
      value: inPeriod.profit === null ? words.unknown : writtenAmount(inPeriod.profit, language),
      note:
        inPeriod.profit === null
          ? ''
          : words.profitNote(writtenAmount(inPeriod.gain, language), writtenAmount(inPeriod.paid, language)),
    },
    {
      title: words.improved,
      value: String(sum(({ improved }) => improved)),
      note: words.improvedNote(sum(({ compared }) => compared)),
    },
    {
      title: words.favours,
      value: writtenAmount(favours.total, language),
      note: words.favoursNote(writtenHours(favours.seconds, language)),
    },
  ]);
};

const kept = ({ onTime, daysLate }: ResultsBrief['delivered']['items'][number], words: ResultsWording): Html => {
  if (onTime === null) return html`${words.undated}`;
  return onTime ? html`<span class="good">${words.onTime}</span>` : html`${words.late(daysLate)}`;
};

const deliveries = ({ brief, words, language }: Writing): Html[] => {
  type Done = ResultsBrief['delivered']['items'][number];
  type Open = ResultsBrief['underWay'][number];
  const done = rowsTable<Done>(
    [
      { head: words.stage, cell: ({ name }) => name },
      { head: words.agreed, cell: ({ dueOn }) => shortDate(dueOn, language), number: true },
      { head: words.done, cell: ({ closedOn }) => shortDate(closedOn, language), number: true },
      { head: words.kept, cell: (stage) => kept(stage, words) },
    ],
    brief.delivered.items,
    words.nothing,
  );
  if (brief.underWay.length === 0) return [section(words.what, done)];
  const open = rowsTable<Open>(
    [
      { head: words.stage, cell: ({ name }) => name },
      { head: words.started, cell: ({ startedOn }) => shortDate(startedOn, language), number: true },
      { head: words.agreed, cell: ({ dueOn }) => shortDate(dueOn, language), number: true },
      { head: '', cell: ({ overdue }) => (overdue ? words.overdue : '') },
    ],
    brief.underWay,
    '',
  );
  return [section(words.what, done), section(words.underWay, open)];
};

const requests = ({ brief, words, language }: Writing): Html | string => {
  type Request = ResultsBrief['requests']['items'][number];
  if (brief.requests.items.length === 0) return '';
  const table = rowsTable<Request>(
    [
      { head: words.request, cell: (request) => request.words },
      { head: words.asked, cell: ({ askedOn }) => shortDate(askedOn, language), number: true },
      { head: words.done, cell: ({ completedOn }) => shortDate(completedOn, language), number: true },
      { head: '', cell: ({ free }) => (free ? html`<span class="good">${words.free}</span>` : words.covered) },
    ],
    brief.requests.items,
    '',
  );
  return section(words.requests, table);
};

const metrics = ({ brief, words, language }: Writing): Html => {
  type Metric = ResultsBrief['metrics'][number]['items'][number];
  const compared = brief.metrics.filter(({ items }) => items.length > 0);
  const tables = compared.map(({ name, items }) =>
    rowsTable<Metric>(
      [
        { head: compared.length > 1 ? name : words.metric, cell: ({ metric }) => words.names[metric] },
        { head: words.before, cell: ({ baseline }) => writtenAmount(baseline, language), number: true },
        { head: words.now, cell: ({ value }) => writtenAmount(value, language), number: true },
        {
          head: words.change,
          cell: ({ change, better }) =>
            html`<span class="${better ? 'good' : ''}">${writtenRatio(change, language)}</span>`,
          number: true,
        },
      ],
      items,
      '',
    ),
  );
  return section(words.metrics, ...(tables.length === 0 ? [html`<p class="note">${words.noMetrics}</p>`] : tables));
};

const money = ({ brief, words, language }: Writing): Html => {
  const { inPeriod, sinceStart } = brief.profit;
  const amount = (value: ResultsBrief['profit']['inPeriod']['gain']) =>
    value === null ? words.unknown : writtenAmount(value, language);
  type Line = { readonly name: string } & Pick<typeof inPeriod, 'gain' | 'paid' | 'profit'>;
  const lines: readonly Line[] = [
    { name: words.inPeriod, ...inPeriod },
    { name: words.sinceStart, ...sinceStart },
  ];
  const table = rowsTable<Line>(
    [
      { head: '', cell: ({ name }) => name },
      { head: words.gain, cell: ({ gain }) => amount(gain), number: true },
      { head: words.paid, cell: ({ paid }) => amount(paid), number: true },
      { head: words.net, cell: ({ profit }) => html`<b>${amount(profit)}</b>`, number: true },
    ],
    lines,
    '',
  );
  const notes = [
    sinceStart.roi === null ? '' : `${words.returned}: ${writtenRatio(sinceStart.roi, language)}.`,
    sinceStart.paidBackIn === null ? '' : words.paidBack(writtenMonth(sinceStart.paidBackIn, language)),
    inPeriod.monthsUnknown === 0 ? '' : words.monthsUnknown(inPeriod.monthsUnknown),
  ].filter((note) => note !== '');
  return section(words.money, table, html`<p class="note">${notes.join(' ')}</p>`);
};

const favours = ({ brief, words, language }: Writing): Html => {
  const { items, writeOffs, total, seconds, unpricedSeconds } = brief.favours;
  interface Line {
    readonly name: string;
    readonly hours: string;
    readonly worth: string;
  }
  const lines: Line[] = items.map(({ name, activity, seconds: worked, value }) => ({
    name: `${name ?? words.outside}: ${words.activities[activity] ?? activity}`,
    hours: writtenHours(worked, language),
    worth: writtenAmount(value, language),
  }));
  if (writeOffs !== null && writeOffs.minor !== 0)
    lines.push({ name: words.reductions, hours: '', worth: writtenAmount(writeOffs, language) });
  if (lines.length > 0)
    lines.push({ name: words.total, hours: writtenHours(seconds, language), worth: writtenAmount(total, language) });
  const table = rowsTable<Line>(
    [
      { head: '', cell: ({ name }) => name },
      { head: words.hours, cell: ({ hours }) => hours, number: true },
      { head: words.worth, cell: ({ worth }) => worth, number: true },
    ],
    lines,
    words.noFavours,
  );
  const note = unpricedSeconds === 0 ? '' : words.unpriced(writtenHours(unpricedSeconds, language));
  return section(words.given, table, html`<p class="note">${note}</p>`);
};

/** The results of the work for a client, on a page to print and to hand over. */
export const resultsPage = (brief: ResultsBrief, language: Language): string => {
  const words = resultsWordings[language];
  const writing = { brief, words, language };
  const { from, to } = brief.period;
  return printedPage({
    language,
    title: words.title(brief.clientName),
    subtitle: words.subtitle(brief.agencyName, writtenDate(from, language), writtenDate(addDays(to, -1), language)),
    body: [
      headline(writing),
      ...deliveries(writing),
      requests(writing),
      metrics(writing),
      money(writing),
      favours(writing),
    ],
    footer: [words.how, `${words.made(brief.agencyName)} ${brief.formulaVersion} · ${brief.knownAt}`],
  });
};
