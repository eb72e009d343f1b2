// Storage may be full or forbidden: then a reload asks again, and nothing else is lost.

/** The browser's storage. Where it is blocked, the property itself throws, and there is none. */
export function storageOf(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}

export function read(storage: Storage | undefined, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** What was written with `JSON.stringify`; nothing where there is nothing or it cannot be read. */
export function readJson<T>(storage: Storage | undefined, key: string): Partial<T> | undefined {
  try {
    return (JSON.parse(read(storage, key) ?? 'null') as Partial<T> | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Null takes the key away. */
export function write(storage: Storage | undefined, key: string, value: string | null): void {
  try {
    if (value === null) storage?.removeItem(key);
    else storage?.setItem(key, value);
  } catch {
    // See the top.
  }
}
