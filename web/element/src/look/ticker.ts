import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Draws its host again at the moment when what it shows changes, and not in between: `untilChange` says how many
 * milliseconds that is from now, or undefined while nothing moves.
 */
export class Ticker implements ReactiveController {
  private timeout?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly untilChange: () => number | undefined,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    // Asked before the host draws: a change that falls between asking and drawing only draws once more than needed,
    // while asked afterwards it would be missed until the next.
    this.hostDisconnected();
    const wait = this.untilChange();
    if (wait !== undefined) this.timeout = setTimeout(() => this.host.requestUpdate(), Math.max(1, wait));
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    clearTimeout(this.timeout);
  }
}

/** Milliseconds until a count of `stepMs` steps moves on: for what counts down (`ms` to go) as for what is over. */
export function untilNextStep(ms: number, stepMs = 1000): number {
  const into = ((ms % stepMs) + stepMs) % stepMs;
  return into === 0 ? stepMs : into;
}
