/** Chromium and Firefox move an element without taking it out; what is typed in it then goes on undisturbed. */
type Parent = Element & { moveBefore?(child: Node, before: Node | null): void };

/**
 * Brings these children into a list in this order and moves as few as it can; what else is in it stays, to be moved
 * elsewhere. Where the browser can only take out and put in again, whatever had the focus gets it back.
 */
export function arrange(parent: Parent, wanted: readonly HTMLElement[]): void {
  const staying = new Set<Element>(wanted);
  let at = parent.firstElementChild;
  for (const child of wanted) {
    while (at && !staying.has(at)) at = at.nextElementSibling;
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
