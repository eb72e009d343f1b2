export interface Visit {
  server: string;
  token: string;
}

/** Asks the site's back end who is signed in; nobody is an answer, too. */
export async function visitOf(): Promise<Visit | undefined> {
  const answer = await fetch('/token');
  if (answer.status === 401) return undefined;
  if (!answer.ok) throw new Error('The back end has no room: see what it says.');
  return (await answer.json()) as Visit;
}

/** The element asks for this before its token expires, and tries again where it fails. */
export async function renew(): Promise<string> {
  const visit = await visitOf();
  if (!visit) throw new Error('Nobody is signed in.');
  return visit.token;
}

export async function signIn(user: string): Promise<void> {
  await fetch('/login', { method: 'POST', body: JSON.stringify({ user }) });
}
