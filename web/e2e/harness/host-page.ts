import { enterRoom, HttpRefusal, RoomConnection } from '@session-room/client';

/** What a page of another site tries, and what came of it. */
export interface HostPage {
  join(server: string, room: string, invite: string): Promise<string>;
  read(server: string, room: string, token: string): Promise<string>;
  /** By the client, which negotiates first. */
  connect(server: string, token: string): Promise<string>;
  /** A socket without any question before it: no browser asks for leave, only the server can refuse. */
  dial(server: string, token: string): Promise<string>;
  frame(server: string, room: string): Promise<void>;
}

declare global {
  interface Window {
    host: HostPage;
  }
}

window.host = {
  async join(server, room, invite) {
    try {
      return (await enterRoom(room, { invite, name: 'Ann' }, { server })).participantId ? 'joined' : 'nothing';
    } catch (error) {
      return error instanceof HttpRefusal && error.status > 0 ? `${error.status} ${error.message}` : 'blocked';
    }
  },
  async read(server, room, token) {
    try {
      const answer = await fetch(`${server}/api/rooms/${room}`, { headers: { authorization: `Bearer ${token}` } });
      const body = (await answer.json()) as { code?: string; state?: { room: { title: string } } };
      return body.state?.room.title ?? `${answer.status} ${body.code}`;
    } catch {
      return 'blocked';
    }
  },
  connect(server, token) {
    return new Promise((resolve) => {
      const connection = new RoomConnection({
        server,
        token,
        // It would try again for ever, as after any lost network: a browser does not tell a page why it was kept away.
        wait: async () => {
          resolve('waiting to try again');
          await connection.leave();
        },
      });
      connection.subscribe({
        status: ({ phase, ending }) => {
          if (phase === 'connecting') return;
          resolve(ending ?? phase);
          void connection.leave();
        },
      });
      connection.start();
    });
  },
  dial(server, token) {
    const socket = new WebSocket(`${server.replace('http', 'ws')}/hubs/room?access_token=${encodeURIComponent(token)}`);
    return new Promise((resolve) => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
  },
  frame(server, room) {
    const frame = document.createElement('iframe');
    frame.src = `${server}/embed/${room}`;
    return new Promise((resolve) => {
      frame.onload = () => resolve();
      document.body.append(frame);
    });
  },
};
