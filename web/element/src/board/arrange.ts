/** Chromium and Firefox move an element without taking it out; what is typed in it then goes on undisturbed. */
type Parent = Element & { moveBefore?(child: Node, before: Node | null): void };

/**
 * Gives a list exactly these children in this order and moves as few as it can. Where the browser can only take out
 * and put in again, whatever had the focus gets it back.
 */
export function arrange(parent: Parent, wanted: readonly HTMLElement[]): void {
  let at = parent.firstElementChild;
  for (const child of wanted) {
    if (child === at) {
      at = at.nextElementSibling;
      continue;
    }
    if (parent.moveBefore && child.isConnected) parent.moveBefore(child, at);
    else {
      const focused = focusIn(child);
      parent.insertBefore(child, at);
      focused?.focus({ preventScroll: true });
    }
  }
  while (at) {
    const next = at.nextElementSibling;
    at.remove();
    at = next;
  }
}

/** The focused element inside, through all shadow roots. */
export function focusIn(container: HTMLElement): HTMLElement | undefined {
  if (!container.isConnected) return undefined;
  const active = (container.getRootNode() as Document | ShadowRoot).activeElement;
  if (!active || !container.contains(active)) return undefined;
  let inner: Element = active;
  while (inner.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement;
  return inner as HTMLElement;
}
