import type { RoomCommand } from '@session-room/client';
import type { ReactiveController } from 'lit';
import type { RoomPart } from '../part.js';

/** A `session-room`, as the parts that stand elsewhere on the page know it. */
export interface PartsRoom {
  /** Keeps the part's state, person and time as the room's are. */
  show(part: RoomPart): void;
  forget(part: RoomPart): void;
  /** What a person asked for at such a part. */
  request(command: RoomCommand): void;
}

/** Parts that have found no room yet; it may come after them. */
const looking = new Set<RoomLink>();

export function roomHasCome(): void {
  for (const each of looking) each.hostConnected();
}

/** Finds the room of a part that nobody has given a state. */
export class RoomLink implements ReactiveController {
  room?: PartsRoom;

  constructor(private readonly part: RoomPart) {
    part.addController(this);
  }

  hostConnected(): void {
    const { part } = this;
    if (this.room || (part.state && !part.for)) return;
    const found = part.for
      ? (part.getRootNode() as Partial<Document>).getElementById?.(part.for)
      : part.closest('session-room');
    if (found && 'request' in found) {
      looking.delete(this);
      this.room = found as unknown as PartsRoom;
      this.room.show(part);
    } else looking.add(this);
  }

  hostDisconnected(): void {
    looking.delete(this);
    this.room?.forget(this.part);
    this.room = undefined;
  }
}
