import { HttpRefusal } from '@session-room/client';

export const exportFormats = ['md', 'json', 'csv', 'ics'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Fetches the session's record with the token, which an ordinary link could not carry, and saves it as a file. */
export async function download(
  { server = '', room, token }: { server?: string; room: string; token: string },
  format: ExportFormat,
): Promise<void> {
  const response = await fetch(`${server}/api/rooms/${encodeURIComponent(room)}/export?format=${format}`, {
    headers: { authorization: `Bearer ${token}` },
  }).catch((error: unknown) => {
    throw new HttpRefusal(0, String(error));
  });
  if (!response.ok) throw new HttpRefusal(response.status, response.statusText);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `${room}.${format}`;
  link.click();
  URL.revokeObjectURL(address);
}
