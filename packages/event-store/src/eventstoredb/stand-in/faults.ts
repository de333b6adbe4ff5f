/** What a test does to the appends of a server, and what it can count. */
export interface Faults {
  /** From now on appends wait at the door: the server neither writes nor answers, until `release`. */
  hold(): void;
  /** Lets the waiting appends in, in the order in which they came; also those whose caller has gone. */
  release(): void;
  /** The next append is written, and its answer never comes. */
  loseNextReply(): void;
  /** Appends are refused from now on, with the advice to go to the leader on another port; no longer without one. */
  refer(leaderPort?: number): void;
  /** Port of the leader that appends are to be sent to instead. */
  leaderPort(): number | undefined;
  /** Whether the cluster has no leader for now, and clients that ask for one find none. */
  elect(electing: boolean): void;
  isElecting(): boolean;
  /** Passes when appends are not held; false when the server stopped meanwhile. */
  admitted(): Promise<boolean>;
  /** Whether the answer of the append that was just written is to be lost. */
  losesReply(): boolean;
  /** Turns away what waits: the server stops. */
  turnAway(): void;
}

export const createFaults = (): Faults => {
  let held = false;
  let repliesToLose = 0;
  let leader: number | undefined;
  let electing = false;
  let waiting: ((admitted: boolean) => void)[] = [];

  const open = (admitted: boolean): void => {
    const queue = waiting;
    held = false;
    waiting = [];
    for (const enter of queue) enter(admitted);
  };

  return {
    hold: () => {
      held = true;
    },
    release: () => open(true),
    loseNextReply: () => {
      repliesToLose += 1;
    },
    refer: (leaderPort) => {
      leader = leaderPort;
    },
    leaderPort: () => leader,
    elect: (on) => {
      electing = on;
    },
    isElecting: () => electing,
    admitted: () => (held ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(true)),
    losesReply: () => {
      if (repliesToLose === 0) return false;
      repliesToLose -= 1;
      return true;
    },
    turnAway: () => open(false),
  };
};
