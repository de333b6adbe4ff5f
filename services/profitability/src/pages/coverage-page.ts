import type { ResponseOf } from '@headroom/contracts/rest';
import type { listCoverageGaps } from '@headroom/contracts/rest/profitability';
import { boxes, type Language, printedPage, rowsTable, shortDate, writtenDate } from '@headroom/http/pages';

type Gaps = Omit<ResponseOf<typeof listCoverageGaps>, 'nextCursor'> & {
  /** Projects that follow this page. */
  readonly left: number;
  /** With which they are asked for; null when none follow. */
  readonly cursor: string | null;
};
type Gap = Gaps['items'][number];

const english = {
  title: 'Who would take over tomorrow?',
  subtitle: (agency: string, day: string) => `${agency} · as of ${day}`,
  projects: 'Projects that are not over',
  covered: 'Somebody stands ready',
  withGaps: 'Nobody does',
  none: 'Every project has a manager and somebody to replace them.',
  project: 'Project',
  stages: 'Open stages',
  manager: 'Manager',
  backup: 'Backup',
  missing: 'What is missing',
  nobody: 'nobody',
  until: (day: string) => `until ${day}`,
  more: (count: number, cursor: string) => `${count} more projects follow; the next page: cursor=${cursor}`,
  gaps: {
    'manager-gone': 'the manager has left',
    'manager-leaving': 'the manager leaves',
    'no-backup': 'no backup is named',
    'backup-gone': 'the backup has left',
    'backup-leaving': 'the backup leaves',
  } satisfies Record<Gap['gaps'][number], string>,
  how: 'A project is over when all of its stages are closed. A backup who manages the project by now is none.',
};
type Wording = typeof english;

const russian: Wording = {
  title: 'Кто заменит менеджера завтра?',
  subtitle: (agency, day) => `${agency} · по состоянию на ${day}`,
  projects: 'Незавершённые проекты',
  covered: 'Замена есть',
  withGaps: 'Замены нет',
  none: 'У каждого проекта есть менеджер и тот, кто его заменит.',
  project: 'Проект',
  stages: 'Открытые этапы',
  manager: 'Менеджер',
  backup: 'Замена',
  missing: 'Чего не хватает',
  nobody: 'никого',
  until: (day) => `до ${day}`,
  more: (count, cursor) => `Дальше проектов: ${count}; следующая страница: cursor=${cursor}`,
  gaps: {
    'manager-gone': 'менеджер ушёл',
    'manager-leaving': 'менеджер уходит',
    'no-backup': 'замена не назначена',
    'backup-gone': 'замена ушла',
    'backup-leaving': 'замена уходит',
  },
  how: 'Проект завершён, когда закрыты все его этапы. Замена, которая уже ведёт проект, заменой не считается.',
};

const wordings: Readonly<Record<Language, Wording>> = { en: english, ru: russian };

/** The projects that nobody could take over, on a page to print. */
export const coveragePage = (gaps: Gaps, agencyName: string, language: Language): string => {
  const words = wordings[language];
  const { items, totals, left, cursor, asOf, knownAt } = gaps;
  const person = (one: Gap['manager'] | null) => {
    if (one === null) return words.nobody;
    return one.lastDay === null ? one.name : `${one.name}, ${words.until(shortDate(one.lastDay, language))}`;
  };
  const table = rowsTable<Gap>(
    [
      { head: words.project, cell: ({ name }) => name },
      { head: words.stages, cell: ({ openStages }) => openStages, number: true },
      { head: words.manager, cell: ({ manager }) => person(manager) },
      { head: words.backup, cell: ({ backup }) => person(backup) },
      { head: words.missing, cell: (gap) => gap.gaps.map((each) => words.gaps[each]).join('; ') },
    ],
    items,
    words.none,
  );
  return printedPage({
    language,
    title: words.title,
    subtitle: words.subtitle(agencyName, writtenDate(asOf, language)),
    body: [
      boxes([
        { title: words.projects, value: String(totals.projects) },
        { title: words.covered, value: String(totals.covered) },
        { title: words.withGaps, value: String(totals.withGaps) },
      ]),
      table,
      cursor === null ? '' : words.more(left, cursor),
    ],
    footer: [words.how, `${knownAt}`],
  });
};
