import type { ReactiveControllerHost } from 'lit';

const shownMs = 6000;

/** What was just said to the person, for as long as it takes to read. */
export class Notice {
  private saying?: () => string;
  private timeout?: ReturnType<typeof setTimeout>;

  constructor(private readonly host: ReactiveControllerHost) {}

  get shown(): boolean {
    return this.saying !== undefined;
  }

  /** In the language of the moment in which it is read. */
  get text(): string | undefined {
    return this.saying?.();
  }

  say(text: () => string): void {
    this.show(text);
    clearTimeout(this.timeout);
    this.timeout = setTimeout(() => this.show(undefined), shownMs);
  }

  private show(text: (() => string) | undefined): void {
    this.saying = text;
    this.host.requestUpdate();
  }
}
