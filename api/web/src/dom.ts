// Elements in one line each: h('p', {class: 'soft'}, 'text', child).

type Child = Node | string | number | null | undefined | false | Child[];
type Props = Record<string, unknown>;

const svgSpace = 'http://www.w3.org/2000/svg';

function fill(e: Element, props: Props, children: Child[]): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') e.addEventListener(name.slice(2), value as EventListener);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'selected') (e as unknown as Props)[name] = value;
    else e.setAttribute(name, value === true ? '' : String(value));
  }
  append(e, children);
}

export function append(e: Element, children: Child[]): void {
  for (const c of children) {
    if (Array.isArray(c)) append(e, c);
    else if (c instanceof Node) e.appendChild(c);
    else if (c !== null && c !== undefined && c !== false) e.appendChild(document.createTextNode(String(c)));
  }
}

/** An HTML element. A property that is a function listens: onclick, onchange. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  fill(e, props, children);
  return e;
}

/** An SVG element. */
export function s(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  const e = document.createElementNS(svgSpace, tag) as SVGElement;
  fill(e, props, children);
  return e;
}

/** Puts these children in place of whatever an element holds. */
export function replace(e: Element, ...children: Child[]): void {
  while (e.firstChild) e.removeChild(e.firstChild);
  append(e, children);
}
