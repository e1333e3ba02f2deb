// Listeners of things that report from outside: the call of each listener is an arrival.
//
// Ids are given when the page first listens to an object. That happens in page code, whose order is
// deterministic, so ids agree in recording and replay without any identity of the object itself.
import {
  type List, NativeWeakMap, addEventListener, apply, defineProperty, eventTarget, eventType, getOwnPropertyDescriptor, getPrototypeOf, getter, list, append,
  composedPath, nodeType, record, relatedTarget, toLowerCase, weakMapGet, weakMapSet, windowParent,
} from './natives.ts';
import { inTransaction } from './database.ts';
import { isOfHiding } from './focus.ts';
import { CLASSES, GLOBALS, INLINE, INLINE_OF_WINDOW, OLDER } from './heard.ts';
import { BOUNDARY_EVENTS, type Hover } from './hover.ts';
import { addressOf, followInline } from './inline.ts';
import { type Native, replaceAccessor, replaceMethod } from './masquerade.ts';
import { MediaListeners } from './media.ts';
import { connectionOf } from './shared.ts';
import { whenKnown } from './sharing.ts';
import { hasStreams } from './sockets.ts';
import type { Timeline } from './timeline.ts';

/** Events of a document that happen once: in a replay the browser may be there before the listener is. */
const LIFECYCLE: { [type: string]: true | undefined } = { DOMContentLoaded: true, load: true, pageshow: true };
/** The same of what an element loads or shows by itself. */
const OF_ELEMENTS = ['load', 'error', 'toggle'];

const currentTarget = getter<EventTarget | null>('Event', 'currentTarget', null);
const isPrototypeOf = Object.prototype.isPrototypeOf;

type Listener = Function | { handleEvent?: unknown };

/** One call of a listener that waits for its turn. */
interface Ticket {
  target: object;
  type: string;
  withdrawn: boolean;
  readonly live: boolean;
  call: () => void;
}

/** While it is being dispatched an event knows where it is; a listener that is called later is told the same. */
function preserve(event: Event): void {
  const path = composedPath(event);
  if (!path || path.length === 0) return;
  defineProperty(event, 'target', { value: eventTarget(event), configurable: true });
  defineProperty(event, 'composedPath', { value: () => path, configurable: true });
  if ('relatedTarget' in event) defineProperty(event, 'relatedTarget', { value: relatedTarget(event), configurable: true });
}

const messageSource = getter<unknown>('MessageEvent', 'source', null);

/** Who sent a message to this window: of those of one sender the order is kept, between senders the log has it. */
function sourceOf(event: Event): string {
  const source = messageSource(event);
  if (!source || typeof window === 'undefined' || source === window) return '';
  if (source === windowParent(window)) return ' from parent';
  for (let i = 0; i < window.length; i++) if (window[i] === source) return ' from frame ' + i;
  return ' from elsewhere';
}

function callListener(listener: Listener, target: object, event: Event): void {
  const handler = typeof listener === 'function' ? listener : listener.handleEvent;
  if (typeof handler === 'function') apply(handler as never, typeof listener === 'function' ? target : listener, [event]);
}

interface HeldClass {
  prototype: object;
  kind: string;
  types: { [type: string]: true | undefined };
}

export function holdListeners(timeline: Timeline, hover?: Hover): void {
  const { conductor } = timeline;
  const classes = list<HeldClass>();
  const anyType = record<true>();
  const isBoundary = record<true>();
  for (let i = 0; i < BOUNDARY_EVENTS.length; i++) isBoundary[BOUNDARY_EVENTS[i] as string] = true;
  const stream = globalThis.EventSource?.prototype;
  const ids = new NativeWeakMap<object, number>();

  const kindOf = (target: object, type: string): string | undefined => {
    // A server names the events of its stream.
    if (hasStreams() && apply(isPrototypeOf as never, stream, [target])) return 'V';
    if (!anyType[type]) return undefined;
    for (let i = 0; i < classes.length; i++) {
      const held = classes[i] as HeldClass;
      if (!held.types[type] || !apply(isPrototypeOf as never, held.prototype, [target])) continue;
      return held.kind === 'M' && connectionOf(target) !== undefined ? 'm' : held.kind;
    }
    return undefined;
  };
  const idOf = (target: object, kind: string): number | string => {
    if (kind === 'm') return connectionOf(target) as string;
    let id = weakMapGet(ids, target);
    if (id === undefined) weakMapSet(ids, target, (id = timeline.next(kind)));
    return id;
  };

  /** Of media a replay hears from the log alone. */
  const media = conductor.holds ? new MediaListeners(callListener) : undefined;
  const mediaIds = new NativeWeakMap<object, number>();
  const mediaIdOf = (target: object): number => {
    let id = weakMapGet(mediaIds, target);
    if (id !== undefined) return id;
    weakMapSet(mediaIds, target, (id = timeline.next('K')));
    if (media) conductor.outcome(id, (told) => media.follow(target, told), (outcome) => media.deliver(target, '' + outcome.type), true);
    return id;
  };

  /** What waits for its turn, by listener: one that is removed meanwhile must not run. */
  const tickets = new NativeWeakMap<object, List<Ticket>>();

  /** What the browser calls instead of `listener`. */
  const holding = (listener: Listener, name?: string) => function (event: Event): void {
    hold(listener, currentTarget(event) ?? (eventTarget(event) as EventTarget), event, name);
  };
  const hold = (listener: Listener, target: object, event: Event, name?: string, isStill = (): boolean => true): void => {
    const type = eventType(event);
    const kind = kindOf(target, type);
    // Page-made events come from page code, which is deterministic.
    if (kind === undefined || !event.isTrusted) return callListener(listener, target, event);
    if (kind === 'E') return holdAnswer(listener, target, event);
    if (hover && isBoundary[type] && !hover.isOfLayout(event)) {
      hover.catchUp();
      return callListener(listener, target, event);
    }
    const isOfFocus = type === 'blur' || type === 'focusout';
    if (isOfFocus && !isOfHiding(event)) return callListener(listener, target, event);
    const waits = conductor.isHolding || kind === 'c';
    const call = (): void => {
      ticket.withdrawn = true;
      if (waits) defineProperty(event, 'currentTarget', { value: target, configurable: true });
      // Its older name it has only while it is dispatched.
      const renamed = eventType(event) !== type;
      if (renamed) defineProperty(event, 'type', { value: type, configurable: true });
      callListener(listener, target, event);
      if (renamed) delete (event as { type?: string }).type;
    };
    const ticket: Ticket = { target, type, withdrawn: false, get live() { return !this.withdrawn && isStill(); }, call };
    issue(listener, ticket);
    if (waits) {
      preserve(event);
      append(ticketsOf(event), ticket);
      if (isBoundary[type] || isOfFocus) hover?.keep(ticket);
    }
    if (kind === 'K') conductor.arrive('K', [mediaIdOf(target), { type }] as never, call, ticket);
    else if (kind === 'c') whenKnown(event, (life) => conductor.arrive(kind, life, call, ticket));
    else {
      const sender = type === 'message' && target === globalThis ? sourceOf(event) : '';
      conductor.arrive(kind, (name ?? idOf(target, kind)) + ':' + type + sender, call, ticket);
    }
  };
  const holdAnswer = (listener: Listener, target: object, event: Event): void => {
    const type = eventType(event);
    const name = 'database ' + idOf(target, 'E') + ':' + type;
    const deliver = (): void => callListener(listener, target, event);
    preserve(event);
    // What a page can prevent, or can do only now, cannot wait: everything before it in the log catches up.
    if (type === 'success') return inTransaction(timeline, target, name, deliver);
    conductor.event(name);
    deliver();
  };
  /** All calls that one event waits for: a listener may stop those behind it. */
  const ofEvents = new NativeWeakMap<Event, List<Ticket>>();
  const ticketsOf = (event: Event): List<Ticket> => {
    let all = weakMapGet(ofEvents, event);
    if (!all) weakMapSet(ofEvents, event, (all = list()));
    return all;
  };
  const stopping = (immediately: boolean) => (native: Native) => (self: any): unknown => {
    const waiting = weakMapGet(ofEvents, self as Event);
    const at = waiting && currentTarget(self) === null ? (self as Event).currentTarget : null;
    for (let i = 0; waiting && at && i < waiting.length; i++) if (immediately || waiting[i]!.target !== at) waiting[i]!.withdrawn = true;
    return native(self, []);
  };
  replaceMethod(Event.prototype, 'stopPropagation', stopping(false));
  replaceMethod(Event.prototype, 'stopImmediatePropagation', stopping(true));
  const issue = (listener: object, ticket: Ticket): void => {
    const old = weakMapGet(tickets, listener);
    const now = list<Ticket>();
    for (let i = 0; old && i < old.length; i++) if (old[i]!.live) append(now, old[i]!);
    append(now, ticket);
    weakMapSet(tickets, listener, now);
  };
  const withdraw = (listener: object, target: object, type: string): void => {
    const issued = weakMapGet(tickets, listener);
    for (let i = 0; issued && i < issued.length; i++) {
      const ticket = issued[i]!;
      if (ticket.target === target && ticket.type === type) ticket.withdrawn = true;
    }
  };

  const past = list<[object, Event]>();
  const remember = (target: Window | Document) => (event: Event): void => {
    if (event.isTrusted) append(past, [target, event]);
  };
  /** The latest of each kind. */
  const pastOf = new NativeWeakMap<object, { [type: string]: { event: Event; address: string | null } | undefined }>();
  const rememberElement = (event: Event): void => {
    const target = eventTarget(event) as Element;
    if (!event.isTrusted || nodeType(target) !== 1) return;
    preserve(event);
    let own = weakMapGet(pastOf, target);
    if (!own) weakMapSet(pastOf, target, (own = record()));
    own[eventType(event)] = { event, address: addressOf(target) };
  };
  if (conductor.holds && typeof Document !== 'undefined') {
    addEventListener(document, 'DOMContentLoaded', remember(document));
    addEventListener(window, 'DOMContentLoaded', remember(window));
    addEventListener(window, 'load', remember(window));
    addEventListener(window, 'pageshow', remember(window));
    for (let i = 0; i < OF_ELEMENTS.length; i++) addEventListener(document, OF_ELEMENTS[i] as string, rememberElement, true);
  }
  /** A listener that is late only because its maker was held hears of what happened meanwhile. */
  const catchUp = (target: object, type: string, listener: Listener): void => {
    if (!conductor.holds) return;
    const then = weakMapGet(pastOf, target)?.[type];
    // What it has loaded since is another matter.
    if (then) hold(listener, target, then.event, undefined, () => addressOf(target as Element) === then.address);
    for (let i = 0; LIFECYCLE[type] && i < past.length; i++) {
      const [where, event] = past[i]!;
      if (where === target && eventType(event) === type) hold(listener, target, event);
    }
  };

  const wrappers = new NativeWeakMap<object, (event: Event) => void>();
  const wrapperOf = (listener: object): ((event: Event) => void) => {
    let wrapper = weakMapGet(wrappers, listener);
    if (!wrapper) weakMapSet(wrappers, listener, (wrapper = holding(listener as Function)));
    return wrapper;
  };
  const throughWrapper = (create: boolean) => (native: Native) =>
    (self: any, args: any[]): unknown => {
      const listener = args[1] as object | null | undefined;
      const target = (self ?? globalThis) as object;
      if (listener && (typeof listener === 'function' || typeof listener === 'object')) {
        const kind = kindOf(target, '' + args[0]);
        if (kind === 'K' && media) {
          if (create) {
            mediaIdOf(target);
            media.add(target, '' + args[0], listener as Function, args[2]);
          } else media.remove(target, '' + args[0], listener as Function, args[2]);
          return undefined;
        }
        if (kind !== undefined) {
          if (create) {
            if (kind === 'K') mediaIdOf(target);
            else idOf(target, kind);
            catchUp(target, '' + args[0], listener as Function);
          } else withdraw(listener, target, '' + args[0]);
          return native(target, [args[0], wrapperOf(listener), args[2]]);
        }
      }
      return native(self, args);
    };
  replaceMethod(EventTarget.prototype, 'addEventListener', throughWrapper(true));
  replaceMethod(EventTarget.prototype, 'removeEventListener', throughWrapper(false));
  // The older way to listen to a media query, which libraries still take.
  const changing = (create: boolean) => (native: Native) => (self: any, args: any[]): unknown => {
    const listener = args[0] as unknown;
    if (typeof listener !== 'function') return native(self, args);
    if (create) idOf(self as object, 'H');
    else withdraw(listener, self as object, 'change');
    return native(self, [wrapperOf(listener)]);
  };
  replaceMethod(globalThis.MediaQueryList?.prototype, 'addListener', changing(true));
  replaceMethod(globalThis.MediaQueryList?.prototype, 'removeListener', changing(false));

  const handlers = new NativeWeakMap<object, { [type: string]: unknown }>();
  /** By type, who has the accessor of a handler, and the browser's own. */
  const accessors = record<List<[owner: object, get?: Function, set?: Function]>>();
  const holdHandler = (owner: object, type: string): void => {
    const done = (accessors[type] ??= list());
    for (let i = 0; i < done.length; i++) if (done[i]![0] === owner) return;
    const attribute = 'on' + toLowerCase(type);
    const { get, set } = getOwnPropertyDescriptor(owner, attribute) ?? {};
    append(done, [owner, get, set]);
    replaceAccessor(
      owner, attribute,
      (native) => (self) => weakMapGet(handlers, self ?? globalThis)?.[type] ?? native(self),
      (native) => (self, handler) => {
        const target = (self ?? globalThis) as object;
        const kind = kindOf(target, type);
        if (kind === undefined) return native(self, handler);
        let own = weakMapGet(handlers, target);
        if (!own) weakMapSet(handlers, target, (own = record() as { [type: string]: unknown }));
        const callable = typeof handler === 'function';
        if (own[type]) withdraw(own[type] as object, target, type);
        own[type] = callable ? handler : undefined;
        if (kind === 'K' && media) {
          mediaIdOf(target);
          return media.setHandler(target, type, callable ? (handler as Function) : undefined);
        }
        if (callable) {
          if (kind === 'K') mediaIdOf(target);
          else idOf(target, kind);
          catchUp(target, type, handler as Function);
        }
        native(self, callable ? holding(handler as Function) : handler);
      },
    );
  };

  /** False where the element has no such handler. */
  const takeInline = (target: object, type: string, name: string): boolean => {
    if (weakMapGet(handlers, target)?.[type]) return true;
    const known = accessors[type] ?? list();
    for (let i = 0; i < known.length; i++) {
      const [owner, get, set] = known[i]!;
      if (!get || !set || !(owner === target || apply(isPrototypeOf as never, owner, [target]))) continue;
      const handler: unknown = apply(get as never, target, []);
      if (typeof handler !== 'function') break;
      let own = weakMapGet(handlers, target);
      if (!own) weakMapSet(handlers, target, (own = record() as { [type: string]: unknown }));
      own[type] = handler;
      apply(set as never, target, [holding(handler, name)]);
      return true;
    }
    return OLDER[type] !== undefined && takeInline(target, OLDER[type], name);
  };

  const shared = typeof Document === 'undefined' ? [] : [window, Document.prototype, HTMLElement.prototype, SVGElement.prototype];
  for (let i = 0; i < CLASSES.length; i++) {
    const row = CLASSES[i]!;
    const name = row[0];
    const kind = row[1];
    const types = row[2];
    const constructor = (globalThis as unknown as { [name: string]: { prototype: object } | undefined })[name];
    if (!constructor) continue;
    const held: HeldClass = { prototype: constructor.prototype, kind, types: record() as HeldClass['types'] };
    for (let j = 0; j < types.length; j++) {
      const type = types[j] as string;
      held.types[type] = true;
      anyType[type] = true;
      const owners = name === 'EventTarget' ? shared : [ownerOf(GLOBALS[name] ? globalThis : constructor.prototype, 'on' + type)];
      for (let k = 0; k < owners.length; k++) {
        if (owners[k]) holdHandler(owners[k] as object, type);
      }
    }
    append(classes, held);
  }
  if (typeof Document !== 'undefined') followInline(INLINE, INLINE_OF_WINDOW, takeInline);
}

/** Where on the prototype chain an accessor lives; each owner is wrapped once. */
function ownerOf(start: object, name: string): object | undefined {
  const found = getOwnPropertyDescriptor(start, name);
  if (found) return start;
  // XMLHttpRequest has `onreadystatechange` below the class that it shares with its upload.
  if (name === 'onreadystatechange' && typeof XMLHttpRequest !== 'undefined' && start === getPrototypeOf(XMLHttpRequest.prototype)) {
    return XMLHttpRequest.prototype;
  }
  // Elements share `onload` and `onerror`: held by class in `kindOf`.
  if (typeof HTMLElement === 'undefined') return undefined;
  if (apply(isPrototypeOf as never, HTMLElement.prototype, [start])) return HTMLElement.prototype;
  return apply(isPrototypeOf as never, SVGElement.prototype, [start]) ? SVGElement.prototype : undefined;
}
