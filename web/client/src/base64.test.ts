import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64.js';

test('bytes come back from base64 as they went, also more than a call takes as arguments', () => {
  for (const length of [0, 1, 2, 3, 500_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    const back = fromBase64(toBase64(bytes));
    expect(back.length).toBe(length);
    expect(back.every((byte, i) => byte === bytes[i])).toBe(true);
  }
  expect(toBase64(new Uint8Array([0xfb, 0xff]))).toBe('+/8=');
});
