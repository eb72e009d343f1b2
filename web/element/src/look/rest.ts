import type { ReactiveController, ReactiveControllerHost } from 'lit';

const restMs = 3000;

/** Whether the pointer has moved lately: on a screen for many, what belongs to it goes when it rests. */
export class PointerRest implements ReactiveController {
  resting = true;
  private timeout?: ReturnType<typeof setTimeout>;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pointermove', this.onMove);
  }

  hostDisconnected(): void {
    removeEventListener('pointermove', this.onMove);
    clearTimeout(this.timeout);
    this.resting = true;
  }

  private readonly onMove = (): void => {
    clearTimeout(this.timeout);
    this.timeout = setTimeout(() => this.turn(true), restMs);
    if (this.resting) this.turn(false);
  };

  private turn(resting: boolean): void {
    this.resting = resting;
    this.host.requestUpdate();
  }
}
