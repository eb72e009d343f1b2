import type { RoomCommand, RoomState, Person } from '@session-room/client';
import { property } from 'lit/decorators.js';
import { RoomLink } from './room/room-link.js';
import { TranslatedElement } from './text/translated-element.js';

/**
 * Fired when a person asks the room for something; never for a change that came from elsewhere. Where it is prevented,
 * nothing is asked.
 */
export class CommandEvent extends CustomEvent<RoomCommand> {
  constructor(command: RoomCommand, bubbles = true) {
    super('sr-command', { detail: command, bubbles, composed: bubbles, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'sr-command': CommandEvent;
  }
}

/**
 * A part of a room: it draws the state it is given and fires what people ask for. It knows no server, so a host
 * (a page, the widget, a test) decides where both go.
 */
export class RoomPart extends TranslatedElement {
  /** The room as far as it is known; nothing is drawn without it. */
  @property({ attribute: false }) state?: RoomState;
  /** The participant who looks, if any. */
  @property({ attribute: false }) you?: string;
  /** The server's time, Unix milliseconds. */
  @property({ attribute: false }) now: () => number = Date.now;
  /** Shows what only a facilitator may do. The server decides; this only keeps the others' screens quiet. */
  @property({ type: Boolean }) manage = false;
  /** The id of the `session-room` that fills in all this; without it and without a `state`, the one around the part does. */
  @property() for = '';
  private readonly link = new RoomLink(this);

  protected get self(): Person | undefined {
    return this.you === undefined ? undefined : this.state?.people[this.you];
  }

  protected nameOf(pid: string | undefined): string {
    return (pid !== undefined && this.state?.people[pid]?.name) || '';
  }

  protected order(command: RoomCommand): void {
    const { room } = this.link;
    // A room that the part belongs to says it once more, as its own.
    if (this.dispatchEvent(new CommandEvent(command, !room))) room?.request(command);
  }
}
