export type Run = string | { href: string; text: string };

/** A text with its web addresses told apart. What merely looks like one, or is of another scheme, stays text. */
export function linksIn(text: string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(/https?:\/\/[^\s<>"'\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi)) {
    // The full stop of a sentence and the bracket around an address are not its own.
    const address = found.replace(/[.,;:!?)\]}]+$/, '');
    if (!URL.canParse(address)) continue;
    if (index > from) runs.push(text.slice(from, index));
    runs.push({ href: address, text: address });
    from = index + address.length;
  }
  if (from < text.length) runs.push(text.slice(from));
  return runs;
}
