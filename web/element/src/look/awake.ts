import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the screen on while its host is on a page in front. The browser takes the lock back whenever the page is
 * hidden, and refuses it to save a battery: then the screen does as it always does.
 */
export class Awake implements ReactiveController {
  private lock?: WakeLockSentinel;
  private wanted = false;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.wanted = true;
    document.addEventListener('visibilitychange', this.ask);
    void this.ask();
  }

  hostDisconnected(): void {
    this.wanted = false;
    document.removeEventListener('visibilitychange', this.ask);
    void this.lock?.release();
    this.lock = undefined;
  }

  private readonly ask = async (): Promise<void> => {
    // A page on plain http has no lock to ask for.
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (this.wanted) this.lock = lock;
      else void lock.release();
    } catch {
      // Asked again when the page is shown again.
    }
  };
}
