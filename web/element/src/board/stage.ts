import type { RoomState } from '@session-room/client';
import type { BoardPresence, BoardSource } from '@session-room/client/board';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface StageHost extends ReactiveControllerHost {
  readonly board?: BoardSource;
  readonly state?: RoomState;
}

/**
 * What the facilitators want the big screen to show: the wish that came last. It outlives the connection of whoever had
 * it, so that a blink of theirs changes nothing on the wall.
 */
export class Stage implements ReactiveController {
  shown: 'room' | 'board' = 'room';
  /** The card that the facilitator looks at, while the screen shows the board. */
  card?: string;
  private awareness?: BoardSource['awareness'];

  /** `outvoted` is called when somebody else's wish comes while one's own stands: there is one at a time. */
  constructor(
    private readonly host: StageHost,
    private readonly outvoted?: () => void,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const awareness = this.host.board?.awareness;
    if (awareness === this.awareness) return;
    this.awareness?.off('change', this.onChange);
    this.awareness = awareness;
    awareness?.on('change', this.onChange);
    for (const client of awareness?.getStates().keys() ?? []) this.hear(client);
  }

  hostDisconnected(): void {
    this.awareness?.off('change', this.onChange);
    this.awareness = undefined;
  }

  private readonly onChange = ({ added, updated }: { added: number[]; updated: number[] }): void => {
    for (const client of [...added, ...updated]) this.hear(client);
    this.host.requestUpdate();
  };

  private hear(client: number): void {
    const { awareness, host } = this;
    const wish = awareness?.getStates().get(client) as BoardPresence | undefined;
    const leads = client === awareness?.clientID || host.state?.people[wish?.pid ?? '']?.role === 'facilitator';
    if (!leads || (wish?.stage !== 'room' && wish?.stage !== 'board')) return;
    const own = awareness?.getLocalState() as BoardPresence | null | undefined;
    if (client !== awareness?.clientID && own?.stage) this.outvoted?.();
    this.shown = wish.stage;
    this.card = wish.stage === 'board' && typeof wish.card === 'string' ? wish.card : undefined;
  }
}
