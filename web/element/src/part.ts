import type { RoomCommand, RoomState, Person } from '@session-room/client';
import { property } from 'lit/decorators.js';
import { TranslatedElement } from './text/translated-element.js';

/** Fired when a person asks the room for something; never for a change that came from elsewhere. */
export class CommandEvent extends CustomEvent<RoomCommand> {
  constructor(command: RoomCommand) {
    super('sr-command', { detail: command, bubbles: true, composed: true });
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

  protected get self(): Person | undefined {
    return this.you === undefined ? undefined : this.state?.people[this.you];
  }

  protected nameOf(pid: string | undefined): string {
    return (pid !== undefined && this.state?.people[pid]?.name) || '';
  }

  protected order(command: RoomCommand): void {
    this.dispatchEvent(new CommandEvent(command));
  }
}
