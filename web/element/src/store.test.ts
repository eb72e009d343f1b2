import { afterEach, expect, test, vi } from 'vitest';
import { read, readJson, storageOf, write } from './store.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each(['localStorage', 'sessionStorage'] as const)(
  'where %s is blocked the property throws, and there is none',
  (name) => {
    vi.spyOn(window, name, 'get').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const storage = storageOf(name);
    expect(storage).toBeUndefined();
    write(storage, 'key', 'value');
    expect(read(storage, 'key')).toBeNull();
    expect(readJson(storage, 'key')).toBeUndefined();
  },
);

test('what was written is read again, and taken away with null', () => {
  const storage = storageOf('localStorage');
  write(storage, 'key', '{"a":1}');
  expect(readJson(storage, 'key')).toEqual({ a: 1 });
  write(storage, 'key', null);
  expect(read(storage, 'key')).toBeNull();
});

test('what cannot be read as JSON is as good as nothing', () => {
  write(storageOf('localStorage'), 'key', '{broken');
  expect(readJson(storageOf('localStorage'), 'key')).toBeUndefined();
});
