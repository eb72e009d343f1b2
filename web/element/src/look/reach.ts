/**
 * Whether a key is an element's to take. What fills a page of its own, or is told to by `keys="page"`, hears all of
 * them; a `session-room` in somebody else's page only those pressed inside it.
 */
export function hears(element: Element, event: Event): boolean {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode)
    if (at instanceof Element && at.localName === 'session-room')
      return at.getAttribute('keys') === 'page' || event.composedPath().includes(at);
  return true;
}
