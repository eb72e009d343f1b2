import type { HubFormat } from '../link.js';
import type { Bytes } from '../wire.js';

/** As many bytes as a call takes as arguments everywhere. */
const chunk = 0x8000;

export function pack(bytes: Uint8Array, format: HubFormat): Bytes {
  return format === 'json' ? toBase64(bytes) : bytes;
}

export function unpack(bytes: Bytes): Uint8Array {
  return typeof bytes === 'string' ? fromBase64(bytes) : bytes;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
