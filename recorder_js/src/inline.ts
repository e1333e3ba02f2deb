// Handlers that the markup gives (`<img onload="...">`, `<body onload="...">`): no setter tells of them. The first event
// that comes to one, before it gets there, has the handler held like those of scripts.
import { addEventListener, composedPath, eventType } from './nativeevents.ts';
import { type List } from './natives.ts';
import { documentBody, getAttribute, hasAttribute, localName, nodeType } from './nodes.ts';

const ELEMENT = 1;

/** Takes the handler of an attribute, under a name that is the same in recording and replay. */
type Take = (target: object, type: string, name: string) => unknown;

/** `types`: of events to elements. `ofWindow`: whose handlers on the body are the window's. */
export function followInline(types: List<string>, ofWindow: List<string>, take: Take): void {
  const toElement = (event: Event): void => {
    const path = composedPath(event);
    const type = eventType(event);
    const attribute = 'on' + type;
    for (let i = 0; path && i < path.length; i++) {
      const element = path[i] as Element;
      if (nodeType(element) === ELEMENT && hasAttribute(element, attribute)) take(element, type, nameOf(element));
    }
  };
  const toWindow = (event: Event): void => {
    const body = documentBody(document);
    const type = eventType(event);
    if (body && hasAttribute(body, 'on' + type)) take(window, type, 'of the body');
  };
  for (let i = 0; i < types.length; i++) addEventListener(document, types[i] as string, toElement, true);
  for (let i = 0; i < ofWindow.length; i++) addEventListener(window, ofWindow[i] as string, toWindow, true);
}

/** In what order events come to elements is the browser's affair: an ordinal could not name them. */
function nameOf(element: Element): string {
  return 'of ' + localName(element) + ' ' + (addressOf(element) ?? getAttribute(element, 'id') ?? getAttribute(element, 'class') ?? '');
}

/** What an element loads, as its markup has it. */
export function addressOf(element: Element): string | null {
  return getAttribute(element, 'src') ?? getAttribute(element, 'href') ?? getAttribute(element, 'data');
}
