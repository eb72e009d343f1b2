// What a hub protocol does to a value, so that one scenario serves both: JSON carries bytes as base64 and times as text.

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export function valuesOf(protocol) {
  const binary = protocol === 'messagepack';
  return {
    binary,
    bytes: (bytes) => (binary ? bytes : toBase64(bytes)),
    unbytes: (value) => (binary ? value : fromBase64(value)),
    time: (date) => (binary ? date : date.toJSON()),
    untime: (value) => (binary ? value : new Date(value)).toJSON(),
    hexOf: (value) => {
      if (binary !== value instanceof Uint8Array) throw new Error(`bytes came as ${Object.prototype.toString.call(value)}`);
      return hex(binary ? value : fromBase64(value));
    },
  };
}

/** A megabyte that is no repetition of anything small. */
export function megabyte() {
  const bytes = new Uint8Array(1024 * 1024);
  for (let i = 0, x = 1; i < bytes.length; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

/** Compares as JSON does, keys in any order. */
export function same(actual, expected) {
  const ordered = (value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]))
      : Array.isArray(value)
        ? value.map(ordered)
        : value;
  const [a, e] = [JSON.stringify(ordered(actual)), JSON.stringify(ordered(expected))];
  if (a !== e) throw new Error(`expected ${e}, got ${a}`);
  return actual;
}

export async function failure(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error.message;
  }
  throw new Error(`expected a failure, got ${JSON.stringify(value)}`);
}

/** All items of a stream; an error ends the list as its text. */
export function drain(stream, onItem = () => {}) {
  return new Promise((resolve) => {
    const items = [];
    stream.subscribe({
      next: (item) => {
        items.push(item);
        onItem(item);
      },
      error: (error) => resolve([...items, `error: ${error.message}`]),
      complete: () => resolve(items),
    });
  });
}

export const within = (seconds, promise, what) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
