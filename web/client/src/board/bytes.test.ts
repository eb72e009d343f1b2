import { expect, test } from 'vitest';
import { pack, unpack } from './bytes.js';

test('json carries bytes as base64, also more than a call takes as arguments; messagepack as they are', () => {
  for (const length of [0, 1, 2, 3, 500_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    expect(pack(bytes, 'messagepack')).toBe(bytes);
    expect(unpack(bytes)).toBe(bytes);
    const text = pack(bytes, 'json');
    expect(typeof text).toBe('string');
    const back = unpack(text);
    expect(back.length).toBe(length);
    expect(back.every((byte, i) => byte === bytes[i])).toBe(true);
  }
  expect(pack(new Uint8Array([0xfb, 0xff]), 'json')).toBe('+/8=');
});
