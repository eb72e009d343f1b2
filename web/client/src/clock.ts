interface Sample {
  /** Server time minus monotonic time. */
  offset: number;
  roundTrip: number;
  at: number;
}

/** What a computer's quartz may drift, a generous 100 ppm: an old sample's bound grows by as much. */
const driftPerMs = 100e-6;
/** The wall clock and the monotonic one may differ by this much before we take it for a sleep of the machine. */
const sleepToleranceMs = 1000;
const kept = 16;

export interface LocalTime {
  /** Milliseconds that never go backwards, whatever is done to the clock on the wall. */
  monotonic(): number;
  /** The machine's own idea of the date. Only compared with itself, to notice that the machine slept. */
  wall(): number;
}

export const browserTime: LocalTime = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * The server's clock, estimated. Of the samples taken, the one with the least round trip bounds the error best
 * (by half that round trip). It rests on the monotonic clock, so a step of the machine's own clock changes nothing.
 */
export class RoomClock {
  private samples: Sample[] = [];
  private best?: Sample;
  private wallMinusMonotonic: number;

  constructor(private readonly time: LocalTime = browserTime) {
    this.wallMinusMonotonic = time.wall() - time.monotonic();
  }

  /** The server's time now, Unix milliseconds. The machine's own date until the first sample. */
  readonly now = (): number => (this.best ? this.time.monotonic() + this.best.offset : this.time.wall());

  get synchronised(): boolean {
    return this.best !== undefined;
  }

  /** How far `now` may be from the truth, milliseconds. */
  get errorBoundMs(): number {
    return this.best ? bound(this.best, this.time.monotonic()) : Infinity;
  }

  monotonic(): number {
    return this.time.monotonic();
  }

  /** Takes what the server answered to a question sent at `sentAt` and answered at `receivedAt`, both monotonic. */
  sample(serverTime: number, sentAt: number, receivedAt: number): void {
    this.samples.push({
      offset: serverTime - (sentAt + receivedAt) / 2,
      roundTrip: receivedAt - sentAt,
      at: receivedAt,
    });
    if (this.samples.length > kept) this.samples.shift();
    this.best = this.samples.reduce((a, b) => (bound(b, receivedAt) <= bound(a, receivedAt) ? b : a));
  }

  /**
   * True when the wall clock moved against the monotonic one: it was set, or the machine slept and its monotonic
   * clock with it. The samples may be void then, and the caller should take new ones after `restart`.
   */
  moved(): boolean {
    const difference = this.time.wall() - this.time.monotonic();
    const moved = Math.abs(difference - this.wallMinusMonotonic) > sleepToleranceMs;
    if (moved) this.wallMinusMonotonic = difference;
    return moved;
  }

  /** Forgets the samples but goes on with the last estimate until the next one comes. */
  restart(): void {
    this.samples = [];
  }
}

function bound(sample: Sample, at: number): number {
  return sample.roundTrip / 2 + (at - sample.at) * driftPerMs;
}
