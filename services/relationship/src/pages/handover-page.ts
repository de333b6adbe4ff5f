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
  writtenRatio,
} from '@headroom/http/pages';
import { writtenAmount } from '@headroom/money';
import type { HandoverBrief } from '../read-models/briefs/handover-brief.ts';
import { peopleOf } from './handover-people.ts';
import { type HandoverWording, handoverWordings } from './handover-wording.ts';

/** What the parts of the page are made with. */
export interface HandoverWriting {
  readonly brief: HandoverBrief;
  readonly words: HandoverWording;
  readonly language: Language;
}

const headline = ({ brief, words, language }: HandoverWriting): Html => {
  const { manager, managedSince, backup, client, relationship } = brief;
  const { segment } = relationship;
  const until = (one: HandoverBrief['manager']) =>
    one.lastDay === null ? '' : words.until(shortDate(one.lastDay, language));
  return boxes([
    { title: words.manager, value: manager.name, note: words.since(shortDate(managedSince, language)) },
    { title: words.backup, value: backup?.name ?? words.nobody, note: backup === null ? '' : until(backup) },
    { title: words.client, value: shortDate(client.since, language) },
    { title: words.relationship, value: segment === null ? words.unknown : words.segments[segment] },
  ]);
};

const warnings = ({ brief, words }: HandoverWriting): Html => {
  const all = brief.notToPromise.map(({ text }) => html`<li>${text}</li>`);
  return section(
    words.notToPromise,
    all.length === 0 ? html`<p class="note">${words.nothingToMind}</p>` : html`<ul>${all}</ul>`,
  );
};

const outlook = (
  { outlook: sign, forecastMargin, headroom }: HandoverBrief['stages'][number],
  { words, language }: HandoverWriting,
): Html => {
  const kind = sign === 'above-standard' ? 'good' : 'bad';
  const told = sign === null ? '–' : words.outlooks[sign];
  const figures =
    forecastMargin === null
      ? ''
      : words.margin(writtenRatio(forecastMargin, language), writtenAmount(headroom, language));
  return html`<span class="${kind}">${told}</span><small>${figures}</small>`;
};

const stages = (writing: HandoverWriting): Html => {
  const { brief, words, language } = writing;
  type Stage = HandoverBrief['stages'][number];
  const table = rowsTable<Stage>(
    [
      { head: words.stage, cell: ({ name, status }) => html`${name}<small>${words.statuses[status]}</small>` },
      {
        head: words.due,
        cell: ({ dueOn, overdue }) =>
          html`${shortDate(dueOn, language)}<small class="bad">${overdue ? words.overdue : ''}</small>`,
        number: true,
      },
      {
        head: words.work,
        cell: ({ seconds, plannedSeconds, alerts }) =>
          html`${writtenHours(seconds, language)} / ${writtenHours(plannedSeconds, language)}${alerts.map(
            ({ threshold, raisedOn }) =>
              html`<small class="bad">${words.alert(writtenRatio(threshold, language), shortDate(raisedOn, language))}</small>`,
          )}`,
        number: true,
      },
      { head: words.left, cell: ({ remainingSeconds }) => writtenHours(remainingSeconds, language), number: true },
      { head: words.revenue, cell: ({ contractRevenue }) => writtenAmount(contractRevenue, language), number: true },
      { head: words.outlook, cell: (stage) => outlook(stage, writing) },
    ],
    brief.stages,
    words.noStages,
  );
  return section(words.stages, table);
};

const requests = ({ brief, words, language }: HandoverWriting): Html => {
  type Request = HandoverBrief['requests'][number];
  const table = rowsTable<Request>(
    [
      { head: words.request, cell: (request) => request.words },
      {
        head: words.who,
        cell: ({ askedBy, askedOn }) => html`${askedBy}<small>${shortDate(askedOn, language)}</small>`,
      },
      {
        head: words.scope,
        cell: ({ scope, contractClause }) =>
          html`${scope === null ? '–' : words.scopes[scope]}<small>${contractClause ?? ''}</small>`,
      },
      {
        head: words.decided,
        cell: ({ behaviour, disputed }) =>
          html`${behaviour === null ? '–' : words.behaviours[behaviour]}<small class="bad">${disputed ? words.disputed : ''}</small>`,
      },
      { head: words.hours, cell: ({ loggedSeconds }) => writtenHours(loggedSeconds, language), number: true },
    ],
    brief.requests,
    words.noRequests,
  );
  return section(words.requests, table);
};

const agreements = ({ brief, words, language }: HandoverWriting): Html => {
  type Agreement = HandoverBrief['agreements'][number];
  const said = new Map(brief.scope.map((each) => [each.requestId, each.words]));
  const nameOf = new Map(brief.stages.map(({ stageId, name }) => [stageId, name]));
  const table = rowsTable<Agreement>(
    [
      {
        head: words.agreement,
        cell: ({ requestId, stageId }) =>
          html`${(requestId === null ? undefined : said.get(requestId)) ?? nameOf.get(stageId) ?? stageId}`,
      },
      { head: words.amount, cell: ({ amount }) => writtenAmount(amount, language), number: true },
      { head: words.proposed, cell: ({ proposedOn }) => shortDate(proposedOn, language), number: true },
      { head: words.answered, cell: ({ answeredOn }) => shortDate(answeredOn, language), number: true },
      { head: words.state, cell: ({ state }) => words.states[state] },
    ],
    brief.agreements,
    words.noAgreements,
  );
  return section(words.agreements, table);
};

const clauses = ({ brief, words }: HandoverWriting): Html | string => {
  type Clause = HandoverBrief['scope'][number];
  if (brief.scope.length === 0) return '';
  const table = rowsTable<Clause>(
    [
      { head: words.request, cell: (each) => each.words },
      { head: words.scope, cell: ({ scope }) => words.scopes[scope] },
      { head: words.clause, cell: ({ contractClause }) => contractClause ?? '–' },
      { head: words.why, cell: ({ rationale }) => rationale },
    ],
    brief.scope,
    '',
  );
  return section(words.clauses, table);
};

const disputes = ({ brief, words, language }: HandoverWriting): Html => {
  type Dispute = HandoverBrief['disputes'][number];
  const table = rowsTable<Dispute>(
    [
      {
        head: words.raised,
        cell: ({ raisedBy, disputedOn }) => html`${raisedBy}<small>${shortDate(disputedOn, language)}</small>`,
      },
      { head: words.words, cell: (dispute) => dispute.words },
      { head: words.ruling, cell: ({ ruling }) => ruling ?? words.openDispute },
    ],
    brief.disputes,
    words.noDisputes,
  );
  return section(words.disputes, table);
};

/** What a new manager of a project must know, on a page to print. */
export const handoverPage = (brief: HandoverBrief, language: Language): string => {
  const words = handoverWordings[language];
  const writing = { brief, words, language };
  return printedPage({
    language,
    title: words.title(brief.name),
    subtitle: words.subtitle(brief.agencyName, brief.client.name, writtenDate(brief.asOf, language)),
    body: [
      headline(writing),
      warnings(writing),
      stages(writing),
      requests(writing),
      agreements(writing),
      clauses(writing),
      disputes(writing),
      ...peopleOf(writing),
    ],
    footer: [words.how, `${brief.formulaVersion} · ${brief.knownAt}`],
  });
};
