// Which events are held, and the ids of those that they come to.
//
// Ids are given when the page first listens to an object. That happens in page code, whose order is deterministic, so
// ids agree in recording and replay without any identity of the object itself.
import { CLASSES } from './heard.ts';
import { type List, append, isPrototypeOf, list, NativeWeakMap, record, weakMapGet, weakMapSet } from './natives.ts';
import { connectionOf } from './shared.ts';
import { hasStreams } from './sockets.ts';
import type { Timeline } from './timeline.ts';

interface Sort {
  prototype: object;
  kind: string;
}

export class Sorts {
  private readonly byType = record<List<Sort>>();
  private readonly stream = globalThis.EventSource?.prototype;
  private readonly ids = new NativeWeakMap<object, number>();
  private readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    for (let i = 0; i < CLASSES.length; i++) {
      const [name, kind, types] = CLASSES[i]!;
      const prototype = (globalThis as unknown as { [name: string]: { prototype: object } | undefined })[name]?.prototype;
      for (let j = 0; prototype && j < types.length; j++) append((this.byType[types[j] as string] ??= list()), { prototype, kind });
    }
  }

  /** The letter of an event's entries in the log; undefined if it is not held. */
  kindOf(target: object, type: string): string | undefined {
    // A server names the events of its stream.
    if (hasStreams() && isPrototypeOf(this.stream, target)) return 'V';
    const sorts = this.byType[type];
    for (let i = 0; sorts && i < sorts.length; i++) {
      const { prototype, kind } = sorts[i]!;
      if (isPrototypeOf(prototype, target)) return kind === 'M' && connectionOf(target) !== undefined ? 'm' : kind;
    }
    return undefined;
  }

  /** The id of an object among those whose events are of a kind. */
  idOf(target: object, kind: string): number | string {
    if (kind === 'm') return connectionOf(target) as string;
    let id = weakMapGet(this.ids, target);
    if (id !== undefined) return id;
    weakMapSet(this.ids, target, (id = this.timeline.next(kind)));
    // Only a replay has to know which end of a motion it waits for.
    if (kind === 'H' && this.timeline.conductor.holds) this.timeline.hears(id, target);
    return id;
  }
}
