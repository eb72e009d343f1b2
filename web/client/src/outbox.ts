import { newCommandId, type Answer, type IdentifiedCommand, type RoomCommand } from './commands.js';

interface Waiting {
  command: IdentifiedCommand;
  answer(answer: Answer): void;
}

/** Commands without an answer yet, in the order in which they were given. Each keeps its id however often it is sent. */
export class Outbox {
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly newId: () => string = newCommandId) {}

  get commands(): readonly IdentifiedCommand[] {
    return Array.from(this.waiting.values(), ({ command }) => command);
  }

  put(command: RoomCommand): { command: IdentifiedCommand; answered: Promise<Answer> } {
    const identified = { id: this.newId(), ...command } as IdentifiedCommand;
    const answered = new Promise<Answer>((answer) => this.waiting.set(identified.id, { command: identified, answer }));
    return { command: identified, answered };
  }

  has(id: string): boolean {
    return this.waiting.has(id);
  }

  settle(id: string, answer: Answer): void {
    const entry = this.waiting.get(id);
    this.waiting.delete(id);
    entry?.answer(answer);
  }

  settleAll(answer: Answer): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, answer);
  }
}
