import type { BoardSource } from '@session-room/client/board';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { UndoManager } from 'yjs';
import { ownHistory } from './board-edits.js';
import { BoardModel, type BoardChange } from './board-model.js';

export interface ReplicaListener {
  changed(change: BoardChange): void;
  /** The model and the history are other ones. */
  began(): void;
  /** Somebody looks at something else, as often as a caret moves. */
  looked(): void;
}

/** A source's document as model and history, for as long as its host is on the page; a board that began anew is read anew. */
export class BoardReplica implements ReactiveController {
  model?: BoardModel;
  history?: UndoManager;
  private source?: BoardSource;
  private unsubscribe?: () => void;
  private unbind?: () => void;
  private readonly redraw = (): void => this.host.requestUpdate();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly listener: ReplicaListener,
  ) {
    host.addController(this);
  }

  follow(source: BoardSource | undefined): void {
    if (source === this.source) return;
    this.hostDisconnected();
    this.source = source;
    this.hostConnected();
  }

  hostConnected(): void {
    if (!this.source || this.unsubscribe) return;
    this.unsubscribe = this.source.subscribe({ status: this.redraw, reset: () => this.bind() });
    this.bind();
  }

  hostDisconnected(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.unbind?.();
    this.unbind = undefined;
  }

  private bind(): void {
    this.unbind?.();
    const { redraw } = this;
    const { doc, awareness } = this.source!;
    const model = new BoardModel(doc);
    const history = ownHistory(model);
    model.subscribe((change) => this.listener.changed(change));
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) history.on(event, redraw);
    const looked = ({ added, updated }: { added: number[]; updated: number[] }) => {
      this.listener.looked();
      // One's own changes only when one acts: what one sees as a facilitator may be another thing then.
      if ([...added, ...updated].includes(awareness.clientID)) redraw();
    };
    awareness.on('change', looked);
    this.unbind = () => {
      awareness.off('change', looked);
      history.destroy();
      model.destroy();
    };
    this.model = model;
    this.history = history;
    this.listener.began();
  }
}
