/** How far a rebuild is. Positions, not events, are what its length is known in. */
export interface RebuildProgress {
  readonly phase: 'folding' | 'indexing' | 'comparing' | 'switching' | 'done';
  /** Events folded so far. */
  readonly events: number;
  readonly position: number;
  /** Where the log ended when this was reported. */
  readonly target: number;
  readonly eventsPerSecond: number;
  /** Until the log is folded, at the pace so far; null when nothing can be said yet. */
  readonly etaSeconds: number | null;
}

/** Keeps count of a rebuild and tells about it, not too often. */
export class Progress {
  readonly #tell: (progress: RebuildProgress) => void;
  readonly #began = performance.now();
  #told = 0;
  #phase: RebuildProgress['phase'] = 'folding';
  events = 0;
  position = 0;
  target = 0;

  constructor(tell: (progress: RebuildProgress) => void) {
    this.#tell = tell;
  }

  enter(phase: RebuildProgress['phase']): void {
    this.#phase = phase;
    this.#report();
  }

  folded(events: number, position: number): void {
    this.events += events;
    this.position = position;
    if (performance.now() - this.#told >= TELL_EVERY_MS) this.#report();
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  #report(): void {
    this.#told = performance.now();
    const { seconds, position, target, events } = this;
    const left = Math.max(0, target - position);
    this.#tell({
      phase: this.#phase,
      events,
      position,
      target,
      eventsPerSecond: Math.round(events / Math.max(seconds, 0.001)),
      etaSeconds: position > 0 ? Math.ceil((left * seconds) / position) : null,
    });
  }
}

const TELL_EVERY_MS = 500;
