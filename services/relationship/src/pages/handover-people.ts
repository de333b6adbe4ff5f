import { boxes, type Html, rowsTable, section, shortDate, writtenHours, writtenRatio } from '@headroom/http/pages';
import type { HandoverBrief } from '../read-models/briefs/handover-brief.ts';
import type { HandoverWriting } from './handover-page.ts';

const habits = ({ brief, words, language }: HandoverWriting): Html => {
  const { contacts, seconds, unplannedShare, perWorkingDay, usualWeekday, usualHour, lastContactOn, sinceHandover } =
    brief.habits;
  const usual =
    usualWeekday === null || usualHour === null
      ? words.never
      : words.around(words.weekdays[usualWeekday - 1] ?? '', usualHour);
  const calls = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(Number(perWorkingDay ?? 0));
  return section(
    words.habits,
    boxes([
      { title: words.contacts, value: String(contacts), note: words.inHours(writtenHours(seconds, language)) },
      { title: words.unplanned, value: writtenRatio(unplannedShare, language), note: words.perDay(calls) },
      { title: words.usually, value: usual },
      {
        title: words.last,
        value: lastContactOn === null ? words.never : shortDate(lastContactOn, language),
        note: words.sinceHandover(sinceHandover),
      },
    ]),
  );
};

const team = ({ brief, words, language }: HandoverWriting): Html => {
  type Member = HandoverBrief['team'][number];
  type Met = HandoverBrief['clientPeople'][number];
  const until = (lastDay: string | null) => (lastDay === null ? '' : words.until(shortDate(lastDay, language)));
  const ours = rowsTable<Member>(
    [
      { head: words.ours, cell: ({ name }) => name },
      { head: words.role, cell: ({ role }) => role },
      { head: '', cell: ({ lastDay }) => until(lastDay) },
      { head: words.hours, cell: ({ seconds }) => writtenHours(seconds, language), number: true },
    ],
    brief.team,
    words.noPeople,
  );
  if (brief.clientPeople.length === 0) return section(words.people, ours);
  const theirs = rowsTable<Met>(
    [
      { head: words.theirs, cell: ({ name }) => name },
      { head: words.times, cell: ({ times }) => times, number: true },
      { head: words.last, cell: ({ lastOn }) => shortDate(lastOn, language), number: true },
    ],
    brief.clientPeople,
    '',
  );
  return section(words.people, ours, theirs);
};

const managers = ({ brief, words, language }: HandoverWriting): Html => {
  type Tenure = HandoverBrief['managers'][number];
  const table = rowsTable<Tenure>(
    [
      { head: words.manager, cell: ({ name }) => name },
      { head: words.from, cell: ({ from }) => shortDate(from, language), number: true },
      { head: words.to, cell: ({ to }) => shortDate(to, language), number: true },
    ],
    brief.managers,
    '',
  );
  return section(words.managers, table);
};

/** Who deals with whom in a project, how they do, and who managed it. */
export const peopleOf = (writing: HandoverWriting): Html[] => [habits(writing), team(writing), managers(writing)];
