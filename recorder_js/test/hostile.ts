// Everything a hostile page may do to the builtins we rely on. Each patch reports itself in `touched`.
export const HOSTILE = `
  var touched = [];
  {
    const define = Object.defineProperty;
    const note = (name) => define(touched, touched.length, { value: name, configurable: true });
    const lie = (owner, names) => {
      for (const name of names) define(owner, name, { value() { note(String(name)); return 'forged'; } });
    };
    const trap = (owner, name) => define(owner, name, {
      get() { note(name); return () => 'forged'; }, set() { note(name); }, configurable: true,
    });
    const iterator = Symbol.iterator;
    JSON.stringify = () => { note('stringify'); return '"forged"'; };
    for (const ctor of [Object, Array, String, Number, Boolean]) trap(ctor.prototype, 'toJSON');
    Object.prototype.extra = 'inherited';
    lie(Element.prototype, ['getAttribute', 'matches', 'closest', 'querySelectorAll', 'getBoundingClientRect']);
    for (const [ctor, name] of [[Node, 'parentNode'], [Node, 'textContent'], [Element, 'tagName'],
        [HTMLInputElement, 'value'], [HTMLInputElement, 'type'], [Event, 'target'], [NodeList, 'length']]) {
      trap(ctor.prototype, name);
    }
    lie(Event.prototype, ['composedPath']);
    for (const ctor of [Map, WeakMap, WeakSet, Set]) lie(ctor.prototype, ['get', 'set', 'has', 'add']);
    lie(String.prototype, ['slice', 'charCodeAt', 'indexOf', 'toLowerCase', 'toUpperCase', 'trim', 'replace', iterator]);
    lie(RegExp.prototype, ['exec', 'test']);
    lie(Reflect, ['apply', 'construct']);
    lie(Object, ['hasOwn', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'create', 'setPrototypeOf']);
    lie(Array, ['isArray']);
    lie(Number, ['isFinite']);
    lie(Math, ['floor', 'round']);
    lie(Function.prototype, ['call', 'apply', 'bind']);
    trap(Array.prototype, '0');
    trap(Array.prototype, '1');
    lie(Array.prototype, ['push', 'join', 'map', 'forEach', 'slice', 'indexOf', 'concat', iterator]);
  }
`;
