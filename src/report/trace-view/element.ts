// Elements of a page, made in one expression.

export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

/** `false` and undefined leave an attribute out, `true` is its name alone. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** A sentence with `code` in it, as an element's children. */
export const prose = (text: string): readonly (Node | string)[] => text.split('`').map((part, i, { length }) => (i % 2 === 0 ? part : i < length - 1 ? element('code', {}, part) : `\`${part}`));

export function button(label: string, text: string, action: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', 'aria-label': label, title: label }, text);
  made.addEventListener('click', action);
  return made;
}

/** Scrolls the pane, and only it, as far as is needed to see the child with some lines around it. */
export function reveal(pane: HTMLElement, child: HTMLElement, margin: number): void {
  const [outer, inner] = [pane.getBoundingClientRect(), child.getBoundingClientRect()];
  const above = inner.top - outer.top - margin;
  const below = inner.bottom - outer.bottom + margin;
  if (above < 0) pane.scrollTop += above;
  else if (below > 0) pane.scrollTop += Math.min(below, above);
}

/** The same from side to side. */
export function revealAcross(pane: HTMLElement, child: HTMLElement): void {
  const [outer, inner] = [pane.getBoundingClientRect(), child.getBoundingClientRect()];
  if (inner.right > outer.right) pane.scrollLeft += Math.min(inner.right - outer.right, inner.left - outer.left);
  else if (inner.left < outer.left) pane.scrollLeft += inner.left - outer.left;
}
