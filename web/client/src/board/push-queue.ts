import { mergeUpdates } from 'yjs';
import { backoff } from '../backoff.js';
import { newCommandId, type Answer, type RefusalCode } from '../commands.js';

/** A local edit that the room has not answered yet. */
export interface Edit {
  /** Unique among all pages that edit this board as this participant. */
  readonly key: readonly [page: string, number: number];
  readonly update: Uint8Array;
}

export interface Pace {
  /** How long edits are collected before they are pushed as one. */
  collectMs: number;
  wait(ms: number): Promise<void>;
  random?(): number;
}

export interface PushTarget {
  push(update: Uint8Array): Promise<Answer>;
  saved(edits: readonly Edit[], update: Uint8Array): void;
  /** The first of what is left will never be taken. The queue has stopped. */
  refused(code: RefusalCode): void;
}

/** The server takes half a megabyte at once and a quarter a second; what is merged stays well below the one. */
const mergedBytes = 400_000;
const bundle = 32;
/** Answers that say nothing of the edit itself. */
const passing: readonly RefusalCode[] = ['rate_limited', 'unavailable', 'not_found'];

/**
 * Edits on their way to the room, oldest first, one push at a time. An edit stays until it is answered: pushing it again
 * after an answer was lost changes nothing.
 */
export class PushQueue {
  private readonly page = newCommandId();
  private made = 0;
  private waiting: Edit[] = [];
  /** The time from one Join to the loss of its link; a new one each time, so that an older run notices. */
  private session?: { running: boolean };

  constructor(
    private readonly target: PushTarget,
    private readonly pace: Pace,
  ) {}

  get edits(): readonly Edit[] {
    return this.waiting;
  }

  add(update: Uint8Array): Edit {
    const edit = { key: [this.page, this.made++] as const, update };
    this.waiting.push(edit);
    void this.run();
    return edit;
  }

  /** Edits of an earlier page, which come before all that was added here. */
  restore(edits: readonly Edit[]): void {
    this.waiting.unshift(...edits);
  }

  open(): void {
    if (this.session) return;
    this.session = { running: false };
    void this.run();
  }

  close(): void {
    this.session = undefined;
  }

  /** Ends with one last push of what is still being collected. Resolves with its answer, or when its link is lost. */
  async flush(): Promise<void> {
    const hears = this.session !== undefined;
    this.close();
    if (hears && this.waiting.length > 0) await this.pushNext();
  }

  private async pushNext(): Promise<Answer | undefined> {
    const batch = upTo(mergedBytes, this.waiting);
    const update = merged(batch.map((edit) => edit.update));
    const answer = await this.target.push(update).catch(() => undefined);
    if (answer?.ok) {
      const saved = new Set(batch);
      this.waiting = this.waiting.filter((edit) => !saved.has(edit));
      this.target.saved(batch, update);
    }
    return answer;
  }

  private async run(): Promise<void> {
    const { session } = this;
    if (!session || session.running) return;
    session.running = true;
    for (let failures = 0; this.waiting.length > 0;) {
      await this.pace.wait(failures === 0 ? this.pace.collectMs : backoff(failures - 1, this.pace.random));
      if (this.session !== session) return;
      const answer = await this.pushNext();
      if (answer?.ok) failures = 0;
      else if (answer && !passing.includes(answer.error.code)) {
        // Asked in an earlier session, it is asked again in this one, which then gets the same answer.
        if (this.session !== session) return;
        this.close();
        return this.target.refused(answer.error.code);
      } else failures++;
    }
    session.running = false;
  }
}

/** As many of the first as stay within the limit together; one that is beyond it by itself goes by itself. */
function upTo(bytes: number, edits: readonly Edit[]): readonly Edit[] {
  let [count, sum] = [0, 0];
  for (const { update } of edits) {
    if (count > 0 && sum + update.length > bytes) break;
    count++;
    sum += update.length;
  }
  return edits.slice(0, count);
}

/**
 * In bundles, because the time that Yjs takes grows with the square of their number: ten thousand keystrokes of somebody
 * who was away take 0.1 s, and 3.4 s at once (Node 20, 2026-11).
 */
function merged(updates: Uint8Array[]): Uint8Array {
  while (updates.length > bundle) {
    const bundles = Math.ceil(updates.length / bundle);
    const parts = updates;
    updates = Array.from({ length: bundles }, (_, i) => mergeUpdates(parts.slice(i * bundle, (i + 1) * bundle)));
  }
  return mergeUpdates(updates);
}
