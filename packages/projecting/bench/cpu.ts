import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** State, parent, ..., user, system, user of ended children, system of ended children: as /proc has them. */
const statOf = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  } catch {
    return [];
  }
};

/** Seconds of processor time that a Postgres server has used, with all its sessions, past ones as well. */
export const serverSeconds = (backend: number): number => {
  const server = statOf(String(backend))[1] ?? '';
  const own = statOf(server);
  let ticks = Number(own[11]) + Number(own[12]) + Number(own[13]) + Number(own[14]);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid);
    if (stat[1] === server) ticks += Number(stat[11]) + Number(stat[12]);
  }
  return ticks / TICKS_A_SECOND;
};
