import { forgetBoard, type Ending } from '@session-room/client';
import { readJson, storageOf, write } from '@session-room/element/store.ts';
import { dropLinks } from './handed-out.js';
import { keyOf, tabKeyOf, traceOf, type Invitation, type Kept } from './invitation.js';

/** It is over for good: invite, token, links and what was kept of the board are not left behind in the browser. */
export function forget({ room, invite, entry }: Invitation, ending: Ending): void {
  if (entry) forgetBoard(room, entry.participantId);
  dropFromBrowser(room, invite, { ending, trace: traceOf(invite) });
  for (const key of [keyOf(room), tabKeyOf(room)]) write(storageOf('sessionStorage'), key, null);
}

/** The session has ended: this tab may still look and export, whoever uses the browser later may not. */
export function keepInTabOnly(invitation: Invitation): void {
  const { room, invite } = invitation;
  dropFromBrowser(room, invite);
  write(storageOf('sessionStorage'), keyOf(room), invite);
  write(storageOf('sessionStorage'), tabKeyOf(room), JSON.stringify(invitation));
}

function dropFromBrowser(room: string, invite: string, ended?: Kept['ended']): void {
  const lasting = storageOf('localStorage');
  const kept = readJson<Kept>(lasting, keyOf(room)) ?? {};
  const invitations = { ...kept.invitations };
  delete invitations[invite];
  const last = kept.last === invite ? undefined : kept.last;
  const empty = !ended && !last && Object.keys(invitations).length === 0;
  write(lasting, keyOf(room), empty ? null : JSON.stringify({ last, invitations, ended }));
  dropLinks(room);
}
