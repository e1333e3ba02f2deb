// Objects of the browser that only tell of something (entries of a performance timeline), as plain data and back.
import {
  type List, append, apply, createObject, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, isArray, isFinite,
  list, ownKeys, record,
} from './natives.ts';
import { nodeType } from './nodes.ts';
import { elementAt, pathTo } from './paths.ts';

/** What a class has: the names of its fields, and of those that its JSON text has. */
export type Fields = [names: List<string>, json: List<string>];
/** The class, the values of its fields, and at first what the class has. */
export type Described = [className: string, values: List<unknown>, fields?: Fields];

const plainPrototype = Object.prototype;

interface Plain {
  node?: ArrayLike<number> | null;
  all?: List<unknown>;
  is?: Described;
  fields?: object;
  /** One that JSON has no word for. */
  number?: string;
}

interface Getters {
  names: List<string>;
  reads: List<Function>;
}

/** Both sides of one realm and log: the names of a class's fields are told once. */
export class Describer {
  private readonly getters = record<Getters>();
  private readonly fields = record<Fields>();

  describe(told: object): Described {
    const className = classOf(told);
    const known = this.getters[className];
    const { names, reads } = known ?? (this.getters[className] = gettersOf(told));
    const values = list<unknown>();
    for (let i = 0; i < reads.length; i++) append(values, this.plain(readSafely(reads[i] as Function, told)));
    return known ? [className, values] : [className, values, [names, namesInJson(told)]];
  }

  /** An object of the same class, with the values in it. */
  make([className, values, fields]: Described): object {
    const [names, json] = (this.fields[className] = fields ?? this.fields[className] ?? [list(), list()]);
    const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };
    const made = createObject(scope[className]?.prototype ?? null);
    const put = (name: string, value: unknown, enumerable: boolean): void => {
      defineProperty(made, name, { value, enumerable, configurable: true });
    };
    for (let i = 0; i < names.length; i++) put(names[i] as string, this.value(values[i]), true);
    put('toJSON', () => {
      const copy: { [name: string]: unknown } = {};
      for (let i = 0; i < json.length; i++) copy[json[i] as string] = made[json[i] as string];
      return copy;
    }, false);
    return made as object;
  }

  plain(value: unknown): unknown {
    if (value === undefined || typeof value === 'function') return null;
    if (typeof value === 'number' && !isFinite(value)) return { number: '' + value };
    if (typeof value !== 'object' || value === null) return value;
    if (nodeType(value)) return { node: pathTo(value as Element) };
    if (getPrototypeOf(value) === plainPrototype) return { fields: this.each(value, (field) => this.plain(field)) };
    if (!isArray(value)) return { is: this.describe(value) };
    const items = list<unknown>();
    for (let i = 0; i < (value as unknown as List<unknown>).length; i++) {
      append(items, this.plain((value as unknown as List<unknown>)[i]));
    }
    return { all: items };
  }

  value(plain: unknown): unknown {
    if (typeof plain !== 'object' || plain === null) return plain;
    const { node, all, is, fields, number } = plain as Plain;
    if (number) return +number;
    if (is) return this.make(is);
    if (fields) return this.each(fields, (field) => this.value(field));
    if (!all) return node ? elementAt(node) : null;
    const items: unknown[] = [];
    for (let i = 0; i < all.length; i++) push(items, this.value(all[i]));
    return items;
  }

  private each(fields: object, change: (field: unknown) => unknown): object {
    const changed: { [name: string]: unknown } = {};
    for (const name in fields) changed[name] = change((fields as { [name: string]: unknown })[name]);
    return changed;
  }
}

/** The page gets a real array: a setter on its prototype must not see what comes in. */
export function push<T>(array: T[], item: T): void {
  defineProperty(array, array.length, { value: item, writable: true, enumerable: true, configurable: true });
}

/** A page may have put a getter of its own there. */
function readSafely(get: Function, self: object): unknown {
  try {
    return apply(get, self, []);
  } catch {
    return null;
  }
}

function classOf(told: object): string {
  const tag = getOwnPropertyDescriptor(getPrototypeOf(told) as object, Symbol.toStringTag)?.value as unknown;
  return typeof tag === 'string' ? tag : 'Object';
}

function namesInJson(told: object): List<string> {
  const names = list<string>();
  const { toJSON } = told as { toJSON?: unknown };
  const json = typeof toJSON === 'function' ? (readSafely(toJSON, told) as object | null) : null;
  for (const name in json) append(names, name);
  return names;
}

function gettersOf(told: object): Getters {
  const names = list<string>();
  const reads = list<Function>();
  for (let at = getPrototypeOf(told) as object | null; at && at !== plainPrototype; at = getPrototypeOf(at) as object | null) {
    const keys = ownKeys(at);
    for (let i = 0; i < keys.length; i++) {
      const name = keys[i] as PropertyKey;
      const get = typeof name === 'string' ? getOwnPropertyDescriptor(at, name)?.get : undefined;
      if (!get) continue;
      append(names, name as string);
      append(reads, get);
    }
  }
  return { names, reads };
}
