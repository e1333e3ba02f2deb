// Listeners of things that report from outside: the call of each listener is an arrival.
import { currentTarget, eventTarget, eventType, removeEventListener } from './nativeevents.ts';
import {
  apply, defineProperty, getter, isPrototypeOf, NativeWeakMap, record, weakMapGet, weakMapSet,
} from './natives.ts';
import { windowParent } from './nodes.ts';
import { inTransaction } from './database.ts';
import { EarlyEvents } from './early.ts';
import { isOfHiding } from './focus.ts';
import { holdHandlers } from './handlers.ts';
import { IN_CALLS } from './heard.ts';
import { BOUNDARY_EVENTS, type Hover } from './hover.ts';
import { type Native, replaceMethod } from './masquerade.ts';
import { MediaListeners } from './media.ts';
import { Past, preserve } from './past.ts';
import { type Listener, Registrations, captures } from './registrations.ts';
import { whenKnown } from './sharing.ts';
import { Sorts } from './sorts.ts';
import { isInCall } from './stack.ts';
import { type Ticket, Tickets } from './tickets.ts';
import type { Conductor, Timeline } from './timeline.ts';
import { isStillSo } from './toggles.ts';
import { givenUpOf, noteState, receivedOf } from './xhr.ts';

/** Who hears of events: a listener, or whatever a handler is by then. */
export interface Hearer {
  /** Of its entries in the log, where those of its target would not do. */
  readonly name?: string | undefined;
  readonly isListener?: true;
  /** Undefined where nobody hears any more. */
  now(target: object, type: string): Listener | undefined;
  /** The same, when it is called. */
  take(target: object, type: string): Listener | undefined;
}

const Media = globalThis.HTMLMediaElement?.prototype;
/** Kinds whose events of these types may be more, or fewer, in a replay. */
const IN_PIECES: { [kind: string]: true | undefined } = { X: true, G: true };
const OF_PROGRESS: { [type: string]: true | undefined } = { progress: true, readystatechange: true };
const isSkipped = getter<boolean>('ContentVisibilityAutoStateChangeEvent', 'skipped', false);
const messageSource = getter<unknown>('MessageEvent', 'source', null);
const isBoundary = record<true>();
for (let i = 0; i < BOUNDARY_EVENTS.length; i++) isBoundary[BOUNDARY_EVENTS[i] as string] = true;

/** Puts the timeline between the browser and what listens to it. */
export function holdListeners(timeline: Timeline, hover?: Hover): void {
  const held = new Held(timeline, hover);
  const { registrations } = held;
  /** `told` of media; `heard` of everything else gives the options for the browser. */
  const listening = (
    told: (target: object, type: string, listener: Listener, options: unknown) => void,
    heard: (target: object, type: string, listener: Listener, options: unknown, kind: string) => unknown,
  ) => (native: Native) => (self: any, args: any[]): unknown => {
    const target = (self ?? globalThis) as object;
    const type = '' + args[0];
    const kind = isListener(args[1]) ? held.sorts.kindOf(target, type) : undefined;
    if (kind === undefined) return native(self, args);
    const listener = args[1] as Listener;
    if (held.isTold(kind)) return told(target, type, listener, args[2]);
    const options = heard(target, type, listener, args[2], kind);
    return native(target, [args[0], held.wrapperOf(listener), options]);
  };
  replaceMethod(EventTarget.prototype, 'addEventListener', listening(
    (target, type, listener, options) => held.tell(target, type, listener, options),
    (target, type, listener, options, kind) => {
      const forBrowser = registrations.add(target, type, listener, options);
      held.listen(target, type, kind, listener);
      return forBrowser;
    },
  ));
  replaceMethod(EventTarget.prototype, 'removeEventListener', listening(
    (target, type, listener, options) => held.tellNoMore(target, type, listener, options),
    (target, type, listener, options) => {
      registrations.remove(target, type, listener, captures(options));
      return options;
    },
  ));
  // The older way to listen to a media query, which libraries still take.
  const changing = (follow: (query: object, listener: Function) => void) => (native: Native) =>
    (self: any, args: any[]): unknown => {
      const listener = args[0] as unknown;
      if (typeof listener !== 'function') return native(self, args);
      follow(self as object, listener);
      return native(self, [held.wrapperOf(listener)]);
    };
  const { prototype } = globalThis.MediaQueryList ?? {};
  replaceMethod(prototype, 'addListener', changing((query, listener) => {
    held.sorts.idOf(query, 'H');
    registrations.add(query, 'change', listener, false);
  }));
  replaceMethod(prototype, 'removeListener', changing((query, listener) => registrations.remove(query, 'change', listener, false)));
  holdHandlers(held);
}

const isListener = (value: unknown): boolean => typeof value === 'function' || (typeof value === 'object' && value !== null);

export class Held {
  readonly sorts: Sorts;
  readonly registrations = new Registrations();
  private readonly tickets = new Tickets();
  private readonly timeline: Timeline;
  private readonly conductor: Conductor;
  private readonly hover: Hover | undefined;
  private readonly past = new Past();
  private readonly early = new EarlyEvents();
  private readonly isHeard = (event: Event): boolean => this.tickets.isHeard(event);
  private readonly wrappers = new NativeWeakMap<object, (event: Event) => void>();
  /** Of media a replay hears from the log alone. */
  private readonly media: MediaListeners | undefined;
  private readonly mediaIds = new NativeWeakMap<object, number>();

  constructor(timeline: Timeline, hover: Hover | undefined) {
    this.timeline = timeline;
    this.conductor = timeline.conductor;
    this.hover = hover;
    this.sorts = new Sorts(timeline);
    this.tickets.follow();
    this.media = this.conductor.holds ? new MediaListeners(callListener) : undefined;
    if (this.conductor.holds && typeof Document !== 'undefined') this.past.follow();
  }

  /** The page listens: what it listens to has an id from now on, and what was over too early comes to it. */
  listen(target: object, type: string, kind: string, listener: Listener, handler?: Hearer): void {
    if (kind === 'K') this.mediaIdOf(target);
    else this.sorts.idOf(target, kind);
    const over = this.past.find(target, type);
    const late = (): Listener | undefined => (over?.isStill() ? listener : undefined);
    if (over) this.hold({ now: late, take: late }, target, over.event);
    const early = this.early.at(target, type);
    for (let i = 0; i < early.length; i++) this.holdAnew(target, type, early[i] as Event, handler);
  }

  /** An event calls all that listen at a target by now: its handler, those that hear on the way down, then the others. */
  private holdAnew(target: object, type: string, event: Event, handler?: Hearer): void {
    const before = this.tickets.withdraw(event, target) as Hearer | undefined;
    if (before ?? handler) this.hold((before ?? handler) as Hearer, target, event);
    const all = this.registrations.at(target, type);
    for (let i = 0; i < all.length; i++) if (all[i]!.capture) this.hold(this.hearerOf(all[i]!.listener), target, event);
    for (let i = 0; i < all.length; i++) if (!all[i]!.capture) this.hold(this.hearerOf(all[i]!.listener), target, event);
  }

  /** What the browser calls instead of `listener`, always the same. */
  wrapperOf(listener: Listener): (event: Event) => void {
    const known = weakMapGet(this.wrappers, listener);
    if (known) return known;
    const wrapper = this.through(this.hearerOf(listener));
    weakMapSet(this.wrappers, listener, wrapper);
    return wrapper;
  }

  private hearerOf(listener: Listener): Hearer {
    const { registrations } = this;
    const now = (target: object, type: string): Listener | undefined => registrations.find(target, type, listener)?.listener;
    const take = (target: object, type: string): Listener | undefined => {
      const registration = registrations.find(target, type, listener);
      if (registration?.once) {
        registrations.remove(target, type, listener, registration.capture);
        removeEventListener(target, type, this.wrapperOf(listener), registration.capture);
      }
      return registration?.listener;
    };
    return { isListener: true, now, take };
  }

  /** What the browser calls instead of who hears. */
  through(hearer: Hearer): (event: Event) => void {
    return (event) => {
      const target = currentTarget(event) ?? (eventTarget(event) as EventTarget);
      const type = eventType(event);
      if (type === 'readystatechange') noteState(target, 1);
      if (IN_CALLS[type] && !isPrototypeOf(Media, target) && isInCall(1)) call(hearer, target, type, event);
      else this.hold(hearer, target, event);
    };
  }

  // ---- media, of which the log tells

  isTold(kind: string): boolean {
    return kind === 'K' && this.media !== undefined;
  }

  tell(target: object, type: string, listener: Listener, options: unknown): void {
    this.mediaIdOf(target);
    this.media?.add(target, type, listener, options);
  }

  tellNoMore(target: object, type: string, listener: Listener, options: unknown): void {
    this.media?.remove(target, type, listener, options);
  }

  tellHandler(target: object, type: string, handler: Function | undefined): void {
    this.mediaIdOf(target);
    this.media?.setHandler(target, type, handler);
  }

  private mediaIdOf(target: object): number {
    let id = weakMapGet(this.mediaIds, target);
    if (id !== undefined) return id;
    weakMapSet(this.mediaIds, target, (id = this.timeline.next('K')));
    const { media } = this;
    if (media) this.conductor.outcome(id, (told) => media.follow(target, told), (outcome) => media.deliver(target, '' + outcome.type), true);
    return id;
  }

  // ---- one call of a listener

  private hold(hearer: Hearer, target: object, event: Event): void {
    const { conductor, hover } = this;
    const type = eventType(event);
    const kind = this.sorts.kindOf(target, type);
    // Page-made events come from page code, which is deterministic.
    if (kind === undefined || !event.isTrusted) return call(hearer, target, type, event);
    if (kind === 'E') return this.holdAnswer(hearer, target, event);
    if (hover && isBoundary[type] && !hover.isOfLayout(event)) {
      hover.catchUp();
      return call(hearer, target, type, event);
    }
    const isOfFocus = type === 'blur' || type === 'focusout';
    if (isOfFocus && !isOfHiding(event)) return call(hearer, target, type, event);
    const waits = conductor.isHolding || kind === 'c';
    const givenUp = givenUpOf(target);
    const run = (): void => {
      ticket.withdrawn = true;
      if (waits) this.early.end(event);
      this.early.forget(this.isHeard);
      if (waits) defineProperty(event, 'currentTarget', { value: target, configurable: true });
      // Its older name it has only while it is dispatched.
      const renamed = eventType(event) !== type;
      if (renamed) defineProperty(event, 'type', { value: type, configurable: true });
      call(hearer, target, type, event);
      if (renamed) delete (event as { type?: string }).type;
    };
    const ticket: Ticket = {
      target, withdrawn: false, hearer, call: run,
      get live() { return !this.withdrawn && givenUpOf(target) === givenUp && isStillSo(event) && hearer.now(target, type) !== undefined; },
      progress: IN_PIECES[kind] && OF_PROGRESS[type] && event,
      received: kind === 'X' ? () => receivedOf(target) : undefined,
    };
    if (waits) {
      preserve(event);
      this.tickets.issue(event, ticket);
      this.early.note(event);
    }
    if (kind === 'K') return conductor.arrive('K', [this.mediaIdOf(target), { type }] as never, run, ticket);
    if (kind === 'c') return whenKnown(event, (life) => conductor.arrive(kind, life, run, ticket));
    const id = (hearer.name ?? this.sorts.idOf(target, kind)) + ':' + type + detailOf(event, target);
    if (waits && (isBoundary[type] || isOfFocus)) hover?.keep({ ticket, comes: () => conductor.comes(kind, id) });
    conductor.arrive(kind, id, run, ticket);
  }

  private holdAnswer(hearer: Hearer, target: object, event: Event): void {
    const type = eventType(event);
    const name = 'database ' + this.sorts.idOf(target, 'E') + ':' + type;
    const deliver = (): void => call(hearer, target, type, event);
    preserve(event);
    // What a page can prevent, or can do only now, cannot wait: everything before it in the log catches up.
    if (type === 'success') return inTransaction(this.timeline, target, name, deliver);
    this.conductor.event(name);
    deliver();
  }
}

/** Whoever hears by now. `type`: an event may have had its older name when it came. */
function call(hearer: Hearer, target: object, type: string, event: Event): void {
  const listener = hearer.take(target, type);
  if (listener) callListener(listener, target, event);
}

/**
 * What tells apart what comes to one hearer. Who sent a message to this window: of those of one sender the order is kept,
 * between senders the log has it. How often an element is found out of sight before it is in sight is the browser's affair.
 */
function detailOf(event: Event, target: object): string {
  const type = eventType(event);
  if (type === 'contentvisibilityautostatechange') return isSkipped(event) ? ' skipped' : '';
  if (target !== globalThis || typeof window === 'undefined' || type !== 'message') return '';
  const source = messageSource(event);
  if (!source || source === window) return '';
  if (source === windowParent(window)) return ' from parent';
  for (let i = 0; i < window.length; i++) if (window[i] === source) return ' from frame ' + i;
  return ' from elsewhere';
}

function callListener(listener: Listener, target: object, event: Event): void {
  const handler = typeof listener === 'function' ? listener : listener.handleEvent;
  if (typeof handler === 'function') apply(handler, typeof listener === 'function' ? target : listener, [event]);
}
