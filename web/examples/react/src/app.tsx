import { useEffect, useRef, useState } from 'react';
import type { Changed, SessionRoomElement } from '@session-room/element/react';
import '@session-room/element/react';
import { renew, signIn, visitOf, type Visit } from './site.js';

export function App() {
  const room = useRef<SessionRoomElement>(null);
  const [visit, setVisit] = useState<Visit>();
  const [compact, setCompact] = useState(true);
  const [joined, setJoined] = useState(false);
  const [heard, setHeard] = useState<string[]>([]);
  const [trouble, setTrouble] = useState('');

  const enter = () =>
    visitOf().then(setVisit, (error: Error) => {
      setTrouble(error.message);
    });
  useEffect(() => void enter(), []);

  // A browser does not tell a page why it was kept away.
  useEffect(() => {
    if (!visit || joined) return;
    const ask = `The room does not open. Is the server there, and does its key list ${location.origin}?`;
    const timeout = setTimeout(() => setTrouble(ask), 5000);
    return () => clearTimeout(timeout);
  }, [visit, joined]);

  function hear({ state, events }: Changed) {
    const lines = events.map(({ type, by }) => `${type} by ${state.people[by]?.name ?? by}`);
    if (lines.length > 0) setHeard((former) => [...former, ...lines]);
  }

  async function raise() {
    const answer = await room.current?.do({ type: 'hand.raise', intent: 'question' });
    if (answer?.ok === false) setTrouble(answer.error.message);
  }

  return (
    <>
      <section className="top" aria-label="About this page">
        <h1>A call with a room beside it</h1>
        {(['ann', 'ben'] as const).map((user) => (
          <button key={user} onClick={() => void signIn(user).then(enter)}>
            Sign in as {user === 'ann' ? 'Ann, who facilitates' : 'Ben, a member'}
          </button>
        ))}
        <label>
          <input type="checkbox" checked={compact} onChange={() => setCompact(!compact)} /> Compact
        </label>
        <button disabled={!joined} onClick={() => void raise()}>
          I have a question
        </button>
        <p role="alert">{trouble}</p>
      </section>
      <main className="stage" data-compact={compact}>
        <section className="call" aria-label="The call">
          {['Ann', 'Ben', 'Cleo', 'Dan'].map((name) => (
            <p key={name}>{name}</p>
          ))}
        </section>
        {visit && (
          <session-room
            ref={room}
            server={visit.server}
            token={visit.token}
            renew={renew}
            view={compact ? 'compact' : 'member'}
            onsr-joined={() => {
              setJoined(true);
              setTrouble('');
            }}
            onsr-state={({ detail }) => hear(detail)}
            onsr-left={({ detail }) => {
              setJoined(false);
              setTrouble(`The visit is over: ${detail.reason}`);
            }}
          />
        )}
      </main>
      <aside>
        <h2>What the page heard</h2>
        <ol>
          {heard.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ol>
      </aside>
    </>
  );
}
