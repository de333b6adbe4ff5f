/** A tracker's export of any length, always the same for the same numbers: each row an entry of its own. */

export interface TrackerFile {
  readonly rows: number;
  readonly people: number;
  readonly projects: number;
}

const SECONDS = 900;
const FIRST_DAY = Date.UTC(2025, 0, 6);
const DAY_MS = 86_400_000;
const ENTRIES_A_DAY = 16;

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (quarters: number): string => `${two(Math.floor(quarters / 4))}:${two((quarters % 4) * 15)}:00`;

export const clockifyHeader =
  '"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (EUR)","Billable Amount (EUR)"';

/** Row `n` of a Clockify report: a quarter of an hour of a person, sixteen a day, on one project after the other. */
const clockifyRow = (n: number, { people, projects }: TrackerFile): string => {
  const person = n % people;
  const turn = Math.floor(n / people);
  const day = new Date(FIRST_DAY + Math.floor(turn / ENTRIES_A_DAY) * DAY_MS).toISOString().slice(0, 10);
  const start = 36 + (turn % ENTRIES_A_DAY);
  const project = (person * 7 + turn) % projects;
  const cells = [
    ...[`Project ${project}`, `Client ${project % 20}`, `Ticket ${n}, with a few words on it`, `Stage ${project % 3}`],
    ...[`Person ${person}`, 'Production', `person.${person}@studio.example`, 'work', n % 5 === 0 ? 'No' : 'Yes'],
    ...[day, clock(start), day, clock(start + 1), '00:15:00', '0.25', '60.00', '15.00'],
  ];
  return cells.map((cell) => `"${cell}"`).join(',');
};

/** The file as text. */
export const clockifyFile = (file: TrackerFile): string => {
  const lines = [clockifyHeader];
  for (let n = 0; n < file.rows; n += 1) lines.push(clockifyRow(n, file));
  return `${lines.join('\r\n')}\r\n`;
};

export const secondsOf = ({ rows }: TrackerFile): number => rows * SECONDS;
