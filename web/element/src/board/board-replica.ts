import type { BoardSource } from '@session-room/client/board';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { UndoManager } from 'yjs';
import { ownHistory } from './board-edits.js';
import { BoardModel, type BoardChange } from './board-model.js';

export interface ReplicaListener {
  changed(change: BoardChange): void;
  /** The model and the history are other ones. */
  began(): void;
}

/** A source's document as model and history, for as long as its host is on the page; a board that began anew is read anew. */
export class BoardReplica implements ReactiveController {
  model?: BoardModel;
  history?: UndoManager;
  private source?: BoardSource;
  private letGo: (() => void)[] = [];

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
    const { source, host } = this;
    if (!source || this.letGo.length > 0) return;
    const redraw = () => host.requestUpdate();
    const unsubscribe = source.subscribe({
      status: redraw,
      reset: () => {
        this.hostDisconnected();
        this.hostConnected();
      },
    });
    const { awareness } = source;
    const model = new BoardModel(source.doc);
    const history = ownHistory(model);
    model.subscribe((change) => this.listener.changed(change));
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) history.on(event, redraw);
    awareness.on('change', redraw);
    this.letGo = [unsubscribe, () => awareness.off('change', redraw), () => history.destroy(), () => model.destroy()];
    this.model = model;
    this.history = history;
    this.listener.began();
  }

  hostDisconnected(): void {
    for (const each of this.letGo.splice(0)) each();
  }
}
