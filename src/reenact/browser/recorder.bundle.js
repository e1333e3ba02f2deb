// Built from recorder_js/ by `npm run build`. Edit the sources, not this file.
"use strict";
(() => {
  // src/config.ts
  var config = __reenact;
  var source = __source;

  // src/natives.ts
  var { bind, call } = globalThis.Function.prototype;
  var realm = globalThis;
  var uncurryThis = bind.bind(call);
  var boundTo = uncurryThis(bind);
  var apply = globalThis.Reflect.apply;
  var construct = globalThis.Reflect.construct;
  var ownKeys = globalThis.Reflect.ownKeys;
  var defineProperty = globalThis.Object.defineProperty;
  var getOwnPropertyDescriptor = globalThis.Object.getOwnPropertyDescriptor;
  var getPrototypeOf = globalThis.Object.getPrototypeOf;
  var createObject = globalThis.Object.create;
  var freeze = globalThis.Object.freeze;
  var hasOwn = globalThis.Object.hasOwn ?? uncurryThis(globalThis.Object.prototype.hasOwnProperty);
  var isArray = globalThis.Array.isArray;
  var functionToString = uncurryThis(globalThis.Function.prototype.toString);
  var prototypeIn = uncurryThis(globalThis.Object.prototype.isPrototypeOf);
  var isPrototypeOf = (prototype, value) => prototype !== void 0 && prototypeIn(prototype, value);
  var floor = globalThis.Math.floor;
  var round = globalThis.Math.round;
  var imul = globalThis.Math.imul;
  var isFinite = globalThis.Number.isFinite;
  var NativeDate = globalThis.Date;
  var dateNow = globalThis.Date.now;
  var charCodeAt = uncurryThis(globalThis.String.prototype.charCodeAt);
  var execute = uncurryThis(globalThis.RegExp.prototype.exec);
  var matches = (pattern, text2) => execute(pattern, text2) !== null;
  var stringIndexOf = uncurryThis(globalThis.String.prototype.indexOf);
  var stringSlice = uncurryThis(globalThis.String.prototype.slice);
  var toLowerCase = uncurryThis(globalThis.String.prototype.toLowerCase);
  var toUpperCase = uncurryThis(globalThis.String.prototype.toUpperCase);
  var NativeArray = globalThis.Array;
  var NO_ARGUMENTS = [];
  var Bare = function() {
  };
  Bare.prototype = freeze(createObject(null));
  function list() {
    return construct(NativeArray, NO_ARGUMENTS, Bare);
  }
  function append(items, item) {
    items[items.length] = item;
  }
  function record() {
    return createObject(null);
  }
  var jsonStringify = globalThis.JSON.stringify;
  var jsonParse = globalThis.JSON.parse;
  function quote(text2) {
    return jsonStringify("" + text2);
  }
  function encode(value) {
    return encodeAt(value, 0);
  }
  function encodeAt(value, depth) {
    if (typeof value === "string") return quote(value);
    if (typeof value === "number") return isFinite(value) ? "" + value : "null";
    if (typeof value === "boolean") return value ? "true" : "false";
    if (typeof value !== "object" || value === null || depth > 64) return "null";
    let out = "";
    if (isArray(value)) {
      const items = value;
      for (let i = 0; i < items.length; i++) out += (i === 0 ? "" : ",") + encodeAt(items[i], depth + 1);
      return "[" + out + "]";
    }
    for (const key3 in value) {
      if (!hasOwn(value, key3)) continue;
      const field = value[key3];
      if (field === void 0) continue;
      out += (out === "" ? "" : ",") + quote(key3) + ":" + encodeAt(field, depth + 1);
    }
    return "{" + out + "}";
  }
  var lookUpGetter = uncurryThis(globalThis.Object.prototype.__lookupGetter__);
  var lookUpSetter = uncurryThis(globalThis.Object.prototype.__lookupSetter__);
  var prototypeOf = (interfaceName) => realm[interfaceName]?.prototype;
  function safeRead(get, fallback) {
    if (!get) return () => fallback;
    const read2 = uncurryThis(get);
    return (self) => {
      try {
        return read2(self);
      } catch {
        return fallback;
      }
    };
  }
  function getter(interfaceName, name, fallback) {
    const prototype = prototypeOf(interfaceName);
    return safeRead(prototype && lookUpGetter(prototype, name), fallback);
  }
  function setter(interfaceName, name) {
    const prototype = prototypeOf(interfaceName);
    const set = prototype && lookUpSetter(prototype, name);
    if (!set) return () => void 0;
    const write = uncurryThis(set);
    return (self, value) => {
      try {
        write(self, value);
      } catch {
      }
    };
  }
  function method(interfaceName, name, fallback) {
    const value = prototypeOf(interfaceName)?.[name];
    if (typeof value !== "function") return () => fallback;
    return (self, ...args) => {
      try {
        return apply(value, self, args);
      } catch {
        return fallback;
      }
    };
  }
  var mapGet = uncurryThis(globalThis.Map.prototype.get);
  var mapSet = uncurryThis(globalThis.Map.prototype.set);
  var mapHas = uncurryThis(globalThis.Map.prototype.has);
  var mapDelete = uncurryThis(globalThis.Map.prototype.delete);
  var NativeWeakMap = globalThis.WeakMap;
  var NativeWeakRef = globalThis.WeakRef;
  var deref = uncurryThis(globalThis.WeakRef.prototype.deref);
  var weakMapGet = uncurryThis(globalThis.WeakMap.prototype.get);
  var weakMapSet = uncurryThis(globalThis.WeakMap.prototype.set);
  var NativeWeakSet = globalThis.WeakSet;
  var weakSetHas = uncurryThis(globalThis.WeakSet.prototype.has);
  var weakSetAdd = uncurryThis(globalThis.WeakSet.prototype.add);
  function recordOf(kept, owner) {
    const known = weakMapGet(kept, owner);
    if (known) return known;
    const made2 = record();
    weakMapSet(kept, owner, made2);
    return made2;
  }
  var NativePromise = globalThis.Promise;
  var promiseThen = uncurryThis(globalThis.Promise.prototype.then);
  var canTouch = globalThis.navigator.maxTouchPoints > 0;

  // src/mainworld.ts
  var native = globalThis.Math.random;
  var key = `${native() * 2147483647 | 0}-${native() * 2147483647 | 0}`;
  var say = boundTo(globalThis.console.debug, globalThis.console);
  function consoleBinding() {
    return (text2) => say(config.token, key, text2);
  }
  function answerTo(asked, answer) {
    if (asked.key !== key || asked.ask === void 0) return;
    const given = list();
    for (let i = 0; i < 4; i++) append(given, asked.ask[i]);
    asked.heard = true;
    asked.answer = answer(given[0], given[1], given[2], given[3]);
  }

  // src/nodes.ts
  var parentNode = getter("Node", "parentNode", null);
  var ownerDocument = getter("Node", "ownerDocument", null);
  var nodeType = getter("Node", "nodeType", 0);
  var nodeValue = getter("Node", "nodeValue", null);
  var textContent = getter("Node", "textContent", null);
  var firstChild = getter("Node", "firstChild", null);
  var nextSibling = getter("Node", "nextSibling", null);
  var isConnected = getter("Node", "isConnected", false);
  var getRootNode = method("Node", "getRootNode", null);
  var contains = method("Node", "contains", false);
  var nodeName = getter("Node", "nodeName", "");
  var tagName = getter("Element", "tagName", "");
  var localName = getter("Element", "localName", "");
  var namespaceURI = getter("Element", "namespaceURI", null);
  var getAttribute = method("Element", "getAttribute", null);
  var hasAttribute = method("Element", "hasAttribute", false);
  var openShadowRoot = getter("Element", "shadowRoot", null);
  var closedRoots = new globalThis.WeakMap();
  var shadowRoot = (element) => openShadowRoot(element) ?? weakMapGet(closedRoots, element) ?? null;
  var shadowHost = getter("ShadowRoot", "host", null);
  var assignedSlot = getter("Element", "assignedSlot", null);
  var matches2 = method("Element", "matches", false);
  var closest = method("Element", "closest", null);
  var getBoundingClientRect = method("Element", "getBoundingClientRect", null);
  var firstElementChild = getter("Element", "firstElementChild", null);
  var nextElementSibling = getter("Element", "nextElementSibling", null);
  var previousElementSibling = getter("Element", "previousElementSibling", null);
  var scrollLeft = getter("Element", "scrollLeft", 0);
  var scrollTop = getter("Element", "scrollTop", 0);
  var clientLeft = getter("Element", "clientLeft", 0);
  var clientTop = getter("Element", "clientTop", 0);
  var focus = method("HTMLElement", "focus", void 0);
  var isContentEditable = getter("HTMLElement", "isContentEditable", false);
  var rectLeft = getter("DOMRectReadOnly", "left", 0);
  var rectTop = getter("DOMRectReadOnly", "top", 0);
  var rectWidth = getter("DOMRectReadOnly", "width", 0);
  var rectHeight = getter("DOMRectReadOnly", "height", 0);
  var queryDocument = method("Document", "querySelectorAll", null);
  var queryFragment = method("DocumentFragment", "querySelectorAll", null);
  var queryElement = method("Element", "querySelectorAll", null);
  var nodeListLength = getter("NodeList", "length", 0);
  var nodeListItem = method("NodeList", "item", null);
  function query(root, selector) {
    const type = nodeType(root);
    if (type === 9) return queryDocument(root, selector);
    return type === 11 ? queryFragment(root, selector) : queryElement(root, selector);
  }
  function queryCount(root, selector) {
    return nodeListLength(query(root, selector));
  }
  function queryAll(root, selector, limit = 2147483647) {
    const nodes = query(root, selector);
    const found = list();
    if (!nodes) return found;
    const count = nodeListLength(nodes);
    for (let i = 0; i < count && i < limit; i++) append(found, nodeListItem(nodes, i));
    return found;
  }
  var elementById = method("Document", "getElementById", null);
  var elementByIdInFragment = method("DocumentFragment", "getElementById", null);
  function getElementById(root, id) {
    return nodeType(root) === 9 ? elementById(root, id) : elementByIdInFragment(root, id);
  }
  var assignedNodes = method("HTMLSlotElement", "assignedNodes", null);
  var flattened = { __proto__: null, flatten: true };
  function assignedNodesOf(slot) {
    return assignedNodes(slot, flattened) ?? list();
  }
  var documentElement = getter("Document", "documentElement", null);
  var documentBody = getter("Document", "body", null);
  var documentTitle = getter("Document", "title", "");
  var documentURL = getter("Document", "URL", "");
  var activeElement = getter("Document", "activeElement", null);
  var shadowActiveElement = getter("ShadowRoot", "activeElement", null);
  var defaultView = getter("Document", "defaultView", null);
  function windowGetter(name, fallback) {
    return safeRead(getOwnPropertyDescriptor(globalThis, name)?.get, fallback);
  }
  var windowParent = windowGetter("parent", null);
  var windowClosed = windowGetter("closed", false);
  var frameElement = windowGetter("frameElement", null);
  var computedStyle = realm["getComputedStyle"];
  var propertyValue = method("CSSStyleDeclaration", "getPropertyValue", "");
  function styleOf(element, property, part) {
    if (!computedStyle) return "";
    try {
      return propertyValue(apply(computedStyle, globalThis, [element, part]), property);
    } catch {
      return "";
    }
  }
  var getSelection = method("Document", "getSelection", null);
  var anchorNode = getter("Selection", "anchorNode", null);
  var anchorOffset = getter("Selection", "anchorOffset", 0);
  var focusNode = getter("Selection", "focusNode", null);
  var focusOffset = getter("Selection", "focusOffset", 0);
  var inputValue = getter("HTMLInputElement", "value", null);
  var textAreaValue = getter("HTMLTextAreaElement", "value", null);
  var selectValue = getter("HTMLSelectElement", "value", null);
  var inputType = getter("HTMLInputElement", "type", "");
  var inputChecked = getter("HTMLInputElement", "checked", false);
  var inputFiles = getter("HTMLInputElement", "files", null);
  var selectMultiple = getter("HTMLSelectElement", "multiple", false);
  var selectSize = getter("HTMLSelectElement", "size", 0);
  var isListInPage = (select2) => selectMultiple(select2) || selectSize(select2) > 1 || styleOf(select2, "appearance", "::picker(select)") === "base-select";
  var selectedIndex = getter("HTMLSelectElement", "selectedIndex", -1);
  var optionSelected = getter("HTMLOptionElement", "selected", false);
  var labelControl = getter("HTMLLabelElement", "control", null);
  function controlValue(element) {
    const tag = localName(element);
    if (tag === "input") return inputValue(element);
    if (tag === "textarea") return textAreaValue(element);
    return tag === "select" ? selectValue(element) : null;
  }
  var labelGetters = record();
  var labelled = (tag, name) => {
    labelGetters[tag] = getter(name, "labels", null);
  };
  labelled("input", "HTMLInputElement");
  labelled("select", "HTMLSelectElement");
  labelled("textarea", "HTMLTextAreaElement");
  labelled("button", "HTMLButtonElement");
  function labelsOf(element) {
    const found = list();
    const read2 = labelGetters[localName(element)];
    if (!read2 || !getAttribute(element, "id") && closest(element, "label") === null) return found;
    const labels = read2(element);
    const count = labels ? nodeListLength(labels) : 0;
    for (let i = 0; i < count; i++) append(found, nodeListItem(labels, i));
    return found;
  }

  // src/nativeevents.ts
  var listenTo = method("EventTarget", "addEventListener", void 0);
  var listening = list();
  function addEventListener(target, type, listener, options) {
    listenTo(target, type, listener, options);
    const once = typeof options === "object" && "once" in options;
    if ((target === globalThis || target === globalThis.document) && !once) append(listening, [target, type, listener, options]);
  }
  function listenAgain() {
    for (let i = 0; i < listening.length; i++) {
      const row = listening[i];
      listenTo(row[0], row[1], row[2], row[3]);
    }
  }
  var removeEventListener = method(
    "EventTarget",
    "removeEventListener",
    void 0
  );
  var dispatchEvent = method("EventTarget", "dispatchEvent", false);
  var eventType = getter("Event", "type", "");
  var eventTarget = getter("Event", "target", null);
  var currentTarget = getter("Event", "currentTarget", null);
  var eventTimeStamp = getter("Event", "timeStamp", 0);
  var defaultPrevented = getter("Event", "defaultPrevented", false);
  var preventDefault = method("Event", "preventDefault", void 0);
  var stopImmediatePropagation = method("Event", "stopImmediatePropagation", void 0);
  var composedPath = method("Event", "composedPath", null);
  var fromPoint = method("ShadowRoot", "elementFromPoint", null);
  function innermostTarget(event) {
    const path = composedPath(event);
    let target = path && path.length > 0 ? path[0] : eventTarget(event);
    for (let root = closedRootOf(target); root; root = closedRootOf(target)) {
      const inner = (clientX(event) !== 0 || clientY(event) !== 0 ? fromPoint(root, clientX(event), clientY(event)) : shadowActiveElement(root)) ?? null;
      if (!inner || inner === target) break;
      target = inner;
    }
    return target;
  }
  function closedRootOf(target) {
    return target === null ? void 0 : weakMapGet(closedRoots, target);
  }
  var uiDetail = getter("UIEvent", "detail", 0);
  var clientX = getter("MouseEvent", "clientX", 0);
  var clientY = getter("MouseEvent", "clientY", 0);
  var screenX = getter("MouseEvent", "screenX", 0);
  var screenY = getter("MouseEvent", "screenY", 0);
  var relatedTarget = getter("MouseEvent", "relatedTarget", null);
  var sourceCapabilities = getter("UIEvent", "sourceCapabilities", null);
  var ofTouch = getter("InputDeviceCapabilities", "firesTouchEvents", false);
  var firesTouchEvents = (event) => ofTouch(sourceCapabilities(event));
  var mouseButton = getter("MouseEvent", "button", 0);
  var mouseButtons = getter("MouseEvent", "buttons", 0);
  var deltaX = getter("WheelEvent", "deltaX", 0);
  var deltaY = getter("WheelEvent", "deltaY", 0);
  var deltaMode = getter("WheelEvent", "deltaMode", 0);
  var pointerId = getter("PointerEvent", "pointerId", 0);
  var pointerType = getter("PointerEvent", "pointerType", "");
  var pointerPressure = getter("PointerEvent", "pressure", 0);
  var pointerTiltX = getter("PointerEvent", "tiltX", 0);
  var pointerTiltY = getter("PointerEvent", "tiltY", 0);
  var pointerTwist = getter("PointerEvent", "twist", 0);
  var keyboardKey = getter("KeyboardEvent", "key", "");
  var keyboardCode = getter("KeyboardEvent", "code", "");
  var keyboardRepeat = getter("KeyboardEvent", "repeat", false);
  var keyboardLocation = getter("KeyboardEvent", "location", 0);
  var isComposing = getter("KeyboardEvent", "isComposing", false);
  var inputEventType = getter("InputEvent", "inputType", "");
  var inputEventData = getter("InputEvent", "data", null);
  var MODIFIERS = ["alt", "ctrl", "meta", "shift"];
  var mouseModifiers = list();
  var keyModifiers = list();
  for (let i = 0; i < MODIFIERS.length; i++) {
    append(mouseModifiers, getter("MouseEvent", MODIFIERS[i] + "Key", false));
    append(keyModifiers, getter("KeyboardEvent", MODIFIERS[i] + "Key", false));
  }
  function modifierBits(event) {
    const read2 = stringSlice(eventType(event), 0, 3) === "key" ? keyModifiers : mouseModifiers;
    let bits = 0;
    for (let i = 0; i < read2.length; i++) if (read2[i]?.(event)) bits += 1 << i;
    return bits;
  }

  // src/scheduler.ts
  var scope = globalThis;
  var taken = (name) => scope[name] && boundTo(scope[name], void 0);
  var nativeTimeout = taken("setTimeout");
  var nativeClearTimeout = taken("clearTimeout");
  var nativeFrame = taken("requestAnimationFrame");
  var nativeCancelFrame = taken("cancelAnimationFrame");
  var nativeIdle = taken("requestIdleCallback");
  var nativeMicrotask = taken("queueMicrotask");
  var realNow = boundTo(globalThis.performance.now, globalThis.performance);
  var realOrigin = globalThis.performance.timeOrigin;
  var NativeMessageChannel = globalThis.MessageChannel;
  var post = globalThis.MessagePort.prototype.postMessage;
  var start = globalThis.MessagePort.prototype.start;
  function taskQueue(run) {
    let channel;
    return () => {
      if (!channel) {
        channel = new NativeMessageChannel();
        addEventListener(channel.port1, "message", run);
        apply(start, channel.port1, []);
      }
      apply(post, channel.port2, [0]);
    };
  }
  var NativeMutationObserver = globalThis.MutationObserver;
  var observe = NativeMutationObserver?.prototype.observe;
  var disconnect = NativeMutationObserver?.prototype.disconnect;
  function watchMutations(root, options, changed) {
    const observer = new NativeMutationObserver(changed);
    apply(observe, observer, [root, options]);
    return () => void apply(disconnect, observer, []);
  }
  var Later = class {
    armed = false;
    ms;
    run;
    constructor(ms, run) {
      this.ms = ms;
      this.run = run;
    }
    arm() {
      if (this.armed) return;
      this.armed = true;
      nativeTimeout(() => {
        this.armed = false;
        this.run();
      }, this.ms);
    }
  };
  function sameOriginParent() {
    const parent = windowParent(globalThis.window);
    if (parent === null || parent === globalThis.window) return null;
    try {
      void parent.document;
      return parent;
    } catch {
      return null;
    }
  }

  // src/channel.ts
  var PERIOD_MS = 200;
  var LAZY_PERIOD_MS = 600;
  var MAX_WAITING = 1e5;
  var Channel = class {
    send = takeBinding();
    waiting = list();
    /** How many batches have left. */
    sequence = 0;
    quick = new Later(PERIOD_MS, () => this.flush());
    lazy = new Later(LAZY_PERIOD_MS, () => this.flush());
    /** Called before each batch, the latest first: whoever holds back something adds it now. */
    beforeFlush = list();
    /** Queues a message; it leaves with the next flush, at the latest after 200 ms. */
    post(message) {
      append(this.waiting, message);
      this.arm();
    }
    /** Whether Python listens. */
    isHeard() {
      this.send ??= takeBinding();
      return this.send !== void 0;
    }
    arm() {
      this.quick.arm();
    }
    /** Has what is held back leave some time, if nothing takes it along before. */
    armLazily() {
      if (!this.quick.armed) this.lazy.arm();
    }
    flush() {
      const isHeard = this.isHeard();
      for (let i = this.beforeFlush.length - 1; i >= 0; i--) this.beforeFlush[i]?.();
      if (this.waiting.length === 0) return;
      if (!isHeard) {
        if (this.waiting.length < MAX_WAITING) this.arm();
        return;
      }
      const batch = this.waiting;
      this.waiting = list();
      this.send?.(`[${this.sequence++},${encode(batch)}]`);
    }
  };
  function takeBinding() {
    if (config.console) return consoleBinding();
    const scope5 = globalThis;
    const binding = scope5[config.token];
    if (binding !== void 0) delete scope5[config.token];
    return binding;
  }

  // src/animations.ts
  var playState = getter("Animation", "playState", "idle");
  var effectOf = getter("Animation", "effect", null);
  var pause = method("Animation", "pause", void 0);
  var play = method("Animation", "play", void 0);
  var finish = method("Animation", "finish", void 0);
  var timing = method("AnimationEffect", "getComputedTiming", null);
  var updateTiming = method("AnimationEffect", "updateTiming", void 0);
  var keyframesOf = method("KeyframeEffect", "getKeyframes", void 0);
  var setKeyframes = method("KeyframeEffect", "setKeyframes", void 0);
  var time = globalThis.Object.getOwnPropertyDescriptor(globalThis.Animation?.prototype ?? {}, "currentTime");
  var readTime = (animation) => time?.get ? apply(time.get, animation, []) : 0;
  var getTime = (animation) => readTime(animation) ?? 0;
  var isOff = (animation) => readTime(animation) === null;
  var setTime = (animation, value) => {
    if (time?.set) apply(time.set, animation, [value]);
  };
  var rateOf = getter("Animation", "playbackRate", 1);
  var isPending = getter("Animation", "pending", false);
  var setRate = setter("Animation", "playbackRate");
  var getAnimations = globalThis.document?.getAnimations;
  var getShadowAnimations = globalThis.ShadowRoot?.prototype.getAnimations;
  var MOST_ROOTS = 1e3;
  var roots = list();
  var insides = new NativeWeakMap();
  function noteInside(root) {
    weakMapSet(insides, root, true);
    noteShadowRoot(root);
  }
  var isInside = (element) => weakMapGet(insides, getRootNode(element)) === true;
  function noteShadowRoot(root) {
    if (roots.length >= 2 * MOST_ROOTS) roots = latest(roots);
    append(roots, new NativeWeakRef(root));
  }
  function latest(all) {
    const kept = list();
    for (let i = all.length - MOST_ROOTS; i < all.length; i++) append(kept, all[i]);
    return kept;
  }
  function shadowRoots() {
    const found = list();
    for (let i = roots.length > MOST_ROOTS ? roots.length - MOST_ROOTS : 0; i < roots.length; i++) {
      const root = deref(roots[i]);
      if (root) append(found, root);
    }
    return found;
  }
  var timelineOf = getter("Animation", "timeline", null);
  var timeOfTimeline = getter("AnimationTimeline", "currentTime", null);
  var setStart = setter("Animation", "startTime");
  var isPrototypeOf2 = globalThis.Object.prototype.isPrototypeOf;
  function followsClock(animation) {
    const clock = globalThis.DocumentTimeline?.prototype;
    return !clock || apply(isPrototypeOf2, clock, [timelineOf(animation)]);
  }
  function animationsOf(documents) {
    const found = list();
    const look = (place3, ask) => {
      const some = apply(ask, place3, []);
      for (let i = 0; i < some.length; i++) if (followsClock(some[i])) append(found, some[i]);
    };
    for (let i = 0; i < documents.length && getAnimations; i++) look(documents[i], getAnimations);
    const shadows = shadowRoots();
    for (let i = 0; i < shadows.length; i++) look(shadows[i], getShadowAnimations);
    return found;
  }
  var endOf = (animation) => {
    const effect = effectOf(animation);
    return (effect ? timing(effect)?.endTime : void 0) ?? Infinity;
  };
  var rounded = (animation) => {
    const at = getTime(animation);
    return playState(animation) === "running" ? round(at * 10) / 10 : at;
  };
  var animationName = getter("CSSAnimation", "animationName", "");
  var transitionProperty = getter("CSSTransition", "transitionProperty", "");
  var targetOf = getter("KeyframeEffect", "target", null);
  function elementOf(animation) {
    const effect = effectOf(animation);
    return effect ? targetOf(effect) : null;
  }
  function framesOf(animation) {
    const effect = effectOf(animation);
    return effect && keyframesOf(effect) || list();
  }
  function keyOf(animation) {
    const kind = animationName(animation) || transitionProperty(animation) || "script";
    const target = elementOf(animation);
    return kind + "@" + (target ? (isInside(target) ? "::" : "") + localName(target) : "");
  }
  var OF_TRANSITIONS = { transitionend: true, webkitTransitionEnd: true };
  function isHeardBy(hearer, type, animation) {
    if (type === "finish") return hearer === animation;
    const target = elementOf(animation);
    if (!target || isInside(target) || (OF_TRANSITIONS[type] ? transitionProperty(animation) : animationName(animation)) === "") return false;
    return nodeType(hearer) === 0 || contains(hearer, target);
  }
  var OF_A_KEYFRAME = { offset: true, computedOffset: true, easing: true, composite: true };
  function scales(animation) {
    const frames2 = framesOf(animation);
    for (let i = 0; i < frames2.length; i++) {
      const frame = frames2[i];
      const transform = "" + (frame.transform ?? "");
      if (frame.scale !== void 0 || stringIndexOf(transform, "scale") >= 0 || stringIndexOf(transform, "matrix") >= 0) return true;
    }
    return false;
  }
  function courseOf(animation) {
    if (!transitionProperty(animation)) return void 0;
    const frames2 = framesOf(animation);
    const first = frames2[0];
    const last = frames2[frames2.length - 1];
    if (!first || !last) return void 0;
    for (const property in first) {
      if (!OF_A_KEYFRAME[property]) return { property, from: first[property], to: last[property] };
    }
    return void 0;
  }
  var timeOf = (moment) => typeof moment === "number" ? moment : moment[0];
  function momentOf(animation, at) {
    const course = courseOf(animation);
    return course ? [at, course.from, timing(effectOf(animation))?.duration ?? 0] : at;
  }
  function takeCourse(animation, from, duration) {
    const course = courseOf(animation);
    const effect = effectOf(animation);
    if (!effect || !course) return;
    setKeyframes(effect, { [course.property]: [from, course.to] });
    updateTiming(effect, { duration });
  }
  function motionLeft(documents) {
    const all = animationsOf(documents);
    let most = 0;
    for (let i = 0; i < all.length; i++) {
      const animation = all[i];
      const end = endOf(animation);
      if (playState(animation) !== "running" || end >= 2e4) continue;
      const left = end - getTime(animation) + 1;
      if (left > most) most = left;
    }
    return most;
  }
  var NUDGE_MS = 0.1;
  function endWithFrame(animation) {
    const timeline = timelineOf(animation);
    const now = timeline && timeOfTimeline(timeline);
    const rate = rateOf(animation);
    if (now === null || rate <= 0) finish(animation);
    else setStart(animation, now - (endOf(animation) - NUDGE_MS) / rate);
  }
  var Stillness = class {
    /** Where everything stands. */
    moments = list();
    stopped = list();
    documents;
    constructor(documents) {
      this.documents = documents;
      this.hold();
    }
    /** Stops what moves, to be called before each frame; true when there is more of it than last time. */
    hold() {
      for (let i = 0; i < this.stopped.length; i++) {
        const { animation, at } = this.stopped[i];
        if (at !== void 0) setTime(animation, at);
        this.stopped[i].at = void 0;
      }
      const all = animationsOf(this.documents);
      const grew = 2 * all.length > this.moments.length;
      this.moments = list();
      for (let i = 0; i < all.length; i++) this.stop(all[i]);
      return grew;
    }
    stop(animation) {
      const at = rounded(animation);
      const moment = momentOf(animation, at);
      append(this.moments, keyOf(animation));
      append(this.moments, moment);
      if (playState(animation) !== "running") return;
      pause(animation);
      if (typeof moment !== "number") takeCourse(animation, moment[1], moment[2]);
      setTime(animation, at + NUDGE_MS);
      append(this.stopped, { animation, at });
    }
    /** Lets everything go on. */
    resume() {
      for (let i = 0; i < this.stopped.length; i++) {
        const { animation } = this.stopped[i];
        if (playState(animation) === "paused") play(animation);
      }
    }
  };
  function tell(documents, momentOfOne) {
    const all = animationsOf(documents);
    const moments = list();
    for (let i = 0; i < all.length; i++) {
      append(moments, keyOf(all[i]));
      append(moments, momentOfOne(all[i]));
    }
    return moments;
  }
  var momentsOf = (documents) => tell(documents, (animation) => momentOf(animation, rounded(animation)));
  var standingOf = (documents) => tell(documents, (animation) => {
    const at = round(getTime(animation) * 1e3) / 1e3;
    return at === 0 ? momentOf(animation, at) : at;
  });

  // src/beat.ts
  var TAKING_AWAY = ["display@", "overlay@", "content-visibility@"];
  function takesAway(animation) {
    const key3 = keyOf(animation);
    for (let i = 0; i < TAKING_AWAY.length; i++) if (stringIndexOf(key3, TAKING_AWAY[i]) === 0) return true;
    return false;
  }
  var Beat = class {
    kept = list();
    isBeating = false;
    /** Something begins to move. */
    keep(animation) {
      if (takesAway(animation)) append(this.kept, animation);
      if (this.kept.length > 0 && !this.isBeating) this.next();
    }
    next() {
      const before = this.kept;
      this.kept = list();
      for (let i = 0; i < before.length; i++) {
        const animation = before[i];
        if (!isOff(animation) && getTime(animation) < endOf(animation)) append(this.kept, animation);
      }
      this.isBeating = this.kept.length > 0;
      if (this.isBeating) nativeFrame(() => this.next());
    }
  };

  // src/timeline.ts
  var TICKS = 10;
  var FREE_READS = 5e3;
  var Timeline = class {
    ticks = 0;
    /** Documents that live on this timeline: its own and those of same-origin frames. */
    realms = 0;
    conductor;
    /** Whether everything that has come is known; else `onRead` is called before page code reads the clock. */
    isCurrent = true;
    onRead = () => {
    };
    origin;
    /** Like no other in a session, and the same in recording and replay. */
    name;
    reads = 0;
    state;
    counters = record();
    hearers = record();
    constructor(origin, seed2) {
      this.origin = origin;
      this.state = seed2 | 0;
      this.name = origin + ":" + this.state;
    }
    /** Ticks since the document began, as page code reads them. */
    read() {
      if (!this.isCurrent) this.onRead();
      if (++this.reads > FREE_READS) this.ticks++;
      return this.ticks;
    }
    /** A new macrotask began after `delta` ticks. */
    advance(delta) {
      this.reads = 0;
      this.ticks += delta;
    }
    /** The next id of a kind. Creation order is deterministic, so ids need no identity. */
    next(kind) {
      return this.counters[kind] = (this.counters[kind] ?? 0) + 1;
    }
    /** The newest id of a kind. */
    last(kind) {
      return this.counters[kind] ?? 0;
    }
    /** A target that the page listens at has this id from now on, by which the log names what it hears. */
    hears(id, target) {
      this.hearers[id] = new NativeWeakRef(target);
    }
    /** Who hears of an entry such as "3:transitionend", if that is still there. */
    hearerOf(entry) {
      const ref = this.hearers[stringSlice(entry, 0, stringIndexOf(entry, ":"))];
      return ref && deref(ref);
    }
    /** Uniform in [0, 2^32): mulberry32 (Tommy Ettinger, public domain). */
    random() {
      let t = this.state = this.state + 1831565813 | 0;
      t = imul(t ^ t >>> 15, t | 1);
      t ^= t + imul(t ^ t >>> 7, t | 61);
      return (t ^ t >>> 14) >>> 0;
    }
    /** Uniform in [0, 1) with 53 bits. */
    fraction() {
      return ((this.random() >>> 5) * 67108864 + (this.random() >>> 6)) / 9007199254740992;
    }
    /** Epoch milliseconds, whole. */
    wall(ticks) {
      return floor(this.origin + ticks / TICKS);
    }
  };

  // src/outlook.ts
  var MOST_EARLY_MS = 1e3;
  var EARLY_MS = 50;
  var Outlook = class {
    timeline;
    log;
    driven;
    constructor(timeline, log, driven) {
      this.timeline = timeline;
      this.log = log;
      this.driven = driven;
    }
    /**
     * Whether the next picture shows this animation on its way. The browser begins one at the frame that follows, which
     * we do not wait for: ours is early by that much, and must not be over before. Of several alike the oldest end first.
     */
    outlasts(animation, all, next) {
      if (!this.driven.isShown(animation)) return false;
      return this.isShownIn(next, animation, all, this.timeline.ticks) || this.isAwaited(animation, all);
    }
    /** A busy browser may take as long as all of a motion until it begins; a frame may find it before its beginning. */
    isAwaited(animation, all) {
      const { standing } = this.log;
      return standing !== void 0 && !this.driven.hasBeenFound(animation) && standing.ticks <= this.timeline.ticks + MOST_EARLY_MS * TICKS && this.isShownIn(standing, animation, all, Infinity);
    }
    /** `ticks`: when it has begun at the latest. */
    isShownIn(next, animation, all, ticks) {
      if (!next) return false;
      const key3 = keyOf(animation);
      const end = endOf(animation);
      const begun = this.driven.begunOf(animation);
      let shown2 = 0;
      for (let i = 0; i < next.moments.length; i += 2) {
        if (next.moments[i] !== key3) continue;
        const at = timeOf(next.moments[i + 1]);
        const began = next.ticks - at * TICKS / (rateOf(animation) || 1);
        if (at < end && began <= ticks && began >= begun - EARLY_MS * TICKS) shown2++;
      }
      for (let i = 0; i < all.length && shown2 > 0; i++) {
        const other = all[i];
        if (other === animation || !this.driven.isShown(other) || playState(other) === "finished" || keyOf(other) !== key3) continue;
        if ((this.driven.begunOf(other) ?? ticks) > begun) shown2--;
      }
      return shown2 > 0;
    }
  };

  // src/ends.ts
  var Ends = class {
    /** What ends with the browser's next frame. */
    ending = new NativeWeakMap();
    driven;
    outlook;
    constructor(driven, outlook) {
      this.driven = driven;
      this.outlook = outlook;
    }
    isEnding(animation) {
      return weakMapGet(this.ending, animation) === true;
    }
    /** See `endWithFrame`. */
    end(animation) {
      weakMapSet(this.ending, animation, true);
      endWithFrame(animation);
    }
    /** A picture shows one on its way: it was not that which ended. */
    stay(animation) {
      if (!this.isEnding(animation)) return;
      weakMapSet(this.ending, animation, false);
      pause(animation);
    }
    /** Ends what is over in so many milliseconds. */
    endWithin(milliseconds, all, next) {
      const over = list();
      for (let i = 0; i < all.length; i++) {
        if (this.leftOf(all[i], all, next) <= milliseconds) append(over, all[i]);
      }
      for (let i = 0; i < over.length; i++) this.end(over[i]);
    }
    /** Ends what is nearest to its end of all that `hearer` would hear end as `type`; of the others only what is near. */
    endNearest(hearer, type, all, next) {
      const heard = list();
      for (let i = 0; hearer && i < all.length; i++) if (isHeardBy(hearer, type, all[i])) append(heard, all[i]);
      const nearest = this.nearestIn(heard, all, next, Infinity) ?? this.nearestIn(all, all, next, 2 * MOST_EARLY_MS);
      if (nearest) this.end(nearest);
    }
    nearestIn(some, all, next, limit) {
      let nearest;
      let least = limit;
      for (let i = 0; i < some.length; i++) {
        const left = this.leftOf(some[i], all, next);
        if (left >= least) continue;
        least = left;
        nearest = some[i];
      }
      return nearest;
    }
    /** Milliseconds to the end of what we drive; what the next picture shows on its way comes last. */
    leftOf(animation, all, next) {
      if (playState(animation) !== "paused" || this.driven.begunOf(animation) === void 0) return Infinity;
      const rate = rateOf(animation);
      const left = (rate < 0 ? getTime(animation) : endOf(animation) - getTime(animation)) / (rate < 0 ? -rate : rate);
      return this.outlook.outlasts(animation, all, next) ? left + MOST_EARLY_MS : left;
    }
  };

  // src/log.ts
  var OF_STYLE = "css ";
  var PICTURE = "img ";
  var OF_SCRIPT = "script ";
  var isShown = (name) => stringIndexOf(name, PICTURE) === 0 || stringIndexOf(name, OF_STYLE) === 0;
  var SCRIPT = "script";
  var STRUCK = "-";
  var STILL = "still";
  var REMARKS = { g: true, f: true, t: true, "-": true };
  var isRemark = (kind) => REMARKS[kind] === true;
  var LEAVES = ":visibilitychange";
  var OF_LOADS = { L: true, J: true, N: true };
  var Log = class {
    /** Where it stands, as an index of its triples' elements. */
    at = 0;
    entries;
    /** By the number of a piece of a body: how many bytes it had. */
    chunks = record();
    pictured = list();
    turns = list();
    standings = list();
    /** How many scripts of the parser it is past. */
    scripts = 0;
    /** Whether all stood still at the checkpoint that it is past, and the browser had to draw a frame to go on. */
    stood = false;
    isStill = false;
    /** Checkpoints that it is past, and its ticks so far. */
    passed = 0;
    turnsPassed = 0;
    standingsPassed = 0;
    ticks = 0;
    /** What was read last, by name. */
    readings = record();
    constructor(entries) {
      this.entries = entries;
      let ticks = 0;
      let began = -Infinity;
      let frame = 0;
      let before = 0;
      for (let i = 0; i < entries.length; i += 3) {
        ticks += entries[i + 2];
        if (entries[i] === "f" && ticks + frameOf(entries[i + 1]) > began + 1) {
          began = ticks + frameOf(entries[i + 1]);
          before = frame;
          frame = i;
        }
        if (entries[i] === "f") this.noteStanding(frame, i, ticks);
        else if (entries[i] === "t") append(this.turns, { at: i, frame, before, moments: entries[i + 1] });
        else if (entries[i] === "S") this.noteChunk("" + entries[i + 1]);
        else if (entries[i] === "C") append(this.pictured, { ticks, moments: momentsIn(entries[i + 1]) });
      }
    }
    get isOver() {
      return this.at >= this.entries.length;
    }
    get kind() {
      return this.entries[this.at];
    }
    get argument() {
      return this.entries[this.at + 1];
    }
    /** Ticks between the entry before and this one. */
    get ahead() {
      return this.entries[this.at + 2];
    }
    get position() {
      return this.at / 3;
    }
    get length() {
      return this.entries.length / 3;
    }
    /** The entry it stands on, in words for a diagnosis. */
    where() {
      return this.isOver ? "the end" : `entry ${this.position} of ${this.length}, ${this.kind} ${this.argument}`;
    }
    /** Goes on to the next entry. */
    pass() {
      this.ticks += this.ahead;
      if (this.kind === STRUCK && this.argument === STILL) this.isStill = true;
      else if (this.kind === "C") {
        this.passed++;
        this.stood = this.isStill;
        this.isStill = false;
      } else if (this.kind === "g") this.note(this.at);
      else if (this.kind === "E" && this.argument === SCRIPT) this.scripts++;
      this.at += 3;
    }
    /** The checkpoint it stands on or comes to next: how many ticks from here, and how the animations stood. */
    get next() {
      const next = this.pictured[this.passed];
      return next && { ticks: next.ticks - this.ticks, moments: next.moments };
    }
    /** What is called off next, and where it stood then, in the frame in which that is; or else in what comes before it. */
    turned(isFrame) {
      const { turns } = this;
      let turn = turns[this.turnsPassed];
      while (turn && turn.at < this.at) turn = turns[++this.turnsPassed];
      return turn && this.at >= (isFrame ? turn.frame : turn.before) ? turn.moments : void 0;
    }
    /** How all stands in the next frame that says so: how many ticks from here it begins. */
    get standing() {
      const next = this.nextStanding;
      return next && { ticks: next.ticks - this.ticks, moments: next.moments };
    }
    /** How all stands in the frame that the log is in, as far as something stands before its beginning. */
    get back() {
      const next = this.nextStanding;
      if (!next || this.at < next.frame) return void 0;
      for (let i = 1; i < next.moments.length; i += 2) if (timeOf(next.moments[i]) < 0) return next.moments;
      return void 0;
    }
    get nextStanding() {
      const { standings } = this;
      let next = standings[this.standingsPassed];
      while (next && next.at < this.at) next = standings[++this.standingsPassed];
      return next;
    }
    /** Where the next entry of a kind stands, before the next input or checkpoint; -1 if there is none. */
    find(kind, argument) {
      return this.search(kind, (told) => argument === void 0 || told === argument);
    }
    /** The same of what was read under a name. */
    findReading(name) {
      return this.search("g", (told) => told === name || told[0] === name);
    }
    /** The name of the next load that begins so, before the next input or checkpoint. */
    nextLoad(beginning) {
      const found = this.search("L", (told) => stringIndexOf("" + told, beginning) === 0);
      return found < 0 ? void 0 : this.entries[found + 1];
    }
    /** The names of the next loads of what is shown, at most so many. */
    nextShown(most) {
      const { entries } = this;
      const found = list();
      for (let i = this.at; i < entries.length && found.length < most; i += 3) {
        if (entries[i] === "L" && isShown("" + entries[i + 1])) append(found, entries[i + 1]);
      }
      return found;
    }
    /** How many of them come one after the other, with nothing between them but what follows from loads. */
    shownInRow() {
      const { entries } = this;
      let count = 0;
      for (let i = this.at; i < entries.length && (OF_LOADS[entries[i]] || isRemark(entries[i])); i += 3) {
        if (entries[i] !== "L") continue;
        if (!isShown("" + entries[i + 1])) break;
        count++;
      }
      return count;
    }
    /** The name of the script whose load comes next, with nothing before that but what its own code may have left. */
    scriptAhead() {
      const { entries } = this;
      let i = this.at;
      while (i < entries.length && (isRemark(entries[i]) || entries[i] === "D")) i += 3;
      const name = entries[i] === "L" ? "" + entries[i + 1] : "";
      return stringIndexOf(name, OF_SCRIPT) === 0 ? name : void 0;
    }
    /**
     * Whether nothing follows but what a document hears as it is left, which it is only after its timeline has come to its
     * end.
     */
    get isLeft() {
      const { entries } = this;
      for (let i = this.at; i < entries.length; i += 3) {
        if (entries[i] !== "-" && !(entries[i] === "H" && stringSlice("" + entries[i + 1], -LEAVES.length) === LEAVES)) return false;
      }
      return this.at < entries.length;
    }
    /** What the code of the entry it stands on has read under a name, before anything else came. */
    readingWithin(name) {
      const { entries } = this;
      for (let i = this.at + 3; i < entries.length && isRemark(entries[i]); i += 3) {
        if (entries[i] === "g" && entries[i + 1][0] === name) return entries[i + 1][1];
      }
      return void 0;
    }
    search(kind, fits) {
      const { entries } = this;
      for (let i = this.at; i < entries.length && entries[i] !== "A" && entries[i] !== "C"; i += 3) {
        if (entries[i] === kind && fits(entries[i + 1])) return i;
      }
      return -1;
    }
    /** Whether anything of this name is still to come. */
    knows(kind, argument) {
      const { entries } = this;
      for (let i = this.at; i < entries.length; i += 3) if (entries[i] === kind && entries[i + 1] === argument) return true;
      return false;
    }
    /** Takes an entry out of its turn: what it says. What lies between waits for its own. */
    strike(index) {
      if (this.entries[index] === "g") this.note(index);
      this.entries[index] = STRUCK;
      return this.entries[index + 1];
    }
    /** What a reading gave last, or what `ask` gives where the log tells nothing of it. */
    reading(name, ask) {
      return hasOwn(this.readings, name) ? this.readings[name] : ask();
    }
    /** How many bytes the piece `id` of a body had, -1 for its end; undefined where nothing is known. */
    chunk(id) {
      return this.chunks[id];
    }
    /** Takes what a reading tells, if that is something new. */
    note(index) {
      const told = this.entries[index + 1];
      if (typeof told !== "string") this.readings[told[0]] = told[1];
    }
    noteStanding(frame, at, ticks) {
      const told = this.entries[at + 1];
      if (typeof told !== "number") append(this.standings, { frame, at, ticks: ticks + frameOf(told), moments: momentsIn(told) });
    }
    noteChunk(name) {
      const colon = stringIndexOf(name, ":");
      this.chunks[stringSlice(name, 0, colon)] = +stringSlice(name, colon + 1);
    }
  };
  var frameOf = (told) => typeof told === "number" ? told : told[0];
  function marker(first, moments) {
    const argument = list();
    append(argument, first);
    for (let i = 0; i < moments.length; i++) append(argument, moments[i]);
    return argument;
  }
  function momentsIn(marker2) {
    const moments = list();
    for (let i = 1; i < marker2.length; i++) append(moments, marker2[i]);
    return moments;
  }

  // src/masquerade.ts
  var originals = new NativeWeakMap();
  function shareOriginals(known) {
    originals = known;
  }
  function standFor(wrapper, original2) {
    weakMapSet(originals, wrapper, weakMapGet(originals, original2) ?? original2);
  }
  function disguise(wrapper, original2) {
    defineProperty(wrapper, "name", { value: original2.name, configurable: true });
    defineProperty(wrapper, "length", { value: original2.length, configurable: true });
    standFor(wrapper, original2);
    return wrapper;
  }
  function holderOf(place3, name) {
    let holder = place3;
    while (place3 === globalThis && holder && !hasOwn(holder, name)) holder = getPrototypeOf(holder);
    return holder ?? void 0;
  }
  function replaceMethod(place3, name, make) {
    const owner = holderOf(place3, name);
    const descriptor = owner && getOwnPropertyDescriptor(owner, name);
    const original2 = descriptor?.value;
    if (!owner || !descriptor || typeof original2 !== "function") return;
    const made2 = make((self, args) => apply(original2, self, args));
    const wrapper = { wrapper(...args) {
      return made2(this, args);
    } }.wrapper;
    defineProperty(owner, name, withValue(descriptor, disguise(wrapper, original2)));
  }
  function replaceAccessor(place3, name, makeGet, makeSet) {
    const owner = holderOf(place3, name);
    const descriptor = owner && getOwnPropertyDescriptor(owner, name);
    if (!owner || !descriptor?.get) return;
    const { get, set } = descriptor;
    const read2 = makeGet((self) => apply(get, self, []));
    const write = set && makeSet?.((self, value) => void apply(set, self, [value]));
    const made2 = getOwnPropertyDescriptor({
      get [name]() {
        return read2(this);
      },
      set [name](value) {
        write?.(this, value);
      }
    }, name);
    standFor(made2.get, get);
    if (write) standFor(made2.set, set);
    const setter2 = write ? made2.set : set;
    const enumerable = descriptor.enumerable ?? false;
    defineProperty(owner, name, { configurable: true, enumerable, get: made2.get, ...setter2 && { set: setter2 } });
  }
  function replaceConstructor(name, made2, prepare) {
    const descriptor = getOwnPropertyDescriptor(globalThis, name);
    const original2 = descriptor?.value;
    if (!descriptor || typeof original2 !== "function") return;
    const wrapper = new globalThis.Proxy(original2, {
      construct(native2, args, newTarget) {
        const object = construct(native2, prepare ? prepare(args) : args, newTarget === wrapper ? native2 : newTarget);
        made2(object, args);
        return object;
      }
    });
    standFor(wrapper, original2);
    defineProperty(globalThis, name, withValue(descriptor, wrapper));
    const back = getOwnPropertyDescriptor(original2.prototype, "constructor");
    if (back) defineProperty(original2.prototype, "constructor", withValue(back, wrapper));
  }
  function withValue(descriptor, value) {
    const { configurable = false, enumerable = false, writable = false } = descriptor;
    return { configurable, enumerable, writable, value };
  }
  function hideWrappers() {
    replaceMethod(globalThis.Function.prototype, "toString", (native2) => (self) => {
      const known = typeof self === "function" ? weakMapGet(originals, self) : void 0;
      return known ? functionToString(known) : native2(self, []);
    });
  }

  // src/frames.ts
  var timelineOf2 = getter("Document", "timeline", null);
  var propertyOf = getter("TransitionEvent", "propertyName", "");
  var elapsedTime = getter("TransitionEvent", "elapsedTime", 0);
  var FRAME_TICKS = 1e3 * TICKS / 60;
  var PRECISION = 100;
  var precise = (ticks) => round(ticks * PRECISION) / PRECISION;
  var FRAMES_TO_BEGIN = 3;
  var HARDLY = 5e-3;
  var Frames = class {
    /** Whether anything may move by itself: only then code can see which frame it is. */
    moves = false;
    /** Where everything that moves stands. */
    standing = list;
    recording;
    /** The frame that was told of last: when it began, and when that was told, in ticks. */
    began = -1;
    told = -1;
    /** How many frames more show where everything stands, and when the latest of these began. */
    toShow = 0;
    shown = -1;
    /** What was called off in the latest frame in which anything was, where the log says so, and when that frame began. */
    turned = list();
    turnsAt = 0;
    turnedIn = -1;
    constructor(recording) {
      this.recording = recording;
    }
    /**
     * Writes an entry. A frame has the time at which it began; where something was told of since then, and for other code
     * while something moves, an entry of its own says before it which frame that sees. Gives the index of the entry.
     */
    write(kind, argument, delta) {
      const { recording } = this;
      const { ticks } = recording.timeline;
      const isFrame = kind === "R";
      const began = isFrame || this.moves ? this.latest() : void 0;
      if (began === void 0) return recording.write(kind, argument, delta);
      const since = precise(began - ticks);
      if (isFrame && since > 0 && since <= delta && since === floor(since)) {
        this.tell(began, ticks + since);
        return recording.write(kind, argument, since);
      }
      const isKnown2 = began === this.began && ticks + delta - this.told < FRAME_TICKS;
      if (isKnown2 && !isFrame) return recording.write(kind, argument, delta);
      this.tell(began, ticks + delta);
      recording.write("f", precise(since - delta), delta);
      return recording.write(kind, argument, 0);
    }
    /**
     * Something begins to move, or goes on. When it does so only the browser knows, which takes a frame or two to begin:
     * until then each of them says where everything stands.
     */
    begin(key3 = "") {
      this.moves = true;
      this.turnBack(key3);
      const isAsked = this.toShow > 0;
      this.toShow = FRAMES_TO_BEGIN;
      if (!isAsked) this.show();
    }
    show() {
      const { recording } = this;
      const began = this.latest();
      if (began === void 0) this.toShow = 0;
      else if (began !== this.shown) {
        this.toShow--;
        this.shown = began;
        if (!recording.isFrozen) {
          const delta = recording.sinceLast();
          const at = recording.timeline.ticks + delta;
          this.tell(began, at);
          recording.write("f", marker(precise(began - at), this.standing()), delta);
        }
      }
      if (this.toShow > 0) nativeFrame(() => this.show());
    }
    /** Something was called off on its way, when it stood at `at` ms: it may have turned back from there. */
    turn(key3, at) {
      const { recording } = this;
      const began = this.latest();
      if (began === void 0) return;
      if (began !== this.turnedIn) {
        this.turnedIn = began;
        this.turned = list();
        this.turnsAt = recording.placeOf(recording.log("t", this.turned));
      }
      append(this.turned, key3);
      append(this.turned, at);
      recording.amend(this.turnsAt, "t", this.turned);
    }
    /**
     * What was called off before it had moved, as far as it was told, is under way again: its style was that of a frame
     * more. Only what has moved turns back.
     */
    turnBack(key3) {
      if (this.turnedIn !== this.latest()) return;
      for (let i = 0; i < this.turned.length; i += 2) {
        if (this.turned[i] !== key3 || this.turned[i + 1] !== 0) continue;
        this.turned[i + 1] = HARDLY;
        return this.recording.amend(this.turnsAt, "t", this.turned);
      }
    }
    tell(began, at) {
      this.began = began;
      this.told = at;
    }
    /** When the latest frame began. A browser rounds what it tells of that, and moves everything to that very time. */
    latest() {
      const timeline = globalThis.document ? timelineOf2(globalThis.document) : null;
      const time2 = timeline ? timeOfTimeline(timeline) : null;
      return time2 === null ? void 0 : precise(time2 * TICKS) + this.recording.late;
    }
  };
  function noticeMotion(frames2) {
    const keyOf3 = (event) => {
      const target = eventTarget(event);
      return propertyOf(event) + "@" + (target ? localName(target) : "");
    };
    const hear2 = (type, heard) => addEventListener(globalThis.window, type, (event) => void (event.isTrusted && heard(event)), true);
    hear2("transitionrun", (event) => frames2.begin(keyOf3(event)));
    hear2("animationstart", () => frames2.begin());
    hear2("transitioncancel", (event) => frames2.turn(keyOf3(event), round(elapsedTime(event) * 1e7) / 1e4));
    replaceMethod(globalThis.Element?.prototype, "animate", (native2) => (self, args) => {
      const animation = native2(self, args);
      nativeFrame(() => frames2.begin());
      return animation;
    });
  }

  // src/sheets.ts
  var Sheet = globalThis.CSSStyleSheet;
  var replaceSync = Sheet?.prototype.replaceSync;
  var sheetsOf = (name, owner) => owner && globalThis.Object.getOwnPropertyDescriptor(owner, name);
  var adopted = sheetsOf("adoptedStyleSheets", globalThis.Document?.prototype);
  function adopt(documents, rules) {
    const undo = list();
    for (let i = 0; i < documents.length; i++) {
      try {
        append(undo, adoptIn(documents[i], rules));
      } catch {
      }
    }
    return () => {
      for (let i = 0; i < undo.length; i++) undo[i]?.();
      undo.length = 0;
    };
  }
  function adoptIn(document2, rules) {
    if (!adopted?.get || !adopted.set || !replaceSync) return () => {
    };
    const Own = document2.defaultView?.CSSStyleSheet ?? Sheet;
    const sheet = new Own();
    apply(replaceSync, sheet, [rules]);
    const { get, set } = adopted;
    const before = apply(get, document2, []);
    const kept = copyOf(before);
    const now = copyOf(before);
    put(now, sheet);
    apply(set, document2, [now]);
    return () => {
      try {
        apply(set, document2, [kept]);
      } catch {
      }
    };
  }
  function copyOf(sheets) {
    const copy = [];
    for (let i = 0; i < sheets.length; i++) put(copy, sheets[i]);
    return copy;
  }
  function put(sheets, value) {
    defineProperty(sheets, sheets.length, { value, configurable: true, enumerable: true, writable: true });
  }

  // src/posing.ts
  function hideCaret(documents) {
    return adopt(documents, "* { caret-color: transparent !important }");
  }
  async function drawAnew(documents, hold2) {
    const takeBack = adopt(documents, ":root { will-change: opacity !important }");
    const painted = await frames(2, (left) => {
      hold2();
      if (left === 0) takeBack();
    });
    takeBack();
    return painted;
  }
  async function lookUnderMouse(documents) {
    const takeBack = adopt(documents, ":root { contain: style !important }");
    await frames(2, () => {
    });
    takeBack();
  }
  var FRAME_LIMIT_MS = 3e3;
  function frames(count, hold2) {
    return new NativePromise((resolve) => {
      const next = (left) => {
        if (left < count) hold2(left);
        if (left === 0) resolve(true);
        else nativeFrame(() => next(left - 1));
      };
      next(count);
      nativeTimeout(() => resolve(false), FRAME_LIMIT_MS);
    });
  }

  // src/turning.ts
  var CLOSE_MS = 1;
  var courseAt = (ticks, begun, rate) => (ticks - begun) / TICKS * rate;
  var Turning = class {
    courses = new NativeWeakMap();
    /** One is driven. */
    note(animation, course) {
      weakMapSet(this.courses, animation, course);
    }
    /**
     * Has those that are about to be called off stand where they were then; of several of a kind the nearest. `frame`: only
     * those that come there until a frame that began then.
     */
    turn(driven, moments, frame = Infinity) {
      const used = list();
      for (let i = 0; i < moments.length; i += 2) {
        const at = timeOf(moments[i + 1]);
        const found = this.nearest(driven, moments[i], at, frame, used);
        if (found < 0) continue;
        used[found] = true;
        const { begun, rate } = weakMapGet(this.courses, driven[found]);
        if (at <= courseAt(frame, begun, rate) + CLOSE_MS) setTime(driven[found], at);
      }
    }
    /** Whether one is over when a frame begins, and not called off: `turned`. */
    isOver(animation, begun, frame, turned) {
      const course = weakMapGet(this.courses, animation);
      if (!course || isOff(animation) || getTime(animation) >= course.end) return false;
      if (course.rate <= 0 || courseAt(frame, begun, course.rate) < course.end) return false;
      const key3 = turned && keyOf(animation);
      for (let i = 0; turned && i < turned.length; i += 2) if (turned[i] === key3) return false;
      return true;
    }
    /** Whether one that is over was called off at its end, with what that took away; see beat.ts. */
    isCalledOff(animation, turned) {
      const key3 = turned && keyOf(animation);
      for (let i = 0; turned && i < turned.length; i += 2) {
        if (turned[i] === key3 && timeOf(turned[i + 1]) >= endOf(animation)) return true;
      }
      return false;
    }
    /** In that frame, not where it was last: rows that a mouse crosses, one in each frame, come there one after the other. */
    nearest(driven, key3, at, frame, used) {
      let nearest = -1;
      let least = Infinity;
      for (let i = 0; i < driven.length; i++) {
        const course = used[i] ? void 0 : weakMapGet(this.courses, driven[i]);
        if (!course || at >= course.end || keyOf(driven[i]) !== key3 || isOff(driven[i])) continue;
        const stands = frame === Infinity ? course.at : courseAt(frame, course.begun, course.rate);
        const off = stands < at ? at - stands : stands - at;
        if (off >= least) continue;
        least = off;
        nearest = i;
      }
      return nearest;
    }
  };

  // src/driven.ts
  var NEAR_END_MS = 60;
  var ROUNDED_MS = 0.06;
  var DrivenAnimations = class {
    /** By animation that we drive, the ticks at which it stood at its beginning. */
    begun = new NativeWeakMap();
    /** What a frame of the log has found under way. */
    isUnderWay = new NativeWeakMap();
    /** The moments at which animations were placed last. */
    placed = new NativeWeakMap();
    timeline;
    documents;
    log;
    last = -1;
    /** What we drive, wherever it is. */
    driven = list();
    /** The look at the documents in which an animation was last seen there, and the number of the latest look. */
    seenIn = new NativeWeakMap();
    looks = 0;
    /** How far into the future everything is shown, in ticks. */
    ahead = 0;
    /** When the latest frame began that the log tells of, in ticks. */
    frame = -Infinity;
    /** And when it told so. */
    told = -Infinity;
    /** When the picture was taken after which nothing moves yet, in ticks. */
    resting;
    /** Whether what is seen for the first time came up in that frame. */
    drew = false;
    pending = list();
    turning = new Turning();
    beat = new Beat();
    outlook;
    ends;
    /** Whether something has come up or ended that no frame of the browser has told. */
    isUntold = false;
    /** Whether something stands at its end, and no styles may be worked out before the browser has drawn that. */
    isEnding = false;
    constructor(timeline, documents, log) {
      this.timeline = timeline;
      this.documents = documents;
      this.log = log;
      this.outlook = new Outlook(timeline, log, this);
      this.ends = new Ends(this, this.outlook);
    }
    /** Where the clock stands for what moves: it does so in frames, as far as the log tells of them. */
    get ticks() {
      if (this.resting !== void 0) return this.resting;
      const ticks = this.timeline.ticks + this.ahead;
      return ticks - this.told < FRAME_TICKS ? this.frame : ticks;
    }
    /** Time goes on, after a callback that may have had something move: `drew` when that was one of a frame. */
    jump(drew) {
      this.drew = drew;
      this.follow(true);
      this.drew = false;
    }
    /** The same, and a frame comes that began then: when it works out styles, what moves is where it has it. */
    approach(began, drew) {
      this.turnBack(began);
      this.jump(drew);
    }
    /** What the log says was called off next stood somewhere then: there it goes, unless it does so in a later frame. */
    turnBack(frame) {
      const now = this.log.turned(true);
      const soon = now ?? this.log.turned(false);
      if (soon) this.turning.turn(this.driven, soon, now ? Infinity : frame);
    }
    /** What the log calls off next, now or in a later frame. */
    get turned() {
      return this.log.turned(true) ?? this.log.turned(false);
    }
    /** A frame comes that began then, and the browser may draw it at any time. */
    foresee(began) {
      this.turnBack(began);
      const turned = this.log.turned(false);
      for (let i = 0; i < this.driven.length; i++) {
        const animation = this.driven[i];
        const begun = weakMapGet(this.begun, animation);
        if (begun === void 0 || !weakMapGet(this.isUnderWay, animation)) continue;
        if (!this.ends.isEnding(animation) && this.turning.isOver(animation, begun, began, turned)) {
          this.isEnding = true;
          this.ends.end(animation);
        }
      }
    }
    /** Whether the browser has to draw what ends by then, before anybody looks. */
    mustDraw(began) {
      this.foresee(began);
      const { isEnding } = this;
      this.isEnding = false;
      return isEnding;
    }
    get isMoving() {
      return this.driven.length > 0;
    }
    /** A frame begins: what came up since the last one begins with it, unless the log says where everything stands. */
    enterFrame(began, standing) {
      this.frame = began;
      this.told = this.timeline.ticks;
      const moves = this.follow(true);
      if (standing) this.resting = void 0;
      const { pending } = this;
      this.pending = list();
      for (let i = 0; i < pending.length; i++) {
        const { animation, since, at } = pending[i];
        if (began - since <= FRAME_TICKS && weakMapGet(this.begun, animation) !== void 0) this.begin(animation, at);
      }
      if (standing) this.stand(standing);
      if (standing || pending.length > 0) this.follow(true);
      if (moves) animationsOf(this.documents);
    }
    stand(standing) {
      this.match(standing, (animation, moment) => {
        if (typeof moment !== "number") takeCourse(animation, moment[1], moment[2]);
        this.begin(animation, timeOf(moment));
        if (timeOf(moment) > 0) weakMapSet(this.isUnderWay, animation, true);
      });
    }
    /** Which of those that we drive has which moment. */
    match(standing, take) {
      const all = animationsOf(this.documents);
      const used = list();
      for (let i = 0; i < all.length; i++) {
        const animation = all[i];
        const found = takeKey(standing, keyOf(animation), used);
        if (found >= 0 && weakMapGet(this.begun, animation) !== void 0) take(animation, standing[found + 1]);
      }
    }
    /** Moves all animations to the present; at most every 8 virtual milliseconds unless `now`. True when something moves. */
    follow(now = false) {
      const { ticks } = this;
      if (!now && ticks - this.last < 8 * TICKS) return false;
      this.last = ticks;
      const frame = this.timeline.ticks - this.told < FRAME_TICKS ? this.frame : Infinity;
      this.turnBack(frame);
      const moves = this.drive(this.moving(), this.log.next);
      this.turnBack(frame);
      return moves;
    }
    /** Moves all to where they stand `ahead` ticks from now, for what looks at the page then. True when something moves. */
    lookAhead(ahead) {
      this.ahead = ahead;
      const moves = this.follow(true);
      this.ahead = 0;
      return moves;
    }
    /** What the documents show, and what we drive that has left them: the page may wait for its end. */
    moving() {
      const all = animationsOf(this.documents);
      this.looks++;
      for (let i = 0; i < all.length; i++) weakMapSet(this.seenIn, all[i], this.looks);
      const before = this.driven;
      this.driven = list();
      for (let i = 0; i < before.length; i++) {
        const animation = before[i];
        if (playState(animation) !== "paused" || weakMapGet(this.begun, animation) === void 0) continue;
        append(this.driven, animation);
        if (!this.isShown(animation) && endOf(animation) !== Infinity) append(all, animation);
      }
      return all;
    }
    /** Whether the documents show it; of those that have left them the page may wait for their end. */
    isShown(animation) {
      return weakMapGet(this.seenIn, animation) === this.looks;
    }
    /** The ticks at which it stood at its beginning; undefined for one that is not ours to move. */
    begunOf(animation) {
      return weakMapGet(this.begun, animation);
    }
    /** Whether a frame of the log has found it on its way. */
    hasBeenFound(animation) {
      return weakMapGet(this.isUnderWay, animation) === true;
    }
    /**
     * The log says that something ended `ahead` ticks from now: what is over by then ends. In front of its beginning is an
     * end as well (CSS Transitions 2, 6): a frame of the browser may come to one that has begun for the frame after it.
     * By a microsecond is not enough for Chromium 156.
     */
    endDue(ahead) {
      const { back } = this.log;
      if (back) return this.match(back, (animation, moment) => void (timeOf(moment) < 0 && setTime(animation, timeOf(moment) - NUDGE_MS)));
      const all = this.moving();
      const { next } = this.log;
      this.drive(all, next);
      this.ends.endWithin(ahead / TICKS + NEAR_END_MS, all, next);
    }
    /**
     * What the log says has ended did not: it can only be what is nearest to its end, of all whose end would be heard as
     * that entry. A busy compositor begins one long before it is seen to, so that it may be far from its end here.
     */
    endNearest(entry) {
      const type = stringSlice(entry, stringIndexOf(entry, ":") + 1);
      this.ends.endNearest(this.timeline.hearerOf(entry), type, this.moving(), this.log.next);
    }
    /**
     * Sets the exact moments of a checkpoint, before each of its frames; what had ended by then ends. Gives the number
     * of animations.
     */
    place(moments) {
      this.resting = void 0;
      const moving = this.moving();
      const now = { ticks: this.timeline.ticks, moments };
      this.drive(moving, now);
      const all = animationsOf(this.documents);
      const used = list();
      for (let i = 0; i < all.length; i++) this.leaveOver(all[i], moments, used);
      for (let i = 0; i < all.length; i++) {
        const animation = all[i];
        if (playState(animation) === "finished") continue;
        const found = takeKey(moments, keyOf(animation), used);
        if (found < 0) {
          if (endOf(animation) !== Infinity) finish(animation);
          continue;
        }
        this.placeAt(animation, moments, moments[found + 1]);
      }
      return all.length;
    }
    /**
     * The picture is taken. What stood still for it goes on with the browser's next frame, which a busy one drew late:
     * the log says there how all stands.
     */
    leave() {
      const { next, standing, stood } = this.log;
      const { ticks } = this.timeline;
      const isNext = stood && standing !== void 0 && standing.ticks - ticks < FRAME_LIMIT_MS * TICKS && !(next && next.ticks < standing.ticks);
      this.resting = isNext ? this.ticks : void 0;
      this.follow(true);
    }
    placeAt(animation, moments, moment) {
      const at = timeOf(moment);
      this.ends.stay(animation);
      const isNew = weakMapGet(this.placed, animation) !== moments;
      weakMapSet(this.placed, animation, moments);
      if (isNew && typeof moment !== "number") takeCourse(animation, moment[1], moment[2]);
      setTime(animation, isNew ? at + NUDGE_MS : at);
      if (weakMapGet(this.begun, animation) !== void 0 && !this.isThere(animation, at)) this.begin(animation, at);
    }
    /** Whether one that did not stand still for the picture is where that has it, rounded: what we know is more exact. */
    isThere(animation, at) {
      const off = this.clockOf(animation) - at;
      return !this.log.stood && off < ROUNDED_MS && off > -ROUNDED_MS;
    }
    /** What is shown, on its way, and stands still for us alone. */
    get held() {
      const all = animationsOf(this.documents);
      const held2 = list();
      for (let i = 0; i < all.length; i++) {
        const animation = all[i];
        if (playState(animation) === "paused" && weakMapGet(this.begun, animation) !== void 0) append(held2, animation);
      }
      return held2;
    }
    /** One that is over, and goes on to be shown as it ended, has its moment among the others of its kind. */
    leaveOver(animation, moments, used) {
      if (playState(animation) !== "finished") return;
      const key3 = keyOf(animation);
      const at = getTime(animation);
      for (let i = 0; i < moments.length; i += 2) {
        if (used[i] || moments[i] !== key3 || timeOf(moments[i + 1]) !== at) continue;
        used[i] = true;
        return;
      }
    }
    /**
     * True when there is one that we move. All are asked for their state before any is moved: the answer has the browser
     * work out styles, which every move makes due again.
     */
    drive(all, next) {
      const ours = list();
      for (let i = 0; i < all.length; i++) {
        const animation = all[i];
        if (this.ends.isEnding(animation)) continue;
        this.adopt(animation);
        const state3 = playState(animation);
        if (state3 === "finished" || state3 === "idle" || weakMapGet(this.begun, animation) === void 0) continue;
        if (state3 === "running") pause(animation);
        append(ours, animation);
      }
      for (let i = 0; i < ours.length; i++) this.advance(ours[i], all, next);
      return ours.length > 0;
    }
    advance(animation, all, next) {
      const at = this.clockOf(animation);
      const end = endOf(animation);
      const rate = rateOf(animation);
      this.turning.note(animation, { begun: weakMapGet(this.begun, animation), end, rate, at });
      if (rate < 0 ? at > 0 : at < end) setTime(animation, at < 0 ? 0 : at);
      else if (this.outlook.outlasts(animation, all, next)) setTime(animation, end - NUDGE_MS);
      else {
        if (rate < 0 || getTime(animation) < end) this.isUntold = true;
        if (takesAway(animation) && !this.turning.isCalledOff(animation, this.turned)) this.ends.end(animation);
        else finish(animation);
      }
    }
    /** One that the page itself keeps paused stays as it is. */
    adopt(animation) {
      if (playState(animation) !== "running" || weakMapGet(this.begun, animation) !== void 0 || !followsClock(animation)) return;
      const { ticks } = this.timeline;
      weakMapSet(this.begun, animation, this.drew ? this.frame : ticks);
      if (!this.drew) append(this.pending, { animation, since: ticks, at: 0 });
      append(this.driven, animation);
      this.isUntold = true;
      pause(animation);
      this.beat.keep(animation);
    }
    /** Whether something has come up or ended since this was asked last. */
    takeUntold() {
      const { isUntold } = this;
      this.isUntold = false;
      return isUntold;
    }
    /** It stands at `at` ms now, and moves from there. */
    begin(animation, at) {
      weakMapSet(this.begun, animation, this.ticks - at * TICKS / (rateOf(animation) || 1));
    }
    /** Where the clock has brought one that we drive, in ms. */
    clockOf(animation) {
      const begun = weakMapGet(this.begun, animation);
      return rateOf(animation) === 0 ? getTime(animation) : courseAt(this.ticks, begun, rateOf(animation));
    }
    // ---- what the page itself does with an animation
    /** Whether it runs, as far as the page knows. */
    isDriven(animation) {
      this.adopt(animation);
      return playState(animation) === "paused" && weakMapGet(this.begun, animation) !== void 0;
    }
    /** Brings one to the present, for the page to read. */
    bring(animation) {
      if (this.isDriven(animation)) setTime(animation, within(this.clockOf(animation), endOf(animation)));
    }
    /** What the page does to one, and whether that has it run on, stand still, or leaves it as it was. */
    steer(animation, then, change) {
      this.bring(animation);
      const wasDriven = this.isDriven(animation);
      change();
      if (then === "same" && wasDriven) this.begin(animation, getTime(animation));
      else if (then === "run" && playState(animation) === "running") {
        const at = getTime(animation);
        pause(animation);
        setTime(animation, at);
        this.begin(animation, at);
        append(this.pending, { animation, since: this.timeline.ticks, at });
        append(this.driven, animation);
      } else if (then !== "same") weakMapSet(this.begun, animation, void 0);
    }
  };
  var within = (at, end) => at < 0 ? 0 : at > end ? end : at;
  function takeKey(moments, key3, used) {
    for (let i = 0; i < moments.length; i += 2) {
      if (used[i] || moments[i] !== key3) continue;
      used[i] = true;
      return i;
    }
    return -1;
  }

  // src/modules.ts
  var MODULE_SCRIPT = "script[type=module] ";
  var LONGEST = 200;
  var COMPILE_MS = 500;
  var OF_MODULES = "script[type=module i], script[type=importmap i], link[rel=modulepreload i]";
  var readyState = getter("Document", "readyState", "complete");
  var scripts = getter("Document", "scripts", { length: 0 });
  var sourceOf = getter("HTMLScriptElement", "src", "");
  var relOf = getter("HTMLLinkElement", "rel", "");
  var linkAddress = getter("HTMLLinkElement", "href", "");
  function nameOfModule(url) {
    const address = withoutHash(url);
    if (address.length >= LONGEST || isOfParser()) return "";
    const all = scripts(globalThis.document);
    for (let i = 0; i < all.length; i++) if (sourceOf(all[i]) === url) return "";
    const links = queryAll(globalThis.document, "link[rel=modulepreload i]");
    for (let i = 0; i < links.length; i++) if (linkAddress(links[i]) === url) return "preload " + address;
    return "module " + address;
  }
  function isOfParser() {
    return readyState(globalThis.document) === "loading" && queryAll(globalThis.document, OF_MODULES).length === 0;
  }
  function namesOfModule(url) {
    const names2 = list();
    append(names2, "module " + withoutHash(url));
    append(names2, "preload " + withoutHash(url));
    return names2;
  }
  function nameOfPreload(element) {
    return toLowerCase(relOf(element)) === "modulepreload" ? "preload " + withoutHash(linkAddress(element)) : "";
  }
  function isModule(name) {
    return stringSlice(name, 0, 7) === "module " || isPreload(name);
  }
  function isModuleScript(name) {
    return stringSlice(name, 0, MODULE_SCRIPT.length) === MODULE_SCRIPT;
  }
  function isPreload(name) {
    return stringSlice(name, 0, 8) === "preload ";
  }
  function withoutHash(url) {
    const hash = stringIndexOf(url, "#");
    return hash < 0 ? url : stringSlice(url, 0, hash);
  }
  var Modules = class {
    compiled = record();
    waiting = record();
    /** Calls `compiled` and `run` when the module of this name, which has come, is compiled, and has run if it was to. */
    afterCompiling(name, compiled, run) {
      let over = false;
      const end = () => {
        if (over) return;
        over = true;
        compiled();
        afterLoading(run);
      };
      const isCompiled = (this.compiled[name] ?? 0) > 0;
      if (isCompiled) this.compiled[name] = this.compiled[name] - 1;
      if (isCompiled || !isPreload(name)) return end();
      append(this.waiting[name] ??= list(), end);
      nativeTimeout(end, COMPILE_MS);
    }
    /** The link of a module tells that it is compiled. */
    tell(name) {
      const waiting = this.waiting[name];
      delete this.waiting[name];
      if (!waiting) this.compiled[name] = (this.compiled[name] ?? 0) + 1;
      for (let i = 0; waiting && i < waiting.length; i++) waiting[i]();
    }
  };
  function afterLoading(run) {
    nativeTimeout(() => nativeTimeout(run, 0), 0);
  }

  // src/free.ts
  var FRAME_TICKS2 = 167;
  var REST_MS = 25;
  var MARKS = { A: true, C: true, D: true, L: true, N: true };
  var Free = class {
    modules = new Modules();
    holds = true;
    isHolding = true;
    onTime = () => {
    };
    /** True while the page waits for something of the network. */
    busy = () => false;
    timeline;
    schedule = record();
    due = list();
    answers = list();
    answered = 0;
    outcomes = record();
    order;
    target = 0;
    deadline = 0;
    quietSince = 0;
    reached;
    soon;
    constructor(timeline, log) {
      this.timeline = timeline;
      this.order = log.length;
      this.soon = taskQueue(() => this.step());
      let ticks = 0;
      for (let i = 0; i < log.length; i += 3) {
        ticks += log[i + 2];
        if (log[i] === "D") append(this.answers, log[i + 1]);
        if (MARKS[log[i]] || isRemark(log[i])) continue;
        if (log[i] === "K") {
          const told = log[i + 1];
          append(this.outcomes[told[0]] ??= list(), told[1]);
          append(this.schedule["K:" + told[0]] ??= list(), { at: ticks, order: i });
          continue;
        }
        append(this.schedule[log[i] + ":" + log[i + 1]] ??= list(), { at: ticks, order: i });
      }
    }
    /** Runs the page until virtual time `ticks`, its network quiet; within `limit` real milliseconds. */
    advance(ticks, limit) {
      return this.go(ticks, limit, realNow());
    }
    /** Brings virtual time to `ticks` without waiting for anything to rest: what a move sets in motion begins then. */
    follow(ticks) {
      return this.go(ticks, 0, -REST_MS);
    }
    go(ticks, limit, quietSince) {
      return new NativePromise((resolve) => {
        this.target = ticks;
        this.deadline = realNow() + limit;
        this.quietSince = quietSince;
        this.reached = resolve;
        this.soon();
      });
    }
    arrive(kind, id, run, ticket) {
      this.quietSince = realNow();
      const { ticks } = this.timeline;
      this.put(this.scheduled(kind + ":" + id) ?? { at: ticks, order: this.order++ }, -1, run, ticket);
    }
    settle(kind, id, run) {
      this.arrive(kind, id, run);
    }
    comes() {
    }
    event(type) {
      const moment = this.scheduled("E:" + type);
      this.timeline.advance(moment ? moment.at - this.timeline.ticks : 0);
      return true;
    }
    milestone(type, then) {
      this.event(type);
      then();
    }
    isTurn() {
      return true;
    }
    loaded(_name) {
      this.quietSince = realNow();
    }
    timer(id, delay, run) {
      const at = this.timeline.ticks + (delay > 1 ? delay : 1) * TICKS;
      this.put(this.scheduled("T:" + id) ?? { at, order: this.order++ }, id, run, void 0);
    }
    blocks() {
    }
    dropTimer(id) {
      this.remove((entry) => entry.timer === id);
    }
    frame(realm2, run) {
      const { ticks } = this.timeline;
      const at = ticks - ticks % FRAME_TICKS2 + FRAME_TICKS2;
      this.put(this.scheduled("R:" + realm2) ?? { at, order: this.order++ }, -1, run, void 0);
    }
    idle(id, run) {
      const at = this.timeline.ticks + TICKS;
      this.put(this.scheduled("I:" + id) ?? { at, order: this.order++ }, -1, run, void 0);
    }
    /** The answers of the person who recorded, one after the other: nobody else is there to ask. */
    answer(ask) {
      return this.answered < this.answers.length ? this.answers[this.answered++] : ask();
    }
    outcome(id, ask, deliver) {
      const recorded = this.outcomes[id];
      if (!recorded) return ask((outcome) => this.arrive("K", id, () => deliver(outcome)));
      for (let i = 0; i < recorded.length; i++) this.arrive("K", id, () => deliver(recorded[i]));
    }
    endOutcomes() {
    }
    reading(_name, ask) {
      return ask();
    }
    chunk() {
      return void 0;
    }
    /** The next recorded moment of an entry that is not over yet. */
    scheduled(key3) {
      const moments = this.schedule[key3];
      while (moments && moments.length > 0) {
        const first = moments[0];
        for (let i = 1; i < moments.length; i++) moments[i - 1] = moments[i];
        moments.length--;
        if (first.at >= this.timeline.ticks) return first;
      }
      return void 0;
    }
    put(moment, timer, run, ticket) {
      append(this.due, { at: moment.at, order: moment.order, timer, run, ticket });
      if (this.reached) this.soon();
    }
    step() {
      if (!this.reached) return;
      const now = realNow();
      const late = now > this.deadline;
      const next = this.first();
      if (this.busy() && !late && (next === void 0 || next.at > this.timeline.ticks)) return this.later(5);
      if (next !== void 0 && next.at <= this.target) {
        this.remove((entry) => entry === next);
        this.timeline.advance(next.at > this.timeline.ticks ? next.at - this.timeline.ticks : 0);
        this.onTime();
        this.soon();
        if (next.ticket === void 0 || next.ticket.live) next.run();
        return;
      }
      if (now - this.quietSince < REST_MS && !late) return this.later(8);
      if (this.target > this.timeline.ticks) this.timeline.advance(this.target - this.timeline.ticks);
      this.onTime();
      const done = this.reached;
      this.reached = void 0;
      done();
    }
    later(ms) {
      nativeTimeout(this.soon, ms);
    }
    first() {
      let best;
      for (let i = 0; i < this.due.length; i++) {
        const entry = this.due[i];
        if (!best || entry.at < best.at || entry.at === best.at && entry.order < best.order) best = entry;
      }
      return best;
    }
    remove(matches3) {
      let kept = 0;
      for (let i = 0; i < this.due.length; i++) {
        const entry = this.due[i];
        if (!matches3(entry)) this.due[kept++] = entry;
      }
      this.due.length = kept;
    }
  };

  // src/gate.ts
  function held(timeline, kind, id, promise, settled) {
    return new NativePromise((resolve, reject) => {
      void (async () => {
        let failed = false;
        let value;
        try {
          value = await promise;
        } catch (error) {
          failed = true;
          value = error;
        }
        settled?.();
        timeline.conductor.settle(kind, id, () => failed ? reject(value) : resolve(value));
      })();
    });
  }
  function holdProperty(owner, name, hold2) {
    const known = new NativeWeakMap();
    replaceAccessor(owner?.prototype, name, (native2) => (self) => {
      const promise = native2(self);
      let shown2 = weakMapGet(known, promise);
      if (!shown2) weakMapSet(known, promise, shown2 = hold2(promise));
      return shown2;
    });
  }
  function holdEnd(timeline, owner) {
    holdProperty(owner, "finished", (promise) => held(timeline, "H", "finished" + timeline.next("finished") + ":finish", promise));
  }

  // src/streams.ts
  var getReader = method("ReadableStream", "getReader", null);
  var read = method("ReadableStreamDefaultReader", "read", null);
  var cancelReader = method("ReadableStreamDefaultReader", "cancel", void 0);
  var NativeStream = globalThis.ReadableStream;
  var NativeBytes = globalThis.Uint8Array;
  var setBytes = uncurryThis(globalThis.Uint8Array.prototype.set);
  var slice = uncurryThis(globalThis.Uint8Array.prototype.slice);
  function streamBodies(timeline) {
    const known = new NativeWeakMap();
    replaceAccessor(globalThis.Response?.prototype, "body", (native2) => (self) => {
      const made2 = weakMapGet(known, self);
      if (made2 !== void 0) return made2;
      const body = native2(self);
      const stream = body && self.type !== "error" && self.url !== "" ? rechunked(body, timeline) : body;
      weakMapSet(known, self, stream);
      return stream;
    });
    replaceMethod(globalThis.Blob?.prototype, "stream", (native2) => (self, args) => rechunked(native2(self, args), timeline));
  }
  function rechunked(body, timeline) {
    const { conductor } = timeline;
    let source2;
    return new NativeStream({
      type: "bytes",
      pull(controller) {
        source2 ??= sourceOf2(body);
        const id = timeline.next("S");
        const settle = (chunk) => new NativePromise((resolve) => {
          const length = chunk.done ? -1 : chunk.value.length;
          conductor.settle("S", id + ":" + length, () => {
            if (chunk.done) {
              controller.close();
              controller.byobRequest?.respond(0);
            } else controller.enqueue(chunk.value);
            resolve();
          });
        });
        return promiseThen(source2.read(conductor.chunk(id)), settle);
      },
      cancel: (reason) => (source2 ??= sourceOf2(body)).cancel(reason)
    }, { highWaterMark: 0 });
  }
  function sourceOf2(body) {
    const reader = getReader(body);
    let rest;
    const next = async (wished) => {
      for (; ; ) {
        const have = rest ? rest.length : 0;
        if (wished !== void 0 && wished >= 0 && have >= wished) {
          const value = slice(rest, 0, wished);
          rest = have > wished ? slice(rest, wished) : void 0;
          return { done: false, value };
        }
        const chunk = reader && await read(reader);
        if (!chunk || chunk.done) {
          const value = rest;
          rest = void 0;
          return value ? { done: false, value } : { done: true };
        }
        if (wished === void 0 && !rest) return chunk;
        rest = joined(rest, chunk.value);
        if (wished === void 0) wished = rest.length;
      }
    };
    return { read: next, cancel: (reason) => reader && cancelReader(reader, reason) };
  }
  function joined(first, second) {
    if (!first) return second;
    const both = new NativeBytes(first.length + second.length);
    setBytes(both, first, 0);
    setBytes(both, second, first.length);
    return both;
  }

  // src/stack.ts
  var NativeError = globalThis.Error;
  var HAS_LIMIT = getOwnPropertyDescriptor(NativeError, "stackTraceLimit") !== void 0;
  var PREPARE = "prepareStackTrace";
  function isInCall(ours) {
    return hasMoreLines(called(stack()), ours + 2);
  }
  function stack() {
    if (!HAS_LIMIT) return "" + (new NativeError().stack ?? "");
    const limit = getOwnPropertyDescriptor(NativeError, "stackTraceLimit");
    const prepare = getOwnPropertyDescriptor(NativeError, PREPARE);
    try {
      defineProperty(NativeError, "stackTraceLimit", { value: 10, configurable: true, enumerable: true, writable: true });
      if (prepare) defineProperty(NativeError, PREPARE, { value: void 0, configurable: true });
      return "" + (new NativeError().stack ?? "");
    } catch {
      return "";
    } finally {
      restore("stackTraceLimit", limit);
      if (prepare) restore(PREPARE, prepare);
    }
  }
  function called(text2) {
    const asked = stringIndexOf(text2, "*");
    return asked < 0 ? text2 : stringSlice(text2, 0, asked);
  }
  function restore(name, descriptor) {
    if (descriptor?.configurable) defineProperty(NativeError, name, descriptor);
    else if (!descriptor) delete NativeError[name];
  }
  function hasMoreLines(text2, most) {
    let at = -1;
    for (let i = 0; i <= most; i++) {
      at = stringIndexOf(text2, "\n", at + 1);
      if (at < 0) return false;
    }
    return true;
  }

  // src/xhr.ts
  var NativeEvent = globalThis.Event;
  var NativeProgressEvent = ProgressEvent;
  var UNSENT = 0;
  var OPENED = 1;
  var LOADING = 3;
  var DONE = 4;
  var givenUp = new NativeWeakMap();
  var givenUpOf = (target) => weakMapGet(givenUp, target) ?? 0;
  var looks = new NativeWeakMap();
  var noteState = (request, ours) => weakMapGet(looks, request)?.(ours + 2);
  var nativeState = getter("XMLHttpRequest", "readyState", UNSENT);
  var nativeText = getter("XMLHttpRequest", "responseText", "");
  var RECEIVED = "XMLHttpRequest.received";
  var receivedOf = (request) => nativeState(request) === DONE ? Infinity : nativeText(request).length;
  function followXhr(timeline, traffic) {
    const { conductor } = timeline;
    const prototype = globalThis.XMLHttpRequest?.prototype;
    const states = new NativeWeakMap();
    const follow = (request, id) => {
      const state3 = { shown: OPENED, told: OPENED };
      weakMapSet(states, request, state3);
      const look = (ours) => {
        const now = nativeState(request);
        if (now === state3.told) return;
        state3.told = now;
        if (isInCall(ours)) state3.shown = now;
        else conductor.arrive("Y", id + ":" + now, () => state3.shown = now);
      };
      weakMapSet(looks, request, look);
      addEventListener(request, "readystatechange", () => look(2), true);
      addEventListener(request, "loadend", (event) => event.isTrusted && traffic.pending--, true);
      return state3;
    };
    replaceMethod(prototype, "open", (native2) => (self, args) => {
      const result = native2(self, args);
      const asynchronous = args.length < 3 || !!args[2];
      if (!asynchronous) return result;
      const id = timeline.next("Y");
      const state3 = weakMapGet(states, self) ?? follow(self, id);
      state3.shown = state3.told = OPENED;
      return result;
    });
    replaceMethod(prototype, "send", (native2) => (self, args) => {
      if (weakMapGet(states, self)) traffic.pending++;
      return native2(self, args);
    });
    replaceMethod(prototype, "abort", (native2) => (self, args) => {
      const state3 = weakMapGet(states, self);
      const isAhead = state3 !== void 0 && state3.shown !== DONE && state3.shown !== UNSENT && nativeState(self) === DONE;
      const result = native2(self, args);
      if (!state3) return result;
      weakMapSet(givenUp, self, givenUpOf(self) + 1);
      if (isAhead) {
        state3.shown = DONE;
        tellOfAbort(self);
      }
      if (nativeState(self) === UNSENT) state3.shown = state3.told = UNSENT;
      return result;
    });
    replaceAccessor(prototype, "readyState", (native2) => (self) => weakMapGet(states, self)?.shown ?? native2(self));
    const soFar = (native2) => (self) => {
      const text2 = native2(self);
      const shown2 = weakMapGet(states, self)?.shown ?? DONE;
      if (shown2 === DONE) return text2;
      if (typeof text2 !== "string") return null;
      if (shown2 !== LOADING) return "";
      return stringSlice(text2, 0, conductor.reading(RECEIVED, () => text2.length));
    };
    replaceAccessor(prototype, "responseText", soFar);
    replaceAccessor(prototype, "response", soFar);
  }
  function tellOfAbort(request) {
    dispatchEvent(request, new NativeEvent("readystatechange"));
    dispatchEvent(request, new NativeProgressEvent("abort"));
    dispatchEvent(request, new NativeProgressEvent("loadend"));
  }

  // src/gates.ts
  var METHODS = [
    ["Response", "B", ["text", "json", "blob", "arrayBuffer", "formData", "bytes"]],
    ["Blob", "B", ["text", "arrayBuffer", "bytes"]],
    ["HTMLImageElement", "P", ["decode"]],
    ["BaseAudioContext", "P", ["decodeAudioData"]],
    ["AudioContext", "P", ["resume", "suspend", "close"]],
    ["OfflineAudioContext", "P", ["startRendering"]],
    ["FontFace", "P", ["load"]],
    ["FontFaceSet", "P", ["load"]],
    ["OffscreenCanvas", "P", ["convertToBlob"]],
    ["SubtleCrypto", "P", [
      "digest",
      "encrypt",
      "decrypt",
      "sign",
      "verify",
      "generateKey",
      "deriveKey",
      "deriveBits",
      "importKey",
      "exportKey",
      "wrapKey",
      "unwrapKey"
    ]],
    ["StorageManager", "P", ["estimate", "persist", "persisted", "getDirectory"]],
    ["Clipboard", "P", ["read", "write", "writeText"]],
    ["CacheStorage", "P", ["open", "match", "has", "keys", "delete"]],
    ["Cache", "P", ["match", "matchAll", "add", "addAll", "put", "delete", "keys"]],
    ["CookieStore", "P", ["get", "getAll", "set", "delete"]],
    ["FileSystemHandle", "P", ["isSameEntry", "remove", "queryPermission", "requestPermission"]],
    ["FileSystemDirectoryHandle", "P", ["getFileHandle", "getDirectoryHandle", "removeEntry", "resolve"]],
    ["FileSystemFileHandle", "P", ["getFile", "move", "createWritable", "createSyncAccessHandle"]],
    ["FileSystemWritableFileStream", "P", ["write", "seek", "truncate"]],
    ["IDBFactory", "P", ["databases"]],
    ["Worklet", "P", ["addModule"]],
    ["ImageDecoder", "P", ["decode"]],
    ["GPU", "P", ["requestAdapter"]],
    ["GPUAdapter", "P", ["requestDevice"]],
    ["GPUDevice", "P", ["createComputePipelineAsync", "createRenderPipelineAsync", "popErrorScope"]],
    ["GPUBuffer", "P", ["mapAsync"]],
    ["GPUQueue", "P", ["onSubmittedWorkDone"]],
    ["GPUShaderModule", "P", ["getCompilationInfo"]],
    ["LockManager", "P", ["query"]],
    ["MediaCapabilities", "P", ["decodingInfo", "encodingInfo"]],
    ["MediaDevices", "P", ["enumerateDevices", "getUserMedia", "getDisplayMedia"]],
    ["Navigator", "P", ["getBattery", "requestMediaKeySystemAccess"]],
    ["Keyboard", "P", ["getLayoutMap"]],
    ["Document", "P", ["hasStorageAccess", "requestStorageAccess", "exitFullscreen"]],
    ["Element", "P", ["requestFullscreen", "requestPointerLock"]],
    ["ServiceWorkerContainer", "P", ["getRegistration", "getRegistrations"]],
    ["NavigatorUAData", "P", ["getHighEntropyValues"]]
  ];
  var FUNCTIONS = [["createImageBitmap", "P"]];
  var NAMESPACES = [
    ["WebAssembly", "P", ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]]
  ];
  function pendingOf(traffic) {
    let sum = 0;
    for (let i = 0; i < traffic.length; i++) sum += traffic[i].pending;
    return sum;
  }
  function holdPromises(timeline) {
    const traffic = { pending: 0 };
    const gate = (kind, promise, settled) => held(timeline, kind, timeline.next(kind), promise, settled);
    const gated = (kind) => (native2) => (self, args) => {
      if (kind !== "B") return gate(kind, native2(self, args));
      traffic.pending++;
      return gate(kind, native2(self, args), () => traffic.pending--);
    };
    const scope5 = globalThis;
    for (let i = 0; i < METHODS.length; i++) {
      const row = METHODS[i];
      for (let j = 0; j < row[2].length; j++) replaceMethod(scope5[row[0]]?.prototype, row[2][j], gated(row[1]));
    }
    for (let i = 0; i < NAMESPACES.length; i++) {
      const row = NAMESPACES[i];
      for (let j = 0; j < row[2].length; j++) replaceMethod(scope5[row[0]], row[2][j], gated(row[1]));
    }
    for (let i = 0; i < FUNCTIONS.length; i++) replaceMethod(globalThis, FUNCTIONS[i][0], gated(FUNCTIONS[i][1]));
    replaceMethod(globalThis, "fetch", (native2) => (self, args) => {
      traffic.pending++;
      return gate("F", native2(self, args), () => traffic.pending--);
    });
    streamBodies(timeline);
    replaceAccessor(globalThis.FontFaceSet?.prototype, "ready", (native2) => (self) => gate("P", native2(self)));
    holdProperty(globalThis.FontFace, "loaded", (promise) => gate("P", promise));
    holdEnd(timeline, globalThis.Animation);
    followXhr(timeline, traffic);
    return traffic;
  }

  // src/pace.ts
  var FIRST_SIGNAL = 193;
  var SIGNALS = 16;
  var STEP_MS = 10;
  var PATIENCE_MS = 5e3;
  var HURRY = 214;
  var INPUT_EVENTS = [
    "pointermove",
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "keydown",
    "keyup",
    "wheel",
    "beforeinput",
    "input"
  ];
  var keyCode = getter("KeyboardEvent", "keyCode", 0);
  var Pace = class {
    sequence = 0;
    standing;
    /** Since when, in milliseconds since 1970. */
    since = 0;
    waited = 0;
    isHeeding = true;
    replaying;
    prepare;
    tell;
    isHeard;
    leave;
    soon;
    constructor(replaying2, prepare, tell3, isHeard, leave) {
      this.replaying = replaying2;
      this.prepare = prepare;
      this.tell = tell3;
      this.isHeard = isHeard;
      this.leave = leave;
      this.soon = taskQueue(() => void this.proceed());
    }
    /** A window that a page opened runs before anybody can listen: it could be over by then. */
    begin() {
      if (this.isHeard() || this.waited >= PATIENCE_MS) this.soon();
      else {
        this.waited += STEP_MS;
        nativeTimeout(() => this.begin(), STEP_MS);
      }
    }
    /** Goes on from the stop with this sequence number, if the replay still stands there. */
    go(sequence) {
      if (this.standing === void 0 || this.standing === "end" || sequence !== this.sequence % SIGNALS) return;
      this.standing = void 0;
      this.soon();
    }
    /**
     * The input that was waited for is here; the rest of the page's reaction to it is the same task. One that the
     * browser took before we stood here is that of an earlier stop, late on a busy machine.
     */
    input(at) {
      if (this.isHeeding && this.standing === "input" && at >= this.since) this.go(this.sequence % SIGNALS);
    }
    /** Whether inputs are those that the log waits for: before its first one, a mouse has to come to where that was. */
    heed(is) {
      this.isHeeding = is;
    }
    async proceed() {
      this.leave();
      const stop = await this.replaying.run();
      await this.prepare(stop);
      this.sequence++;
      this.standing = stop.why;
      this.since = realOrigin + realNow();
      this.tell(stop, this.sequence % SIGNALS);
    }
  };
  function followPace(pace) {
    const arrived = (event) => {
      if (event.isTrusted) pace()?.input(realOrigin + eventTimeStamp(event));
    };
    addEventListener(globalThis.window, "keydown", (event) => {
      if (event.isTrusted && keyCode(event) === HURRY) stopImmediatePropagation(event);
    }, true);
    addEventListener(globalThis.window, "keyup", (event) => {
      const code = keyCode(event);
      const signal = code - FIRST_SIGNAL;
      const isSignal = signal >= 0 && signal < SIGNALS;
      if (!event.isTrusted || !(isSignal || code === HURRY)) return;
      stopImmediatePropagation(event);
      preventDefault(event);
      if (isSignal) pace()?.go(signal);
    }, true);
    for (let i = 0; i < INPUT_EVENTS.length; i++) addEventListener(globalThis.window, INPUT_EVENTS[i], arrived, true);
  }

  // src/repeats.ts
  var Repeats = class {
    latest = record();
    /** Takes notice of a call of a listener. */
    note(name, event, run) {
      const told = this.latest[name];
      if (told?.event === event) append(told.runs, run);
      else {
        const runs = list();
        append(runs, run);
        this.latest[name] = { event, runs, next: 0 };
      }
    }
    /** The next call of the latest event once more. */
    again(name) {
      const told = this.latest[name];
      if (!told) return void 0;
      const run = told.runs[told.next % told.runs.length];
      told.next++;
      return run;
    }
  };

  // src/arrivals.ts
  var Arrivals = class {
    waiting = record();
    repeats = new Repeats();
    add(name, run, ticket, changes) {
      if (ticket?.progress) this.repeats.note(name, ticket.progress, run);
      append(this.waiting[name] ??= list(), { run, ticket, changes });
    }
    drop(name) {
      delete this.waiting[name];
    }
    /** Takes the first of a name that is still wanted. */
    take(name) {
      const waiting = this.waiting[name];
      while (waiting && waiting.length > 0) {
        const first = waiting[0];
        for (let i = 1; i < waiting.length; i++) waiting[i - 1] = waiting[i];
        waiting.length--;
        if (first.ticket === void 0 || first.ticket.live) return first.run;
      }
      return void 0;
    }
    /** One that has come before, where it may come several times. */
    again(name) {
      return this.repeats.again(name);
    }
    /** How much of an answer has come of which the first of a name tells; undefined where none does. */
    received(name) {
      return this.firstWanted(name)?.ticket?.received?.();
    }
    /** How often the page had changed when the first of a name came that can be unwanted. */
    changesBefore(name) {
      return this.firstWanted(name)?.changes;
    }
    /** The first of a name that can be unwanted and is not. */
    firstWanted(name) {
      const waiting = this.waiting[name];
      for (let i = 0; waiting && i < waiting.length; i++) if (waiting[i].ticket?.live) return waiting[i];
      return void 0;
    }
  };

  // src/debts.ts
  var PASSIVE = {
    E: true,
    N: true,
    L: true,
    D: true,
    K: true,
    T: true,
    R: true,
    I: true,
    H: true,
    O: true,
    U: true
  };
  var Debts = class {
    owed = record();
    /** Debts that were paid, with what may have been meant for the next entry of the name. */
    paid = record();
    /** Remembers that an entry was skipped. */
    owe(kind, name) {
      if (!PASSIVE[kind] && !isRemark(kind)) this.owed[name] = (this.owed[name] ?? 0) + 1;
    }
    /** Whether what comes now is owed: it runs at once. */
    pay(name) {
      const debt = this.owed[name] ?? 0;
      if (debt <= 0) return false;
      this.owed[name] = debt - 1;
      this.paid[name] = (this.paid[name] ?? 0) + 1;
      return true;
    }
    /** What an entry names came in its turn: what was paid before came late indeed. */
    inTurn(name) {
      if (this.paid[name]) this.paid[name] = 0;
    }
    /**
     * Whether an entry that waited in vain has run already: what paid the debt was its own, and what was owed never came
     * at all. Else everything after one thing that does not happen again would come one too early, and be waited for.
     */
    cameEarly(name) {
      const paid = this.paid[name] ?? 0;
      if (paid <= 0) return false;
      this.paid[name] = paid - 1;
      return true;
    }
  };

  // src/hover.ts
  var BOUNDARY_EVENTS = [
    "pointerover",
    "pointerout",
    "pointerenter",
    "pointerleave",
    "mouseover",
    "mouseout",
    "mouseenter",
    "mouseleave"
  ];
  var MOVES = ["pointermove", "pointerdown", "pointerup", "mousemove", "mousedown", "mouseup"];
  var isPointerEvent = (event) => stringSlice(eventType(event), 0, 1) === "p";
  var isOfMouse = (event) => isPointerEvent(event) ? pointerType(event) === "mouse" : !firesTouchEvents(event);
  var Hover = class {
    /** Where the mouse was last, on the screen: pointer events tell it to a fraction of a pixel, mouse events do not. */
    pointer = { x: NaN, y: NaN };
    mouse = { x: NaN, y: NaN };
    waiting = list();
    /** Hears of the moves in one realm, before its page can: all realms share one mouse. */
    follow(hear2) {
      const moved = (event) => {
        if (!event.isTrusted || !isOfMouse(event)) return;
        const place3 = this.placeOf(event);
        place3.x = screenX(event);
        place3.y = screenY(event);
        this.catchUp();
      };
      for (let i = 0; i < MOVES.length; i++) hear2(MOVES[i], moved);
    }
    /** Whether this boundary event comes of layout alone. */
    isOfLayout(event) {
      const place3 = this.placeOf(event);
      return isOfMouse(event) && screenX(event) === place3.x && screenY(event) === place3.y;
    }
    /**
     * Keeps a call that waits: what the log does not name comes at the latest with the next real move. Its entry may be
     * due only then: a button that is released lets go of what had caught the pointer, and that comes before its event.
     */
    keep(waiting) {
      append(this.waiting, waiting);
    }
    /** In the recording this came with the move: it does now, before it. */
    catchUp() {
      const due = this.waiting;
      if (due.length === 0) return;
      this.waiting = list();
      for (let i = 0; i < due.length; i++) {
        const { ticket, comes } = due[i];
        try {
          if (!ticket.live) continue;
          comes();
          ticket.call();
        } catch (error) {
          (0, globalThis.reportError)(error);
        }
      }
    }
    placeOf(event) {
      return isPointerEvent(event) ? this.pointer : this.mouse;
    }
  };

  // src/limits.ts
  var LIMITS = {
    H: 8e3,
    F: 8e3,
    B: 4e3,
    S: 4e3,
    X: 8e3,
    Y: 8e3,
    G: 2e3,
    Q: 1e3,
    J: 4e3,
    V: 8e3,
    U: 8e3,
    W: 2e4,
    m: 2e4,
    P: 3e3,
    M: 500,
    T: 250,
    R: 250,
    I: 250,
    N: 1500,
    L: 4e3,
    Z: 8e3,
    K: 1e3,
    b: 4e3
  };
  var OTHERWISE = 1e3;
  var SCRIPT_LIMIT = 8e3;
  var OF_STYLE_LIMIT = 1500;
  var OF_STYLE_FRAMES = 90;
  var FRAME_LIMIT = 300;
  var FRAMES = 15;
  var FRAME_EVENT = /:(scroll\w*|select\w*|resize|visibilitychange|fullscreen\w+|securitypolicyviolation|toggle|close|change|blur|focusout|(?:mouse|pointer)\w+|transition\w+|animation\w+|webkit\w+|finish|cancel)$/;
  var END_EVENT = /:(transitionend|animationend|webkitTransitionEnd|webkitAnimationEnd|finish)$/;
  var COURSE_EVENT = /:(resize|transitionrun|transitionstart|animationstart|animationiteration|webkitAnimationStart|webkitAnimationIteration)$/;
  var BOUNDARY_EVENT = new globalThis.RegExp(`:(${BOUNDARY_EVENTS.join("|")})$`);
  var FROM_MAKERS = { W: true, M: true, m: true, c: true, Q: true };
  var isFromMakers = (kind) => FROM_MAKERS[kind] === true;
  function limitOf(kind, id) {
    if (kind === "E") return SCRIPT_LIMIT;
    if (isOfStyle(kind, id)) return OF_STYLE_LIMIT;
    return framesOf2(kind, id) > 0 ? FRAME_LIMIT : LIMITS[kind] ?? OTHERWISE;
  }
  function framesOf2(kind, id) {
    if (isOfStyle(kind, id)) return OF_STYLE_FRAMES;
    return kind === "O" || kind === "H" && matches(FRAME_EVENT, "" + id) ? FRAMES : 0;
  }
  var isOfStyle = (kind, id) => kind === "L" && stringIndexOf("" + id, OF_STYLE) === 0;
  var isBoundary = (name) => matches(BOUNDARY_EVENT, name);
  var isEndOfMotion = (name) => matches(END_EVENT, name);
  var isCourseOfMotion = (name) => matches(COURSE_EVENT, name);

  // src/resources.ts
  var Native = globalThis.PerformanceObserver;
  var observe2 = Native?.prototype.observe;
  var takeRecords = Native?.prototype.takeRecords;
  var initiatorOf = getter("PerformanceResourceTiming", "initiatorType", "");
  var addressOf = getter("PerformanceEntry", "name", "");
  var endOf2 = getter("PerformanceResourceTiming", "responseEnd", 0);
  var fontsOf = getter("Document", "fonts", null);
  var fontsState = getter("FontFaceSet", "status", "");
  var UNSEEN = { fetch: true, xmlhttprequest: true, beacon: true, other: true };
  var TOLD = {
    link: "link",
    script: "script",
    img: "img",
    css: "style",
    image: "style",
    input: "style",
    body: "style"
  };
  var isUse = (initiator, url) => initiator === "other" && stringIndexOf(url, "#") > 0;
  var Resources = class {
    /** Number that have come so far. */
    count = 0;
    observer;
    /** Called in the moment in which something comes, with its address. */
    onCome;
    constructor(onCome) {
      this.onCome = onCome;
      if (!Native || !observe2 || !takeRecords) return;
      const observer = new Native((entries) => this.add(inOrder(entries.getEntries())));
      try {
        apply(observe2, observer, [{ type: "resource", buffered: true }]);
        this.observer = observer;
      } catch {
      }
    }
    /** Takes notice of what has come up to this moment; gives the number of all. */
    take() {
      if (this.observer) this.add(apply(takeRecords, this.observer, []));
      return this.count;
    }
    add(entries) {
      for (let i = 0; i < entries.length; i++) {
        const initiator = initiatorOf(entries[i]);
        const url = addressOf(entries[i]);
        const asker = isUse(initiator, url) ? "style" : TOLD[initiator];
        if (asker || !UNSEEN[initiator]) this.count++;
        if (asker) this.onCome(asker, url);
      }
    }
  };
  function inOrder(entries) {
    const sorted = list();
    for (let i = 0; i < entries.length; i++) {
      append(sorted, entries[i]);
      for (let j = i; j > 0 && endOf2(sorted[j - 1]) > endOf2(sorted[j]); j--) {
        const later = sorted[j - 1];
        sorted[j - 1] = sorted[j];
        sorted[j] = later;
      }
    }
    return sorted;
  }
  function areFontsLoading(documents) {
    for (let i = 0; i < documents.length; i++) if (fontsState(fontsOf(documents[i])) === "loading") return true;
    return false;
  }
  function takeAll(realms) {
    let count = 0;
    for (let i = 0; i < realms.length; i++) count += realms[i].take();
    return count;
  }

  // src/loads.ts
  var INTERACTIVE = "interactive";
  var AT_ONCE = 20;
  var FONT = /\.(?:woff2?|ttf|otf)(?:[?#]|$)/;
  var Loads = class {
    /** Called, with its name, for an element that the log says has loaded and that has not, and for the document's end. */
    onMissing = () => {
    };
    /** Whether a font is under way. */
    areFontsLoading = () => true;
    /** What the browser fetches for itself, by realm: pictures that no event announces. */
    resources = list();
    log;
    /** By name, those that have come and not had their turn. */
    come = record();
    lost = record();
    /** The script that the parser has come to last, and may be waiting for. */
    stopper = "";
    /** The one behind which something is known to stand. */
    passed = "";
    missing = 0;
    /** Where the log stood when more of the document was asked for. */
    asked = -1;
    constructor(log) {
      this.log = log;
    }
    note(name) {
      this.come[name] = (this.come[name] ?? 0) + 1;
    }
    isHere(name) {
      return (this.come[name] ?? 0) > 0;
    }
    /** Whether it has not come yet, and has not been waited for in vain. */
    isAwaited(name) {
      return !this.isHere(name) && !this.lost[name];
    }
    giveUpOn(name) {
      this.lost[name] = true;
    }
    /** Its turn has come, before it where it must. */
    take(name) {
      this.come[name] = (this.come[name] ?? 0) - 1;
    }
    /** How many resources are missing of those that the log counts. */
    missingOf(count) {
      return count - this.missing - takeAll(this.resources);
    }
    /**
     * Whether it is a font for which nobody has asked. A browser that remembers one of the page before tells of it as soon
     * as a style names it, and a replay remembers nothing (Chromium 156).
     */
    isUnused(name) {
      return isShown(name) && matches(FONT, name) && !this.areFontsLoading();
    }
    /** They were waited for in vain. */
    giveUp(missing) {
      this.missing += missing;
    }
    /** What is waited for may stand in a part of the document that is kept back: the next one comes out of its turn. */
    askForMore() {
      if (this.asked === this.log.at) return;
      this.asked = this.log.at;
      this.onMissing("document more");
    }
    /** The parser does not go on before its script has run, which may also write the next one. */
    askForStopper() {
      if (this.stopper !== "" && this.isAwaited(this.stopper)) this.onMissing(this.stopper);
    }
    /**
     * Whether the parser waits for a script that has its turn before the next picture, and goes on to nothing else until
     * then; for what has been waited for `long` that is taken as the reason.
     */
    isStopped(long) {
      const { stopper } = this;
      if (stopper === "" || !this.isAwaited(stopper) || this.log.nextLoad(stopper) === void 0) return false;
      if (long) this.passed = stopper;
      return this.passed === stopper;
    }
    /** Has a load come. A module may be one that a script asks for which is told of only when all of it has come. */
    ask(name) {
      this.onMissing(name);
      if (isShown(name)) this.askForShown(this.log.shownInRow());
      const root = isModule(name) ? this.log.nextLoad(MODULE_SCRIPT) : void 0;
      if (root !== void 0) this.onMissing(root);
    }
    /** Has the next of what is shown come, in or out of its turn. */
    askForShown(most = AT_ONCE) {
      const names2 = this.log.nextShown(most);
      for (let i = 0; i < names2.length; i++) this.onMissing(names2[i]);
    }
    /**
     * A document does not end before its timeline comes there, nor do its scripts; that of a frame does not come before,
     * nor its content.
     */
    askForDocument(event) {
      if (event === SCRIPT) this.onMissing("document script " + this.log.scripts);
      else if (stringIndexOf(event, "script in frame ") === 0) this.onMissing("document body" + stringSlice(event, "script".length));
      else if (stringIndexOf(event, INTERACTIVE) === 0) {
        const frame = stringSlice(event, INTERACTIVE.length);
        if (frame !== "") this.onMissing("document body" + frame);
        this.onMissing("document end" + frame);
      } else if (stringIndexOf(event, "document in frame ") === 0) this.onMissing(event);
    }
  };

  // src/motion.ts
  var FRAMES_TO_TELL = 3;
  var LATE = 60 * TICKS;
  var Motion = class {
    /** Called when what looks at the layout is due so many ticks from now: whether something moves until then. */
    onLook = () => false;
    /** Whether something has come up or ended since this was asked last. */
    takeUntold = () => false;
    /** Whether the browser has to draw what ends in a frame that began then, before its entry is taken. */
    mustDraw = () => false;
    /** Called when the log stands on the end of an animation that has not come, so many ticks from now. */
    onEnd = () => {
    };
    /** Called when frames have been drawn since, and it still has not come. */
    onMissingEnd = () => {
    };
    /** Called when frames have been drawn, and none told that the mouse is over something else. */
    onMissingBoundary = () => {
    };
    log;
    patience;
    /** Where in the log a frame has been drawn, what moves been looked at, and an event of it been forced. */
    drawnAt = -1;
    lookedAt = -1;
    forcedAt = -1;
    /** Whether a frame is waited for. */
    isDrawing = false;
    constructor(log, patience) {
      this.log = log;
      this.patience = patience;
    }
    /** Whether what moves has changed the page until the entry that the log stands on. */
    hasMoved() {
      const { at, ahead } = this.log;
      const moved = this.lookedAt !== at && this.onLook(ahead);
      this.lookedAt = at;
      return moved;
    }
    get isDrawn() {
      return this.drawnAt === this.log.at;
    }
    /** Goes on when a frame has been drawn; without one, in a window that nobody sees, after a while. */
    draw(then) {
      const { at } = this.log;
      this.isDrawing = true;
      let isOver = false;
      const drawn = () => {
        if (isOver) return;
        isOver = true;
        this.isDrawing = false;
        this.drawnAt = at;
        then();
      };
      nativeFrame(() => nativeTimeout(drawn, 0));
      nativeTimeout(drawn, limitOf("O", ""));
    }
    /** The log stands on an event that has not come. */
    helpOn(name) {
      const { at, ahead } = this.log;
      const isEnd = isEndOfMotion(name);
      const rests = isBoundary(name);
      if (!isEnd && !rests && !isCourseOfMotion(name)) return;
      if (!this.patience.isWaiting(at)) {
        if (isEnd) this.onEnd(ahead);
        else this.onLook(ahead);
      } else if (this.patience.frames >= FRAMES_TO_TELL && this.forcedAt !== at) {
        this.forcedAt = at;
        if (isEnd) return this.onMissingEnd(name);
        this.onLook(ahead + LATE);
        if (rests) this.onMissingBoundary();
      }
    }
  };

  // src/patience.ts
  var FEW_FRAMES_LIMIT = 3e3;
  var LOOK_MS = 4;
  var Patience = class {
    /** Frames that were drawn since. */
    frames = 0;
    /** The entry that is waited for. */
    at = -1;
    since = -1;
    look;
    /** `look`: called every now and then, to see whether it has come or been waited for long enough. */
    constructor(look) {
      this.look = look;
    }
    /** Whether this entry has been found missing. */
    isWaiting(at) {
      return this.at === at;
    }
    /** Milliseconds since then. */
    get waited() {
      return this.since < 0 ? 0 : realNow() - this.since;
    }
    /** True when it has been waited for long enough. */
    isOver(at, limit, frames2 = 0) {
      const now = realNow();
      if (this.since < 0 || this.at !== at) {
        this.since = now;
        this.at = at;
        this.frames = 0;
        if (frames2 > 0) this.countFrames(at);
      }
      const waited = now - this.since;
      if (waited >= limit && (this.frames >= frames2 || waited >= FEW_FRAMES_LIMIT)) return true;
      if (limit < Infinity) {
        nativeTimeout(() => {
          if (this.at === at) this.look();
        }, LOOK_MS);
      }
      return false;
    }
    /** The log went on. */
    end() {
      this.since = -1;
    }
    countFrames(at) {
      nativeFrame(() => {
        if (this.at !== at || this.since < 0) return;
        this.frames++;
        this.countFrames(at);
      });
    }
  };

  // src/replaying.ts
  var STUCK_MS = 250;
  var REPEAT_MS = 60;
  var MORE_MS = 1e3;
  var BEHIND_MS = 400;
  var UNUSED_FRAMES = 10;
  var JUMP = 8 * TICKS;
  var key2 = (kind, id) => kind + ":" + id;
  var Replaying = class {
    modules = new Modules();
    holds = true;
    isHolding = true;
    skips = list();
    /** Called when virtual time moved on: animations follow the clock. */
    onTime = () => {
    };
    /**
     * Called before it moves on by more than a moment, or from a frame, which was drawn: what has begun by now moves with
     * it.
     */
    onJump = () => {
    };
    /** The same, and it moves on to a frame that began then. */
    onApproach = () => {
    };
    /** Called when the browser may draw a frame that began then. */
    onForesee = () => {
    };
    /** Whether there is anything that moves by the clock. */
    isMoving = () => false;
    /** Called when the log comes to a frame that code of the page sees: the ticks at which it began, and where all stands. */
    onFrame = () => {
    };
    onSkip = () => {
    };
    loads;
    motion;
    /** Of a worker: if one of its makers leaves it waiting for ever, it is they who notice. */
    isPatient = false;
    timeline;
    log;
    patience;
    arrivals = new Arrivals();
    debts = new Debts();
    early = record();
    questions = record();
    /** How often something ran that may have changed the page. */
    changes = 0;
    helpedAt = -1;
    /** Whether the log's last entry was a frame. */
    drew = false;
    /** Whether it told which frame comes. */
    framed = false;
    stopped;
    soon;
    constructor(timeline, entries) {
      this.timeline = timeline;
      this.log = new Log(entries);
      this.loads = new Loads(this.log);
      this.soon = taskQueue(() => this.step());
      this.patience = new Patience(this.soon);
      this.motion = new Motion(this.log, this.patience);
    }
    /** The checkpoint that the log comes to next, at the time at which the clock will stand then. */
    get next() {
      return this.inTime(this.log.next);
    }
    /** The next frame that tells how all stands, the same. */
    get standing() {
      return this.inTime(this.log.standing);
    }
    /** Whether all stood still at the checkpoint that the log is past. */
    get stood() {
      return this.log.stood;
    }
    inTime(ahead) {
      return ahead && { ticks: this.timeline.ticks + ahead.ticks, moments: ahead.moments };
    }
    /** What is called off next, and where it stood then; `isFrame`: only in the very frame in which that is. */
    turned(isFrame) {
      return this.log.turned(isFrame);
    }
    /** How all stands in the frame of what comes next, as far as something stands before its beginning. */
    get back() {
      return this.log.back;
    }
    /** Lets the document run to its next input or checkpoint. */
    run() {
      return new NativePromise((resolve) => {
        this.changes++;
        this.stopped = resolve;
        this.soon();
      });
    }
    /** The entry the log stands on, in words for a diagnosis. */
    where() {
      return this.log.where();
    }
    get position() {
      return this.log.position;
    }
    get length() {
      return this.log.length;
    }
    arrive(kind, id, run, ticket) {
      const name = key2(kind, id);
      if (this.debts.pay(name)) return run();
      if (this.hears(kind, id)) {
        this.consume();
        return run();
      }
      this.arrivals.add(name, run, ticket, this.changes);
      if (this.isWaiting) this.soon();
    }
    /** Whether the document is left, and hears of that: there is no later turn for it. */
    hears(kind, id) {
      while (this.log.kind === "-" && this.log.isLeft) this.consume();
      return this.log.kind === kind && this.log.argument === id && this.log.isLeft;
    }
    comes(kind, id) {
      const found = this.log.find(kind, "" + id);
      if (found >= 0) this.take(found);
    }
    settle(kind, id, run) {
      this.arrive(kind, id, run);
    }
    /** Runs everything that stands before this event in the log, then takes its place. */
    event(type) {
      const { log } = this;
      const found = log.find("E", type);
      if (found < 0) {
        if (type !== "spin") this.early[type] = (this.early[type] ?? 0) + 1;
        return false;
      }
      while (log.at < found) this.catchUp();
      this.consume();
      if (this.stopped) this.soon();
      return true;
    }
    milestone(type, then) {
      const { log } = this;
      const found = log.find("E", type);
      const next = () => {
        if (log.at >= found) {
          this.event(type);
          then();
        } else if (this.catchUp()) afterMicrotasks(next);
        else next();
      };
      next();
    }
    isTurn(type) {
      const { log } = this;
      return log.kind === "E" && log.argument === type || !log.knows("E", type);
    }
    loaded(name) {
      this.loads.note(name);
      if (!this.isWaiting) return;
      if (isModule(name) && this.log.kind === "L" && this.log.argument === name) this.awaitLoad(name);
      else this.soon();
    }
    blocks(name) {
      this.loads.stopper = name;
    }
    timer(id, _delay, run) {
      this.arrive("T", id, run);
    }
    dropTimer(id) {
      this.arrivals.drop(key2("T", id));
    }
    frame(realm2, run) {
      this.arrive("R", realm2, run);
    }
    idle(id, run) {
      this.arrive("I", id, run);
    }
    answer(_ask) {
      const found = this.log.find("D");
      return found < 0 ? null : this.take(found);
    }
    reading(name, ask) {
      const found = this.log.findReading(name);
      if (found >= 0) this.take(found);
      return this.log.reading(name, ask);
    }
    outcome(id, _ask, deliver, repeats) {
      this.questions[id] = { deliver, repeats };
      if (this.isWaiting) this.soon();
    }
    chunk(id) {
      return this.log.chunk(id);
    }
    endOutcomes(id) {
      delete this.questions[id];
    }
    /** Notes an entry that did not fit: of this log, or (kind "w") of a worker's. */
    skip(kind, id) {
      const skip = { at: this.position, kind, id, ticks: this.timeline.ticks };
      append(this.skips, skip);
      this.onSkip(skip);
    }
    // ---- the log
    get isWaiting() {
      return this.patience.isWaiting(this.log.at);
    }
    /** When the frame began that the log stands on, in ticks. */
    get frameAhead() {
      return this.timeline.ticks + this.log.ahead + frameOf(this.log.argument);
    }
    /** What an entry says whose turn has come because the page asks for it. */
    take(index) {
      if (index !== this.log.at) return this.log.strike(index);
      const { argument } = this.log;
      this.consume();
      return argument;
    }
    consume() {
      const { ahead, kind } = this.log;
      if (kind === "f") this.onApproach(this.frameAhead, this.drew);
      else if (ahead >= JUMP || this.drew) this.onJump(this.drew);
      this.drew = kind === "R";
      if (kind !== "g") this.timeline.advance(ahead);
      if (kind === "f") this.enterFrame(this.log.argument);
      else if (this.drew && (!this.framed || ahead > 0)) this.onFrame(this.timeline.ticks);
      this.framed = kind === "f";
      this.log.pass();
      this.onTime();
      if (kind !== "C" && kind !== "O") this.changes++;
      this.patience.end();
    }
    enterFrame(told) {
      const { ticks } = this.timeline;
      this.onFrame(ticks + frameOf(told), typeof told === "number" ? void 0 : momentsIn(told));
    }
    /** Takes one entry inside a native event: what is there runs, what is not stays owed. True when something ran. */
    catchUp() {
      const { kind } = this.log;
      const id = this.log.argument;
      const run = this.arrivals.take(key2(kind, id));
      if (kind === "E") this.loads.askForDocument("" + id);
      if (kind === "L") {
        if (!this.loads.isHere("" + id)) this.loads.onMissing("" + id);
        this.loads.take("" + id);
      } else if (!run) this.debts.owe(kind, key2(kind, id));
      this.consume();
      if (run) attempt(run);
      return run !== void 0;
    }
    step() {
      if (!this.stopped || this.motion.isDrawing) return;
      const { log } = this;
      if (log.isOver || log.isLeft) return this.stop("end", 0, list());
      if (this.awaitScript()) return;
      const { kind, argument } = log;
      if (kind === "A") {
        this.consume();
        this.stop("input", argument, list());
      } else if (kind === "C") {
        const { moments } = log.next;
        this.consume();
        this.stop("checkpoint", argument[0], moments);
      } else if (kind === "-" || kind === "D" || kind === "g" || kind === "t") {
        this.consume();
        this.soon();
      } else if (kind === "f") {
        if (!this.motion.isDrawn && this.motion.mustDraw(this.frameAhead)) return this.motion.draw(this.soon);
        this.consume();
        if (this.motion.takeUntold()) this.motion.draw(this.soon);
        else this.soon();
      } else if (kind === "E") this.awaitEvent(argument);
      else if (kind === "L") this.awaitLoad(argument);
      else if (kind === "N") this.awaitResources(argument);
      else if (kind === "K") this.awaitQuestion(argument);
      else this.awaitHeld(kind, argument);
    }
    stop(why, n, moments) {
      const resolve = this.stopped;
      this.stopped = void 0;
      resolve?.({ why, n, moments });
    }
    awaitHeld(kind, id) {
      const name = key2(kind, id);
      if (kind === "O" && this.mustDraw(name)) return this.motion.draw(this.soon);
      if (kind === "X" && this.lacksSome(name) && !this.isLate(kind, id)) return;
      const mayRepeat = this.isWaiting && this.patience.waited >= REPEAT_MS;
      const run = this.arrivals.take(name) ?? (mayRepeat ? this.arrivals.again(name) : void 0);
      if (run) {
        this.debts.inTurn(name);
        this.consume();
        this.soon();
        this.foresee();
        run();
        return;
      }
      if (this.patience.waited >= STUCK_MS && this.helpedAt !== this.log.at) {
        this.helpedAt = this.log.at;
        this.loads.askForShown();
      }
      if (kind === "H") this.motion.helpOn("" + id);
      if (this.isLate(kind, id)) {
        if (!this.debts.cameEarly(name)) {
          this.skip(kind, id);
          this.debts.owe(kind, name);
        }
        this.consume();
        this.soon();
      }
    }
    /** Whether less of an answer has come than the code that hears of it has read. */
    lacksSome(name) {
      const read2 = this.log.readingWithin(RECEIVED);
      return read2 !== void 0 && (this.arrivals.received(name) ?? read2) < read2;
    }
    /**
     * The frame that follows what runs now may be drawn before the log comes to it: what it calls off on its way, or ends,
     * has to stand there when that has run.
     */
    foresee() {
      const { at, kind } = this.log;
      if (kind !== "f" || !this.isMoving()) return;
      const began = this.frameAhead;
      afterMicrotasks(() => {
        if (this.log.at === at) this.onForesee(began);
      });
    }
    /** An observer of layout that saw a frame in which the page was not yet as it is now: the next one tells. */
    mustDraw(name) {
      if (this.motion.hasMoved()) this.changes++;
      const before = this.arrivals.changesBefore(name);
      return before !== void 0 && before !== this.changes && !this.motion.isDrawn;
    }
    awaitEvent(type) {
      const early = this.early[type] ?? 0;
      if (early > 0) this.early[type] = early - 1;
      else {
        if (!this.isWaiting) {
          this.loads.askForDocument(type);
          this.loads.askForStopper();
        }
        if (!this.isLate("E", type)) return this.wantMore();
        this.skip("E", type);
      }
      this.consume();
      this.soon();
    }
    /**
     * A script runs before its load is told, and asks for what stands there until then. True as long as it is waited for.
     */
    awaitScript() {
      const name = this.log.scriptAhead();
      if (name === void 0 || !this.loads.isAwaited(name)) return false;
      if (!this.isWaiting) this.loads.ask(name);
      if (!this.isLate("L", name)) {
        this.wantMore();
        return true;
      }
      this.loads.giveUpOn(name);
      return false;
    }
    awaitLoad(name) {
      if (this.loads.isHere(name)) this.loads.take(name);
      else {
        if (!this.isWaiting) this.loads.ask(name);
        const isLate = this.isLate("L", name);
        if (this.loads.isStopped(this.patience.waited >= BEHIND_MS)) this.loads.take(name);
        else if (this.patience.frames >= UNUSED_FRAMES && this.loads.isUnused(name)) this.loads.giveUp(1);
        else if (!isLate) return this.wantMore();
        else this.skip("L", name);
      }
      this.consume();
      if (isModule(name)) this.modules.afterCompiling(name, () => {
      }, this.soon);
      else this.soon();
    }
    /** What is waited for may be in a part of the document that is kept back. */
    wantMore() {
      if (this.patience.waited >= MORE_MS) this.loads.askForMore();
    }
    awaitResources(count) {
      const missing = this.loads.missingOf(count);
      if (missing > 0) {
        if (!this.isWaiting) this.loads.askForShown(missing);
        if (!this.isLate("N", count)) return this.wantMore();
        this.loads.giveUp(missing);
      }
      this.consume();
      this.soon();
    }
    awaitQuestion(argument) {
      const question = this.questions[argument[0]];
      if (!question) {
        if (!this.isLate("K", argument[0])) return;
        this.skip("K", argument[0]);
      } else if (!question.repeats) delete this.questions[argument[0]];
      this.consume();
      this.soon();
      question?.deliver(argument[1]);
    }
    /** True when the entry the log stands on has been waited for long enough. */
    isLate(kind, id) {
      const limit = this.isPatient && isFromMakers(kind) ? Infinity : limitOf(kind, id);
      return this.patience.isOver(this.log.at, limit, framesOf2(kind, id));
    }
  };
  var DEPTH = 100;
  function afterMicrotasks(run) {
    let left = DEPTH;
    const next = () => left-- > 0 ? nativeMicrotask(next) : run();
    next();
  }
  function attempt(run) {
    try {
      run();
    } catch (error) {
      (0, globalThis.reportError)(error);
    }
  }

  // src/bubbles.ts
  var MESSAGE_MS = 750;
  var FRAMES2 = 4;
  var TAP_MS = 200;
  var ASKED_FOR_VALIDITY = [
    "HTMLFormElement",
    "HTMLInputElement",
    "HTMLSelectElement",
    "HTMLTextAreaElement",
    "HTMLButtonElement",
    "HTMLFieldSetElement",
    "HTMLObjectElement",
    "HTMLOutputElement",
    "ElementInternals"
  ];
  var ENDS_MESSAGE = ["input", "focusout", "pointerdown", "scroll", "pagehide"];
  var Bubbles = class {
    restsAt = 0;
    isShown = false;
    isQuiet = false;
    follow(hear2) {
      hear2("invalid", (event) => {
        if (event.isTrusted && !this.isQuiet) this.change(true);
      });
      const tapped = (event) => {
        if (event.isTrusted && this.rest < TAP_MS) this.restsAt = realNow() + TAP_MS;
      };
      if (canTouch) hear2("touchend", tapped);
      const end = (event) => {
        if (event.isTrusted && this.isShown) this.change(false);
      };
      for (let i = 0; i < ENDS_MESSAGE.length; i++) hear2(ENDS_MESSAGE[i], end);
    }
    /** Runs a question for validity that shows no message. */
    quietly(ask) {
      const before = this.isQuiet;
      this.isQuiet = true;
      try {
        return ask();
      } finally {
        this.isQuiet = before;
      }
    }
    change(isShown2) {
      this.isShown = isShown2;
      this.restsAt = realNow() + FRAME_LIMIT_MS;
      void frames(FRAMES2, (left) => {
        if (left === 0) this.restsAt = realNow() + MESSAGE_MS;
      });
    }
    /** Real milliseconds until they stand still. */
    get rest() {
      return this.restsAt - realNow();
    }
  };
  function followQuestions(bubbles) {
    const scope5 = globalThis;
    for (let i = 0; i < ASKED_FOR_VALIDITY.length; i++) {
      replaceMethod(scope5[ASKED_FOR_VALIDITY[i]]?.prototype, "checkValidity", (native2) => (self, args) => bubbles.quietly(() => native2(self, args)));
    }
  }
  function isPickerOpen(documents) {
    for (let i = 0; i < documents.length; i++) {
      const open = queryAll(documents[i], "select:open, input:open");
      for (let j = 0; j < open.length; j++) if (localName(open[j]) !== "select" || !isListInPage(open[j])) return true;
    }
    return false;
  }

  // src/snapping.ts
  var SNAP_MS = 900;
  var Snapping = class {
    scrolled = list();
    follow(hear2) {
      hear2("scroll", (event) => event.isTrusted && this.note(event, false));
      hear2("wheel", (event) => event.isTrusted && this.note(event, true));
      hear2("scrollend", (event) => {
        if (event.isTrusted && snaps(eventTarget(event))) this.scrolled = list();
      });
    }
    note(event, wheeled) {
      const place3 = eventTarget(event);
      const at = realNow();
      const { scrolled } = this;
      this.scrolled = list();
      for (let i = 0; i < scrolled.length; i++) {
        const one = scrolled[i];
        if (at - one.at < SNAP_MS && (one.place !== place3 || one.wheeled !== wheeled)) append(this.scrolled, one);
      }
      append(this.scrolled, { place: place3, at, wheeled });
    }
    /** Real milliseconds until everything stands still. */
    get rest() {
      let rest = 0;
      const now = realNow();
      for (let i = 0; i < this.scrolled.length; i++) {
        const { place: place3, at, wheeled } = this.scrolled[i];
        const left = at + SNAP_MS - now;
        if (left > rest && (wheeled ? snapsAround(place3) : snaps(place3))) rest = left;
      }
      return rest;
    }
  };
  function restOf(stage) {
    const { bubbles, snapping } = stage;
    return bubbles.rest > 0 ? bubbles.rest : snapping.rest;
  }
  function snapsAround(place3) {
    let at = place3;
    while (at && !snaps(at)) at = parentNode(at);
    return at !== null;
  }
  function snaps(place3) {
    const element = nodeType(place3) === 9 ? documentElement(place3) : place3;
    const type = element && nodeType(element) === 1 ? styleOf(element, "scroll-snap-type") : "";
    return type !== "" && type !== "none";
  }

  // src/pictures.ts
  var images = getter("Document", "images", { length: 0 });
  var pictureAddress = getter("HTMLImageElement", "currentSrc", "");
  function isShownFrom(url) {
    const all = images(globalThis.document);
    for (let i = 0; i < all.length; i++) if (pictureAddress(all[i]) === url) return true;
    return false;
  }

  // src/movingpictures.ts
  var HELD = "data:";
  var SVG = "data:image/svg+xml";
  var BASE64 = ";base64,";
  var ANIMATION = "keyframes";
  var MOST = 2e4;
  var SHOWS = ["background-image", "mask-image", "list-style-image", "border-image-source", "content"];
  var PARTS = ["::before", "::after"];
  var decode = globalThis.atob;
  var numberOf = globalThis.parseFloat;
  function partWithPicture(element, moving) {
    if (hasPicture(element, moving) || localName(element) === "img" && isMoving(pictureAddress(element), moving)) return "";
    for (let i = 0; i < PARTS.length; i++) {
      const content = styleOf(element, "content", PARTS[i]);
      if (content !== "" && content !== "none" && content !== "normal" && hasPicture(element, moving, PARTS[i])) return PARTS[i];
    }
    return void 0;
  }
  function placeOfPart(element, part) {
    if (styleOf(element, "position", part) !== "absolute" || styleOf(element, "position") === "static") return void 0;
    const size2 = (property) => numberOf(styleOf(element, property, part));
    return [size2("left"), size2("top"), size2("width"), size2("height")];
  }
  function hasPicture(element, moving, part) {
    for (let i = 0; i < SHOWS.length; i++) if (isMoving(styleOf(element, SHOWS[i], part), moving)) return true;
    return false;
  }
  function isMoving(text2, moving) {
    if (text2 === "" || text2 === "none" || text2 === "normal") return false;
    for (let i = 0; i < moving.length; i++) {
      const told = moving[i];
      if (told === HELD ? holdsMotion(text2) : stringIndexOf(text2, told) >= 0) return true;
    }
    return false;
  }
  function holdsMotion(text2) {
    const at = stringIndexOf(text2, SVG);
    if (at < 0) return false;
    const coded = stringIndexOf(text2, BASE64, at);
    if (coded < 0) return stringIndexOf(text2, ANIMATION, at) >= 0;
    const from = coded + BASE64.length;
    let to = from;
    while (to < text2.length && text2[to] !== '"' && text2[to] !== ")") to++;
    try {
      return stringIndexOf(apply(decode, globalThis, [stringSlice(text2, from, to)]), ANIMATION) >= 0;
    } catch {
      return false;
    }
  }

  // src/unstable.ts
  var isVisible = method("Element", "checkVisibility", true);
  var paused = getter("HTMLMediaElement", "paused", true);
  var position = getter("HTMLMediaElement", "currentTime", 0);
  var state = getter("HTMLMediaElement", "readyState", 0);
  var network = getter("HTMLMediaElement", "networkState", 0);
  var NETWORK_LOADING = 2;
  function unstableIn(documents, pictures) {
    const found = list();
    const look = (root) => {
      lookForMedia(root, found);
      if (pictures.length > 0) lookForPictures(root, pictures, found);
    };
    for (let i = 0; i < documents.length; i++) look(documents[i]);
    const roots2 = shadowRoots();
    for (let i = 0; i < roots2.length; i++) look(roots2[i]);
    return found;
  }
  function sizesAreKnown(documents) {
    for (let i = 0; i < documents.length; i++) {
      const videos = queryAll(documents[i], "video");
      for (let j = 0; j < videos.length; j++) if (state(videos[j]) === 0 && network(videos[j]) === NETWORK_LOADING) return false;
    }
    return true;
  }
  var isMedia = (element) => localName(element) === "video" || localName(element) === "audio";
  function lookForMedia(root, found) {
    const moving = queryAll(root, "video,audio,progress:indeterminate,marquee");
    for (let i = 0; i < moving.length; i++) {
      const element = moving[i];
      if (isMedia(element) && paused(element) && position(element) === 0) continue;
      const rect = getBoundingClientRect(element);
      const box = rect && boxOf(element, rect.left, rect.top, rect.right, rect.bottom, localName(element));
      if (box) append(found, box);
    }
  }
  function lookForPictures(root, pictures, found) {
    const all = queryAll(root, "*", MOST);
    for (let i = 0; i < all.length; i++) {
      const element = all[i];
      const part = partWithPicture(element, pictures);
      const rect = part === void 0 ? null : getBoundingClientRect(element);
      if (!rect || !isVisible(element)) continue;
      const { left, top, right, bottom } = rect;
      const place3 = part ? placeOfPart(element, part) : void 0;
      const [x, y] = place3 ? [left + clientLeft(element) + place3[0], top + clientTop(element) + place3[1]] : [left, top];
      const box = boxOf(element, x, y, place3 ? x + place3[2] : right, place3 ? y + place3[3] : bottom, "animated picture");
      if (box) append(found, box);
    }
  }
  function boxOf(element, left, top, right, bottom, what) {
    let [x, y] = [0, 0];
    let view = defaultView(ownerDocument(element));
    let frame;
    while (frame = frameElement(view)) {
      const outer = getBoundingClientRect(frame);
      x += rectLeft(outer) + clientLeft(frame);
      y += rectTop(outer) + clientTop(frame);
      view = defaultView(ownerDocument(frame));
    }
    const { innerWidth: innerWidth2, innerHeight: innerHeight2, devicePixelRatio } = view;
    const begin2 = (at2) => (at2 < 0 ? 0 : at2) * devicePixelRatio;
    const end = (at2, most) => (at2 > most ? most : at2) * devicePixelRatio;
    const [fromX, fromY] = [begin2(left + x), begin2(top + y)];
    const [toX, toY] = [end(right + x, innerWidth2), end(bottom + y, innerHeight2)];
    if (!(toX > fromX && toY > fromY)) return void 0;
    const at = (value) => value < 1 ? 0 : round(value - 1);
    return [at(fromX), at(fromY), round(toX - fromX) + 2, round(toY - fromY) + 2, what];
  }

  // src/settle.ts
  var QUIET_MS = 120;
  var TYPING_MS = 450;
  var CAP_MS = 900;
  var NETWORK_CAP_MS = 3e3;
  var MOTION_MS = 1e3;
  var STEP_MS2 = 30;
  var readyState2 = getter("Document", "readyState", "complete");
  var imageComplete = getter("HTMLImageElement", "complete", true);
  var Settling = class {
    owed = false;
    owedSince = 0;
    lastChange = 0;
    quiet = QUIET_MS;
    polling = false;
    stopWatching;
    asked;
    release;
    touched = false;
    /** The freeze stands in the log. */
    written = false;
    /** What had come that nobody can hold when the freeze was written. */
    witnessed = 0;
    stage;
    recording;
    constructor(stage, recording) {
      this.stage = stage;
      this.recording = recording;
    }
    get documents() {
      return this.stage.documents;
    }
    /** An action is complete: a checkpoint is due when the page has come to rest. */
    owe(typing) {
      this.owed = true;
      this.quiet = typing ? TYPING_MS : QUIET_MS;
      this.owedSince = this.lastChange = realNow();
      this.unwatch();
      if (!this.polling) {
        this.polling = true;
        nativeTimeout(() => this.poll(), STEP_MS2);
      }
    }
    /** The person goes on. What was due and not taken becomes a mere position in the log: there is `room` for it, or at its end. */
    interrupt(continues, room) {
      this.lastChange = realNow();
      this.touched = true;
      if (continues || !this.owed) return;
      if (!this.recording.isFrozen || !this.written) this.position(room);
      else this.stage.channel.post(["kept", this.asked]);
      this.settled();
      this.thawNow();
    }
    /**
     * Python asks to hold still for checkpoint `n`, and tells which pictures move by themselves; null when it is no longer wanted. Where there are controls that it has
     * to look into before, it asks once more.
     */
    async freeze(n, pictures) {
      if (!this.owed || this.asked !== n || this.recording.isFrozen) return null;
      if (this.stage.insides.find()) return { controls: true };
      this.recording.logResources();
      this.recording.log("-", STILL);
      this.recording.freeze();
      this.touched = this.written = false;
      const stillness = new Stillness(this.documents);
      const showCaret = hideCaret(this.documents);
      let grew = false;
      const hold2 = () => {
        if (this.asked === n) grew = stillness.hold() || grew;
      };
      this.release = () => {
        stillness.resume();
        showCaret();
        this.stage.crew.resume(n);
        this.recording.thaw();
      };
      await this.stage.crew.halt(n);
      if (this.asked !== n) return null;
      const painted = await drawAnew(this.documents, hold2);
      if (this.asked !== n) return null;
      hold2();
      if (grew) await frames(2, hold2);
      if (this.asked !== n) return null;
      this.recording.log("C", marker(n, stillness.moments));
      this.witnessed = this.recording.witness();
      this.written = true;
      if (!painted) this.touched = true;
      this.stage.channel.post(["frozen", n, globalThis.document.URL, documentTitle(globalThis.document)]);
      this.stage.channel.flush();
      return { n, weight: this.weight(), unstable: unstableIn(this.documents, pictures) };
    }
    /** What an accessibility snapshot would cost: the browser spends as much on twenty characters as on an element. */
    weight() {
      let weight = 0;
      for (let i = 0; i < this.documents.length; i++) {
        const shown2 = this.documents[i];
        weight += queryAll(shown2, "*").length + (textContent(documentElement(shown2))?.length ?? 0) / 20;
        const unshown = queryAll(shown2, "style,script,noscript");
        for (let j = 0; j < unshown.length; j++) weight -= (textContent(unshown[j])?.length ?? 0) / 20;
        const areas = queryAll(shown2, "textarea");
        for (let j = 0; j < areas.length; j++) weight += (controlValue(areas[j])?.length ?? 0) / 20;
      }
      return weight;
    }
    /**
     * The picture is taken; false when the person touched the page meanwhile, or something came that nobody can hold:
     * a script of the parser, a style sheet, a picture. Then it proves nothing. `alone`: nothing of that kind happened in
     * the other documents of the picture.
     */
    thaw(alone) {
      const clean = alone && !this.touched && this.recording.witness() === this.witnessed;
      this.asked = void 0;
      if (clean) this.settled();
      else this.lastChange = realNow();
      this.thawNow();
      return clean;
    }
    /** Whether the next action takes the place of a checkpoint. */
    get isDue() {
      return this.owed;
    }
    /** True while a checkpoint is due and not taken, and can be. */
    get isOwed() {
      return this.owed && !isPickerOpen(this.documents);
    }
    thawNow() {
      const release = this.release;
      this.release = void 0;
      release?.();
    }
    unwatch() {
      this.stopWatching?.();
      this.stopWatching = void 0;
    }
    settled() {
      this.owed = false;
      this.asked = void 0;
      this.unwatch();
    }
    position(room) {
      const n = this.stage.timeline.next("C");
      const told = marker(n, momentsOf(this.documents));
      if (room === void 0) this.recording.log("C", told);
      else this.recording.amend(room, "C", told);
      this.stage.channel.post(["position", n, globalThis.document.URL, documentTitle(globalThis.document)]);
    }
    /** Notes the next change only, and not before a poll asks: what a page does at once stays unwatched and fast. */
    watch() {
      if (this.stopWatching) return;
      this.stopWatching = watchMutations(
        globalThis.document,
        { childList: true, subtree: true, attributes: true, characterData: true },
        () => {
          this.lastChange = realNow();
          this.stopWatching?.();
          this.stopWatching = void 0;
        }
      );
    }
    poll() {
      if (!this.owed) {
        this.polling = false;
        return;
      }
      nativeTimeout(() => this.poll(), STEP_MS2);
      this.watch();
      if (this.asked !== void 0) return;
      const now = realNow();
      const waited = now - this.owedSince;
      const isComplete = this.isComplete();
      const moves = motionLeft(this.documents);
      const still = now - this.lastChange >= this.quiet && isComplete && moves === 0;
      const cap = isComplete ? CAP_MS + this.quiet : NETWORK_CAP_MS;
      const isWorthWaiting = moves > 0 && moves <= MOTION_MS && waited < cap + MOTION_MS;
      if (!still && (waited < cap || isWorthWaiting)) return;
      if (restOf(this.stage) > 0 || isPickerOpen(this.documents)) return;
      this.asked = this.stage.timeline.next("C");
      this.stage.channel.post(["checkpoint", this.asked, still ? "settled" : "capped"]);
      this.stage.channel.flush();
    }
    isComplete() {
      if (readyState2(globalThis.document) !== "complete" || pendingOf(this.stage.traffic) > 0) return false;
      const images2 = queryAll(globalThis.document, "img[src]:not([loading=lazy])");
      for (let i = 0; i < images2.length; i++) if (!imageComplete(images2[i])) return false;
      return true;
    }
  };

  // src/scaled.ts
  var HARDLY2 = 1e-6;
  var A_FRAME_MS = 16;
  var MOST_FRAMES = 8;
  async function drawMoving(some) {
    const running = list();
    for (let i = 0; i < some.length; i++) {
      const animation = some[i];
      const at = getTime(animation);
      const rate = rateOf(animation);
      if (at < A_FRAME_MS || rate === 0 || !scales(animation)) continue;
      append(running, { animation, rate, at });
      setRate(animation, HARDLY2);
      play(animation);
    }
    if (running.length === 0) return;
    for (let left = MOST_FRAMES; left > 0 && anyPending(running); left--) await frames(1, () => {
    });
    await frames(2, () => {
    });
    for (let i = 0; i < running.length; i++) {
      const { animation, rate, at } = running[i];
      pause(animation);
      setRate(animation, rate);
      setTime(animation, at + NUDGE_MS);
    }
  }
  function anyPending(running) {
    for (let i = 0; i < running.length; i++) if (isPending(running[i].animation)) return true;
    return false;
  }

  // src/commands.ts
  var MOST_FOR_MEDIA = 1500;
  var STEP_MS3 = 10;
  function commandsOf(stage) {
    const { insides: insides2 } = stage;
    const answer = commandsFor(stage);
    return (name, a, b, c) => {
      if (name === "controls") return insides2.controls;
      if (name === "insides") return insides2.take(a);
      if (name === "unstable") return unstableIn(stage.documents, a);
      return answer(name, a, b, c);
    };
  }
  function commandsFor(stage) {
    const { conductor } = stage.timeline;
    if (conductor instanceof Replaying) return replayCommands(stage, conductor);
    if (conductor instanceof Free) return freeCommands(stage, conductor);
    return recordCommands(stage);
  }
  function recordCommands(stage) {
    const { settling, channel } = stage;
    return (name, told, pictures) => {
      if (name === "freeze") return settling?.freeze(told, pictures);
      if (name === "thaw") return settling?.thaw(told);
      if (name === "join") return stage.neighbour?.join();
      if (name === "mark") return stage.neighbour?.mark(told);
      if (name === "leave") return stage.neighbour?.leave();
      if (name === "owed") return settling?.isOwed;
      if (name === "flush") return channel.flush();
      return void 0;
    };
  }
  function act(stage, name, realm2, what, index) {
    if (name === "perform") return performIn(stage, realm2, what);
    if (name === "element") return elementIn(stage, realm2, what);
    if (name === "letOpen") return stage.lists[realm2]?.letOpen();
    if (name === "choose") return stage.lists[realm2]?.choose(what, index);
    return void 0;
  }
  function elementIn(stage, realm2, path) {
    return stage.finders[realm2]?.(path) ?? null;
  }
  function performIn(stage, realm2, what) {
    const performer = stage.performers[realm2];
    return performer ? performer(what) : "the frame is not there";
  }
  var Pose = class {
    animations;
    stage;
    showCaret;
    constructor(stage, log) {
      this.stage = stage;
      this.animations = stage.animations = new DrivenAnimations(stage.timeline, stage.documents, log);
    }
    async take(moments) {
      const { documents } = this.stage;
      const place3 = () => this.animations.place(moments);
      place3();
      await this.stage.insides.fetch(this.stage.channel);
      const before = place3();
      this.showCaret = hideCaret(documents);
      const step2 = () => new NativePromise((resolve) => nativeTimeout(resolve, STEP_MS3));
      while (restOf(this.stage) > 0) await step2();
      for (let waited = 0; waited < MOST_FOR_MEDIA && !sizesAreKnown(documents); waited += STEP_MS3) await step2();
      await drawMoving(this.animations.held);
      await drawAnew(documents, place3);
      if (place3() > before) await frames(2, place3);
    }
    leave() {
      this.showCaret?.();
      this.showCaret = void 0;
      this.animations.leave();
    }
  };
  function replayCommands(stage, replaying2) {
    const { channel } = stage;
    const pose = new Pose(stage, replaying2);
    replaying2.onTime = () => void pose.animations.follow();
    replaying2.onApproach = (began, drew) => pose.animations.approach(began, drew);
    replaying2.isMoving = () => pose.animations.isMoving;
    replaying2.onForesee = (began) => pose.animations.foresee(began);
    replaying2.motion.mustDraw = (began) => pose.animations.mustDraw(began);
    replaying2.onJump = (drew) => pose.animations.jump(drew);
    replaying2.onFrame = (began, standing) => pose.animations.enterFrame(began, standing);
    replaying2.motion.onLook = (ahead) => pose.animations.lookAhead(ahead);
    replaying2.motion.takeUntold = () => pose.animations.takeUntold();
    replaying2.motion.onEnd = (ahead) => pose.animations.endDue(ahead);
    replaying2.motion.onMissingEnd = (name) => pose.animations.endNearest(name);
    replaying2.motion.onMissingBoundary = () => void lookUnderMouse(stage.documents);
    replaying2.loads.areFontsLoading = () => areFontsLoading(stage.documents);
    replaying2.loads.onMissing = (name) => {
      channel.post(["load", name]);
      channel.flush();
    };
    let pictured = 0;
    const prepare = async (stop) => {
      if (stop.why === "checkpoint") {
        pictured = stop.n;
        await stage.crew.halt(stop.n);
        await pose.take(stop.moments);
      } else pose.animations.follow(true);
    };
    const tell3 = (stop, sequence) => {
      channel.post(["stop", { why: stop.why, n: stop.n, sequence, ...state2(stage), skips: replaying2.skips }]);
      channel.flush();
    };
    stage.pace = new Pace(replaying2, prepare, tell3, () => channel.isHeard(), () => {
      if (pictured === 0) return void pose.animations.follow(true);
      pose.leave();
      stage.crew.resume(pictured);
      pictured = 0;
    });
    return (name, ...args) => {
      if (name === "go") return stage.pace?.go(args[0]);
      if (name === "heed") return stage.pace?.heed(args[0]);
      if (name === "where") return replaying2.where();
      return act(stage, name, args[0], args[1], args[2]);
    };
  }
  function freeCommands(stage, free) {
    const pose = new Pose(stage, { next: void 0, turned: () => void 0, standing: void 0, back: void 0, stood: false });
    free.onTime = () => void pose.animations.follow();
    const attend = taskQueue(() => pose.animations.follow(true));
    stage.pace = { begin() {
    }, input: attend, go() {
    }, heed() {
    } };
    free.busy = () => readyState2(globalThis.document) !== "complete" || pendingOf(stage.traffic) > 0;
    const advance = async (ticks, limit, moments) => {
      pose.leave();
      await free.advance(ticks, limit);
      pose.animations.follow(true);
      if (moments) await pose.take(moments);
      return state2(stage);
    };
    return (name, ...args) => {
      if (name === "follow") return free.follow(args[0]);
      if (name === "advance") return advance(args[0], args[1], args[2]);
      return act(stage, name, args[0], args[1], args[2]);
    };
  }
  function state2(stage) {
    return { url: globalThis.document.URL, title: documentTitle(globalThis.document), ticks: stage.timeline.ticks };
  }

  // src/ahead.ts
  var RULES = "speculationrules";
  var INERT = "inert-" + RULES;
  var setAttribute = method("Element", "setAttribute", void 0);
  var isRules = (type) => toLowerCase("" + type) === RULES;
  function refuseRules(node) {
    if (nodeName(node) === "SCRIPT" && isRules(getAttribute(node, "type"))) setAttribute(node, "type", INERT);
  }
  function refuseSpeculation() {
    replaceAccessor(
      HTMLScriptElement.prototype,
      "type",
      (native2) => (self) => {
        const type = native2(self);
        return type === INERT ? RULES : type;
      },
      (native2) => (self, value) => native2(self, isRules(value) ? INERT : value)
    );
    replaceMethod(HTMLScriptElement, "supports", (native2) => (self, args) => isRules(args[0]) ? false : native2(self, args));
  }

  // src/beyond.ts
  var MADE = [
    ["RTCPeerConnection", "webrtc", "the page talked to others by WebRTC: what came that way was not recorded"],
    ["WebTransport", "webtransport", "the page opened a WebTransport: what came that way was not recorded"],
    ["SpeechRecognition", "device", "the page listened to speech: what it heard was not recorded"],
    ["webkitSpeechRecognition", "device", "the page listened to speech: what it heard was not recorded"]
  ];
  var CALLED = [
    [
      "Window",
      ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"],
      "file-picker",
      "the page asked for a file by the file system: a replay has nobody to choose it"
    ],
    ["MediaDevices", ["getUserMedia", "getDisplayMedia"], "device", "the page asked for a camera, microphone or screen: what it saw and heard was not recorded"],
    ["USB", ["requestDevice", "getDevices"], "device", "the page asked for a USB device: what it said was not recorded"],
    ["HID", ["requestDevice", "getDevices"], "device", "the page asked for an input device (HID): what it said was not recorded"],
    ["Serial", ["requestPort", "getPorts"], "device", "the page asked for a serial port: what it said was not recorded"],
    ["Bluetooth", ["requestDevice", "getDevices"], "device", "the page asked for a Bluetooth device: what it said was not recorded"],
    ["Navigator", ["requestMIDIAccess"], "device", "the page asked for MIDI: what was played was not recorded"],
    ["Navigator", ["getGamepads"], "device", "the page read gamepads: what they did was not recorded"],
    ["CredentialsContainer", ["get", "create"], "device", "the page asked for a passkey or password of the browser: a replay has none"]
  ];
  function noticeBeyond(gap) {
    const told = record();
    const tell3 = (kind, detail) => {
      if (told[detail]) return;
      told[detail] = true;
      gap(kind, detail);
    };
    const scope5 = globalThis;
    for (let i = 0; i < MADE.length; i++) {
      const [name, kind, detail] = MADE[i];
      replaceConstructor(name, () => tell3(kind, detail));
    }
    for (let i = 0; i < CALLED.length; i++) {
      const [owner, names2, kind, detail] = CALLED[i];
      const place3 = owner === "Window" ? globalThis : scope5[owner]?.prototype;
      for (let j = 0; j < names2.length; j++) {
        replaceMethod(place3, names2[j], (native2) => (self, args) => {
          tell3(kind, detail);
          return native2(self, args);
        });
      }
    }
  }

  // src/paths.ts
  function pathTo(element) {
    const backwards = list();
    let node = element;
    for (let depth = 0; depth < 4096; depth++) {
      if (node === documentElement(globalThis.document)) return reversed(backwards);
      const parent = parentNode(node);
      if (parent === null) return null;
      let index = 0;
      for (let sibling = previousElementSibling(node); sibling; sibling = previousElementSibling(sibling)) index++;
      append(backwards, index);
      const host = shadowHost(parent);
      if (host) {
        append(backwards, -1);
        node = host;
      } else node = parent;
    }
    return null;
  }
  function elementAt(path) {
    let node = documentElement(globalThis.document);
    for (let i = 0; i < path.length && node; i++) {
      const index = path[i];
      if (index === -1) {
        node = shadowRoot(node);
        continue;
      }
      let child = firstChildOf(node);
      for (let k = 0; k < index && child; k++) child = nextElementSibling(child);
      node = child;
    }
    return node;
  }
  var firstInShadow = getter("DocumentFragment", "firstElementChild", null);
  function firstChildOf(node) {
    return shadowHost(node) ? firstInShadow(node) : firstElementChild(node);
  }
  function nodePath(element, node) {
    const backwards = list();
    let at = node;
    for (let depth = 0; depth < 4096; depth++) {
      if (at === element) return reversed(backwards);
      const parent = parentNode(at);
      if (parent === null) return null;
      let index = 0;
      for (let child = firstChild(parent); child && child !== at; child = nextSibling(child)) index++;
      append(backwards, index);
      at = parent;
    }
    return null;
  }
  function nodeAt(element, path) {
    let node = element;
    for (let i = 0; i < path.length && node; i++) {
      let child = firstChild(node);
      for (let k = 0; k < path[i] && child; k++) child = nextSibling(child);
      node = child;
    }
    return node;
  }
  function reversed(items) {
    const result = list();
    for (let i = items.length - 1; i >= 0; i--) append(result, items[i]);
    return result;
  }

  // src/choosing.ts
  var setIndex = setter("HTMLSelectElement", "selectedIndex");
  var isDisabled = getter("HTMLOptionElement", "disabled", false);
  function followLists() {
    let mayOpen = false;
    let isOpen = false;
    let swallowing = false;
    addEventListener(globalThis.window, "mousedown", (event) => {
      const element = innermostTarget(event);
      if (!event.isTrusted || localName(element) !== "select" || isListInPage(element)) return;
      if (mayOpen) isOpen = true;
      else {
        preventDefault(event);
        focus(element);
      }
      mayOpen = false;
    }, true);
    const swallow = (event) => {
      if (swallowing && event.isTrusted) stopImmediatePropagation(event);
      if (event.type === "keyup") swallowing = false;
    };
    addEventListener(globalThis.window, "keydown", swallow, true);
    addEventListener(globalThis.window, "keyup", swallow, true);
    return {
      letOpen: () => mayOpen = true,
      choose(path, index) {
        const element = elementAt(path);
        if (!element) return { keys: [], isOpen };
        const options = queryAll(element, "option");
        if (isOpen) {
          isOpen = false;
          return { keys: [...way(options, selectedIndex(element), index), "Enter"], isOpen: true };
        }
        const key3 = approach(element, options, index);
        swallowing = key3 !== "";
        return { keys: key3 === "" ? [] : [key3], isOpen: false };
      }
    };
  }
  function way(options, from, to) {
    const keys = [];
    const step2 = to < from ? -1 : 1;
    for (let i = from + step2; from !== to && i !== to + step2; i += step2) {
      if (!isDisabled(options[i])) keys[keys.length] = step2 > 0 ? "ArrowDown" : "ArrowUp";
    }
    return keys;
  }
  function approach(element, options, index) {
    if (selectedIndex(element) === index) return "";
    const neighbour = enabledNear(options, index, -1);
    const from = neighbour >= 0 ? neighbour : enabledNear(options, index, 1);
    if (from < 0) return "";
    focus(element);
    setIndex(element, from);
    return from < index ? "ArrowDown" : "ArrowUp";
  }
  function enabledNear(options, index, step2) {
    for (let i = index + step2; i >= 0 && i < options.length; i += step2) if (!isDisabled(options[i])) return i;
    return -1;
  }

  // src/clock.ts
  function installClock(timeline, start4) {
    installDate(timeline);
    const sinceStart = () => (timeline.read() - start4) / TICKS;
    replaceMethod(globalThis.Performance.prototype, "now", (native2) => (self) => {
      native2(self, []);
      return sinceStart();
    });
    replaceAccessor(globalThis.Performance.prototype, "timeOrigin", (native2) => (self) => {
      native2(self);
      return timeline.origin + start4 / TICKS;
    });
    const times = new NativeWeakMap();
    const firstAsked = (native2) => (self) => {
      native2(self);
      let time2 = weakMapGet(times, self);
      if (time2 === void 0) weakMapSet(times, self, time2 = sinceStart());
      return time2;
    };
    replaceAccessor(globalThis.Event.prototype, "timeStamp", firstAsked);
    replaceAccessor(globalThis.IntersectionObserverEntry?.prototype, "time", firstAsked);
  }
  function installDate(timeline) {
    const now = () => timeline.wall(timeline.read());
    const wrapper = new globalThis.Proxy(NativeDate, {
      apply: () => apply(toText, new NativeDate(now()), []),
      construct(native2, args, newTarget) {
        return construct(native2, args.length === 0 ? [now()] : args, newTarget === wrapper ? native2 : newTarget);
      }
    });
    const toText = NativeDate.prototype.toString;
    disguiseConstructor("Date", wrapper, NativeDate);
    replaceMethod(NativeDate, "now", () => now);
    datedFiles(now);
    installTemporal(now);
    installFormats(now);
  }
  function installFormats(now) {
    const { prototype } = globalThis.Intl.DateTimeFormat;
    const ofPresent = (native2) => (self, args) => native2(self, args[0] === void 0 ? [now()] : args);
    replaceMethod(prototype, "formatToParts", ofPresent);
    const bound = new NativeWeakMap();
    replaceAccessor(prototype, "format", (native2) => (self) => {
      const format = native2(self);
      let wrapper = weakMapGet(bound, format);
      if (wrapper === void 0) {
        const value = (date) => apply(format, void 0, [date === void 0 ? now() : date]);
        weakMapSet(bound, format, wrapper = disguise(value, format));
      }
      return wrapper;
    });
  }
  var OF_NOW = [
    ["plainDateTimeISO", "toPlainDateTime"],
    ["plainDateISO", "toPlainDate"],
    ["plainTimeISO", "toPlainTime"]
  ];
  function installTemporal(now) {
    const { Temporal } = globalThis;
    if (!Temporal) return;
    const { Instant, ZonedDateTime, Now } = Temporal;
    const { fromEpochMilliseconds } = Instant;
    const { toZonedDateTimeISO } = Instant.prototype;
    const { timeZoneId } = Now;
    const zoned = (zone) => apply(toZonedDateTimeISO, apply(fromEpochMilliseconds, Instant, [now()]), [zone === void 0 ? apply(timeZoneId, Now, []) : zone]);
    replaceMethod(Now, "instant", () => () => apply(fromEpochMilliseconds, Instant, [now()]));
    replaceMethod(Now, "zonedDateTimeISO", () => (_self, args) => zoned(args[0]));
    for (let i = 0; i < OF_NOW.length; i++) {
      const [name, to] = OF_NOW[i];
      const convert = ZonedDateTime.prototype[to];
      if (convert) replaceMethod(Now, name, () => (_self, args) => apply(convert, zoned(args[0]), []));
    }
  }
  function datedFiles(now) {
    replaceConstructor("File", () => {
    }, (args) => {
      const options = args[2];
      const isUndated = options === void 0 || options === null || typeof options === "object" && options.lastModified === void 0;
      if (args.length < 2 || !isUndated) return args;
      const dated = createObject(options ?? null);
      defineProperty(dated, "lastModified", { value: now(), enumerable: true });
      return [args[0], args[1], dated];
    });
  }
  function disguiseConstructor(name, wrapper, original2) {
    disguise(wrapper, original2);
    const own = getOwnPropertyDescriptor(globalThis, name);
    own.value = wrapper;
    defineProperty(globalThis, name, own);
    const back = getOwnPropertyDescriptor(original2.prototype, "constructor");
    back.value = wrapper;
    defineProperty(original2.prototype, "constructor", back);
  }

  // src/opening.ts
  var NativeURL = globalThis.URL;
  var NativeBlob = globalThis.Blob;
  var NativeRequest = globalThis.XMLHttpRequest;
  var makeAddress = NativeURL?.createObjectURL;
  var addressOf2 = getter("URL", "href", "");
  var originOf = getter("URL", "origin", "");
  var ownOrigin = globalThis.origin;
  var ownAddress = getter("WorkerLocation", "href", "");
  var baseAddress = getter("Node", "baseURI", "");
  var openRequest = method("XMLHttpRequest", "open", void 0);
  var readAs = setter("XMLHttpRequest", "responseType");
  var responseOf = getter("XMLHttpRequest", "response", null);
  var send = NativeRequest?.prototype.send;
  var blobs = record();
  var opened = record();
  var place = typeof globalThis.document === "undefined" ? ownAddress(globalThis.location) : void 0;
  function followBlobs() {
    replaceMethod(NativeURL, "createObjectURL", (native2) => (self, args) => {
      const address = native2(self, args);
      if (isPrototypeOf(NativeBlob?.prototype, args[0])) blobs[address] = args[0];
      return address;
    });
    replaceMethod(NativeURL, "revokeObjectURL", (native2) => (self, args) => {
      delete blobs["" + args[0]];
      return native2(self, args);
    });
  }
  function absolute(given) {
    if (typeof given !== "string" && !isPrototypeOf(NativeURL?.prototype, given)) return void 0;
    try {
      const base = typeof globalThis.document === "undefined" ? ownAddress(globalThis.location) : baseAddress(globalThis.document);
      return addressOf2(new NativeURL(typeof given === "string" ? given : addressOf2(given), base));
    } catch {
      return void 0;
    }
  }
  function prepared(address, bringer) {
    const scheme = stringSlice(address, 0, stringIndexOf(address, ":"));
    if (scheme === "data") return withOpening(address);
    if (scheme === "http" || scheme === "https") return originOf(new NativeURL(address)) === ownOrigin ? marked(address, bringer) : address;
    const blob = scheme === "blob" ? blobs[address] ?? contentOf(address) : void 0;
    if (blob === void 0) return void 0;
    const ours = apply(makeAddress, NativeURL, [new NativeBlob([opening(), blob], { type: "text/javascript" })]);
    opened[ours] = address;
    return ours;
  }
  var isOpened = (address) => opened[address] !== void 0 || address === place || unmarked(address) !== address;
  var original = (address) => opened[address] ?? unmarked(address);
  function contentOf(address) {
    try {
      const request = construct(NativeRequest, []);
      openRequest(request, "GET", address, false);
      if (typeof globalThis.document === "undefined") readAs(request, "blob");
      apply(send, request, []);
      return responseOf(request);
    } catch {
      return void 0;
    }
  }
  function marked(address, bringer) {
    const hash = stringIndexOf(address, "#");
    const plain = hash < 0 ? address : stringSlice(address, 0, hash);
    const rest = hash < 0 ? "" : stringSlice(address, hash);
    return plain + (stringIndexOf(plain, "?") < 0 ? "?" : "&") + config.token + "=" + bringer + rest;
  }
  function unmarked(text2) {
    const at = stringIndexOf(text2, config.token + "=");
    return at < 1 ? text2 : stringSlice(text2, 0, at - 1) + stringSlice(text2, at + config.token.length + 2);
  }
  function withOpening(address) {
    const comma = stringIndexOf(address, ",");
    const head = stringSlice(address, 0, comma + 1);
    const rest = stringSlice(address, comma + 1);
    if (!isBase64(head)) return head + encodeText(opening()) + rest;
    let ours = opening();
    while (ours.length % 3 > 0) ours += " ";
    return head + toBase64(ours) + rest;
  }
  var encodeText = globalThis.encodeURIComponent;
  var toBase64 = globalThis.btoa;
  var isBase64 = (head) => stringSlice(toLowerCase(head), -8) === ";base64,";
  function opening() {
    return `(${functionToString(source)})(${encode({ mode: "worker", token: config.token })});
`;
  }

  // src/errors.ts
  var fileOf = getter("ErrorEvent", "filename", "");
  var NEW_LINE = 10;
  var lines = 0;
  function linesOfOurs() {
    if (lines > 0) return lines;
    const text2 = functionToString(source);
    for (let i = 0; i < text2.length; i++) if (charCodeAt(text2, i) === NEW_LINE) lines++;
    return ++lines;
  }
  var lineIn = (file, line) => isOpened(file) && line > linesOfOurs() ? line - linesOfOurs() : line;
  function hideFromErrors() {
    const prototype = globalThis.ErrorEvent?.prototype;
    replaceAccessor(prototype, "filename", (native2) => (self) => original(native2(self)));
    replaceAccessor(prototype, "lineno", (native2) => (self) => lineIn(fileOf(self), native2(self)));
  }
  function hideFromHandler() {
    let given;
    let ours;
    replaceAccessor(globalThis, "onerror", (native2) => (self) => {
      const handler = native2(self);
      return handler !== null && handler === ours ? given : handler;
    }, (native2) => (self, handler) => {
      given = handler;
      ours = typeof handler !== "function" ? handler : function(...args) {
        const file = "" + args[1];
        args[1] = original(file);
        args[2] = lineIn(file, args[2]);
        return apply(handler, this, args);
      };
      native2(self, ours);
    });
  }

  // src/events.ts
  function followEvents(timeline, where) {
    const noteLoad = (event) => {
      const element = eventTarget(event);
      if (!event.isTrusted || element === globalThis.document || element === globalThis.window || isInCall(1)) return;
      const preload = nameOfPreload(element);
      if (preload !== "") return timeline.conductor.modules.tell(preload);
      const name = nameOf(element);
      if (name !== "") timeline.conductor.loaded(name, pictureAddress(element) || linkAddress(element));
    };
    addEventListener(globalThis.document, "load", noteLoad, true);
    addEventListener(globalThis.document, "error", noteLoad, true);
    followParser(timeline, where);
    showReadiness(timeline, where);
  }
  function outliveReopening() {
    const names2 = ["open", "write", "writeln"];
    for (let i = 0; i < names2.length; i++) {
      replaceMethod(Document.prototype, names2[i], (native2) => (self, args) => {
        const opens = self === globalThis.document && (i === 0 || currentScript(globalThis.document) === null || readyState3(globalThis.document) !== "loading");
        const result = native2(self, args);
        if (opens) listenAgain();
        return result;
      });
    }
  }
  var currentScript = getter("Document", "currentScript", null);
  var readyState3 = getter("Document", "readyState", "complete");
  var isAsync = getter("HTMLScriptElement", "async", false);
  function showReadiness(timeline, where) {
    const { conductor } = timeline;
    let shown2 = readyState3(globalThis.document);
    addEventListener(globalThis.document, "readystatechange", (event) => {
      if (!event.isTrusted) return;
      const state3 = readyState3(globalThis.document);
      if (isInCall(1)) shown2 = state3;
      else if (state3 === "interactive") {
        conductor.milestone("interactive" + where, () => shown2 = state3);
      } else conductor.arrive("Z", state3 + where, () => shown2 = state3);
    }, true);
    replaceAccessor(Document.prototype, "readyState", (native2) => (self) => self === globalThis.document ? shown2 : native2(self));
  }
  var FETCHING = { img: true, script: true, link: true, iframe: true, input: true, object: true, embed: true };
  var BLOB = "blob:";
  function nameOf(element) {
    const tag = toLowerCase(tagName(element));
    if (!FETCHING[tag]) return "";
    const url = pictureAddress(element) || getAttribute(element, "src") || getAttribute(element, "href") || "";
    const kind = tag === "script" && toLowerCase(getAttribute(element, "type") ?? "") === "module" ? MODULE_SCRIPT : tag + " ";
    return kind + (stringSlice(url, 0, BLOB.length) === BLOB ? BLOB : stringSlice(url, 0, 200));
  }
  function followParser(timeline, where) {
    if (globalThis.document.readyState !== "loading") return;
    let begun;
    const comes = () => timeline.conductor.milestone("script" + where, () => {
    });
    const stop = watchMutations(globalThis.document, { childList: true, subtree: true }, (records) => {
      for (let i = 0; i < records.length; i++) {
        const { target, addedNodes } = records[i];
        if (target === begun) comes();
        begun = void 0;
        for (let j = 0; j < addedNodes.length; j++) {
          const node = addedNodes[j];
          refuseRules(node);
          if (!stopsParser(node)) continue;
          const isInline = getAttribute(node, "src") === null;
          if (isInline && textContent(node) === "") begun = node;
          else comes();
          if (!isInline) timeline.conductor.blocks(nameOf(node));
        }
      }
    });
    addEventListener(globalThis.document, "readystatechange", stop, { once: true, capture: true });
  }
  function stopsParser(node) {
    if (nodeName(node) !== "SCRIPT") return false;
    const element = node;
    if (isAsync(element) || getAttribute(element, "defer") !== null) return false;
    const type = getAttribute(element, "type");
    return type === null || type === "" || type === "text/javascript" || type === "application/javascript";
  }

  // src/hear.ts
  var hear = (type, heard) => addEventListener(globalThis.window, type, heard, { capture: true, passive: true });

  // src/database.ts
  var transactionOf = getter("IDBRequest", "transaction", null);
  var storeNames = getter("IDBTransaction", "objectStoreNames", null);
  var objectStore = method("IDBTransaction", "objectStore", null);
  var getKey = method("IDBObjectStore", "getKey", null);
  var LIMIT_MS = 4e3;
  function inTransaction(timeline, request, name, deliver) {
    const { conductor } = timeline;
    const since = realNow();
    const attempt2 = () => {
      if (!conductor.isTurn(name) && realNow() - since < LIMIT_MS && askAgain(request, attempt2)) return;
      conductor.event(name);
      deliver();
    };
    attempt2();
  }
  function askAgain(request, answered) {
    const transaction = transactionOf(request);
    const names2 = transaction && storeNames(transaction);
    const store = names2 && names2.length > 0 ? objectStore(transaction, names2[0]) : null;
    const asked = store && getKey(store, 0);
    if (!asked) return false;
    addEventListener(asked, "success", answered, { once: true });
    return true;
  }

  // src/early.ts
  var MESSAGE = "message";
  var KEPT = ["transition", "animation", MESSAGE];
  var MOST2 = 100;
  var EarlyEvents = class {
    waiting = list();
    /** A call of an event waits for its turn. */
    note(event) {
      const type = eventType(event);
      const path = isKept(type) ? composedPath(event) : void 0;
      if (!path || path.length === 0) return;
      for (let i = 0; i < this.waiting.length; i++) if (this.waiting[i].event === event) return;
      if (this.waiting.length === MOST2) this.end(this.waiting[0].event);
      append(this.waiting, { event, type, path });
    }
    /** A call of it has its turn. */
    end(event) {
      const before = this.waiting;
      if (before.length === 0) return;
      this.waiting = list();
      for (let i = 0; i < before.length; i++) if (before[i].event !== event) append(this.waiting, before[i]);
    }
    /** A turn begins: a message that nobody hears by now is over for the browser. */
    forget(isHeard) {
      for (let i = this.waiting.length - 1; i >= 0; i--) {
        const { event, type } = this.waiting[i];
        if (type === MESSAGE && !isHeard(event)) this.end(event);
      }
    }
    /** The events of a type that come by there and wait as a whole. */
    at(target, type) {
      const found = list();
      for (let i = 0; i < this.waiting.length; i++) {
        const early = this.waiting[i];
        if (early.type === type && contains2(early.path, target)) append(found, early.event);
      }
      return found;
    }
  };
  function isKept(type) {
    for (let i = 0; i < KEPT.length; i++) if (stringIndexOf(type, KEPT[i]) === 0) return true;
    return false;
  }
  function contains2(path, target) {
    for (let i = 0; i < path.length; i++) if (path[i] === target) return true;
    return false;
  }

  // src/focus.ts
  var otherFocus = getter("FocusEvent", "relatedTarget", null);
  var isVisible2 = method("Element", "checkVisibility", true);
  var OURS = 3;
  function isOfHiding(event) {
    const target = eventTarget(event);
    return nodeType(target) === 1 && otherFocus(event) === null && !isVisible2(target) && !isInCall(OURS);
  }

  // src/described.ts
  var plainPrototype = globalThis.Object.prototype;
  var Describer = class {
    getters = record();
    fields = record();
    describe(told) {
      const className = classOf(told);
      const known = this.getters[className];
      const { names: names2, reads } = known ?? (this.getters[className] = gettersOf(told));
      const values = list();
      for (let i = 0; i < reads.length; i++) append(values, this.plain(readSafely(reads[i], told)));
      return known ? [className, values] : [className, values, [names2, namesInJson(told)]];
    }
    /** An object of the same class, with the values in it. */
    make([className, values, fields]) {
      const [names2, json] = this.fields[className] = fields ?? this.fields[className] ?? [list(), list()];
      const scope5 = globalThis;
      const made2 = createObject(scope5[className]?.prototype ?? null);
      const put2 = (name, value, enumerable) => {
        defineProperty(made2, name, { value, enumerable, configurable: true });
      };
      for (let i = 0; i < names2.length; i++) put2(names2[i], this.value(values[i]), true);
      put2("toJSON", () => {
        const copy = {};
        for (let i = 0; i < json.length; i++) copy[json[i]] = made2[json[i]];
        return copy;
      }, false);
      return made2;
    }
    plain(value) {
      if (value === void 0 || typeof value === "function") return null;
      if (typeof value === "number" && !isFinite(value)) return { number: "" + value };
      if (typeof value !== "object" || value === null) return value;
      if (nodeType(value)) return { node: pathTo(value) };
      if (getPrototypeOf(value) === plainPrototype) return { fields: this.each(value, (field) => this.plain(field)) };
      if (!isArray(value)) return { is: this.describe(value) };
      const items = list();
      for (let i = 0; i < value.length; i++) {
        append(items, this.plain(value[i]));
      }
      return { all: items };
    }
    value(plain) {
      if (typeof plain !== "object" || plain === null) return plain;
      const { node, all, is, fields, number } = plain;
      if (number) return +number;
      if (is) return this.make(is);
      if (fields) return this.each(fields, (field) => this.value(field));
      if (!all) return node ? elementAt(node) : null;
      const items = [];
      for (let i = 0; i < all.length; i++) push(items, this.value(all[i]));
      return items;
    }
    each(fields, change) {
      const changed = {};
      for (const name in fields) changed[name] = change(fields[name]);
      return changed;
    }
  };
  function push(array, item) {
    defineProperty(array, array.length, { value: item, writable: true, enumerable: true, configurable: true });
  }
  function readSafely(get, self) {
    try {
      return apply(get, self, []);
    } catch {
      return null;
    }
  }
  function classOf(told) {
    const tag = getOwnPropertyDescriptor(getPrototypeOf(told), globalThis.Symbol.toStringTag)?.value;
    return typeof tag === "string" ? tag : "Object";
  }
  function namesInJson(told) {
    const names2 = list();
    const { toJSON } = told;
    const json = typeof toJSON === "function" ? readSafely(toJSON, told) : null;
    for (const name in json) append(names2, name);
    return names2;
  }
  function gettersOf(told) {
    const names2 = list();
    const reads = list();
    for (let at = getPrototypeOf(told); at && at !== plainPrototype; at = getPrototypeOf(at)) {
      const keys = ownKeys(at);
      for (let i = 0; i < keys.length; i++) {
        const name = keys[i];
        const get = typeof name === "string" ? getOwnPropertyDescriptor(at, name)?.get : void 0;
        if (!get) continue;
        append(names2, name);
        append(reads, get);
      }
    }
    return { names: names2, reads };
  }

  // src/registrations.ts
  var isAborted = getter("AbortSignal", "aborted", false);
  var Registrations = class {
    all = new NativeWeakMap();
    /** Gives the options for the browser, which must not end a registration by itself. */
    add(target, type, listener, options) {
      const given = typeof options === "object" && options !== null ? options : void 0;
      const capture = captures(options);
      const once = !!given?.once;
      const signal = given?.signal;
      const known = this.find(target, type, listener, capture);
      if (!known && !(signal && isAborted(signal))) append(this.of(target, type), { listener, capture, once, signal });
      return once ? { capture, passive: given?.passive, signal } : options;
    }
    remove(target, type, listener, capture) {
      const all = weakMapGet(this.all, target)?.[type];
      if (!all) return;
      let kept = 0;
      for (let i = 0; i < all.length; i++) {
        const one = all[i];
        if (one.listener !== listener || one.capture !== capture) all[kept++] = one;
      }
      all.length = kept;
    }
    /** The one of a listener, if it still listens. */
    find(target, type, listener, capture) {
      const all = weakMapGet(this.all, target)?.[type];
      for (let i = 0; all && i < all.length; i++) {
        const one = all[i];
        if (one.listener !== listener || capture !== void 0 && one.capture !== capture) continue;
        if (!(one.signal && isAborted(one.signal))) return one;
      }
      return void 0;
    }
    /** Those of a target, in the order in which they came. */
    at(target, type) {
      return weakMapGet(this.all, target)?.[type] ?? list();
    }
    of(target, type) {
      return recordOf(this.all, target)[type] ??= list();
    }
  };
  function captures(options) {
    return typeof options === "object" && options !== null ? !!options.capture : !!options;
  }

  // src/media.ts
  var MEDIA_EVENTS = [
    "abort",
    "canplay",
    "canplaythrough",
    "durationchange",
    "emptied",
    "ended",
    "error",
    "loadeddata",
    "loadedmetadata",
    "loadstart",
    "pause",
    "play",
    "playing",
    "progress",
    "ratechange",
    "seeked",
    "seeking",
    "stalled",
    "suspend",
    "timeupdate",
    "volumechange",
    "waiting"
  ];
  var READ = {
    HTMLMediaElement: [
      "currentTime",
      "duration",
      "paused",
      "ended",
      "seeking",
      "readyState",
      "networkState",
      "buffered",
      "played",
      "seekable",
      "error",
      "currentSrc"
    ],
    HTMLVideoElement: ["videoWidth", "videoHeight"],
    BaseAudioContext: ["currentTime", "state"],
    AudioContext: ["baseLatency", "outputLatency"]
  };
  function followMedia(timeline) {
    const scope5 = globalThis;
    const describer = new Describer();
    for (const owner in READ) {
      const names2 = READ[owner];
      for (let i = 0; i < names2.length; i++) followProperty(timeline, describer, scope5[owner]?.prototype, names2[i]);
    }
    const prototype = scope5.HTMLMediaElement?.prototype;
    replaceMethod(prototype, "play", (native2) => (self, args) => played(timeline, native2, self, args));
    const frames2 = record();
    replaceMethod(scope5.HTMLVideoElement?.prototype, "requestVideoFrameCallback", (native2) => (self, args) => {
      const callback = args[0];
      if (typeof callback !== "function") return native2(self, args);
      const id = timeline.next("K");
      timeline.conductor.outcome(id, (told) => {
        frames2[id] = native2(self, [(_now, metadata) => told(metadata)]);
      }, (metadata) => {
        delete frames2[id];
        apply(callback, void 0, [globalThis.performance.now(), metadata]);
      }, false);
      return id;
    });
    replaceMethod(scope5.HTMLVideoElement?.prototype, "cancelVideoFrameCallback", (native2) => (self, args) => {
      const id = args[0];
      timeline.conductor.endOutcomes(id);
      const frame = frames2[id];
      delete frames2[id];
      return frame === void 0 ? void 0 : native2(self, [frame]);
    });
  }
  function followProperty(timeline, describer, prototype, name) {
    replaceAccessor(prototype, name, (native2) => (self) => {
      let asked = false;
      const real = native2(self);
      const plain = timeline.conductor.reading("media." + name, () => {
        asked = true;
        return rangesOf(real) ?? describer.plain(real);
      });
      if (asked) return real;
      return madeRanges(plain) ?? describer.value(plain);
    }, (native2) => native2);
  }
  function rangesOf(value) {
    if (!globalThis.TimeRanges || !(value instanceof TimeRanges)) return void 0;
    const ranges = list();
    for (let i = 0; i < value.length; i++) {
      append(ranges, value.start(i));
      append(ranges, value.end(i));
    }
    return { ranges };
  }
  function madeRanges(plain) {
    const ranges = plain?.ranges;
    if (!ranges) return void 0;
    const made2 = globalThis.Object.create(TimeRanges.prototype);
    const put2 = (name, value) => void defineProperty(made2, name, { value, configurable: true });
    put2("length", ranges.length / 2);
    put2("start", (i) => ranges[2 * i]);
    put2("end", (i) => ranges[2 * i + 1]);
    return made2;
  }
  function played(timeline, native2, self, args) {
    const playing = native2(self, args);
    return new NativePromise((resolve, reject) => {
      const told = { done: false };
      timeline.conductor.outcome(timeline.next("K"), (tell3) => {
        told.done = true;
        const failed = (error) => tell3({ error: "" + error?.name, message: "" + error?.message });
        void promiseThen(playing, () => tell3({}), failed);
      }, (outcome) => {
        if (outcome.error === void 0) resolve(void 0);
        else reject(new globalThis.DOMException("" + outcome.message, "" + outcome.error));
      }, false);
      if (!told.done) void promiseThen(playing, () => {
      }, () => {
      });
    });
  }
  var MediaListeners = class {
    targets = new NativeWeakMap();
    /** Of an event that is being told: who has not heard of it. */
    rest = new NativeWeakMap();
    call;
    constructor(call3) {
      this.call = call3;
    }
    add(target, type, listener, options) {
      const all = this.of(target, type);
      const capture = captures(options);
      const once = typeof options === "object" && options !== null && !!options.once;
      for (let i = 0; i < all.length; i++) {
        if (!all[i].attribute && all[i].listener === listener && all[i].capture === capture) return;
      }
      append(all, { listener, capture, once, attribute: false });
    }
    remove(target, type, listener, options) {
      const capture = captures(options);
      this.keep(target, type, (one) => one.attribute || one.listener !== listener || one.capture !== capture);
    }
    /** The handler of an `on` attribute keeps its place when it is replaced. */
    setHandler(target, type, handler) {
      const all = this.of(target, type);
      for (let i = 0; i < all.length; i++) {
        if (!all[i].attribute) continue;
        if (handler) all[i].listener = handler;
        else this.keep(target, type, (one) => !one.attribute);
        return;
      }
      if (handler) append(all, { listener: handler, capture: false, once: false, attribute: true });
    }
    /** No log knows of this one: the browser tells, of each call. */
    follow(target, told) {
      for (let i = 0; i < MEDIA_EVENTS.length; i++) {
        const type = MEDIA_EVENTS[i];
        addEventListener(target, type, () => {
          const count = this.of(target, type).length;
          for (let j = 0; j < count; j++) told({ type });
        });
      }
    }
    /** The log tells of one call of a listener. */
    deliver(target, type) {
      let rest = weakMapGet(this.rest, target);
      if (!rest || rest.type !== type || rest.left.length === 0) {
        const event = construct(globalThis.Event, [type]);
        const left = list();
        const all = this.of(target, type);
        for (let i = 0; i < all.length; i++) if (all[i].capture) append(left, all[i]);
        for (let i = 0; i < all.length; i++) if (!all[i].capture) append(left, all[i]);
        rest = { event, type, left };
        weakMapSet(this.rest, target, rest);
        defineProperty(event, "target", { value: target, configurable: true });
        defineProperty(event, "currentTarget", { value: target, configurable: true });
      }
      const next = rest.left[0];
      for (let i = 1; i < rest.left.length; i++) rest.left[i - 1] = rest.left[i];
      if (!next) return;
      rest.left.length--;
      if (next.once) this.keep(target, type, (one) => one !== next);
      this.call(next.listener, target, rest.event);
    }
    of(target, type) {
      return recordOf(this.targets, target)[type] ??= list();
    }
    keep(target, type, fits) {
      const all = this.of(target, type);
      let kept = 0;
      for (let i = 0; i < all.length; i++) if (fits(all[i])) all[kept++] = all[i];
      all.length = kept;
    }
  };

  // src/heard.ts
  var LOADING2 = ["load", "error"];
  var CLASSES = [
    ["MessagePort", "M", ["message", "messageerror", "close"]],
    ["Worker", "W", ["message", "messageerror", "error"]],
    ["SharedWorker", "W", ["error"]],
    ["BroadcastChannel", "Q", ["message", "messageerror"]],
    ["WebSocket", "V", ["open", "message", "error", "close"]],
    ["EventSource", "V", ["open", "message", "error"]],
    ["XMLHttpRequestEventTarget", "X", [
      "readystatechange",
      "loadstart",
      "progress",
      "load",
      "loadend",
      "error",
      "abort",
      "timeout"
    ]],
    ["FileReader", "G", ["loadstart", "progress", "load", "loadend", "error", "abort"]],
    ["HTMLImageElement", "J", LOADING2],
    ["HTMLScriptElement", "J", LOADING2],
    ["HTMLLinkElement", "J", LOADING2],
    ["HTMLIFrameElement", "J", LOADING2],
    ["HTMLStyleElement", "J", LOADING2],
    ["HTMLObjectElement", "J", LOADING2],
    ["HTMLEmbedElement", "J", LOADING2],
    ["HTMLInputElement", "J", LOADING2],
    ["HTMLTrackElement", "J", LOADING2],
    ["SVGImageElement", "J", LOADING2],
    ["SVGScriptElement", "J", LOADING2],
    ["SVGStyleElement", "J", LOADING2],
    ["FontFaceSet", "J", ["loading", "loadingdone", "loadingerror"]],
    // Of a database only what ends something can wait like that; for the answers of a transaction see database.ts.
    ["IDBOpenDBRequest", "b", ["success", "blocked"]],
    ["IDBOpenDBRequest", "E", ["upgradeneeded"]],
    ["IDBRequest", "E", ["success", "error"]],
    ["IDBTransaction", "b", ["complete", "abort"]],
    ["IDBDatabase", "E", ["versionchange"]],
    // Whatever the browser's own frames bring: never cancelable, so that holding them changes nothing else.
    ["EventTarget", "H", [
      "scroll",
      "scrollend",
      "scrollsnapchange",
      "scrollsnapchanging",
      "selectionchange",
      "resize",
      "visibilitychange",
      "fullscreenchange",
      "fullscreenerror",
      "pointerlockchange",
      "pointerlockerror",
      "securitypolicyviolation",
      "toggle",
      "contentvisibilityautostatechange",
      "transitionrun",
      "transitionstart",
      "transitionend",
      "transitioncancel",
      "animationstart",
      "animationiteration",
      "animationend",
      "animationcancel",
      "webkitTransitionEnd",
      "webkitAnimationStart",
      "webkitAnimationIteration",
      "webkitAnimationEnd"
    ]],
    ["EventTarget", "H", BOUNDARY_EVENTS],
    ["EventTarget", "H", ["blur", "focusout"]],
    ["Animation", "H", ["finish", "cancel", "remove"]],
    ["HTMLDialogElement", "H", ["close"]],
    ["HTMLInputElement", "H", ["select"]],
    ["HTMLTextAreaElement", "H", ["select"]],
    ["MediaQueryList", "H", ["change"]],
    ["ScreenOrientation", "H", ["change"]],
    ["NetworkInformation", "H", ["change"]],
    ["PermissionStatus", "H", ["change"]],
    ["CookieStore", "H", ["change"]],
    ["HTMLCanvasElement", "H", ["contextlost", "contextrestored", "webglcontextlost", "webglcontextrestored"]],
    ["SpeechSynthesis", "H", ["voiceschanged"]],
    ["SpeechSynthesisUtterance", "H", ["start", "end", "error", "pause", "resume", "boundary", "mark"]],
    ["Notification", "H", ["show", "close", "error"]],
    ["MediaSource", "J", ["sourceopen", "sourceended", "sourceclose"]],
    ["SourceBuffer", "J", ["updatestart", "update", "updateend", "error", "abort"]],
    ["AudioScheduledSourceNode", "J", ["ended"]],
    ["BaseAudioContext", "J", ["statechange"]],
    ["OfflineAudioContext", "J", ["complete"]],
    ["HTMLMediaElement", "K", MEDIA_EVENTS],
    ["Document", "H", ["DOMContentLoaded", "readystatechange"]],
    ["DedicatedWorkerGlobalScope", "W", ["message", "messageerror"]],
    ["SharedWorkerGlobalScope", "c", ["connect"]],
    ["Window", "H", ["load", "DOMContentLoaded", "pageshow", "pagereveal", "popstate", "hashchange", "message", "storage", "online", "offline"]],
    ["Window", "H", ["unhandledrejection", "rejectionhandled"]]
  ];
  var IN_CALLS = {
    load: true,
    DOMContentLoaded: true,
    readystatechange: true,
    pageshow: true,
    popstate: true,
    loadstart: true,
    progress: true,
    error: true,
    abort: true,
    timeout: true,
    loadend: true
  };
  var GLOBALS = { Window: true, DedicatedWorkerGlobalScope: true, SharedWorkerGlobalScope: true };
  var OLDER = {
    transitionend: "webkitTransitionEnd",
    animationstart: "webkitAnimationStart",
    animationiteration: "webkitAnimationIteration",
    animationend: "webkitAnimationEnd"
  };
  var INLINE = [
    "load",
    "error",
    "toggle",
    "close",
    "select",
    "scroll",
    "scrollend",
    "transitionrun",
    "transitionstart",
    "transitionend",
    "transitioncancel",
    "animationstart",
    "animationiteration",
    "animationend",
    "animationcancel"
  ];
  var INLINE_OF_WINDOW = [
    "load",
    "pageshow",
    "popstate",
    "hashchange",
    "message",
    "storage",
    "online",
    "offline",
    "resize",
    "scroll"
  ];

  // src/inline.ts
  var ELEMENT = 1;
  function followInline(types, ofWindow, take) {
    const toElement = (event) => {
      const path = composedPath(event);
      const type = eventType(event);
      const attribute = "on" + type;
      for (let i = 0; path && i < path.length; i++) {
        const element = path[i];
        if (nodeType(element) === ELEMENT && hasAttribute(element, attribute)) take(element, type, nameOf2(element));
      }
    };
    const toWindow = (event) => {
      const body = documentBody(globalThis.document);
      const type = eventType(event);
      if (body && hasAttribute(body, "on" + type)) take(globalThis.window, type, "of the body");
    };
    for (let i = 0; i < types.length; i++) addEventListener(globalThis.document, types[i], toElement, true);
    for (let i = 0; i < ofWindow.length; i++) addEventListener(globalThis.window, ofWindow[i], toWindow, true);
  }
  function nameOf2(element) {
    return "of " + localName(element) + " " + (addressOf3(element) ?? getAttribute(element, "id") ?? getAttribute(element, "class") ?? "");
  }
  function addressOf3(element) {
    return getAttribute(element, "src") ?? getAttribute(element, "href") ?? getAttribute(element, "data");
  }

  // src/handlers.ts
  function holdHandlers(held2) {
    const handlers = new NativeWeakMap();
    const accessors = record();
    const hearerOf = (type, name) => {
      const now = (target) => weakMapGet(handlers, target)?.[type];
      return { name, now, take: now };
    };
    const holdHandler = (owner, type) => {
      const known = accessors[type] ??= list();
      for (let i = 0; i < known.length; i++) if (known[i].owner === owner) return;
      const attribute = "on" + toLowerCase(type);
      const { get, set } = getOwnPropertyDescriptor(owner, attribute) ?? {};
      append(known, { owner, get, set });
      const hearer = hearerOf(type);
      const wrapper = held2.through(hearer);
      replaceAccessor(
        owner,
        attribute,
        (native2) => (self) => weakMapGet(handlers, self ?? globalThis)?.[type] ?? native2(self),
        (native2) => (self, value) => {
          const target = self ?? globalThis;
          const kind = held2.sorts.kindOf(target, type);
          if (kind === void 0) return native2(self, value);
          const handler = typeof value === "function" ? value : void 0;
          recordOf(handlers, target)[type] = handler;
          if (held2.isTold(kind)) return held2.tellHandler(target, type, handler);
          if (handler) held2.listen(target, type, kind, handler, hearer);
          native2(self, handler ? wrapper : value);
        }
      );
    };
    const takeInline = (target, type, name) => {
      if (weakMapGet(handlers, target)?.[type]) return true;
      const known = accessors[type];
      for (let i = 0; known && i < known.length; i++) {
        const { owner, get, set } = known[i];
        if (!get || !set || !(owner === target || isPrototypeOf(owner, target))) continue;
        const handler = apply(get, target, []);
        if (typeof handler !== "function") break;
        recordOf(handlers, target)[type] = handler;
        apply(set, target, [held2.through(hearerOf(type, name))]);
        return true;
      }
      return OLDER[type] !== void 0 && takeInline(target, OLDER[type], name);
    };
    for (let i = 0; i < CLASSES.length; i++) {
      const row = CLASSES[i];
      for (let j = 0; j < row[2].length; j++) {
        const type = row[2][j];
        const owners = ownersOf(row[0], "on" + type);
        for (let k = 0; k < owners.length; k++) holdHandler(owners[k], type);
      }
    }
    if (typeof Document !== "undefined") followInline(INLINE, INLINE_OF_WINDOW, takeInline);
  }
  function ownersOf(name, attribute) {
    if (name === "EventTarget") {
      return typeof Document === "undefined" ? [] : [globalThis.window, Document.prototype, HTMLElement.prototype, SVGElement.prototype];
    }
    const prototype = globalThis[name]?.prototype;
    const owner = prototype && ownerOf(GLOBALS[name] ? globalThis : prototype, attribute);
    return owner ? [owner] : [];
  }
  function ownerOf(start4, attribute) {
    if (getOwnPropertyDescriptor(start4, attribute)) return start4;
    if (attribute === "onreadystatechange" && typeof XMLHttpRequest !== "undefined" && start4 === getPrototypeOf(XMLHttpRequest.prototype)) {
      return XMLHttpRequest.prototype;
    }
    if (typeof HTMLElement === "undefined") return void 0;
    if (isPrototypeOf(HTMLElement.prototype, start4)) return HTMLElement.prototype;
    return isPrototypeOf(SVGElement.prototype, start4) ? SVGElement.prototype : void 0;
  }

  // src/past.ts
  var OF_ELEMENTS = ["load", "error", "toggle"];
  var ELEMENT2 = 1;
  var Past = class {
    /** The latest of each type. */
    over = new NativeWeakMap();
    follow() {
      const ofDocument = (event) => {
        if (event.isTrusted) this.keep(currentTarget(event), { event, isStill: () => true });
      };
      addEventListener(globalThis.document, "DOMContentLoaded", ofDocument);
      addEventListener(globalThis.window, "DOMContentLoaded", ofDocument);
      addEventListener(globalThis.window, "load", ofDocument);
      addEventListener(globalThis.window, "pageshow", ofDocument);
      addEventListener(globalThis.window, "pagereveal", ofDocument);
      const ofElement = (event) => {
        const element = eventTarget(event);
        if (!event.isTrusted || nodeType(element) !== ELEMENT2) return;
        preserve(event);
        const address = addressOf3(element);
        this.keep(element, { event, isStill: () => addressOf3(element) === address });
      };
      for (let i = 0; i < OF_ELEMENTS.length; i++) addEventListener(globalThis.document, OF_ELEMENTS[i], ofElement, true);
    }
    find(target, type) {
      return weakMapGet(this.over, target)?.[type];
    }
    keep(target, over) {
      recordOf(this.over, target)[eventType(over.event)] = over;
    }
  };
  function preserve(event) {
    const path = composedPath(event);
    if (!path || path.length === 0) return;
    defineProperty(event, "target", { value: eventTarget(event), configurable: true });
    defineProperty(event, "composedPath", { value: () => path, configurable: true });
    if ("relatedTarget" in event) defineProperty(event, "relatedTarget", { value: relatedTarget(event), configurable: true });
  }

  // src/workers.ts
  var dataOf = getter("MessageEvent", "data", void 0);
  var dropAddress = globalThis.URL?.revokeObjectURL;
  function takeWorkerLogs(log) {
    const logs = record();
    for (let i = 0; i < log.length; i += 3) {
      if (log[i] !== "w") continue;
      const id = log[i + 1][0];
      const entries = log[i + 1][1];
      const whole = logs[id] ??= list();
      for (let j = 0; j < entries.length; j++) append(whole, entries[j]);
      log[i] = "-";
      log[i + 1] = 0;
    }
    return logs;
  }
  function followWorkers(maker) {
    const { timeline, recording, crew } = maker;
    const { conductor } = timeline;
    const isPage = typeof globalThis.document !== "undefined";
    const bringer = isPage ? 1 : 2;
    const isBrought = isPage ? config.workers : maker.deep;
    let id = 0;
    let temporary = "";
    replaceConstructor("Worker", (worker) => {
      if (temporary !== "") apply(dropAddress, globalThis.URL, [temporary]);
      if (id === 0) return;
      listen2(worker, id);
    }, (args) => {
      temporary = "";
      id = 0;
      const own = timeline.next("worker");
      const address = isBrought ? absolute(args[0]) : void 0;
      const start4 = address === void 0 ? void 0 : prepared(address, bringer);
      if (start4 === void 0) {
        maker.gap(`the worker ${address ?? ""} has a clock of its own`);
        return args;
      }
      id = own;
      if (stringSlice(start4, 0, 5) === "blob:") temporary = start4;
      const told = {
        mode: recording ? "record" : "replay",
        name: "" + (args[1]?.name ?? ""),
        deep: maker.deep,
        origin: timeline.wall(timeline.ticks),
        // Not of its maker's own stream: that shall not depend on whether a worker could be given our script.
        seed: imul(own, 2654435761) ^ timeline.wall(0),
        log: maker.workerLogs[own] ?? list()
      };
      return [start4, { ...args[1], name: config.token + encode(told) }];
    });
    const listen2 = (worker, own) => {
      const member = crew.join(worker, maker.workerLogs[own] ?? list());
      followReports(worker, (report) => {
        if (report[0] === "entries") recording?.quote("w", [own, report[1]]);
        else if (report[0] === "gap") maker.gap(report[1]);
        else if (report[0] === "socket") {
          const event = report[1];
          maker.socket([own + "." + event[0], event[1], event[2], event[3]]);
        } else if (report[0] === "halted") crew.halted(member, report[1]);
        else if (report[0] === "closed") crew.leave(worker);
        else if (conductor instanceof Replaying) conductor.skip("w", `${own}: ${report[1]}`);
      });
      addEventListener(worker, "error", (event) => {
        if (event.isTrusted && !isPrototypeOf(globalThis.ErrorEvent?.prototype, event)) crew.leave(worker);
      });
    };
    replaceMethod(globalThis.Worker?.prototype, "terminate", (native2) => (self, args) => {
      crew.leave(self);
      return native2(self, args);
    });
  }
  function followReports(source2, heard) {
    addEventListener(source2, "message", (event) => {
      const data = dataOf(event);
      if (!event.isTrusted || typeof data !== "object" || data === null || !hasOwn(data, config.token)) return;
      stopImmediatePropagation(event);
      heard(data[config.token], event);
    });
  }

  // src/shared.ts
  var NativeChannel = globalThis.MessageChannel;
  var post2 = globalThis.MessagePort.prototype.postMessage;
  var start2 = globalThis.MessagePort.prototype.start;
  var nativePort = getter("SharedWorker", "port", null);
  var firstOf = getter("MessageChannel", "port1", null);
  var secondOf = getter("MessageChannel", "port2", null);
  var names = new NativeWeakMap();
  var connectionOf = (port) => weakMapGet(names, port);
  var share = (port, connection) => void weakMapSet(names, port, connection);
  function takeLives(log) {
    const lives = record();
    for (let i = 0; i < log.length; i += 3) {
      if (log[i] !== "s") continue;
      lives[log[i + 1][0]] = log[i + 1][1];
      log[i] = "-";
      log[i + 1] = 0;
    }
    return lives;
  }
  function followSharedWorkers(maker, lives, place3) {
    const { timeline, recording } = maker;
    const { conductor } = timeline;
    const ports = new NativeWeakMap();
    const starts = record();
    let id = "";
    replaceConstructor("SharedWorker", (worker) => {
      if (id !== "") connect(worker, id);
    }, (args) => {
      id = "";
      const own = place3 + ":" + timeline.next("shared" + place3);
      const address = maker.deep ? absolute(args[0]) : void 0;
      const start4 = address === void 0 ? void 0 : starts[address] ??= prepared(address, 2);
      if (start4 === void 0) {
        maker.gap(`the shared worker ${address ?? ""} has a clock of its own`);
        return args;
      }
      id = own;
      const options = args[1];
      const name = "" + ((typeof options === "object" && options !== null ? options.name : options) ?? "");
      const life = lives[own] ?? timeline.wall(timeline.ticks) + ":0";
      const told = recording ? { mode: "record", name, life: "", log: "" } : { mode: "replay", name, life, log: config.shared?.[life] ?? "[]" };
      return [start4, { ...typeof options === "object" ? options : void 0, name: config.token + encode(told) }];
    });
    replaceAccessor(globalThis.SharedWorker?.prototype, "port", (native2) => (self) => weakMapGet(ports, self) ?? native2(self));
    const connect = (worker, own) => {
      const ours = nativePort(worker);
      const channel = new NativeChannel();
      const first = firstOf(channel);
      weakMapSet(ports, worker, first);
      share(first, timeline.name + ":" + own);
      const say2 = (what, given) => void apply(post2, ours, [{ [config.token]: what }, given]);
      followReports(ours, (report) => {
        if (report[0] === "entries") {
          recording?.quote("s", [own, report[1], report[2], report[3]]);
          if (report[3].length > 0) say2(report[2], []);
        } else if (conductor instanceof Replaying) conductor.skip("w", report[1]);
      });
      apply(start2, ours, []);
      say2(timeline.name + ":" + own, [secondOf(channel)]);
    };
  }
  function lifeOf(life) {
    const colon = stringIndexOf(life, ":");
    return [+stringSlice(life, 0, colon), +stringSlice(life, colon + 1) | 0];
  }

  // src/sharing.ts
  var post3 = globalThis.MessagePort.prototype.postMessage;
  var start3 = globalThis.MessagePort.prototype.start;
  var portsOf = getter("MessageEvent", "ports", null);
  var connections = new NativeWeakMap();
  function whenKnown(event, known) {
    const connection = weakMapGet(connections, event);
    if (!connection) return;
    if (connection.name === void 0) append(connection.waiting, known);
    else known(connection.name);
  }
  var Clients = class _Clients {
    ports = list();
    unheard = list();
    sequence = 0;
    /** To be called before the worker's own script can listen. */
    constructor(came = () => {
    }) {
      addEventListener(globalThis, "connect", (event) => {
        const ours = portsOf(event)?.[0];
        if (!event.isTrusted || !ours) return;
        const connection = { name: void 0, waiting: list() };
        weakMapSet(connections, event, connection);
        followReports(ours, (said, hello) => {
          if (typeof said === "number") return this.heard(said);
          append(this.ports, ours);
          addEventListener(ours, "close", () => this.left(ours));
          came(ours);
          give(event, portsOf(hello)?.[0], said);
          connection.name = said;
          for (let i = 0; i < connection.waiting.length; i++) connection.waiting[i]?.(said);
        });
        apply(start3, ours, []);
      });
    }
    /** Begins to tell pages what the worker does: each of them hears everything, and any of them may leave at any moment. */
    static record(recording, life) {
      const clients = new _Clients((port) => {
        for (let i = 0; i < clients.unheard.length; i++) clients.say(port, clients.unheard[i]);
        clients.say(port, ["entries", life, clients.sequence, list()]);
      });
      clients.flush = () => {
        if (clients.ports.length === 0) return;
        const entries = recording.take();
        if (entries.length === 0) return;
        const report = ["entries", life, clients.sequence++, entries];
        append(clients.unheard, report);
        clients.tell(report);
      };
      return clients;
    }
    later = new Later(LAZY_PERIOD_MS, () => this.flush());
    flush = () => {
    };
    /** Something was written down. */
    wrote() {
      this.later.arm();
    }
    tell(report) {
      for (let i = 0; i < this.ports.length; i++) this.say(this.ports[i], report);
    }
    say(port, report) {
      apply(post3, port, [{ [config.token]: report }]);
    }
    left(port) {
      let kept = 0;
      for (let i = 0; i < this.ports.length; i++) if (this.ports[i] !== port) this.ports[kept++] = this.ports[i];
      this.ports.length = kept;
    }
    /** Somebody has written down everything up to there. */
    heard(upTo) {
      let kept = 0;
      for (let i = 0; i < this.unheard.length; i++) if (this.unheard[i][2] > upTo) this.unheard[kept++] = this.unheard[i];
      this.unheard.length = kept;
    }
  };
  function give(event, port, connection) {
    share(port, connection);
    defineProperty(event, "ports", { value: freeze([port]), configurable: true });
    defineProperty(event, "source", { value: port, configurable: true });
  }

  // src/sockets.ts
  var CONNECTING = 0;
  var OPEN = 1;
  var CLOSING = 2;
  var CLOSED = 3;
  var streams = false;
  var hasStreams = () => streams;
  var nobody = () => {
  };
  function followSockets(timeline, madeSocket = nobody, madeStream = nobody) {
    const { conductor } = timeline;
    const shown2 = new NativeWeakMap();
    const scope5 = globalThis;
    const follow = (closed, stateThen) => (socket) => {
      const id = timeline.next("U");
      const tell3 = (type, stateOf2) => () => {
        const state4 = stateOf2(socket);
        conductor.arrive("U", id + ":" + type, () => void weakMapSet(shown2, socket, state4));
      };
      weakMapSet(shown2, socket, CONNECTING);
      addEventListener(socket, "open", tell3("open", () => OPEN));
      addEventListener(socket, closed, tell3(closed, stateThen));
    };
    const leave = (state4) => (native2) => (self, args) => {
      const result = native2(self, args);
      if ((weakMapGet(shown2, self) ?? CLOSED) < state4) weakMapSet(shown2, self, state4);
      return result;
    };
    const state3 = (native2) => (self) => weakMapGet(shown2, self) ?? native2(self);
    const followSocket = follow("close", () => CLOSED);
    replaceConstructor("WebSocket", (socket) => {
      madeSocket(socket);
      followSocket(socket);
    });
    replaceMethod(scope5.WebSocket?.prototype, "close", leave(CLOSING));
    replaceAccessor(scope5.WebSocket?.prototype, "readyState", state3);
    const followStream = follow("error", getter("EventSource", "readyState", CONNECTING));
    replaceConstructor("EventSource", (source2) => {
      streams = true;
      madeStream(source2);
      followStream(source2);
    });
    replaceMethod(scope5.EventSource?.prototype, "close", leave(CLOSING));
    replaceAccessor(scope5.EventSource?.prototype, "readyState", state3);
  }

  // src/sorts.ts
  var Sorts = class {
    byType = record();
    stream = globalThis.EventSource?.prototype;
    ids = new NativeWeakMap();
    timeline;
    constructor(timeline) {
      this.timeline = timeline;
      for (let i = 0; i < CLASSES.length; i++) {
        const [name, kind, types] = CLASSES[i];
        const prototype = globalThis[name]?.prototype;
        for (let j = 0; prototype && j < types.length; j++) append(this.byType[types[j]] ??= list(), { prototype, kind });
      }
    }
    /** The letter of an event's entries in the log; undefined if it is not held. */
    kindOf(target, type) {
      if (hasStreams() && isPrototypeOf(this.stream, target)) return "V";
      const sorts = this.byType[type];
      for (let i = 0; sorts && i < sorts.length; i++) {
        const { prototype, kind } = sorts[i];
        if (isPrototypeOf(prototype, target)) return kind === "M" && connectionOf(target) !== void 0 ? "m" : kind;
      }
      return void 0;
    }
    /** The id of an object among those whose events are of a kind. */
    idOf(target, kind) {
      if (kind === "m") return connectionOf(target);
      let id = weakMapGet(this.ids, target);
      if (id !== void 0) return id;
      weakMapSet(this.ids, target, id = this.timeline.next(kind));
      if (kind === "H" && this.timeline.conductor.holds) this.timeline.hears(id, target);
      return id;
    }
  };

  // src/tickets.ts
  var Tickets = class {
    ofEvents = new NativeWeakMap();
    /** Hears of stopped events. */
    follow() {
      replaceMethod(globalThis.Event.prototype, "stopPropagation", this.stopping((ticket, at) => ticket.target !== at));
      replaceMethod(globalThis.Event.prototype, "stopImmediatePropagation", this.stopping(() => true));
    }
    /** A call that waits, with an event that is over by then for the browser. */
    issue(event, ticket) {
      const all = weakMapGet(this.ofEvents, event) ?? list();
      append(all, ticket);
      weakMapSet(this.ofEvents, event, all);
    }
    /** Whether anybody still waits for an event. */
    isHeard(event) {
      const all = weakMapGet(this.ofEvents, event);
      for (let i = 0; all && i < all.length; i++) if (all[i].live) return true;
      return false;
    }
    /** Who hears at a target is called otherwise; gives the handler among them. */
    withdraw(event, target) {
      const all = weakMapGet(this.ofEvents, event);
      let handler;
      for (let i = 0; all && i < all.length; i++) {
        const ticket = all[i];
        if (ticket.target !== target || ticket.withdrawn) continue;
        ticket.withdrawn = true;
        if (!ticket.hearer.isListener) handler = ticket.hearer;
      }
      return handler;
    }
    stopping(reaches) {
      return (native2) => (self) => {
        const waiting = weakMapGet(this.ofEvents, self);
        const at = waiting && currentTarget(self) === null ? self.currentTarget : null;
        for (let i = 0; waiting && at && i < waiting.length; i++) if (reaches(waiting[i], at)) waiting[i].withdrawn = true;
        return native2(self, []);
      };
    }
  };

  // src/toggles.ts
  var newState = getter("ToggleEvent", "newState", void 0);
  function isStillSo(event) {
    const told = eventType(event) === "toggle" ? newState(event) : void 0;
    if (!told) return true;
    const element = eventTarget(event);
    return told === "open" === (hasAttribute(element, "open") || matches2(element, ":popover-open"));
  }

  // src/held.ts
  var Media = globalThis.HTMLMediaElement?.prototype;
  var IN_PIECES = { X: true, G: true };
  var OF_PROGRESS = { progress: true, readystatechange: true };
  var isSkipped = getter("ContentVisibilityAutoStateChangeEvent", "skipped", false);
  var messageSource = getter("MessageEvent", "source", null);
  var isBoundary2 = record();
  for (let i = 0; i < BOUNDARY_EVENTS.length; i++) isBoundary2[BOUNDARY_EVENTS[i]] = true;
  function holdListeners(timeline, hover) {
    const held2 = new Held(timeline, hover);
    const { registrations } = held2;
    const listening2 = (told, heard) => (native2) => (self, args) => {
      const target = self ?? globalThis;
      const type = "" + args[0];
      const kind = isListener(args[1]) ? held2.sorts.kindOf(target, type) : void 0;
      if (kind === void 0) return native2(self, args);
      const listener = args[1];
      if (held2.isTold(kind)) return told(target, type, listener, args[2]);
      const options = heard(target, type, listener, args[2], kind);
      return native2(target, [args[0], held2.wrapperOf(listener), options]);
    };
    replaceMethod(globalThis.EventTarget.prototype, "addEventListener", listening2(
      (target, type, listener, options) => held2.tell(target, type, listener, options),
      (target, type, listener, options, kind) => {
        const forBrowser = registrations.add(target, type, listener, options);
        held2.listen(target, type, kind, listener);
        return forBrowser;
      }
    ));
    replaceMethod(globalThis.EventTarget.prototype, "removeEventListener", listening2(
      (target, type, listener, options) => held2.tellNoMore(target, type, listener, options),
      (target, type, listener, options) => {
        registrations.remove(target, type, listener, captures(options));
        return options;
      }
    ));
    const changing = (follow) => (native2) => (self, args) => {
      const listener = args[0];
      if (typeof listener !== "function") return native2(self, args);
      follow(self, listener);
      return native2(self, [held2.wrapperOf(listener)]);
    };
    const { prototype } = globalThis.MediaQueryList ?? {};
    replaceMethod(prototype, "addListener", changing((query2, listener) => {
      held2.sorts.idOf(query2, "H");
      registrations.add(query2, "change", listener, false);
    }));
    replaceMethod(prototype, "removeListener", changing((query2, listener) => registrations.remove(query2, "change", listener, false)));
    holdHandlers(held2);
  }
  var isListener = (value) => typeof value === "function" || typeof value === "object" && value !== null;
  var Held = class {
    sorts;
    registrations = new Registrations();
    tickets = new Tickets();
    timeline;
    conductor;
    hover;
    past = new Past();
    early = new EarlyEvents();
    isHeard = (event) => this.tickets.isHeard(event);
    wrappers = new NativeWeakMap();
    /** Of media a replay hears from the log alone. */
    media;
    mediaIds = new NativeWeakMap();
    constructor(timeline, hover) {
      this.timeline = timeline;
      this.conductor = timeline.conductor;
      this.hover = hover;
      this.sorts = new Sorts(timeline);
      this.tickets.follow();
      this.media = this.conductor.holds ? new MediaListeners(callListener) : void 0;
      if (this.conductor.holds && typeof Document !== "undefined") this.past.follow();
    }
    /** The page listens: what it listens to has an id from now on, and what was over too early comes to it. */
    listen(target, type, kind, listener, handler) {
      if (kind === "K") this.mediaIdOf(target);
      else this.sorts.idOf(target, kind);
      const over = this.past.find(target, type);
      const late = () => over?.isStill() ? listener : void 0;
      if (over) this.hold({ now: late, take: late }, target, over.event);
      const early = this.early.at(target, type);
      for (let i = 0; i < early.length; i++) this.holdAnew(target, type, early[i], handler);
    }
    /** An event calls all that listen at a target by now: its handler, those that hear on the way down, then the others. */
    holdAnew(target, type, event, handler) {
      const before = this.tickets.withdraw(event, target);
      if (before ?? handler) this.hold(before ?? handler, target, event);
      const all = this.registrations.at(target, type);
      for (let i = 0; i < all.length; i++) if (all[i].capture) this.hold(this.hearerOf(all[i].listener), target, event);
      for (let i = 0; i < all.length; i++) if (!all[i].capture) this.hold(this.hearerOf(all[i].listener), target, event);
    }
    /** What the browser calls instead of `listener`, always the same. */
    wrapperOf(listener) {
      const known = weakMapGet(this.wrappers, listener);
      if (known) return known;
      const wrapper = this.through(this.hearerOf(listener));
      weakMapSet(this.wrappers, listener, wrapper);
      return wrapper;
    }
    hearerOf(listener) {
      const { registrations } = this;
      const now = (target, type) => registrations.find(target, type, listener)?.listener;
      const take = (target, type) => {
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
    through(hearer) {
      return (event) => {
        const target = currentTarget(event) ?? eventTarget(event);
        const type = eventType(event);
        if (type === "readystatechange") noteState(target, 1);
        if (IN_CALLS[type] && !isPrototypeOf(Media, target) && isInCall(1)) call2(hearer, target, type, event);
        else this.hold(hearer, target, event);
      };
    }
    // ---- media, of which the log tells
    isTold(kind) {
      return kind === "K" && this.media !== void 0;
    }
    tell(target, type, listener, options) {
      this.mediaIdOf(target);
      this.media?.add(target, type, listener, options);
    }
    tellNoMore(target, type, listener, options) {
      this.media?.remove(target, type, listener, options);
    }
    tellHandler(target, type, handler) {
      this.mediaIdOf(target);
      this.media?.setHandler(target, type, handler);
    }
    mediaIdOf(target) {
      let id = weakMapGet(this.mediaIds, target);
      if (id !== void 0) return id;
      weakMapSet(this.mediaIds, target, id = this.timeline.next("K"));
      const { media } = this;
      if (media) this.conductor.outcome(id, (told) => media.follow(target, told), (outcome) => media.deliver(target, "" + outcome.type), true);
      return id;
    }
    // ---- one call of a listener
    hold(hearer, target, event) {
      const { conductor, hover } = this;
      const type = eventType(event);
      const kind = this.sorts.kindOf(target, type);
      if (kind === void 0 || !event.isTrusted) return call2(hearer, target, type, event);
      if (kind === "E") return this.holdAnswer(hearer, target, event);
      if (hover && isBoundary2[type] && !hover.isOfLayout(event)) {
        hover.catchUp();
        return call2(hearer, target, type, event);
      }
      const isOfFocus = type === "blur" || type === "focusout";
      if (isOfFocus && !isOfHiding(event)) return call2(hearer, target, type, event);
      const waits = conductor.isHolding || kind === "c";
      const givenUp2 = givenUpOf(target);
      const run = () => {
        ticket.withdrawn = true;
        if (waits) this.early.end(event);
        this.early.forget(this.isHeard);
        if (waits) defineProperty(event, "currentTarget", { value: target, configurable: true });
        const renamed = eventType(event) !== type;
        if (renamed) defineProperty(event, "type", { value: type, configurable: true });
        call2(hearer, target, type, event);
        if (renamed) delete event.type;
      };
      const ticket = {
        target,
        withdrawn: false,
        hearer,
        call: run,
        get live() {
          return !this.withdrawn && givenUpOf(target) === givenUp2 && isStillSo(event) && hearer.now(target, type) !== void 0;
        },
        progress: IN_PIECES[kind] && OF_PROGRESS[type] && event,
        received: kind === "X" ? () => receivedOf(target) : void 0
      };
      if (waits) {
        preserve(event);
        this.tickets.issue(event, ticket);
        this.early.note(event);
      }
      if (kind === "K") return conductor.arrive("K", [this.mediaIdOf(target), { type }], run, ticket);
      if (kind === "c") return whenKnown(event, (life) => conductor.arrive(kind, life, run, ticket));
      const id = (hearer.name ?? this.sorts.idOf(target, kind)) + ":" + type + detailOf(event, target);
      if (waits && (isBoundary2[type] || isOfFocus)) hover?.keep({ ticket, comes: () => conductor.comes(kind, id) });
      conductor.arrive(kind, id, run, ticket);
    }
    holdAnswer(hearer, target, event) {
      const type = eventType(event);
      const name = "database " + this.sorts.idOf(target, "E") + ":" + type;
      const deliver = () => call2(hearer, target, type, event);
      preserve(event);
      if (type === "success") return inTransaction(this.timeline, target, name, deliver);
      this.conductor.event(name);
      deliver();
    }
  };
  function call2(hearer, target, type, event) {
    const listener = hearer.take(target, type);
    if (listener) callListener(listener, target, event);
  }
  function detailOf(event, target) {
    const type = eventType(event);
    if (type === "contentvisibilityautostatechange") return isSkipped(event) ? " skipped" : "";
    if (target !== globalThis || typeof globalThis.window === "undefined" || type !== "message") return "";
    const source2 = messageSource(event);
    if (!source2 || source2 === globalThis.window) return "";
    if (source2 === windowParent(globalThis.window)) return " from parent";
    for (let i = 0; i < globalThis.window.length; i++) if (globalThis.window[i] === source2) return " from frame " + i;
    return " from elsewhere";
  }
  function callListener(listener, target, event) {
    const handler = typeof listener === "function" ? listener : listener.handleEvent;
    if (typeof handler === "function") apply(handler, typeof listener === "function" ? target : listener, [event]);
  }

  // src/target/tree.ts
  function composedParent(node) {
    const parent = parentNode(node);
    if (!parent) return null;
    const type = nodeType(parent);
    if (type === 1) return parent;
    return type === 11 ? shadowHost(parent) : null;
  }
  function composedClosest(element, selector) {
    let from = element;
    while (from) {
      const found = closest(from, selector);
      if (found) return found;
      const root = getRootNode(from);
      from = root && nodeType(root) === 11 ? shadowHost(root) : null;
    }
    return null;
  }
  function hiddenHere(element) {
    if (getAttribute(element, "aria-hidden") === "true") return true;
    const tag = localName(element);
    if (tag === "script" || tag === "style" || tag === "noscript" || tag === "template" || tag === "head") return true;
    return styleOf(element, "display") === "none";
  }
  function hidden(element) {
    if (styleOf(element, "visibility") === "hidden") return true;
    for (let at = element; at; at = composedParent(at)) if (hiddenHere(at)) return true;
    return false;
  }

  // src/target/text.ts
  var LONGEST2 = 120;
  function isSpace(code) {
    if (code <= 32 || code === 160) return true;
    if (code < 5760) return false;
    return code === 5760 || code >= 8192 && code <= 8202 || code === 8232 || code === 8233 || code === 8239 || code === 8287 || code === 12288 || code === 65279;
  }
  function tidy(text2) {
    let out = "";
    let from = 0;
    let pending = false;
    for (let i = 0; i <= text2.length; i++) {
      const code = i < text2.length ? charCodeAt(text2, i) : 32;
      const invisible = code === 8203 || code === 173;
      if (!invisible && !isSpace(code)) continue;
      if (i > from) {
        out += (pending && out !== "" ? " " : "") + stringSlice(text2, from, i);
        pending = false;
      }
      if (!invisible) pending = true;
      from = i + 1;
    }
    return out;
  }
  function shorten(text2) {
    if (text2.length <= LONGEST2) return text2;
    const last = charCodeAt(text2, LONGEST2 - 2);
    return stringSlice(text2, 0, last >= 55296 && last <= 56319 ? LONGEST2 - 2 : LONGEST2 - 1) + "\u2026";
  }
  function wordsOf(text2) {
    const found = list();
    const clean = tidy(text2);
    let from = 0;
    for (let i = 0; i <= clean.length; i++) {
      if (i < clean.length && charCodeAt(clean, i) !== 32) continue;
      if (i > from) append(found, stringSlice(clean, from, i));
      from = i + 1;
    }
    return found;
  }
  function wordSet(text2) {
    let words;
    return (word) => {
      if (!words) {
        words = record();
        const found = wordsOf(text2);
        for (let i = 0; i < found.length; i++) words[found[i]] = true;
      }
      return words[word] === true;
    };
  }

  // src/target/mask.ts
  var PRIVATE = "[data-reenact-mask],[data-reenact-block],[data-reenact-ignore],.rr-mask,.rr-block,.sentry-mask,.sentry-block,[data-sentry-mask],[data-sentry-block],.ph-mask,.ph-no-capture,.ph-sensitive,[data-dd-privacy=mask],[data-dd-privacy=hidden],.dd-privacy-mask,.dd-privacy-hidden,[data-hj-suppress],[data-private],[data-clarity-mask=true i],.fs-mask,.fs-exclude,[data-openreplay-obscured],[data-openreplay-masked],[data-openreplay-hidden]";
  var PRIVATE_FIELD = ".rr-ignore,[data-rr-is-password],.sentry-ignore,[data-sentry-ignore],.ph-ignore-input,[data-dd-privacy=mask-user-input],.dd-privacy-mask-user-input";
  var isSecretCompletion = wordSet("current-password new-password one-time-code");
  var everSecret = new NativeWeakSet();
  var passwordKeys = record();
  function isPrivate(element) {
    return composedClosest(element, PRIVATE) !== null;
  }
  function isPrivateHere(element) {
    return matches2(element, PRIVATE);
  }
  function holdsPrivateText(element) {
    return queryAll(element, PRIVATE + ",textarea,[contenteditable]", 1).length > 0;
  }
  function isSecret(element) {
    if (weakSetHas(everSecret, element)) return true;
    if (!holdsSecret(element)) return false;
    weakSetAdd(everSecret, element);
    return true;
  }
  function rememberSecrets(root) {
    const fields = queryAll(root, "input[type=password i]");
    for (let i = 0; i < fields.length; i++) isSecret(fields[i]);
  }
  function holdsSecret(element) {
    if (localName(element) === "input") {
      const type = inputType(element);
      if (type === "password") {
        rememberKey(getAttribute(element, "name"));
        rememberKey(getAttribute(element, "id"));
        return true;
      }
      if (type === "hidden") return true;
      if (type !== "checkbox" && type !== "radio" && hasPasswordKey(element)) return true;
    }
    if (secretCompletion(getAttribute(element, "autocomplete"))) return true;
    if (composedClosest(element, PRIVATE + "," + PRIVATE_FIELD)) return true;
    const security = styleOf(element, "-webkit-text-security");
    return security !== "" && security !== "none";
  }
  function rememberKey(key3) {
    if (key3) passwordKeys[key3] = true;
  }
  function hasPasswordKey(element) {
    const name = getAttribute(element, "name");
    const id = getAttribute(element, "id");
    return !!name && passwordKeys[name] === true || !!id && passwordKeys[id] === true;
  }
  function secretCompletion(autocomplete) {
    if (!autocomplete) return false;
    const words = wordsOf(toLowerCase(autocomplete));
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      if (isSecretCompletion(word) || stringSlice(word, 0, 3) === "cc-") return true;
    }
    return false;
  }
  var namesGiven = new NativeWeakMap();
  var holders = record();
  function secretName(element) {
    const given = weakMapGet(namesGiven, element);
    if (given !== void 0) return given;
    const base = baseName(element);
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : base + "_" + n;
      const holder = holders[name];
      if (holder && isConnected(holder)) continue;
      holders[name] = element;
      weakMapSet(namesGiven, element, name);
      return name;
    }
  }
  function baseName(element) {
    const labels = isPrivate(element) ? null : labelsOf(element)[0];
    return upperSnake(getAttribute(element, "name")) || upperSnake(getAttribute(element, "id")) || upperSnake(labels ? textContent(labels) : null) || (inputType(element) === "password" ? "PASSWORD" : "SECRET");
  }
  function upperSnake(text2) {
    const clean = tidy(text2 ?? "");
    let out = "";
    let gap = false;
    let wasLower = false;
    for (let i = 0; i < clean.length && out.length < 40; i++) {
      const code = charCodeAt(clean, i);
      const upper = code >= 65 && code <= 90;
      const lower = code >= 97 && code <= 122;
      const digit = code >= 48 && code <= 57;
      if (!upper && !lower && !digit) {
        gap = true;
        wasLower = false;
        continue;
      }
      if (out !== "" && (gap || upper && wasLower)) out += "_";
      if (out === "" && digit) out = "SECRET_";
      out += toUpperCase(stringSlice(clean, i, i + 1));
      gap = false;
      wasLower = lower || digit;
    }
    return out;
  }
  function rememberAround(element) {
    const root = getRootNode(element);
    if (root) rememberSecrets(root);
  }

  // src/input/files.ts
  var MAX_BYTES = 5e7;
  var CHUNK = 3 * 25e4;
  var fileName = getter("File", "name", "");
  var fileSize = getter("Blob", "size", 0);
  var fileType = getter("Blob", "type", "");
  var fileModified = getter("File", "lastModified", 0);
  var relativePath = getter("File", "webkitRelativePath", "");
  var arrayBuffer = method("Blob", "arrayBuffer", null);
  var NativeBytes2 = globalThis.Uint8Array;
  function tellOf(channel, ordinal, files) {
    const told = list();
    for (let i = 0; files && i < files.length; i++) {
      const file = files[i];
      const size2 = fileSize(file);
      append(told, { name: fileName(file), size: size2, type: fileType(file), modified: fileModified(file), folder: relativePath(file) });
      if (size2 > MAX_BYTES) channel.post(["gap", "upload", `${fileName(file)} is too large to be kept (${size2} bytes)`]);
      else send2(channel, ordinal, i, file);
    }
    return told;
  }
  function send2(channel, ordinal, index, file) {
    const reading = arrayBuffer(file);
    if (!reading) return;
    const failed = () => channel.post(["gap", "upload", `${fileName(file)} could not be read`]);
    void promiseThen(reading, (buffer) => {
      const bytes = new NativeBytes2(buffer);
      for (let at = 0; at === 0 || at < bytes.length; at += CHUNK) {
        channel.post(["file", ordinal, index, base64(bytes, at, at + CHUNK), at + CHUNK >= bytes.length]);
      }
      channel.flush();
    }, failed);
  }
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  function base64(bytes, from, to) {
    const end = to < bytes.length ? to : bytes.length;
    let text2 = "";
    for (let i = from; i < end; i += 3) {
      const left = end - i;
      const three = bytes[i] << 16 | (left > 1 ? bytes[i + 1] : 0) << 8 | (left > 2 ? bytes[i + 2] : 0);
      text2 += DIGITS[three >> 18] + DIGITS[three >> 12 & 63] + (left > 1 ? DIGITS[three >> 6 & 63] : "=") + (left > 2 ? DIGITS[three & 63] : "=");
    }
    return text2;
  }

  // src/input/place.ts
  function deepActiveElement() {
    let element = activeElement(globalThis.document);
    for (let root = element && shadowRoot(element); root; root = element && shadowRoot(element)) {
      const inner = shadowActiveElement(root);
      if (!inner) break;
      element = inner;
    }
    return element;
  }
  var inputStart = getter("HTMLInputElement", "selectionStart", null);
  var inputEnd = getter("HTMLInputElement", "selectionEnd", null);
  var areaStart = getter("HTMLTextAreaElement", "selectionStart", null);
  var areaEnd = getter("HTMLTextAreaElement", "selectionEnd", null);
  function fieldSelection(element) {
    return [inputStart(element) ?? areaStart(element), inputEnd(element) ?? areaEnd(element)];
  }
  var targetRanges = method("InputEvent", "getTargetRanges", list());
  var startContainer = getter("StaticRange", "startContainer", null);
  var startOffset = getter("StaticRange", "startOffset", 0);
  var endContainer = getter("StaticRange", "endContainer", null);
  var endOffset = getter("StaticRange", "endOffset", 0);
  function targetRange(element, event) {
    const range = targetRanges(event)[0];
    const start4 = range && startContainer(range);
    const end = range && endContainer(range);
    if (!start4 || !end) return void 0;
    return [nodePath(element, start4), startOffset(range), nodePath(element, end), endOffset(range)];
  }
  function frameOffset() {
    let x = 0;
    let y = 0;
    let view = globalThis.window;
    for (let depth = 0; view && depth < 20; depth++) {
      const frame = frameElement(view);
      const box = frame && getBoundingClientRect(frame);
      if (!frame || !box) break;
      x += rectLeft(box) + clientLeft(frame);
      y += rectTop(box) + clientTop(frame);
      view = windowParent(view);
    }
    return { x, y };
  }

  // src/target/role.ts
  var isKnown = wordSet(`
  alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
  complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid
  gridcell group heading img insertion link list listbox listitem log main mark marquee math menu menubar menuitem
  menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio
  radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong
  subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree
  treegrid treeitem`);
  var made;
  function tables() {
    if (made) return made;
    const selectors = record();
    const implied = record();
    const implies = (role, tags, selector = tags) => {
      const names2 = wordsOf(tags);
      for (let i = 0; i < names2.length; i++) implied[names2[i]] = role;
      selectors[role] = selector;
    };
    implies("article", "article");
    implies("blockquote", "blockquote");
    implies("button", "button", "button,input");
    implies("caption", "caption");
    implies("code", "code");
    implies("complementary", "aside");
    implies("definition", "dd");
    implies("deletion", "del");
    implies("dialog", "dialog");
    implies("document", "html");
    implies("emphasis", "em");
    implies("figure", "figure");
    implies("group", "details fieldset optgroup", "details,fieldset,optgroup");
    implies("heading", "h1 h2 h3 h4 h5 h6", "h1,h2,h3,h4,h5,h6");
    implies("insertion", "ins");
    implies("list", "ul ol menu", "ul,ol,menu");
    implies("listitem", "li");
    implies("main", "main");
    implies("mark", "mark");
    implies("math", "math");
    implies("meter", "meter");
    implies("navigation", "nav");
    implies("option", "option");
    implies("paragraph", "p");
    implies("progressbar", "progress");
    implies("row", "tr");
    implies("rowgroup", "tbody thead tfoot", "tbody,thead,tfoot");
    implies("search", "search");
    implies("separator", "hr");
    implies("status", "output");
    implies("strong", "strong");
    implies("subscript", "sub");
    implies("superscript", "sup");
    implies("table", "table");
    implies("term", "dt dfn", "dt,dfn");
    implies("textbox", "textarea", "textarea,input");
    implies("time", "time");
    selectors["link"] = "a[href],area[href]";
    selectors["img"] = "img,svg";
    selectors["cell"] = selectors["gridcell"] = "td";
    selectors["columnheader"] = selectors["rowheader"] = "th";
    selectors["banner"] = "header";
    selectors["contentinfo"] = "footer";
    selectors["form"] = "form";
    selectors["region"] = "section";
    selectors["listbox"] = "select";
    selectors["combobox"] = "select,input";
    selectors["checkbox"] = selectors["radio"] = selectors["spinbutton"] = selectors["slider"] = "input";
    selectors["searchbox"] = "input";
    return made = { selectors, implied };
  }
  var INPUTS = record();
  INPUTS["button"] = INPUTS["submit"] = INPUTS["reset"] = INPUTS["image"] = INPUTS["file"] = "button";
  INPUTS["checkbox"] = "checkbox";
  INPUTS["radio"] = "radio";
  INPUTS["number"] = "spinbutton";
  INPUTS["range"] = "slider";
  var SECTIONING = "article,aside,main,nav,section,[role=article],[role=complementary],[role=main],[role=navigation],[role=region]";
  function roleSelector(role) {
    const implied = tables().selectors[role];
    return (implied === void 0 ? "" : implied + ",") + "[role]";
  }
  function roleOf(element) {
    const explicit = getAttribute(element, "role");
    if (explicit) {
      const words = wordsOf(toLowerCase(explicit));
      for (let i = 0; i < words.length; i++) {
        const word = words[i];
        if (word === "none" || word === "presentation") return null;
        if (isKnown(word)) return word === "generic" ? null : word;
      }
    }
    return impliedRole(element);
  }
  function impliedRole(element) {
    const tag = localName(element);
    switch (tag) {
      case "a":
      case "area":
        return hasAttribute(element, "href") ? "link" : null;
      case "input":
        return inputRole(element);
      case "select":
        return selectMultiple(element) || selectSize(element) > 1 ? "listbox" : "combobox";
      case "img":
        return getAttribute(element, "alt") === "" && !named(element) ? null : "img";
      case "svg":
        return "img";
      case "td": {
        const table = composedClosest(element, "table,[role=grid],[role=treegrid]");
        const role = table ? getAttribute(table, "role") : null;
        return role === "grid" || role === "treegrid" ? "gridcell" : "cell";
      }
      case "th": {
        const scope5 = getAttribute(element, "scope");
        return scope5 === "row" || scope5 === "rowgroup" ? "rowheader" : "columnheader";
      }
      case "header":
        return composedClosest(element, SECTIONING) ? null : "banner";
      case "footer":
        return composedClosest(element, SECTIONING) ? null : "contentinfo";
      case "form":
      case "section":
        return named(element) ? tag === "form" ? "form" : "region" : null;
      default:
        return tables().implied[tag] ?? null;
    }
  }
  function named(element) {
    return !!(getAttribute(element, "aria-label") || getAttribute(element, "aria-labelledby") || getAttribute(element, "title"));
  }
  function inputRole(element) {
    const type = inputType(element);
    if (type === "hidden") return null;
    const role = INPUTS[type];
    if (role !== void 0) return role;
    const suggests = type === "search" || type === "email" || type === "tel" || type === "text" || type === "url";
    if (suggests && hasAttribute(element, "list")) return "combobox";
    return type === "search" ? "searchbox" : "textbox";
  }

  // src/target/accname.ts
  var takesContent = wordSet(`
  button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row
  rowheader switch tab tooltip treeitem`);
  var isUnnamed = wordSet(`
  caption code definition deletion emphasis insertion mark paragraph strong subscript superscript term time`);
  var isTyped = wordSet("text password search tel email url");
  var DEEPEST = 40;
  function accessibleName(element) {
    const role = roleOf(element);
    if (role !== null && isUnnamed(role)) return "";
    return isPrivate(element) ? "" : tidy(nameOf3(element, role, "self", 0));
  }
  function labelText(element) {
    if (isPrivate(element)) return tidy(fromLabels(element));
    return tidy(fromReferences(element)) || tidy(getAttribute(element, "aria-label") ?? "") || tidy(fromLabels(element));
  }
  function contentText(element) {
    return isPrivate(element) ? "" : tidy(fromContent(element, 0, labelControl(element)));
  }
  function nameOf3(element, role, way2, depth) {
    if (depth > DEEPEST || isPrivateHere(element)) return "";
    if (way2 === "content" && hiddenHere(element)) return "";
    if (way2 !== "reference") {
      const referenced = fromReferences(element);
      if (tidy(referenced) !== "") return referenced;
    }
    if (way2 !== "self") {
      const value = embeddedValue(element, role);
      if (value !== null) return value;
    }
    const label = getAttribute(element, "aria-label");
    if (label !== null && tidy(label) !== "") return label;
    const native2 = fromMarkup(element);
    if (native2 !== null) return native2;
    if (way2 !== "self" || role !== null && takesContent(role) || localName(element) === "summary") {
      const content = fromContent(element, depth);
      if (tidy(content) !== "") return content;
    }
    return getAttribute(element, "title") ?? "";
  }
  function fromReferences(element) {
    const ids = getAttribute(element, "aria-labelledby");
    const root = ids ? getRootNode(element) : null;
    if (!ids || !root) return "";
    const words = wordsOf(ids);
    let name = "";
    for (let i = 0; i < words.length; i++) {
      const target = getElementById(root, words[i]);
      if (target && !isPrivate(target)) name += " " + nameOf3(target, roleOf(target), "reference", 1);
    }
    return name;
  }
  function fromLabels(element) {
    const labels = labelsOf(element);
    let name = "";
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i];
      if (!isPrivate(label)) name += " " + contentWithout(label, element);
    }
    return name;
  }
  function embeddedValue(element, role) {
    if (role === "textbox" || role === "searchbox" || role === "spinbutton" || role === "slider") {
      return isSecret(element) ? "" : controlValue(element);
    }
    if (role !== "combobox" && role !== "listbox") return null;
    if (isSecret(element)) return "";
    if (localName(element) !== "select") return controlValue(element);
    const options = queryAll(element, "option");
    let chosen = "";
    for (let i = 0; i < options.length; i++) {
      const option = options[i];
      if (optionSelected(option)) chosen += " " + (textContent(option) ?? "");
    }
    return chosen;
  }
  function fromMarkup(element) {
    const tag = localName(element);
    if (tag === "input") return fromInput(element);
    if (tag === "select" || tag === "textarea" || tag === "button" || tag === "output" || tag === "meter" || tag === "progress") {
      const labels = fromLabels(element);
      if (tidy(labels) !== "") return labels;
      if (tag === "button" || tag === "output") return null;
      return getAttribute(element, "title") || (tag === "textarea" ? getAttribute(element, "placeholder") : null) || "";
    }
    if (tag === "img" || tag === "area") return getAttribute(element, "alt") || getAttribute(element, "title") || "";
    const captions = { fieldset: "legend", figure: "figcaption", table: "caption", svg: "title" };
    if (tag === "fieldset" || tag === "figure" || tag === "table" || tag === "svg") {
      for (let child = firstChild(element); child; child = nextSibling(child)) {
        if (nodeType(child) === 1 && localName(child) === captions[tag]) return fromContent(child, 1);
      }
    }
    return null;
  }
  function fromInput(element) {
    const type = inputType(element);
    const title = getAttribute(element, "title");
    const labels = fromLabels(element);
    if (type === "button" || type === "submit" || type === "reset") {
      const value = isSecret(element) ? "" : controlValue(element) ?? "";
      return value || title || (tidy(labels) !== "" ? labels : type === "submit" ? "Submit" : type === "reset" ? "Reset" : "");
    }
    if (tidy(labels) !== "") return labels;
    if (type === "image") return getAttribute(element, "alt") || title || "Submit";
    return title || (isTyped(type) || type === "number" ? getAttribute(element, "placeholder") : null) || "";
  }
  function contentWithout(label, control) {
    return fromContent(label, 1, control);
  }
  function fromContent(element, depth, except = null) {
    let text2 = "";
    const children = contentOf2(element);
    for (let i = 0; i < children.length; i++) {
      const child = children[i];
      const type = nodeType(child);
      if (type === 3) text2 += nodeValue(child) ?? "";
      if (type !== 1 || child === except) continue;
      const inner = child;
      const part = except ? partWithout(inner, depth, except) : nameOf3(inner, roleOf(inner), "content", depth + 1);
      const display = styleOf(inner, "display");
      const inline = display === "inline" || display === "contents" || display === "";
      text2 += inline && localName(inner) !== "br" ? part : " " + part + " ";
    }
    return text2;
  }
  function partWithout(element, depth, except) {
    if (!contains(element, except)) return nameOf3(element, roleOf(element), "content", depth + 1);
    return depth > DEEPEST || isPrivateHere(element) ? "" : fromContent(element, depth + 1, except);
  }
  function contentOf2(element) {
    if (localName(element) === "slot") {
      const assigned = assignedNodesOf(element);
      if (assigned.length > 0) return assigned;
    }
    const children = list();
    for (let child = firstChild(shadowRoot(element) ?? element); child; child = nextSibling(child)) append(children, child);
    return children;
  }

  // src/target/locators.ts
  var MOST3 = 5;
  var CANDIDATES = 1e3;
  var LABELLED = "input,select,textarea,button,meter,output,progress,[aria-label],[aria-labelledby]";
  function locatorsOf(element) {
    const found = list();
    const root = getRootNode(element);
    if (!root || nodeType(root) !== 9 && nodeType(root) !== 11) return found;
    const discreet = isPrivate(element);
    addTestId(found, element, root);
    if (!discreet) {
      addRole(found, element, root);
      addLabel(found, element, root);
      addPlaceholder(found, element, root);
      if (found.length < MOST3 - 1) addText(found, element);
    }
    const css = cssPath(element, discreet);
    if (css !== "") append(found, { kind: "css", value: css });
    return found;
  }
  var NAMING = list();
  append(NAMING, "aria-label");
  append(NAMING, "title");
  append(NAMING, "alt");
  append(NAMING, "placeholder");
  append(NAMING, "value");
  var TEST_IDS = list();
  append(TEST_IDS, "data-testid");
  append(TEST_IDS, "data-test-id");
  append(TEST_IDS, "data-test");
  append(TEST_IDS, "data-cy");
  function addTestId(found, element, root) {
    for (let i = 0; i < TEST_IDS.length; i++) {
      const attribute = TEST_IDS[i];
      const value = getAttribute(element, attribute);
      if (!value || value.length > LONGEST2 || !finds(root, attributeSelector(attribute, value))) continue;
      append(found, { kind: "testid", value, attribute });
      return;
    }
  }
  function addRole(found, element, root) {
    const role = roleOf(element);
    const name = role === null ? "" : accessibleName(element);
    if (role === null || name === "" || name.length > LONGEST2) return;
    const unique = onlyOne(root, roleSelector(role), element, name, (other) => {
      if (roleOf(other) !== role) return false;
      return mayBeNamed(other, name) && accessibleName(other) === name && !hidden(other);
    });
    if (unique) append(found, { kind: "role", role, value: name });
  }
  function mayBeNamed(element, name) {
    const tag = localName(element);
    if (tag !== "button" && tag !== "a" && tag !== "td" && tag !== "th" && tag !== "option") return true;
    if (firstElementChild(element) !== null) return true;
    const text2 = tidy(textContent(element) ?? "");
    return text2 === "" || text2 === name || getAttribute(element, "aria-label") !== null || getAttribute(element, "aria-labelledby") !== null || tag === "button";
  }
  function addLabel(found, element, root) {
    const label = labelText(element);
    if (label === "" || label.length > LONGEST2) return;
    const tag = localName(element);
    if (tag === "a" || tag === "button") return;
    if (onlyOne(root, LABELLED, element, label, (other) => labelText(other) === label)) {
      append(found, { kind: "label", value: label });
    }
  }
  function addPlaceholder(found, element, root) {
    const value = getAttribute(element, "placeholder");
    if (!value || value.length > LONGEST2 || tidy(value) === "") return;
    if (finds(root, attributeSelector("placeholder", value))) append(found, { kind: "placeholder", value: tidy(value) });
  }
  function addText(found, element) {
    const tag = localName(element);
    if (controlValue(element) !== null || isContentEditable(element) || tag === "body" || tag === "html") return;
    const raw = textContent(element) ?? "";
    if (raw.length > 4 * LONGEST2 || holdsPrivateText(element)) return;
    const text2 = tidy(raw);
    if (text2 === "" || text2.length > LONGEST2) return;
    const root = getRootNode(element);
    const all = root ? textAround(element, root) : "";
    const needle = trimmed(raw);
    if (occurrences(all, needle) !== 1) return;
    if (needle !== text2 && occurrences(all, text2) > 0) return;
    append(found, { kind: "text", value: text2 });
  }
  function trimmed(text2) {
    let from = 0;
    let to = text2.length;
    while (from < to && charCodeAt(text2, from) <= 32) from++;
    while (to > from && charCodeAt(text2, to - 1) <= 32) to--;
    return stringSlice(text2, from, to);
  }
  function cssPath(element, discreet = false) {
    const root = getRootNode(element);
    if (!root) return "";
    const inner = cssWithin(element, root, discreet);
    if (nodeType(root) !== 11 || inner === "") return inner;
    const host = shadowHost(root);
    const outer = host ? cssPath(host, discreet) : "";
    return outer === "" ? "" : outer + " >> " + inner;
  }
  function cssWithin(element, root, discreet) {
    const direct = idSelector(element, root) || (discreet ? "" : attributeCss(element, root));
    if (direct !== "") return direct;
    let path = "";
    for (let at = element; at; at = parentElement(at)) {
      const id = at === element ? "" : idSelector(at, root);
      const segment = id || nthOfType(at);
      path = path === "" ? segment : segment + " > " + path;
      if (finds(root, path)) return path;
      if (id) break;
    }
    return "";
  }
  function parentElement(element) {
    const parent = parentNode(element);
    return parent && nodeType(parent) === 1 ? parent : null;
  }
  function idSelector(element, root) {
    const id = getAttribute(element, "id");
    if (!id || !lasting(id)) return "";
    const selector = isName(id) ? "#" + id : attributeSelector("id", id);
    return finds(root, selector) ? selector : "";
  }
  function attributeCss(element, root) {
    const tag = localName(element);
    const name = getAttribute(element, "name");
    if (name && lasting(name) && isName(tag)) {
      const named2 = tag + attributeSelector("name", name);
      if (finds(root, named2)) return named2;
      const type = tag === "input" ? inputType(element) : "";
      const choice = type === "radio" || type === "checkbox" ? getAttribute(element, "value") : null;
      if (choice && choice.length <= LONGEST2 && !isSecret(element)) {
        const chosen = named2 + attributeSelector("value", choice);
        if (finds(root, chosen)) return chosen;
      }
    }
    const href = tag === "a" ? getAttribute(element, "href") : null;
    if (href && href.length <= 80 && stringIndexOf(href, "?") < 0 && lasting(href)) {
      const linked = "a" + attributeSelector("href", href);
      if (finds(root, linked)) return linked;
    }
    return "";
  }
  function nthOfType(element) {
    const tag = localName(element);
    const name = isName(tag) ? tag : "*";
    let position2 = 1;
    for (let at = previousElementSibling(element); at; at = previousElementSibling(at)) {
      if (name === "*" || localName(at) === tag) position2++;
    }
    let alone = position2 === 1;
    for (let at = alone ? nextElementSibling(element) : null; at && alone; at = nextElementSibling(at)) {
      if (name === "*" || localName(at) === tag) alone = false;
    }
    if (alone) return name;
    return name + (name === "*" ? ":nth-child(" : ":nth-of-type(") + position2 + ")";
  }
  function lasting(id) {
    if (id.length > LONGEST2) return false;
    let digits = 0;
    for (let i = 0; i < id.length; i++) {
      const code = charCodeAt(id, i);
      if (code === 58 || code === 171 || code === 187) return false;
      if (code >= 48 && code <= 57) digits++;
    }
    return digits < 4;
  }
  function isName(text2) {
    for (let i = 0; i < text2.length; i++) {
      const code = charCodeAt(text2, i);
      const letter = code >= 65 && code <= 90 || code >= 97 && code <= 122 || code === 95;
      const later = code >= 48 && code <= 57 || code === 45;
      if (!letter && !(later && i > 0)) return false;
    }
    return text2 !== "";
  }
  function attributeSelector(name, value) {
    let text2 = "";
    for (let i = 0; i < value.length; i++) {
      const code = charCodeAt(value, i);
      const char = stringSlice(value, i, i + 1);
      if (code === 34 || code === 92) text2 += "\\" + char;
      else if (code === 10) text2 += "\\a ";
      else if (code === 13) text2 += "\\d ";
      else if (code === 12) text2 += "\\c ";
      else text2 += char;
    }
    return "[" + name + '="' + text2 + '"]';
  }
  function finds(root, selector) {
    return queryCount(root, selector) === 1;
  }
  function onlyOne(root, selector, element, name, same) {
    if (queryCount(root, selector) > CANDIDATES) return mentionedOnce(root, element, name);
    const candidates = queryAll(root, selector);
    let seen = false;
    for (let i = 0; i < candidates.length; i++) {
      const other = candidates[i];
      if (other === element) seen = true;
      else if (same(other)) return false;
    }
    return seen;
  }
  function mentionedOnce(root, element, name) {
    let selector = "";
    let own = 0;
    for (let i = 0; i < NAMING.length; i++) {
      const part = attributeSelector(NAMING[i], name);
      if (matches2(element, part)) own = 1;
      selector += (i === 0 ? "" : ",") + part;
    }
    return queryCount(root, selector) === own && occurrences(textAround(element, root), name) <= 1 - own;
  }
  function textAround(element, root) {
    const document2 = ownerDocument(element);
    const from = nodeType(root) === 11 ? root : document2 ? documentBody(document2) : null;
    return from ? textContent(from) ?? "" : "";
  }
  function occurrences(text2, part) {
    const first = stringIndexOf(text2, part);
    if (first < 0) return 0;
    return stringIndexOf(text2, part, first + 1) < 0 ? 1 : 2;
  }

  // src/target/describe.ts
  var isInteractiveTag = wordSet("button input select textarea summary option label");
  var isInteractiveRole = wordSet(`
  button checkbox combobox gridcell link listbox menuitem menuitemcheckbox menuitemradio option radio searchbox
  slider spinbutton switch tab textbox treeitem`);
  function interactiveTarget(element) {
    for (let at = element; at; at = composedParent(at)) {
      const tag = localName(at);
      if (isInteractiveTag(tag)) return at;
      const role = getAttribute(at, "role") === null ? null : roleOf(at);
      if (role !== null && isInteractiveRole(role)) return at;
      if (tag === "a" && getAttribute(at, "href") !== null) return at;
      if (tag === "body" || tag === "html") break;
    }
    return isContentEditable(element) ? editingHost(element) : element;
  }
  function editingHost(element) {
    return closest(element, "[contenteditable]:not([contenteditable=false i])") ?? element;
  }
  function describe(element) {
    const target = interactiveTarget(element);
    rememberAround(target);
    const rect = getBoundingClientRect(target);
    const frame = frameOf2(target);
    const description = {
      tag: localName(target),
      role: roleOf(target),
      name: shorten(nameFor(target)),
      locators: locatorsOf(target),
      box: {
        x: pixels(rectLeft(rect) + frame.left),
        y: pixels(rectTop(rect) + frame.top),
        width: pixels(rectWidth(rect)),
        height: pixels(rectHeight(rect))
      },
      frame: frame.path
    };
    if (isEditable(target)) description.editable = true;
    return description;
  }
  var isTypedInto = wordSet("text search email tel url password number date time datetime-local month week");
  function isEditable(element) {
    const tag = localName(element);
    if (tag !== "input" && tag !== "textarea") return isContentEditable(element);
    if (hasAttribute(element, "readonly") || hasAttribute(element, "disabled")) return false;
    return tag === "textarea" || isTypedInto(inputType(element));
  }
  function pixels(value) {
    return round(value * 100) / 100;
  }
  function nameFor(element) {
    const name = accessibleName(element) || labelText(element);
    if (name !== "" || isPrivate(element)) return name;
    const tag = localName(element);
    if (controlValue(element) !== null || isContentEditable(element) || tag === "body" || tag === "html") return "";
    if ((textContent(element) ?? "").length > 4 * LONGEST2) return "";
    const text2 = contentText(element);
    return text2.length <= LONGEST2 ? text2 : "";
  }
  function frameOf2(element) {
    const inward = list();
    const document2 = ownerDocument(element);
    let view = document2 ? defaultView(document2) : null;
    let left = 0;
    let top = 0;
    while (view) {
      const parent = windowParent(view);
      if (!parent || parent === view) break;
      const frame = frameElement(view);
      append(inward, frame ? cssPath(frame) : "");
      if (frame) {
        const rect = getBoundingClientRect(frame);
        left += rectLeft(rect) + clientLeft(frame);
        top += rectTop(rect) + clientTop(frame);
      }
      view = parent;
    }
    const path = list();
    for (let i = inward.length - 1; i >= 0; i--) append(path, inward[i]);
    return { path, left, top };
  }

  // src/input/raw.ts
  var SAME_MS = 0.25;
  var SEVERAL_EVENTS = { compose: true, commit: true, drag: true };
  var RawInputs = class {
    /** The field that the last action typed into: its next character goes on with that action. */
    typingIn = null;
    /** What the mouse is held down on. */
    pressedOn = null;
    /** Whether something has scrolled by itself since the last press. */
    hasScrolled = false;
    /** The field that the browser is filling in by itself. */
    filling = null;
    /** The latest one. */
    raw;
    channel;
    sink;
    time = -1;
    tentative;
    fresh = false;
    /** How many batches had left when the latest input was told. */
    batch = -1;
    realm;
    grow;
    crossing;
    constructor(channel, sink, realm2, crossing) {
      this.channel = channel;
      this.sink = sink;
      this.realm = realm2;
      this.crossing = crossing;
      this.grow = taskQueue(() => this.fresh = false);
    }
    /** Begins one; `hover` stays tentative until a move comes of it. */
    begin(event, type) {
      this.tentative?.revoke();
      this.tentative = void 0;
      const begun = this.takeOver(event) ?? (type === "hover" ? this.sink.beginTentative() : this.sink.begin());
      const raw = { type, n: begun.n, realm: this.realm };
      if (type === "down" || type === "scroll") this.hasScrolled = type === "scroll";
      this.raw = raw;
      this.time = event ? eventTimeStamp(event) : -1;
      this.crossing.of = type === "hover" ? this : void 0;
      if (type === "hover") this.tentative = begun;
      else this.tell(raw);
      this.fresh = SEVERAL_EVENTS[type] === true;
      if (this.fresh) this.grow();
      return raw;
    }
    /** One move leaves what is in one realm for what is in another. */
    takeOver(event) {
      const { of } = this.crossing;
      const begun = of !== this && event ? of?.tentative : void 0;
      const apart = begun && event && of ? realOrigin + eventTimeStamp(event) - of.began : Infinity;
      if (!of || apart > SAME_MS || apart < -SAME_MS) return void 0;
      of.tentative = of.raw = void 0;
      return begun;
    }
    /** When the latest one was, in ms since the epoch. */
    get began() {
      return realOrigin + this.time;
    }
    /** Tells of an input; what is added to it before the batch leaves goes with it. */
    tell(raw) {
      this.batch = this.channel.sequence;
      this.channel.post(["in", raw.n, raw]);
    }
    /** True when the event carries the time stamp of the latest input: events of one input share it. */
    isOfLatest(event) {
      return this.raw !== void 0 && this.time === eventTimeStamp(event);
    }
    /** The latest input, when the page still reacts to it in the same task and it is of this type. */
    reacting(type) {
      return this.fresh && this.raw?.type === type ? this.raw : void 0;
    }
    /** The room before the input that an event belongs to, as long as only its boundary events have come. */
    roomFor(event) {
      return this.isOfLatest(event) ? this.tentative?.room : void 0;
    }
    /** The pointer input that an event belongs to: the one that began with an earlier event, or a new one. */
    pointer(event, type) {
      const { raw } = this;
      if (!raw || !this.isOfLatest(event) || raw.type !== type && raw.type !== "hover") return this.begin(event, type);
      if (raw.type === "hover") {
        raw.type = type;
        this.tentative = void 0;
      }
      if (raw.x === void 0 || this.batch !== this.channel.sequence) this.tell(raw);
      return raw;
    }
    /** The dispatch that raised the boundary events is over, and no move came of it. */
    forgetTentative() {
      if (!this.tentative) return;
      this.tentative.revoke();
      this.raw = this.tentative = void 0;
    }
  };
  function listen(types, listener) {
    for (let i = 0; i < types.length; i++) addEventListener(globalThis.window, types[i], listener, true);
  }
  function place2(into, event) {
    if (into.x === void 0) {
      const offset = frameOffset();
      into.x = clientX(event) + offset.x;
      into.y = clientY(event) + offset.y;
    }
    into.buttons = mouseButtons(event);
    into.modifiers = modifierBits(event);
    if (into.pen === void 0 && pointerType(event) === "pen") into.pen = penOf(event);
  }
  function penOf(event) {
    return { force: pointerPressure(event), tiltX: pointerTiltX(event), tiltY: pointerTiltY(event), twist: pointerTwist(event) };
  }
  function aim(into, event) {
    const element = innermostTarget(event);
    if (element && into.target === void 0) into.target = describeSafely(element);
  }
  function describeSafely(element) {
    try {
      return describe(element);
    } catch {
      return null;
    }
  }

  // src/input/dragging.ts
  var transferOf = getter("DragEvent", "dataTransfer", null);
  var dropEffect = getter("DataTransfer", "dropEffect", "none");
  var filesOf = getter("DataTransfer", "files", null);
  var typesOf = getter("DataTransfer", "types", null);
  function followDrags(inputs, dragging) {
    const { sink, channel } = inputs;
    let over = false;
    let entered = false;
    const begin2 = (event, phase) => {
      const raw = inputs.begin(event, "drag");
      raw.phase = phase;
      place2(raw, event);
      if (!dragging.own) raw.outside = true;
      return raw;
    };
    listen(["dragstart"], (event) => {
      if (!event.isTrusted) return;
      dragging.own = true;
      dragging.dropped = false;
    });
    listen(["drag", "dragenter", "dragleave", "dragover"], (event) => {
      if (!event.isTrusted || !over && eventType(event) === "drag") return;
      const known = inputs.reacting("drag");
      if (known && known.x === clientX(event) + frameOffset().x && known.y === clientY(event) + frameOffset().y) {
        if (eventType(event) === "dragleave" && !entered) known.phase = "leave";
        entered ||= eventType(event) === "dragenter";
        return;
      }
      entered = eventType(event) === "dragenter";
      sink.action(true);
      begin2(event, eventType(event) === "dragleave" ? "leave" : over ? "over" : "enter");
      over = eventType(event) !== "dragleave";
    });
    listen(["drop"], (event) => {
      if (!event.isTrusted) return;
      sink.action(false);
      dragging.dropped = true;
      const raw = begin2(event, "drop");
      const transfer = transferOf(event);
      const files = transfer && filesOf(transfer);
      if (!dragging.own && files && files.length > 0) raw.files = tellOf(channel, raw.n, files);
      else if (!dragging.own && transfer && (typesOf(transfer)?.length ?? 0) > 0) {
        channel.post(["gap", "drop", "something other than files was dropped from outside; a replay drops nothing"]);
      }
      aim(raw, event);
      over = false;
      sink.done(false);
      channel.flush();
    });
    listen(["dragend"], (event) => {
      if (!event.isTrusted) return;
      const transfer = transferOf(event);
      if (!dragging.dropped && inputs.raw?.phase !== "leave") begin2(event, "leave");
      if (!dragging.dropped && inputs.raw && (!transfer || dropEffect(transfer) === "none") && inputs.raw.phase === "leave") inputs.raw.phase = "cancel";
      dragging.own = over = false;
      sink.done(false);
      channel.flush();
    });
  }

  // src/target/fingerprint.ts
  var MODULUS = 2147483647;
  function step(h, base, add) {
    const high = floor(base / 32768);
    const low = base % 32768;
    return ((h * high % MODULUS * 32768 + h * low) % MODULUS + add) % MODULUS;
  }
  function rolling(text2, base) {
    let h = 0;
    for (let i = 0; i < text2.length; i++) h = step(h, base, charCodeAt(text2, i));
    return h;
  }
  function fingerprint(text2, base1, base2) {
    const result = list();
    append(result, text2.length);
    append(result, rolling(text2, base1));
    append(result, rolling(text2, base2));
    return result;
  }

  // src/input/fields.ts
  var MAX_TEXT = 2e4;
  function followFields(inputs, focus2, isKeyDown) {
    const { sink, channel } = inputs;
    const dirty = list();
    const before = new NativeWeakMap();
    let pageDispatch = 0;
    let hasFilled = false;
    const byTool = (event) => !event.isTrusted && pageDispatch === 0;
    const isChoice = (event, element) => {
      if (localName(element) !== "select" || eventType(event) !== "input") return false;
      return byTool(event) || event.isTrusted && !isKeyDown() && !isListInPage(element);
    };
    listen(["input", "change"], (event) => {
      const element = innermostTarget(event);
      const isFilled = event.isTrusted && element === inputs.filling && eventType(event) === "input" && localName(element) !== "select";
      const isInput = localName(element) === "input" && eventType(event) === "input";
      const type = isInput ? inputType(element) : "";
      if (isChoice(event, element)) {
        sink.action(false);
        const select2 = inputs.begin(null, "select");
        select2.path = pathTo(element);
        if (isSecret(element)) select2.secret = secretName(element);
        else select2.options = selectedOptions(element);
        if (event.isTrusted && element !== inputs.filling) select2.trusted = true;
        select2.target = describeSafely(element);
        sink.done(false);
      } else if (type === "file" && pageDispatch === 0) {
        sink.action(false);
        const files = inputs.begin(null, "files");
        files.path = pathTo(element);
        files.target = describeSafely(element);
        files.files = tellOf(channel, files.n, inputFiles(element));
        sink.done(false);
        channel.flush();
      } else if (isFilled || isInput && (byTool(event) || event.isTrusted && isPicked(type) && !isKeyDown())) {
        sink.action(false);
        const value = inputs.begin(null, "setValue");
        value.path = pathTo(element);
        if (isSecret(element)) value.secret = secretName(element);
        else value.text = controlValue(element) ?? "";
        value.target = describeSafely(element);
        if (isFilled && !hasFilled) {
          hasFilled = true;
          channel.post(["gap", "autofill", "the browser filled in fields; a replay fills them in without its colour and its events"]);
        }
        sink.done(false);
      }
      append(dirty, element);
      channel.arm();
      if (eventType(event) === "change" || isSecret(element)) channel.flush();
    });
    listen(["focusin"], (event) => {
      const element = innermostTarget(event);
      const held2 = event.isTrusted && !isSecret(element) ? heldBy(element) : void 0;
      if (held2 !== void 0) weakMapSet(before, element, held2);
    });
    replaceMethod(globalThis.EventTarget.prototype, "dispatchEvent", (native2) => (self, args) => {
      pageDispatch++;
      try {
        return native2(self, args);
      } finally {
        pageDispatch--;
      }
    });
    append(channel.beforeFlush, () => {
      for (let i = 0; i < dirty.length; i++) postValue(channel, dirty[i], dirty[i] === focus2.element ? focus2.target : void 0, before);
      dirty.length = 0;
    });
  }
  function isPicked(type) {
    return type === "color" || type === "date" || type === "datetime-local" || type === "month" || type === "time" || type === "week";
  }
  var elementIds = 0;
  var idsOfElements = new NativeWeakMap();
  function postValue(channel, element, known, before) {
    const tag = localName(element);
    const isInput = tag === "input" || tag === "textarea";
    const type = tag === "input" ? inputType(element) : "";
    const message = { target: known ?? describeSafely(element) };
    if (type === "checkbox" || type === "radio") message.checked = inputChecked(element);
    else if (type === "file") return;
    else if (isSecret(element)) {
      let id = weakMapGet(idsOfElements, element);
      if (id === void 0) weakMapSet(idsOfElements, element, id = ++elementIds);
      const name = secretName(element);
      message.secret = name;
      const print = fingerprint(controlValue(element) ?? textContent(element) ?? "", config.bases[0], config.bases[1]);
      channel.post(["secret", id, name, print[0], print[1], print[2]]);
    } else if (tag === "select") message.options = selectedOptions(element);
    else if (isInput || isContentEditable(element)) message.value = heldBy(element);
    else return;
    if (message.secret === void 0) message.before = weakMapGet(before, element);
    channel.post(["value", message]);
  }
  function heldBy(element) {
    const tag = localName(element);
    if (tag === "input" || tag === "textarea") return stringSlice(controlValue(element) ?? "", 0, MAX_TEXT);
    if (tag === "select") {
      const chosen = selectedOptions(element);
      return chosen.length === 1 ? chosen[0].label : void 0;
    }
    return isContentEditable(element) ? stringSlice(textContent(element) ?? "", 0, MAX_TEXT) : void 0;
  }
  function selectedOptions(select2) {
    const chosen = list();
    const options = queryAll(select2, "option");
    for (let i = 0; i < options.length; i++) {
      const option = options[i];
      if (optionSelected(option)) append(chosen, { index: i, label: stringSlice(textContent(option) ?? "", 0, 120) });
    }
    return chosen;
  }

  // src/input/inserted.ts
  var NAME = "__pw_bidiInsertText";
  function followInsertions(inserted) {
    const follow = (insert2) => {
      const value = (text2) => {
        const element = deepActiveElement();
        if (element !== null && isEditable(element)) inserted(element, text2, selectedIn(element));
        return insert2(text2);
      };
      defineProperty(globalThis, NAME, { configurable: true, writable: true, value });
    };
    defineProperty(globalThis, NAME, { configurable: true, get: () => void 0, set: follow });
  }
  var getRange = method("Selection", "getRangeAt", null);
  function selectedIn(element) {
    const selection = getSelection(globalThis.document);
    const range = selection && getRange(selection, 0);
    if (!range) return void 0;
    const start4 = nodePath(element, range.startContainer);
    const end = nodePath(element, range.endContainer);
    return start4 && end ? [start4, range.startOffset, end, range.endOffset] : void 0;
  }

  // src/input/keyboard.ts
  var keyOf2 = getter("KeyboardEvent", "key", null);
  var TYPING_KEYS = {
    Backspace: "always",
    Delete: "always",
    ArrowLeft: "begun",
    ArrowRight: "begun",
    Home: "begun",
    End: "begun",
    Alt: "always",
    AltGraph: "always",
    CapsLock: "always",
    Control: "always",
    Dead: "always",
    Fn: "always",
    Meta: "always",
    NumLock: "always",
    Process: "always",
    Shift: "always"
  };
  var TYPING_SHORTCUTS = { v: true, x: true, y: true, z: true };
  function belongsToTyping(event, isTyping) {
    const key3 = keyboardKey(event);
    const part = TYPING_KEYS[key3];
    if (part !== void 0) return part === "always" || isTyping;
    return isTyping && (modifierBits(event) & 6) !== 0 && TYPING_SHORTCUTS[toLowerCase(key3)] === true;
  }
  function followKeyboard(inputs) {
    const { sink, channel } = inputs;
    const focus2 = { element: null, target: null };
    let keysDown = 0;
    listen(["keydown"], (event) => {
      if (!event.isTrusted) return;
      inputs.filling = keyOf2(event) === null ? innermostTarget(event) : null;
      if (inputs.filling !== null) return;
      const element = deepActiveElement();
      const character = keyboardKey(event).length === 1 && (modifierBits(event) & 6) === 0;
      const isTyping = element !== null && element === inputs.typingIn;
      sink.action(character && isTyping);
      const types = element !== null && isEditable(element) && (character || belongsToTyping(event, isTyping));
      inputs.typingIn = types ? element : null;
      const key3 = inputs.begin(event, "keydown");
      describeKey(key3, event, element, character);
      if (element !== focus2.element) {
        key3.focus = element && pathTo(element);
        focus2.target = element && describeSafely(element);
        focus2.element = element;
      }
      key3.target = focus2.target;
      keysDown++;
      sink.done(character);
      channel.flush();
    });
    listen(["keyup"], (event) => {
      if (!event.isTrusted) return;
      if (keyOf2(event) === null) {
        inputs.filling = null;
        return;
      }
      const element = deepActiveElement();
      describeKey(inputs.begin(event, "keyup"), event, element, keyboardKey(event).length === 1);
      keysDown = keysDown > 0 ? keysDown - 1 : 0;
      channel.flush();
    });
    listen(["beforeinput"], (event) => {
      const kind = inputEventType(event);
      if (!event.isTrusted) return;
      if (kind === "insertCompositionText") compose(inputs, event);
      else if (keysDown === 0 && isUnexplained(inputs, kind)) {
        const element = innermostTarget(event);
        insert(inputs, element, inputEventData(event) ?? "", targetRange(element, event));
      }
    });
    if (config.console) followInsertions((element, data, range) => insert(inputs, element, data, range));
    followComposition(inputs);
    followClipboard(inputs);
    return { focus: focus2, isDown: () => keysDown > 0 };
  }
  function describeKey(into, event, element, character) {
    into.modifiers = modifierBits(event);
    if (keyboardRepeat(event)) into.repeat = true;
    const secret = element !== null && character && isSecret(element);
    if (secret) {
      into.secret = secretName(element);
      return;
    }
    into.key = keyboardKey(event);
    into.code = keyboardCode(event);
    into.location = keyboardLocation(event);
  }
  function isUnexplained(inputs, kind) {
    if (stringSlice(kind, 0, 6) !== "insert" || kind === "insertFromDrop" || kind === "insertFromPaste") return false;
    return inputs.pressedOn === null && !inputs.reacting("compose") && !inputs.reacting("commit");
  }
  function text(inputs, into, element, data) {
    if (isSecret(element)) into.secret = secretName(element);
    else into.text = data;
    into.length = data.length;
    into.target ??= describeSafely(element);
    inputs.sink.done(true);
  }
  function locate(into, element, range) {
    into.path = pathTo(element);
    into.selection = fieldSelection(element);
    into.range = range;
  }
  function insert(inputs, element, data, range) {
    inputs.sink.action(element === inputs.typingIn);
    inputs.typingIn = isEditable(element) ? element : null;
    const raw = inputs.begin(null, "insertText");
    locate(raw, element, range);
    text(inputs, raw, element, data);
  }
  var compositionData = getter("CompositionEvent", "data", "");
  function compose(inputs, event) {
    const element = innermostTarget(event);
    const begun = inputs.reacting("compose");
    if (!begun) inputs.sink.action(true);
    const raw = begun && begun.length === void 0 ? begun : inputs.begin(null, "compose");
    text(inputs, raw, element, inputEventData(event) ?? "");
  }
  function followComposition(inputs) {
    let composing = false;
    listen(["compositionstart"], (event) => {
      if (!event.isTrusted) return;
      composing = true;
      const element = innermostTarget(event);
      inputs.sink.action(element === inputs.typingIn);
      inputs.typingIn = element;
      const raw = inputs.begin(null, "compose");
      raw.path = pathTo(element);
      raw.target = describeSafely(element);
    });
    listen(["compositionend"], (event) => {
      if (!composing) return;
      composing = false;
      const last = inputs.raw;
      if (last && (last.type === "down" || last.type === "keydown" && last.key !== "Process")) return;
      const element = innermostTarget(event);
      const raw = inputs.reacting("compose") ?? inputs.begin(null, "commit");
      raw.type = "commit";
      text(inputs, raw, element, compositionData(event));
      inputs.channel.post(["in", raw.n, raw]);
      inputs.channel.flush();
    });
  }
  var clipboardData = getter("ClipboardEvent", "clipboardData", null);
  var getData = method("DataTransfer", "getData", "");
  var filesOf2 = getter("DataTransfer", "files", null);
  var fileType2 = getter("Blob", "type", "");
  function pasteFiles(inputs, raw, files) {
    const count = files?.length ?? 0;
    if (count === 1 && fileType2(files[0]) === "image/png") raw.files = tellOf(inputs.channel, raw.n, files);
    else if (count > 0) inputs.channel.post(["gap", "clipboard", "files were pasted; a replay pastes the text alone"]);
  }
  function isPasting(key3) {
    return toLowerCase("" + key3.key) === "v" || key3.key === "Insert";
  }
  function followClipboard(inputs) {
    listen(["paste"], (event) => {
      const data = event.isTrusted ? clipboardData(event) : null;
      if (!data) return;
      let raw = inputs.raw;
      if (raw?.type === "up" && raw.button === 1) return;
      if (!raw || raw.type !== "keydown" || !isPasting(raw)) {
        inputs.sink.action(false);
        raw = inputs.begin(null, "paste");
        aim(raw, event);
      }
      const element = innermostTarget(event);
      if (isSecret(element)) raw.clipboard = { secret: secretName(element), length: getData(data, "text/plain").length };
      else raw.clipboard = { text: getData(data, "text/plain"), html: getData(data, "text/html") };
      pasteFiles(inputs, raw, filesOf2(data));
      inputs.channel.post(["in", raw.n, raw]);
      inputs.sink.done(false);
      inputs.channel.flush();
    });
  }

  // src/input/leaving.ts
  function followLeaving(inputs) {
    const { sink, channel } = inputs;
    let pageTraverses = false;
    const isTop = globalThis.window.parent === globalThis.window;
    listen(["beforeunload"], (event) => {
      channel.flush();
      if (config.console) followQuestion(event, channel);
    });
    const navigation = globalThis.window.navigation;
    if (navigation) {
      addEventListener(navigation, "navigate", (event) => {
        const delta = traversal(event);
        if (delta !== 0 && event.isTrusted && !pageTraverses) {
          sink.action(false);
          inputs.begin(null, "traverse").delta = delta;
          sink.done(false);
        }
        pageTraverses = false;
        if (config.console && event.isTrusted && isTop) tellWhere(event);
        channel.flush();
      });
    }
    const tellWhere = (event) => {
      if (event.destination.sameDocument) return;
      if (event.navigationType === "traverse") channel.post(["traversal", event.destination.index - currentIndex()]);
      else channel.post(["leads"]);
    };
    replaceMethod(globalThis, "open", (native2) => (self, args) => {
      channel.flush();
      return native2(self, args);
    });
    for (let i = 0; i < 3; i++) {
      replaceMethod(globalThis.History?.prototype, ["back", "forward", "go"][i], (native2) => (self, args) => {
        pageTraverses = true;
        channel.post(["traverses"]);
        channel.flush();
        return native2(self, args);
      });
    }
    addEventListener(globalThis.document, "visibilitychange", () => channel.flush());
  }
  var returned = getter("BeforeUnloadEvent", "returnValue", "");
  function followQuestion(event, channel) {
    let told = false;
    const tell3 = () => {
      if (told || !(defaultPrevented(event) || returned(event) !== "")) return;
      told = true;
      channel.post(["gap", "leaving", "a page asked whether to leave it; the answer is not known, and a replay leaves"]);
      channel.flush();
    };
    nativeTimeout(tell3, 0);
    addEventListener(globalThis.window, "pagehide", tell3, { once: true });
  }
  var INPUTS2 = [
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "click",
    "dblclick",
    "auxclick",
    "contextmenu",
    "touchstart",
    "touchend",
    "keydown",
    "keypress",
    "keyup",
    "beforeinput",
    "input",
    "change"
  ];
  function followClosing() {
    const top = globalThis.window.top;
    listen(INPUTS2, (event) => {
      if (event.isTrusted && windowClosed(top)) stopImmediatePropagation(event);
    });
  }
  function traversal(event) {
    const { navigationType: navigationType2, destination } = event;
    if (navigationType2 !== "traverse" || !destination.sameDocument) return 0;
    const current = currentIndex();
    return current < 0 ? 0 : destination.index - current;
  }
  function currentIndex() {
    const { navigation } = globalThis.window;
    return navigation.currentEntry?.index ?? -1;
  }

  // src/input/marked.ts
  var isCollapsed = getter("Selection", "isCollapsed", true);
  function markedText() {
    const selection = getSelection(globalThis.document);
    const root = documentElement(globalThis.document);
    const first = selection && anchorNode(selection);
    const last = selection && focusNode(selection);
    if (!root || !first || !last || isCollapsed(selection)) return void 0;
    const from = nodePath(root, first);
    const to = nodePath(root, last);
    return from && to ? [from, anchorOffset(selection), to, focusOffset(selection)] : void 0;
  }

  // src/input/pointer.ts
  var LINE_PX = 40;
  var hasTouched = false;
  function followPointer(inputs) {
    const { sink, channel } = inputs;
    const touched = followTouch(inputs);
    const ofPointer = (handle) => (event) => {
      if (!event.isTrusted) return;
      if (pointerType(event) !== "touch") handle(event);
      else if (eventType(event) !== "pointerout") touched(event);
    };
    const ofMouse = (handle) => (event) => {
      if (event.isTrusted && !(hasTouched && firesTouchEvents(event))) handle(event);
    };
    const hovered = (event) => {
      if (inputs.isOfLatest(event)) return;
      inputs.begin(event, "hover");
    };
    const moved = (event) => {
      if (inputs.isOfLatest(event) && inputs.raw?.type !== "hover") return;
      place2(inputs.pointer(event, "move"), event);
      sink.action(true);
    };
    const button = (event, type) => {
      const raw = inputs.pointer(event, type);
      place2(raw, event);
      raw.button = mouseButton(event);
      const detail = uiDetail(event);
      raw.clicks = detail > 0 ? detail : raw.clicks ?? 1;
      aim(raw, event);
    };
    const pressed = (event) => {
      if (!(inputs.isOfLatest(event) && inputs.raw?.type === "down")) sink.action(false, inputs.roomFor(event));
      inputs.typingIn = null;
      button(event, "down");
      inputs.pressedOn = innermostTarget(event);
      if (eventType(event) === "mousedown") channel.flush();
    };
    const released = (event) => {
      button(event, "up");
      const marked2 = inputs.pressedOn && inputs.hasScrolled ? markedText() : void 0;
      if (marked2) inputs.raw.range = marked2;
      inputs.pressedOn = null;
      sink.done(false);
      channel.flush();
    };
    listen(["pointerout", "pointerover"], ofPointer(hovered));
    listen(["pointermove"], ofPointer(moved));
    listen(["pointerdown"], ofPointer(pressed));
    listen(["pointerup"], ofPointer(released));
    listen(["mouseout", "mouseover"], ofMouse(hovered));
    listen(["mousemove"], ofMouse(moved));
    listen(["mousedown"], ofMouse(pressed));
    listen(["mouseup"], ofMouse(released));
    listen(["click", "submit"], (event) => {
      if (event.isTrusted) channel.flush();
    });
    listen(["wheel"], (event) => {
      if (!event.isTrusted) return;
      sink.action(inputs.raw?.type === "wheel");
      inputs.typingIn = null;
      const wheel = inputs.begin(event, "wheel");
      place2(wheel, event);
      const unit = deltaMode(event) === 0 ? 1 : LINE_PX;
      wheel.dx = deltaX(event) * unit;
      wheel.dy = deltaY(event) * unit;
      aim(wheel, event);
      sink.done(false);
    });
  }
  var touchesOf = getter("TouchEvent", "touches", null);
  var touchId = getter("Touch", "identifier", 0);
  var touchX = getter("Touch", "clientX", 0);
  var touchY = getter("Touch", "clientY", 0);
  function followTouch(inputs) {
    const { sink, channel } = inputs;
    let whole;
    const isBegun = (event) => inputs.raw?.type === "touch" && inputs.raw !== whole && inputs.isOfLatest(event);
    const begin2 = (event) => {
      if (isBegun(event)) return;
      if (eventType(event) === "pointerover" || eventType(event) === "pointerdown") sink.action(false);
      const touch = inputs.begin(event, "touch");
      touch.phase = "move";
      touch.points = [{ id: 0, x: clientX(event) + frameOffset().x, y: clientY(event) + frameOffset().y }];
    };
    const touched = (event) => {
      if (!event.isTrusted) return;
      hasTouched = true;
      const phase = PHASES[eventType(event)];
      if (phase !== "move" && !(phase === "start" && isBegun(event))) sink.action(phase === "end");
      inputs.typingIn = null;
      const touch = isBegun(event) ? inputs.raw : inputs.begin(event, "touch");
      whole = touch;
      touch.phase = phase;
      touch.points = fingers(event);
      touch.modifiers = modifierBits(event);
      if (phase === "move") return;
      aim(touch, event);
      if (phase !== "start") sink.done(false);
      channel.flush();
    };
    if (canTouch) for (const type in PHASES) addEventListener(globalThis.window, type, touched, { capture: true, passive: true });
    return begin2;
  }
  var PHASES = { touchstart: "start", touchmove: "move", touchend: "end", touchcancel: "cancel" };
  function fingers(event) {
    const points = list();
    const touches = touchesOf(event);
    const offset = frameOffset();
    for (let i = 0; touches && i < touches.length; i++) {
      const touch = touches[i];
      append(points, { id: touchId(touch), x: touchX(touch) + offset.x, y: touchY(touch) + offset.y });
    }
    return points;
  }

  // src/input/scrolling.ts
  var EXPLAINED_MS = 400;
  var MOST_DEPTH = 4096;
  var scrollingElement = getter("Document", "scrollingElement", null);
  function followScrolling(inputs) {
    let explained = -EXPLAINED_MS;
    const explain = (event) => {
      if (event.isTrusted) explained = realNow();
    };
    const isExplained = () => realNow() - explained < EXPLAINED_MS;
    const known = new NativeWeakMap();
    const note = (element) => {
      const last = weakMapGet(known, element);
      const x = scrollLeft(element);
      const y = scrollTop(element);
      if (x === (last?.x ?? 0) && y === (last?.y ?? 0)) return false;
      weakMapSet(known, element, { x, y });
      return true;
    };
    const tell3 = (element, event) => {
      const path = pathTo(element);
      if (!path) return;
      const raw = inputs.begin(event, "scroll");
      raw.path = path;
      raw.x = scrollLeft(element);
      raw.y = scrollTop(element);
      if (inputs.pressedOn === element) raw.bar = true;
    };
    addEventListener(globalThis.window, "scroll", (event) => {
      if (!event.isTrusted) return;
      const target = eventTarget(event);
      const element = target === globalThis.document ? scrollingElement(globalThis.document) : target;
      if (element && note(element) && !isExplained()) tell3(element, event);
    }, true);
    listen(["pointerover", "pointerdown", "touchstart"], (event) => {
      if (!event.isTrusted || isExplained()) return;
      const root = scrollingElement(globalThis.document);
      if (root && note(root)) tell3(root, null);
      let node = innermostTarget(event);
      for (let depth = 0; node && depth < MOST_DEPTH; depth++) {
        if (node !== root && note(node)) tell3(node, null);
        node = shadowHost(node) ?? parentNode(node);
      }
    });
    addEventListener(globalThis.window, "wheel", explain, { capture: true, passive: true });
    addEventListener(globalThis.window, "keydown", explain, true);
  }
  var innerWidth = getOwnPropertyDescriptor(globalThis, "innerWidth")?.get;
  var innerHeight = getOwnPropertyDescriptor(globalThis, "innerHeight")?.get;
  var ratio = getOwnPropertyDescriptor(globalThis, "devicePixelRatio")?.get;
  var fullscreenElement = getter("Document", "fullscreenElement", null);
  var size = (read2) => read2 ? apply(read2, globalThis.window, []) : 0;
  function followResizing(inputs) {
    let full = false;
    addEventListener(globalThis.window, "resize", (event) => {
      const wasFull = full;
      full = fullscreenElement(globalThis.document) !== null;
      if (!event.isTrusted || full || wasFull) return;
      inputs.sink.action(false);
      const raw = inputs.begin(event, "resize");
      raw.width = size(innerWidth);
      raw.height = size(innerHeight);
      raw.scale = size(ratio);
      inputs.sink.done(false);
    }, true);
  }

  // src/input/index.ts
  function followInput(channel, sink, realm2, dragging, crossing) {
    followClosing();
    const inputs = new RawInputs(channel, sink, realm2, crossing);
    followScrolling(inputs);
    followPointer(inputs);
    const { focus: focus2, isDown } = followKeyboard(inputs);
    followDrags(inputs, dragging);
    followFields(inputs, focus2, isDown);
    if (globalThis.window.parent === globalThis.window) followResizing(inputs);
    followLeaving(inputs);
    append(channel.beforeFlush, () => inputs.forgetTentative());
    addEventListener(globalThis.document, "DOMContentLoaded", () => rememberSecrets(globalThis.document));
  }

  // src/layout.ts
  var width = getter("DOMRectReadOnly", "width", 0);
  var height = getter("DOMRectReadOnly", "height", 0);
  var inlineSize = getter("ResizeObserverSize", "inlineSize", 0);
  var blockSize = getter("ResizeObserverSize", "blockSize", 0);
  var contentRect = getter("ResizeObserverEntry", "contentRect", null);
  var borderBox = getter("ResizeObserverEntry", "borderBoxSize", null);
  var isIntersecting = getter("IntersectionObserverEntry", "isIntersecting", false);
  var ratio2 = getter("IntersectionObserverEntry", "intersectionRatio", 0);
  var thresholds = getter("IntersectionObserver", "thresholds", list());
  var SIZE = {
    name: "ResizeObserver",
    target: getter("ResizeObserverEntry", "target", {}),
    reading: (entry) => {
      const content = contentRect(entry);
      const border = borderBox(entry)?.[0];
      return `${width(content)} ${height(content)} ${inlineSize(border)} ${blockSize(border)}`;
    }
  };
  var VISIBILITY = {
    name: "IntersectionObserver",
    target: getter("IntersectionObserverEntry", "target", {}),
    reading: (entry, observer) => {
      const all = thresholds(observer);
      let passed = 0;
      while (passed < all.length && all[passed] <= ratio2(entry)) passed++;
      return `${isIntersecting(entry)} ${passed}`;
    }
  };
  var Sight = class {
    kind;
    /** In which order targets came to be observed: the browser tells of them in that order. */
    places = new NativeWeakMap();
    count = 0;
    told = new NativeWeakMap();
    entries = list();
    slots = new NativeWeakMap();
    ticket;
    constructor(kind) {
      this.kind = kind;
    }
    observe(target) {
      if (weakMapGet(this.places, target) === void 0) weakMapSet(this.places, target, ++this.count);
    }
    /** The page does not want to know of this target any more. */
    unobserve(target) {
      weakMapSet(this.places, target, void 0);
      weakMapSet(this.told, target, void 0);
      const all = this.entries;
      this.clear();
      for (let i = 0; i < all.length; i++) if (this.kind.target(all[i]) !== target) this.put(all[i]);
      if (this.entries.length === 0) this.giveUp();
    }
    disconnect() {
      this.places = new NativeWeakMap();
      this.told = new NativeWeakMap();
      this.clear();
      this.giveUp();
    }
    giveUp() {
      if (this.ticket) this.ticket.live = false;
      this.ticket = void 0;
    }
    /** Takes what the browser tells; gives the ticket of a new turn, or undefined where one is under way. */
    see(entries) {
      for (let i = 0; i < entries.length; i++) this.put(entries[i]);
      if (this.ticket || this.entries.length === 0) return void 0;
      return this.ticket = { live: true };
    }
    /** Whether it looks at several targets: only then a frame may have come between one and the next. */
    get hasSeveral() {
      return this.count > 1;
    }
    /** The place of the last target of which there is something to tell. */
    last() {
      let last = 0;
      for (let i = 0; i < this.entries.length; i++) {
        const place3 = this.placeOf(this.entries[i]);
        if (place3 > last) last = place3;
      }
      return last;
    }
    /** What there is to tell now, of targets up to a place if there is anything; the rest is for another turn. */
    take(observer, last) {
      const seen = this.entries;
      this.clear();
      this.ticket = void 0;
      this.sort(seen);
      const all = list();
      for (let i = 0; i < seen.length; i++) {
        const entry = seen[i];
        if (all.length > 0 && this.placeOf(entry) > last) this.put(entry);
        else append(all, entry);
      }
      const news = [];
      for (let i = 0; i < all.length; i++) {
        const entry = all[i];
        const target = this.kind.target(entry);
        const reading = this.kind.reading(entry, observer);
        if (weakMapGet(this.told, target) === reading) continue;
        weakMapSet(this.told, target, reading);
        push(news, entry);
      }
      if (news.length === 0) for (let i = 0; i < all.length; i++) push(news, all[i]);
      return news;
    }
    clear() {
      this.entries = list();
      this.slots = new NativeWeakMap();
    }
    put(entry) {
      const target = this.kind.target(entry);
      const slot = weakMapGet(this.slots, target) ?? this.entries.length;
      weakMapSet(this.slots, target, slot);
      this.entries[slot] = entry;
    }
    /** By insertion: they are in order unless several of the browser's calls met. */
    sort(entries) {
      for (let i = 1; i < entries.length; i++) {
        const entry = entries[i];
        const place3 = this.placeOf(entry);
        let j = i;
        for (; j > 0 && this.placeOf(entries[j - 1]) > place3; j--) entries[j] = entries[j - 1];
        entries[j] = entry;
      }
    }
    placeOf(entry) {
      return weakMapGet(this.places, this.kind.target(entry)) ?? 0;
    }
  };
  function holdLayout(timeline) {
    hold(timeline, SIZE);
    hold(timeline, VISIBILITY);
  }
  function hold(timeline, kind) {
    const { conductor } = timeline;
    const sights = new NativeWeakMap();
    let made2;
    replaceConstructor(kind.name, (observer) => {
      if (made2) weakMapSet(sights, observer, made2);
    }, (args) => {
      made2 = void 0;
      const callback = args[0];
      if (typeof callback !== "function") return args;
      const id = timeline.next("O");
      const sight = made2 = new Sight(kind);
      const wait = (observer, entries) => {
        const ticket = sight.see(entries);
        if (ticket) conductor.arrive("O", id, () => tell3(observer), ticket);
      };
      const tell3 = (observer) => {
        const last = sight.hasSeveral ? conductor.reading("O" + id, () => sight.last()) : sight.last();
        const news = sight.take(observer, last);
        wait(observer, list());
        apply(callback, observer, [news, observer]);
      };
      const seen = function(entries) {
        wait(this, entries);
      };
      return [seen, args[1]];
    });
    const prototype = globalThis[kind.name]?.prototype;
    const following = (name, follow) => {
      replaceMethod(prototype, name, (native2) => (self, args) => {
        native2(self, args);
        const sight = weakMapGet(sights, self);
        if (sight) follow(sight, args[0]);
      });
    };
    following("observe", (sight, target) => sight.observe(target));
    following("unobserve", (sight, target) => sight.unobserve(target));
    following("disconnect", (sight) => sight.disconnect());
  }

  // src/measures.ts
  var USER = { mark: true, measure: true };
  var typeOf = getter("PerformanceEntry", "entryType", "");
  var nameOf4 = getter("PerformanceEntry", "name", "");
  var startOf = getter("PerformanceEntry", "startTime", 0);
  var entriesOfType = method("Performance", "getEntriesByType", list());
  var entriesByName = method("Performance", "getEntriesByName", list());
  var ofList = method("PerformanceObserverEntryList", "getEntries", list());
  var USER_FIELDS = ["name", "entryType", "startTime", "duration"];
  var { performance: performance2 } = globalThis;
  function followMeasures(timeline, start4) {
    markInVirtualTime(timeline, start4);
    const measures = new Measures(timeline);
    measures.followEntries();
    measures.followObservers();
    measures.followTiming();
  }
  var Measures = class {
    timeline;
    describer = new Describer();
    /** Entries that the log knows by number. */
    numbers = new NativeWeakMap();
    known = list();
    count = 0;
    document = entriesOfType(performance2, "navigation")[0];
    isLive = false;
    constructor(timeline) {
      this.timeline = timeline;
    }
    followEntries() {
      const follow = (name, typeAt) => {
        replaceMethod(globalThis.Performance?.prototype, name, (native2) => (self, args) => {
          const type = args[typeAt];
          return USER[type] ? native2(self, args) : this.entries(name, native2(self, args));
        });
      };
      follow("getEntries", 2);
      follow("getEntriesByType", 0);
      follow("getEntriesByName", 1);
    }
    /** Real entries while recording, the recorded ones in a replay. */
    entries(name, real) {
      let asked = false;
      const told = this.timeline.conductor.reading(name, () => {
        asked = true;
        return this.tell(real, true);
      });
      for (let i = 0; i < real.length; i++) if (real[i] === this.document) this.followDocument();
      return asked ? real : this.untell(told);
    }
    tell(entries, byNumber) {
      const told = list();
      for (let i = 0; i < entries.length; i++) {
        const entry = entries[i];
        const number = weakMapGet(this.numbers, entry);
        if (USER[typeOf(entry)]) append(told, ["user", typeOf(entry), nameOf4(entry), startOf(entry)]);
        else if (entry === this.document) append(told, "navigation");
        else if (byNumber && number !== void 0) append(told, number);
        else {
          append(told, this.describer.describe(entry));
          if (byNumber) weakMapSet(this.numbers, entry, this.count++);
        }
      }
      return told;
    }
    untell(told, byNumber = true) {
      const entries = [];
      for (let i = 0; i < told.length; i++) push(entries, this.entryOf(told[i], byNumber));
      return entries;
    }
    entryOf(told, byNumber) {
      if (typeof told === "number") return this.known[told];
      if (told === "navigation") return this.document;
      if (told[0] === "user") {
        const [, type, name, time2] = told;
        const same = entriesByName(performance2, name, type);
        for (let i = 0; i < same.length; i++) if (startOf(same[i]) === time2) return same[i];
        return this.describer.make(["PerformanceEntry", [name, type, time2, 0], [USER_FIELDS, USER_FIELDS]]);
      }
      const made2 = this.describer.make(told);
      if (byNumber) append(this.known, made2);
      return made2;
    }
    /** The entry of the document goes on to change while that loads: each of its fields is a reading. */
    followDocument() {
      if (this.isLive) return;
      this.isLive = true;
      const scope5 = globalThis;
      const classes = ["PerformanceNavigationTiming", "PerformanceResourceTiming", "PerformanceEntry"];
      const follow = (prototype, name) => {
        replaceAccessor(prototype, name, (native2) => (self) => self === this.document ? this.field("navigation." + name, native2(self)) : native2(self));
      };
      for (let i = 0; i < classes.length; i++) {
        const prototype = scope5[classes[i]].prototype;
        const names2 = ownKeys(prototype);
        for (let j = 0; j < names2.length; j++) if (typeof names2[j] === "string") follow(prototype, names2[j]);
        replaceMethod(prototype, "toJSON", (native2) => (self) => self === this.document ? this.copy(native2(self, [])) : native2(self, []));
      }
    }
    field(name, real) {
      let asked = false;
      const plain = this.timeline.conductor.reading(name, () => {
        asked = true;
        return this.describer.plain(real);
      });
      return asked ? real : this.describer.value(plain);
    }
    /** The same fields as the browser's copy has, each of them a reading. */
    copy(real) {
      const fields = real;
      for (const name in fields) fields[name] = this.field("navigation." + name, fields[name]);
      return real;
    }
    followTiming() {
      let isFollowed = false;
      replaceAccessor(globalThis.Performance?.prototype, "timing", (native2) => (self) => {
        const timing2 = native2(self);
        if (isFollowed) return timing2;
        isFollowed = true;
        const prototype = globalThis.PerformanceTiming.prototype;
        const names2 = ownKeys(prototype);
        for (let i = 0; i < names2.length; i++) {
          const name = names2[i];
          if (typeof name === "string") replaceAccessor(prototype, name, (read2) => (of) => this.field("timing." + name, read2(of)));
        }
        replaceMethod(prototype, "toJSON", (read2) => (of, args) => this.field("timing", read2(of, args)));
        return timing2;
      });
    }
    followObservers() {
      const { conductor } = this.timeline;
      const watches = new NativeWeakMap();
      let watch;
      replaceConstructor("PerformanceObserver", (observer) => {
        if (!watch) return;
        watch.observer = observer;
        weakMapSet(watches, observer, watch);
      }, (args) => {
        watch = void 0;
        const callback = args[0];
        if (typeof callback !== "function") return args;
        const mine = watch = { id: this.timeline.next("K"), live: false, observer: void 0 };
        const given = new NativeWeakMap();
        let tell3;
        conductor.outcome(mine.id, (told) => {
          tell3 = told;
        }, (outcome) => {
          if (mine.live) apply(callback, mine.observer, weakMapGet(given, outcome) ?? this.observed(outcome, mine.observer));
        }, true);
        const seen = (...real) => {
          const entries = ofList(real[0]);
          this.followDocumentIn(entries);
          const outcome = { entries: this.tell(entries, false), dropped: real[2]?.droppedEntriesCount };
          weakMapSet(given, outcome, real);
          tell3?.(outcome);
        };
        return [seen];
      });
      const prototype = globalThis.PerformanceObserver?.prototype;
      const follow = (name, live) => replaceMethod(prototype, name, (native2) => (self, args) => {
        const known = weakMapGet(watches, self);
        if (known) known.live = live;
        return native2(self, args);
      });
      follow("observe", true);
      follow("disconnect", false);
      replaceMethod(prototype, "takeRecords", (native2) => (self, args) => this.entries("takeRecords", native2(self, args)));
    }
    followDocumentIn(entries) {
      for (let i = 0; i < entries.length; i++) if (entries[i] === this.document) this.followDocument();
    }
    /** The arguments of a recorded call. */
    observed(outcome, observer) {
      const entries = this.untell(outcome.entries, false);
      this.followDocumentIn(entries);
      const made2 = createObject(globalThis.PerformanceObserverEntryList.prototype);
      const put2 = (name, select2) => {
        defineProperty(made2, name, { value: select2, configurable: true });
      };
      const where = (fits) => {
        const found = [];
        for (let i = 0; i < entries.length; i++) if (fits(entries[i])) push(found, entries[i]);
        return found;
      };
      put2("getEntries", () => where(() => true));
      put2("getEntriesByType", (type) => where((entry) => entry.entryType === type));
      put2("getEntriesByName", (name, type) => where((entry) => entry.name === name && (type === void 0 || entry.entryType === type)));
      return [made2, observer, { droppedEntriesCount: outcome.dropped }];
    }
  };
  function markInVirtualTime(timeline, start4) {
    const now = () => (timeline.read() - start4) / TICKS;
    const marked2 = (options) => {
      const given = options;
      return { ...given ?? {}, startTime: given?.startTime ?? now() };
    };
    replaceMethod(globalThis.Performance?.prototype, "mark", (native2) => (self, args) => {
      return args.length === 0 ? native2(self, args) : native2(self, [args[0], marked2(args[1])]);
    });
    replaceConstructor("PerformanceMark", () => {
    }, (args) => args.length === 0 ? args : [args[0], marked2(args[1])]);
    replaceMethod(globalThis.Performance?.prototype, "measure", (native2) => (self, args) => measured(native2, self, args, now));
  }
  function measured(native2, self, args, now) {
    const [name, from, to] = args;
    if (args.length === 0 || to !== void 0) return native2(self, args);
    if (typeof from !== "object" || from === null) return native2(self, [name, { start: from == null ? 0 : "" + from, end: now() }]);
    const { start: start4, end, duration, detail } = from;
    if (end !== void 0 || duration !== void 0 || start4 === void 0 && detail !== void 0) return native2(self, args);
    return native2(self, [name, { start: start4 ?? 0, end: now(), detail }]);
  }

  // src/observers.ts
  var OBSERVERS = ["ReportingObserver"];
  function holdObservers(timeline) {
    const { conductor } = timeline;
    for (let i = 0; i < OBSERVERS.length; i++) {
      replaceConstructor(OBSERVERS[i], () => {
      }, (args) => {
        const callback = args[0];
        if (typeof callback !== "function") return args;
        const id = timeline.next("O");
        const held2 = function(...given) {
          conductor.arrive("O", id, () => void apply(callback, this, given));
        };
        return [held2, args[1]];
      });
    }
    replaceConstructor("FinalizationRegistry", () => {
    }, (args) => typeof args[0] === "function" ? [() => {
    }] : args);
  }
  function holdDialogs(timeline, told) {
    const kinds = ["alert", "confirm", "prompt"];
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i];
      replaceMethod(globalThis, kind, (native2) => (self, args) => {
        const answer = timeline.conductor.answer(() => native2(self, args));
        told(kind, args.length > 0 ? "" + args[0] : "", answer);
        return kind === "alert" ? void 0 : answer;
      });
    }
  }

  // src/outcomes.ts
  var COORDINATES = ["latitude", "longitude", "accuracy", "altitude", "altitudeAccuracy", "heading", "speed"];
  function followOutcomes(timeline) {
    followPositions(timeline);
    followPromised(timeline, "Clipboard", "readText", (text2) => ({ text: text2 }), (outcome) => "" + (outcome.text ?? ""));
    followPromised(timeline, "StorageManager", "estimate", estimated, estimated);
    followPromised(timeline, "Notification", "requestPermission", (answer) => ({ answer }), (outcome) => outcome.answer);
    for (let i = 0; i < OF_KEYS.length; i++) {
      followPromised(timeline, "PublicKeyCredential", OF_KEYS[i], (answer) => ({ answer }), (outcome) => outcome.answer);
    }
    followPermissions(timeline);
  }
  var OF_KEYS = ["isUserVerifyingPlatformAuthenticatorAvailable", "isConditionalMediationAvailable"];
  var estimated = ({ usage, quota }) => ({ usage, quota });
  var codeOf = getter("GeolocationPositionError", "code", 0);
  var messageOf = getter("GeolocationPositionError", "message", "");
  var coordsOf = getter("GeolocationPosition", "coords", null);
  function followPositions(timeline) {
    const watches = {};
    const begin2 = (native2, repeats) => (self, args) => {
      const [success, failure, options] = args;
      if (typeof success !== "function") return native2(self, args);
      const id = timeline.next("K");
      const deliver = (outcome) => {
        const isError = outcome.code !== void 0;
        const listener = isError ? failure : success;
        if (typeof listener === "function") apply(listener, void 0, [isError ? errorFrom(outcome) : positionFrom(outcome, timeline)]);
      };
      const ask = (told) => {
        const watch = native2(self, [
          (position2) => told(positionOf(position2)),
          (error) => told({ code: codeOf(error), message: messageOf(error) }),
          options
        ]);
        if (repeats) watches[id] = watch;
      };
      timeline.conductor.outcome(id, ask, deliver, repeats);
      return repeats ? id : void 0;
    };
    const prototype = globalThis.Geolocation?.prototype;
    replaceMethod(prototype, "getCurrentPosition", (native2) => begin2(native2, false));
    replaceMethod(prototype, "watchPosition", (native2) => begin2(native2, true));
    replaceMethod(prototype, "clearWatch", (native2) => (self, args) => {
      const watch = watches[args[0]];
      timeline.conductor.endOutcomes(args[0]);
      return watch === void 0 ? void 0 : native2(self, [watch]);
    });
  }
  function positionOf(position2) {
    const coords = coordsOf(position2);
    const told = {};
    for (let i = 0; i < COORDINATES.length; i++) told[COORDINATES[i]] = coords[COORDINATES[i]] ?? null;
    return told;
  }
  function positionFrom(outcome, timeline) {
    const coords = madeLike(globalThis.GeolocationCoordinates?.prototype, outcome);
    const position2 = { coords, timestamp: timeline.wall(timeline.ticks) };
    return madeLike(globalThis.GeolocationPosition?.prototype, position2);
  }
  function errorFrom(outcome) {
    return madeLike(globalThis.GeolocationPositionError?.prototype, outcome);
  }
  function madeLike(prototype, values) {
    const made2 = createObject(prototype ?? null);
    for (const name in values) defineProperty(made2, name, { value: values[name], enumerable: true, configurable: true });
    return made2;
  }
  function followPromised(timeline, owner, name, tell3, make) {
    const scope5 = globalThis;
    const place3 = scope5[owner] && (hasOwn(scope5[owner], name) ? scope5[owner] : scope5[owner].prototype);
    replaceMethod(place3, name, (native2) => (self, args) => new NativePromise((resolve, reject) => {
      const ask = (told) => {
        const failed = (error) => told({ error: "" + error?.name, message: "" + error?.message });
        void promiseThen(native2(self, args), (value) => told(tell3(value)), failed);
      };
      timeline.conductor.outcome(timeline.next("K"), ask, (outcome) => {
        if (outcome.error !== void 0) reject(new globalThis.DOMException("" + outcome.message, "" + outcome.error));
        else resolve(make(outcome));
      }, false);
    }));
  }
  var stateOf = getter("PermissionStatus", "state", "prompt");
  function followPermissions(timeline) {
    replaceMethod(globalThis.Permissions?.prototype, "query", (native2) => (self, args) => new NativePromise((resolve, reject) => {
      const asked = native2(self, args);
      void promiseThen(asked, (status) => {
        timeline.conductor.outcome(timeline.next("K"), (told) => told({ state: stateOf(status) }), (outcome) => {
          if (outcome.state !== stateOf(status)) defineProperty(status, "state", { value: outcome.state, configurable: true });
          resolve(status);
        }, false);
      }, reject);
    }));
  }

  // src/perform.ts
  var setSelection = method("HTMLInputElement", "setSelectionRange", void 0);
  var setAreaSelection = method("HTMLTextAreaElement", "setSelectionRange", void 0);
  var selected = setter("HTMLOptionElement", "selected");
  var inputValue2 = setter("HTMLInputElement", "value");
  var areaValue = setter("HTMLTextAreaElement", "value");
  var setLeft = setter("Element", "scrollLeft");
  var setTop = setter("Element", "scrollTop");
  var NativeEvent2 = globalThis.Event;
  function perform(what) {
    const element = elementAt(what.path);
    if (!element) return "the element is not in the document";
    if (what.do === "mark" && what.range) return mark(element, what.range);
    if (what.do === "scroll") return scroll(element, what.x ?? 0, what.y ?? 0);
    if (what.do !== "select" && activeElement(globalThis.document) !== element) focus(element);
    if (what.do === "focus" && what.range) selectRange(element, what.range);
    else if (what.do === "focus") select(element, what.selection);
    else if (what.do === "select") choose(element, what.options ?? []);
    else {
      const setValue = element instanceof HTMLTextAreaElement ? areaValue : inputValue2;
      setValue(element, what.value ?? "");
      tell2(element);
    }
    return null;
  }
  function scroll(element, x, y) {
    const isThere = scrollLeft(element) === x && scrollTop(element) === y;
    if (scrollLeft(element) !== x) setLeft(element, x);
    if (scrollTop(element) !== y) setTop(element, y);
    return isThere ? null : "moved";
  }
  function select(element, selection) {
    if (!selection || selection[0] === null) return;
    const setRange = element instanceof HTMLTextAreaElement ? setAreaSelection : setSelection;
    setRange(element, selection[0], selection[1]);
  }
  var setBaseAndExtent = method("Selection", "setBaseAndExtent", void 0);
  function selectRange(element, range) {
    const first = range[0] && nodeAt(element, range[0]);
    const last = range[2] && nodeAt(element, range[2]);
    if (!first || !last) return;
    setBaseAndExtent(getSelection(globalThis.document), first, range[1], last, range[3]);
  }
  function mark(element, range) {
    const selection = getSelection(globalThis.document);
    const isMarked = range[0] && anchorNode(selection) === nodeAt(element, range[0]) && anchorOffset(selection) === range[1] && range[2] && focusNode(selection) === nodeAt(element, range[2]) && focusOffset(selection) === range[3];
    if (isMarked) return null;
    selectRange(element, range);
    return "moved";
  }
  function choose(element, wanted) {
    const options = queryAll(element, "option");
    const on = list();
    for (let i = 0; i < wanted.length; i++) on[wanted[i].index] = true;
    for (let i = 0; i < options.length; i++) {
      if (on[i] || "multiple" in element && element.multiple) selected(options[i], on[i] === true);
    }
    tell2(element);
  }
  function tell2(element) {
    dispatchEvent(element, new NativeEvent2("input", { bubbles: true, composed: true }));
    dispatchEvent(element, new NativeEvent2("change", { bubbles: true }));
  }

  // src/playing.ts
  var rateOf2 = getter("Animation", "playbackRate", 1);
  var timeOf2 = getter("Animation", "currentTime", null);
  var setRate2 = setter("Animation", "playbackRate");
  var setTime2 = setter("Animation", "currentTime");
  var PRESENT = ["localTime", "progress", "currentIteration"];
  function followPlaying(timeline, start4, driven) {
    const prototype = globalThis.Animation?.prototype;
    if (!prototype) return;
    const now = () => (timeline.ticks - start4) / TICKS;
    const read2 = (name, ask) => timeline.conductor.reading("animation." + name, ask);
    const change = (animation, then, what) => {
      const conductor = driven();
      if (conductor) conductor.steer(animation, then, what);
      else what();
    };
    const startAt = (animation, value, native2) => {
      if (!driven() || typeof value !== "number") return native2();
      change(animation, "run", () => {
        native2();
        setTime2(animation, (now() - value) * rateOf2(animation));
      });
    };
    replaceAccessor(prototype, "playState", (native2) => (self) => read2("playState", () => driven()?.isDriven(self) ? "running" : native2(self)));
    replaceAccessor(prototype, "pending", (native2) => (self) => read2("pending", () => native2(self)));
    replaceAccessor(prototype, "currentTime", (native2) => (self) => read2("currentTime", () => {
      driven()?.bring(self);
      return native2(self);
    }), (native2) => (self, value) => change(self, "same", () => native2(self, value)));
    replaceAccessor(prototype, "startTime", (native2) => (self) => read2("startTime", () => {
      const at = driven()?.isDriven(self) ? timeOf2(self) : null;
      return at === null ? native2(self) : now() - at / (rateOf2(self) || 1);
    }), (native2) => (self, value) => startAt(self, value, () => native2(self, value)));
    replaceAccessor(prototype, "playbackRate", (native2) => native2, (native2) => (self, value) => change(self, "same", () => native2(self, value)));
    replaceAccessor(globalThis.AnimationTimeline?.prototype, "currentTime", (native2) => (self) => read2("now", () => {
      const time2 = native2(self);
      return driven() && typeof time2 === "number" ? now() : time2;
    }));
    replaceMethod(globalThis.AnimationEffect?.prototype, "getComputedTiming", (native2) => (self, args) => {
      const timing2 = native2(self, args);
      const present = read2("timing", () => [timing2[PRESENT[0]], timing2[PRESENT[1]], timing2[PRESENT[2]]]);
      for (let i = 0; i < PRESENT.length; i++) timing2[PRESENT[i]] = present[i];
      return timing2;
    });
    const steered = (name, then) => replaceMethod(prototype, name, (native2) => (self, args) => {
      change(self, then, () => void native2(self, args));
    });
    steered("play", "run");
    steered("reverse", "run");
    steered("pause", "stand");
    steered("finish", "stand");
    steered("cancel", "stand");
    replaceMethod(prototype, "commitStyles", (native2) => (self, args) => {
      driven()?.bring(self);
      return native2(self, args);
    });
    replaceMethod(prototype, "updatePlaybackRate", (native2) => (self, args) => {
      const conductor = driven();
      if (!conductor?.isDriven(self)) return native2(self, args);
      return conductor.steer(self, "same", () => setRate2(self, +args[0]));
    });
    replaceAccessor(prototype, "ready", (native2) => (self) => held(timeline, "P", timeline.next("P"), native2(self)));
  }

  // src/handing.ts
  var STREAMS = ["ReadableStream", "WritableStream", "TransformStream"];
  var scope2 = globalThis;
  function isStream(value) {
    for (let i = 0; i < STREAMS.length; i++) if (isPrototypeOf(scope2[STREAMS[i]]?.prototype, value)) return true;
    return false;
  }
  function noticeStreams(gap) {
    const noticing = (native2) => (self, args) => {
      const given = args[1];
      const handed = typeof given === "object" && given !== null ? given.transfer ?? given : void 0;
      for (let i = 0; handed && i < handed.length; i++) {
        if (isStream(handed[i])) gap("a stream was handed over to a worker: when its pieces came was not recorded");
      }
      return native2(self, args);
    };
    replaceMethod(scope2.Worker?.prototype, "postMessage", noticing);
    replaceMethod(scope2.MessagePort?.prototype, "postMessage", noticing);
    if (typeof globalThis.document === "undefined") replaceMethod(globalThis, "postMessage", noticing);
  }

  // src/random.ts
  var HEX = "0123456789abcdef";
  function installRandomness(timeline) {
    replaceMethod(globalThis.Math, "random", () => () => timeline.fraction());
    if (typeof globalThis.Crypto === "undefined") return;
    const bufferOf = getter("Uint8Array", "buffer", null);
    const offsetOf = getter("Uint8Array", "byteOffset", 0);
    const lengthOf = getter("Uint8Array", "byteLength", 0);
    const Bytes2 = globalThis.Uint8Array;
    replaceMethod(globalThis.Crypto.prototype, "getRandomValues", (native2) => (self, args) => {
      const array = native2(self, args);
      const bytes = new Bytes2(bufferOf(array), offsetOf(array), lengthOf(array));
      const size2 = lengthOf(bytes);
      for (let i = 0; i < size2; i++) bytes[i] = timeline.random() >>> 24;
      return array;
    });
    replaceMethod(globalThis.Crypto.prototype, "randomUUID", (native2) => (self) => {
      native2(self, []);
      let text2 = "";
      for (let i = 0; i < 36; i++) {
        if (i === 8 || i === 13 || i === 18 || i === 23) text2 += "-";
        else if (i === 14) text2 += "4";
        else {
          const digit = timeline.random() >>> 28;
          text2 += HEX[i === 19 ? digit & 3 | 8 : digit];
        }
      }
      return text2;
    });
  }

  // src/readings.ts
  var READ2 = {
    Navigator: ["hardwareConcurrency", "deviceMemory", "onLine"],
    WorkerNavigator: ["hardwareConcurrency", "deviceMemory", "onLine"],
    NetworkInformation: ["downlink", "effectiveType", "rtt", "saveData", "type"],
    // Of what loads: it may be there earlier in a replay.
    ProgressEvent: ["loaded", "total", "lengthComputable"],
    HTMLImageElement: ["complete"],
    FontFace: ["status"],
    FontFaceSet: ["status"],
    // Where the server tells none, it is the present.
    Document: ["lastModified"],
    Screen: ["width", "height", "availWidth", "availHeight", "availLeft", "availTop", "colorDepth", "pixelDepth", "isExtended"]
  };
  var OF_THE_WINDOW = ["outerWidth", "outerHeight", "screenX", "screenY", "screenLeft", "screenTop"];
  var OF_MEMORY = ["jsHeapSizeLimit", "totalJSHeapSize", "usedJSHeapSize"];
  function followReadings(timeline) {
    const { conductor } = timeline;
    const scope5 = globalThis;
    const follow = (place3, owner, name) => {
      replaceAccessor(place3, name, (native2) => (self) => conductor.reading(`${owner}.${name}`, () => native2(self)));
    };
    for (const owner in READ2) {
      const names2 = READ2[owner];
      for (let i = 0; i < names2.length; i++) follow(scope5[owner]?.prototype, owner, names2[i]);
    }
    for (let i = 0; i < OF_THE_WINDOW.length; i++) follow(globalThis, "window", OF_THE_WINDOW[i]);
    replaceMethod(globalThis.FontFaceSet?.prototype, "check", (native2) => (self, args) => conductor.reading("FontFaceSet.check", () => native2(self, args)));
    follow(globalThis.Notification, "Notification", "permission");
    followMemory(timeline);
  }
  function followMemory(timeline) {
    replaceAccessor(globalThis.Performance.prototype, "memory", (native2) => (self) => {
      const memory = native2(self);
      let asked = false;
      const numbers = timeline.conductor.reading("memory", () => {
        asked = true;
        return [memory[OF_MEMORY[0]], memory[OF_MEMORY[1]], memory[OF_MEMORY[2]]];
      });
      if (asked) return memory;
      const made2 = createObject(getPrototypeOf(memory));
      for (let i = 0; i < OF_MEMORY.length; i++) {
        defineProperty(made2, OF_MEMORY[i], { value: numbers[i], enumerable: true, configurable: true });
      }
      return made2;
    });
  }

  // src/shadowtrees.ts
  var modeOf = getter("ShadowRoot", "mode", "open");
  function followShadowTrees(note) {
    const known = new NativeWeakMap();
    const take = (root) => {
      if (weakMapGet(known, root)) return;
      weakMapSet(known, root, true);
      if (modeOf(root) === "closed") weakMapSet(closedRoots, shadowHost(root), root);
      note(root);
    };
    const look = (place3) => {
      const all = queryAll(place3, "*");
      for (let i = 0; i < all.length; i++) {
        const root = openShadowRoot(all[i]);
        if (!root) continue;
        take(root);
        look(root);
      }
    };
    replaceMethod(Element.prototype, "attachShadow", (native2) => (self, args) => {
      const root = native2(self, args);
      take(root);
      return root;
    });
    addEventListener(globalThis.document, "DOMContentLoaded", () => look(globalThis.document));
    const looking = (native2) => (self, args) => {
      native2(self, args);
      look(self);
    };
    replaceMethod(Element.prototype, "setHTMLUnsafe", looking);
    replaceMethod(globalThis.ShadowRoot?.prototype, "setHTMLUnsafe", looking);
    replaceAccessor(globalThis.ElementInternals?.prototype, "shadowRoot", (native2) => (self) => {
      const root = native2(self);
      if (root) take(root);
      return root;
    });
  }

  // src/spinner.ts
  function followSpinners(timeline) {
    let steps = -1;
    const at = (type, listener) => {
      addEventListener(globalThis.window, type, (event) => {
        if (event.isTrusted) listener(event);
      }, true);
    };
    at("mousedown", () => steps = 0);
    at("mouseup", () => steps = -1);
    at("beforeinput", (event) => {
      if (steps < 0) return;
      const element = innermostTarget(event);
      if (localName(element) !== "input" || inputType(element) !== "number" || steps++ === 0) return;
      if (timeline.conductor.event("spin")) return;
      preventDefault(event);
      stopImmediatePropagation(event);
    });
  }

  // src/crew.ts
  var RECORD_MS = 250;
  var REPLAY_MS = 2e4;
  var post4 = globalThis.Worker?.prototype.postMessage;
  var Crew = class {
    members = list();
    awaited;
    isRecording;
    constructor(isRecording) {
      this.isRecording = isRecording;
    }
    /** A worker was made; `log` is what it does in a replay. */
    join(worker, log) {
      const halts = list();
      for (let i = 0; i < log.length; i += 3) if (log[i] === "C") append(halts, log[i + 1][0]);
      const member = { worker, at: 0, halts };
      append(this.members, member);
      return member;
    }
    /** It was ended, or ended itself. */
    leave(worker) {
      const { members } = this;
      let kept = 0;
      for (let i = 0; i < members.length; i++) if (members[i].worker !== worker) members[kept++] = members[i];
      members.length = kept;
      this.awaited?.();
    }
    /** It says where it stands. */
    halted(member, n) {
      member.at = n;
      this.awaited?.();
    }
    /** Returns when all workers stand at picture `n`, or have been waited for long enough. */
    halt(n) {
      if (this.isRecording) this.tell(["halt", n]);
      return new NativePromise((resolve) => {
        this.awaited = () => {
          for (let i = 0; i < this.members.length; i++) if (this.isAwaited(this.members[i], n)) return;
          this.awaited = void 0;
          resolve();
        };
        if (this.members.length > 0) nativeTimeout(resolve, this.isRecording ? RECORD_MS : REPLAY_MS);
        this.awaited();
      });
    }
    /** Picture `n` is taken. */
    resume(n) {
      this.tell(["resume", n]);
    }
    isAwaited(member, n) {
      if (member.at >= n) return false;
      if (this.isRecording) return true;
      for (let i = 0; i < member.halts.length; i++) if (member.halts[i] === n) return true;
      return false;
    }
    tell(order) {
      for (let i = 0; i < this.members.length; i++) apply(post4, this.members[i].worker, [{ [config.token]: order }]);
    }
  };

  // src/inside.ts
  var MOST4 = 300;
  var PATIENCE_MS2 = 1e3;
  var CONTROLS = [
    ["input[placeholder],textarea[placeholder]", "::placeholder"],
    ["input[type=file]", "::file-selector-button"],
    ["details", "::details-content"],
    ["select", "::picker(select)"],
    ["input[type=range],progress,meter", void 0]
  ];
  function mayMove(control, part) {
    const name = styleOf(control, "animation-name", part);
    if (name !== "" && name !== "none") return true;
    const duration = styleOf(control, "transition-duration", part);
    for (let i = 0; i < duration.length; i++) {
      const code = charCodeAt(duration, i);
      if (code > 48 && code <= 57) return true;
    }
    return false;
  }
  var Insides = class {
    isAsked = new NativeWeakMap();
    /** The controls that were found last. */
    controls = list();
    taken;
    /** Whether there are controls whose trees have not been asked for. One is asked for once. */
    find() {
      this.controls = list();
      if (config.console) return false;
      this.findIn(globalThis.document);
      const roots2 = shadowRoots();
      for (let i = 0; i < roots2.length; i++) if (ownerDocument(roots2[i]) === globalThis.document) this.findIn(roots2[i]);
      return this.controls.length > 0;
    }
    /** Asks for all that has not been asked for, and waits until it is here. */
    async fetch(channel) {
      if (!this.find()) return;
      channel.post(["controls"]);
      channel.flush();
      await new NativePromise((resolve) => {
        this.taken = resolve;
        nativeTimeout(resolve, PATIENCE_MS2);
      });
    }
    /** Here they are. */
    take(trees) {
      for (let i = 0; i < trees.length; i++) noteInside(trees[i]);
      this.taken?.();
    }
    findIn(root) {
      for (let i = 0; i < CONTROLS.length; i++) {
        const kind = CONTROLS[i];
        const found = queryAll(root, kind[0], MOST4);
        for (let j = 0; j < found.length; j++) {
          const control = found[j];
          if (weakMapGet(this.isAsked, control) || kind[1] && !mayMove(control, kind[1])) continue;
          weakMapSet(this.isAsked, control, true);
          append(this.controls, control);
        }
      }
    }
  };

  // src/neighbour.ts
  var Neighbour = class {
    stillness;
    showCaret;
    touched = false;
    witnessed = 0;
    /** How many inputs had come. */
    inputs = 0;
    timeline;
    recording;
    channel;
    documents;
    constructor(timeline, recording, channel, documents) {
      this.timeline = timeline;
      this.recording = recording;
      this.channel = channel;
      this.documents = documents;
    }
    /** Stands still from now on; false where it cannot. */
    join() {
      if (this.recording.isFrozen) return false;
      this.recording.logResources();
      this.recording.log("-", STILL);
      this.recording.freeze();
      this.touched = false;
      this.inputs = this.timeline.last("A");
      this.channel.flush();
      this.stillness = new Stillness(this.documents);
      this.showCaret = hideCaret(this.documents);
      return true;
    }
    /** The picture comes: writes down where it stands. Null when the person went on meanwhile. */
    mark(pictures) {
      if (this.timeline.last("A") !== this.inputs) this.interrupt();
      if (!this.stillness) return null;
      this.stillness.hold();
      const n = this.timeline.next("C");
      this.recording.log("C", marker(n, this.stillness.moments));
      this.witnessed = this.recording.witness();
      return { n, unstable: unstableIn(this.documents, pictures) };
    }
    /** Goes on; false when something was done here, or changed that nobody can hold. */
    leave() {
      const clean = !this.touched && this.timeline.last("A") === this.inputs && this.recording.witness() === this.witnessed;
      this.release();
      return clean;
    }
    /** The person does something here: nobody is held up. */
    interrupt() {
      this.touched = true;
      this.release();
    }
    release() {
      if (!this.stillness) return;
      this.stillness.resume();
      this.stillness = void 0;
      this.showCaret?.();
      this.recording.thaw();
    }
  };

  // src/recording.ts
  var Recording = class {
    modules = new Modules();
    holds = false;
    /** Flat triples `kind, argument, delta` that have not been sent yet. */
    entries = list();
    /** How many places of entries have been sent. */
    sent = 0;
    /** What the browser fetches for itself, by realm. */
    resources = list();
    lastResources = 0;
    /** How many entries tell of what came although everything was to stand still. */
    unheld = 0;
    /** Where something came that has not raised its event yet, by address. */
    places = record();
    /** What was read last, by name. */
    readings = record();
    forget = () => this.timeline.isCurrent = false;
    frames;
    frozen = false;
    /** How many modules have come and may not have run yet. */
    running = 0;
    /** Where the last of them stands. */
    lastModule;
    /** Where the last load of all stands. */
    lastLoad = 0;
    queue = list();
    queueHead = 0;
    natives = list();
    drain;
    timeline;
    wrote;
    late;
    /** `late`: by how many ticks this realm began after its timeline did. */
    constructor(timeline, wrote, late = 0) {
      this.timeline = timeline;
      this.wrote = wrote;
      this.late = late;
      this.frames = new Frames(this);
      timeline.onRead = () => this.look();
      this.forget();
      this.drain = taskQueue(() => this.drainOne());
    }
    /** Appends an entry at the present moment and returns its index among the unsent. */
    log(kind, argument) {
      takeAll(this.resources);
      const delta = this.sinceLast();
      if (kind === "C") this.frames.moves = argument.length > 1;
      return this.frozen && kind === "C" ? this.write(kind, argument, delta) : this.frames.write(kind, argument, delta);
    }
    /** Ticks since the last entry. */
    sinceLast() {
      const now = floor(realNow() * TICKS) + this.late - this.timeline.ticks;
      return this.frozen || this.running > 0 || now < 0 ? 0 : now;
    }
    write(kind, argument, delta) {
      this.timeline.advance(delta);
      return this.put(kind, argument, delta);
    }
    take() {
      const { entries } = this;
      this.entries = list();
      this.sent += entries.length;
      return entries;
    }
    arrive(kind, id, run, ticket) {
      takeAll(this.resources);
      if (this.isHolding) {
        append(this.queue, { kind, id, run, ticket });
        return;
      }
      this.log(kind, id);
      run();
    }
    comes() {
    }
    settle(kind, id, run) {
      append(this.queue, { kind, id, run, ticket: void 0 });
      if (this.queue.length === this.queueHead + 1) this.goOn();
    }
    /** A module runs in a task that nobody announces: what has come is noticed by the first reading of each task. */
    look() {
      this.timeline.isCurrent = true;
      nativeMicrotask(this.forget);
      takeAll(this.resources);
    }
    event(type) {
      this.unheld++;
      this.log("E", type);
      return true;
    }
    milestone(type, then) {
      this.event(type);
      then();
    }
    isTurn() {
      return !this.isHolding;
    }
    get isHolding() {
      return this.frozen || this.running > 0 || this.queue.length > this.queueHead;
    }
    /** A style sheet is in force, and a picture has its size, as soon as it has come: callbacks see that before its event. */
    came(url) {
      this.places[url] = this.room();
    }
    /** What a style asked for has come, or SVG: a font, a background, a picture that no event tells of in time. */
    cameOfStyle(url) {
      if (stringSlice(url, 0, 4) === "http") this.log("L", OF_STYLE + stringSlice(url, 0, 200));
    }
    loaded(name, url) {
      this.unheld++;
      takeAll(this.resources);
      if (isModuleScript(name)) this.runModules();
      const place3 = this.places[url];
      delete this.places[url];
      if (place3 === void 0) this.log("L", name);
      else this.amend(place3, "L", name);
    }
    /** Where an entry stands, among all that were ever written, as long as it has not been sent. */
    placeOf(index) {
      return this.sent + index;
    }
    /** Has an entry say something else; of one that has been sent already another tells so. */
    amend(place3, kind, argument) {
      const index = place3 - this.sent;
      if (kind === "L" && place3 > this.lastLoad) this.lastLoad = place3;
      if (index < 0) return void this.put("<", [place3, kind, argument], 0);
      this.entries[index] = kind;
      this.entries[index + 1] = argument;
      this.wrote();
    }
    /**
     * A module has come. Until it has run the clock stands still and whatever arrives waits, as in a replay: of several
     * that come meanwhile only the order in which they are compiled counts.
     */
    imported(name) {
      this.unheld++;
      this.log("-", 0);
      this.running++;
      this.modules.afterCompiling(name, () => {
        this.lastModule = { place: this.placeOf(this.put("L", name, 0)), name };
        this.unheld++;
      }, () => {
        this.unheld++;
        this.running--;
        this.goOn();
      });
    }
    /**
     * An element's module and all that it imports run in one task, right before the element's event. A script whose event
     * came before that has run before it, although the last module of all had come already.
     */
    runModules() {
      const last = this.lastModule;
      this.lastModule = void 0;
      if (!last || this.lastLoad === last.place) return;
      this.put("L", last.name, 0);
      this.amend(last.place, "-", 0);
    }
    /** Appends what is no moment of this document: the entries of a worker. */
    quote(kind, argument) {
      this.put(kind, argument, 0);
    }
    put(kind, argument, delta) {
      append(this.entries, kind);
      append(this.entries, argument);
      append(this.entries, delta);
      this.wrote();
      const index = this.entries.length - 3;
      if (kind === "L") this.lastLoad = this.placeOf(index);
      return index;
    }
    /** Changes when something came that nobody can hold. */
    witness() {
      return this.unheld + takeAll(this.resources);
    }
    /** A place for what turns out later to have come before the entries that follow, in the frame that it is now. */
    room() {
      return this.placeOf(this.log("-", 0));
    }
    /** Appends the marker of a raw input; gives the way to take it back. */
    mark(n) {
      this.logResources();
      const place3 = this.placeOf(this.log("A", n));
      return () => this.amend(place3, "-", 0);
    }
    /** Appends how many resources have loaded, if that has changed. */
    logResources() {
      const count = takeAll(this.resources);
      if (count === this.lastResources) return;
      this.lastResources = count;
      this.log("N", count);
    }
    timer(id, delay, run) {
      this.natives[id] = nativeTimeout(() => {
        this.natives[id] = void 0;
        this.arrive("T", id, run);
      }, delay);
    }
    blocks() {
    }
    dropTimer(id) {
      const native2 = this.natives[id];
      if (native2 !== void 0) nativeClearTimeout(native2);
      this.natives[id] = void 0;
      for (let i = this.queueHead; i < this.queue.length; i++) {
        const queued = this.queue[i];
        if (queued?.kind === "T" && queued.id === id) queued.dropped = true;
      }
    }
    frame(realm2, run) {
      nativeFrame(() => this.arrive("R", realm2, run));
    }
    idle(id, run, options) {
      const ready = (deadline) => this.arrive("I", id, () => run(deadline));
      if (nativeIdle) nativeIdle(ready, options);
      else nativeTimeout(ready, 1);
    }
    answer(ask) {
      const given = ask();
      this.log("D", given === void 0 ? null : given);
      return given;
    }
    /** Stands right behind what led to it: time goes on as it was. An answer that is the same again is not repeated. */
    reading(name, ask) {
      const value = ask();
      const text2 = encode(value);
      const isKnown2 = this.readings[name] === text2;
      this.readings[name] = text2;
      this.put("g", isKnown2 ? name : [name, value], 0);
      return value;
    }
    outcome(id, ask, deliver) {
      ask((outcome) => {
        this.arrive("K", [id, outcome], () => deliver(outcome));
      });
    }
    endOutcomes() {
    }
    chunk() {
      return void 0;
    }
    /** Stops the clock and keeps arrivals waiting, so that the log position and the pixels belong together. */
    freeze() {
      this.frozen = true;
    }
    thaw() {
      if (!this.frozen) return;
      this.frozen = false;
      if (this.frames.moves) nativeFrame(() => this.frames.begin());
      this.goOn();
    }
    /** Lets in what has been waiting, one in a task. */
    goOn() {
      if (!this.frozen && this.running === 0 && this.queue.length > this.queueHead) this.drain();
    }
    get isFrozen() {
      return this.frozen;
    }
    drainOne() {
      takeAll(this.resources);
      if (this.frozen || this.running > 0) return;
      const next = this.queue[this.queueHead++];
      if (next === void 0) return;
      if (this.queue.length === this.queueHead) {
        this.queue = list();
        this.queueHead = 0;
      } else this.drain();
      if (next.dropped || next.ticket?.live === false) return;
      this.log(next.kind, next.id);
      next.run();
    }
  };

  // src/stage.ts
  function joinParent() {
    const parent = sameOriginParent();
    if (!parent) return void 0;
    const detail = {};
    dispatchEvent(parent, new globalThis.CustomEvent(config.token, { detail }));
    return detail.stage;
  }
  function openStage() {
    const top = globalThis.window.parent === globalThis.window;
    if (top && globalThis.document.URL === "about:blank") return void 0;
    const id = config.mode === "record" ? void 0 : documentId();
    const recorded = id === void 0 ? void 0 : config.documents[id];
    const channel = new Channel();
    channel.post(["document", {
      url: globalThis.document.URL,
      top,
      id: id ?? null,
      origin: recorded?.origin ?? realOrigin,
      seed: recorded?.seed ?? seed | 0,
      navigation: navigationType(),
      index: historyIndex(),
      known: recorded !== void 0
    }]);
    if (config.mode !== "record" && !recorded) return unknownDocument(channel);
    const log = recorded ? jsonParse(recorded.log) : list();
    const timeline = new Timeline(recorded?.origin ?? realOrigin, recorded?.seed ?? seed);
    const stage = {
      originals: new NativeWeakMap(),
      timeline,
      channel,
      documents: list(),
      traffic: list(),
      settling: void 0,
      recording: void 0,
      neighbour: void 0,
      pace: void 0,
      animations: void 0,
      bubbles: new Bubbles(),
      snapping: new Snapping(),
      hover: new Hover(),
      dragging: { own: false, dropped: false },
      crossing: { of: void 0 },
      noteShadowRoot,
      insides: new Insides(),
      performers: list(),
      finders: list(),
      lists: list(),
      workerLogs: takeWorkerLogs(log),
      lives: takeLives(log),
      crew: new Crew(config.mode === "record")
    };
    if (config.mode === "record") openRecording(stage);
    else if (config.mode === "replay") timeline.conductor = new Replaying(timeline, log);
    else timeline.conductor = new Free(timeline, log);
    return stage;
  }
  var seed = globalThis.Math.random() * 2147483647 | 0;
  function unknownDocument(channel) {
    channel.flush();
    return void 0;
  }
  function documentId() {
    const entry = globalThis.performance.getEntriesByType("navigation")[0];
    const timings = entry?.serverTiming ?? [];
    for (let i = 0; i < timings.length; i++) if (timings[i].name === "rx") return timings[i].description;
    const top = globalThis.window.parent === globalThis.window;
    const ids = recordedAt(globalThis.document.URL, top);
    if (config.console && !isSecureContext && top) return ids.length === 1 ? ids[0] : void 0;
    if (top && (config.next !== void 0 || stringSlice(globalThis.location.protocol, 0, 4) === "http")) return config.next;
    if (ids.length < 2) return ids[0];
    const place3 = top ? null : placeInTree();
    for (let i = 0; i < ids.length; i++) if (config.documents[ids[i]].frame === place3) return ids[i];
    return void 0;
  }
  function recordedAt(url, top) {
    const found = list();
    for (const id in config.documents) {
      const recorded = config.documents[id];
      if (recorded.frame === null === top && recorded.url === url) append(found, id);
    }
    return found;
  }
  function placeBesideParent() {
    let place3 = "";
    let frame;
    for (let view = globalThis.window; frame = frameElement(view); view = windowParent(view)) {
      const all = queryAll(ownerDocument(frame), "iframe,frame,object,embed");
      let index = 0;
      while (index < all.length && all[index] !== frame) index++;
      place3 = place3 === "" ? "" + index : index + "/" + place3;
    }
    return place3;
  }
  function placeInTree() {
    let place3 = "";
    for (let view = globalThis.window; view.parent !== view; view = view.parent) {
      let index = 0;
      while (index < view.parent.length && view.parent[index] !== view) index++;
      place3 = place3 === "" ? "" + index : index + "/" + place3;
    }
    return place3;
  }
  function navigationType() {
    return globalThis.performance.getEntriesByType("navigation")[0]?.type ?? "navigate";
  }
  function historyIndex() {
    const navigation = globalThis.window.navigation;
    return navigation?.currentEntry?.index ?? -1;
  }
  function openRecording(stage) {
    const { timeline, channel, documents } = stage;
    const recording = new Recording(timeline, () => channel.armLazily());
    append(channel.beforeFlush, () => {
      const entries = recording.take();
      if (entries.length > 0) channel.post(["entries", entries]);
    });
    timeline.conductor = recording;
    recording.frames.standing = () => standingOf(documents);
    stage.recording = recording;
    stage.neighbour = new Neighbour(timeline, recording, channel, documents);
    stage.settling = new Settling(stage, recording);
  }

  // src/tasks.ts
  var NativeController = globalThis.AbortController;
  var abort = NativeController?.prototype.abort;
  var CALLED_BACK = [
    ["HTMLCanvasElement", "toBlob", [0]],
    ["DataTransferItem", "getAsString", [0]],
    ["FileSystemFileEntry", "file", [0, 1]],
    ["FileSystemEntry", "getParent", [0, 1]],
    ["FileSystemDirectoryReader", "readEntries", [0, 1]],
    ["FileSystemDirectoryEntry", "getFile", [2, 3]],
    ["FileSystemDirectoryEntry", "getDirectory", [2, 3]]
  ];
  function holdTasks(timeline) {
    const scope5 = globalThis;
    const { conductor } = timeline;
    const inTurn = (task) => {
      const id = timeline.next("P");
      return (...args) => new NativePromise((resolve, reject) => {
        conductor.arrive("P", id, () => {
          try {
            resolve(apply(task, void 0, args));
          } catch (error) {
            reject(error);
          }
        });
      });
    };
    replaceMethod(scope5.AbortSignal, "timeout", (native2) => (self, args) => {
      const ms = +args[0];
      if (!isFinite(ms) || ms < 0) return native2(self, args);
      const controller = new NativeController();
      conductor.timer(timeline.next("T"), ms, () => {
        apply(abort, controller, [new globalThis.DOMException("signal timed out", "TimeoutError")]);
      });
      return controller.signal;
    });
    replaceMethod(scope5.Scheduler?.prototype, "postTask", (native2) => (self, args) => {
      if (typeof args[0] !== "function") return native2(self, args);
      return native2(self, [inTurn(args[0]), args[1]]);
    });
    replaceMethod(scope5.Scheduler?.prototype, "yield", (native2) => (self, args) => held(timeline, "P", timeline.next("P"), native2(self, args)));
    replaceMethod(scope5.LockManager?.prototype, "request", (native2) => (self, args) => {
      const granted = args[args.length > 2 ? 2 : 1];
      if (typeof granted !== "function") return native2(self, args);
      const waiting = inTurn(granted);
      const asked = native2(self, args.length > 2 ? [args[0], args[1], waiting] : [args[0], waiting]);
      return held(timeline, "P", timeline.next("P"), asked);
    });
    for (let i = 0; i < CALLED_BACK.length; i++) holdCallbacks(timeline, scope5, CALLED_BACK[i]);
    if (typeof Document !== "undefined") holdTransitions(timeline, scope5, inTurn);
  }
  function holdCallbacks(timeline, scope5, [owner, name, places]) {
    replaceMethod(scope5[owner]?.prototype, name, (native2) => (self, args) => {
      const id = timeline.next("P");
      const given = [];
      for (let i = 0; i < args.length; i++) push(given, args[i]);
      for (let i = 0; i < places.length; i++) {
        const callback = given[places[i]];
        if (typeof callback !== "function") continue;
        given[places[i]] = (...told) => timeline.conductor.arrive("P", id, () => void apply(callback, void 0, told));
      }
      return native2(self, given);
    });
  }
  function holdTransitions(timeline, scope5, inTurn) {
    replaceMethod(Document.prototype, "startViewTransition", (native2) => (self, args) => {
      const given = args[0];
      if (typeof given === "function") return native2(self, [inTurn(given)]);
      const update = given?.update;
      return native2(self, typeof update === "function" ? [{ ...given, update: inTurn(update) }] : args);
    });
    const { ViewTransition } = scope5;
    holdProperty(ViewTransition, "ready", (promise) => held(timeline, "P", timeline.next("P"), promise));
    holdProperty(ViewTransition, "updateCallbackDone", (promise) => held(timeline, "P", timeline.next("P"), promise));
    holdEnd(timeline, ViewTransition);
  }
  function mergeMoves() {
    const prototype = globalThis.PointerEvent?.prototype;
    const latest2 = (events) => {
      const one = [];
      if (events.length > 0) one[0] = events[events.length - 1];
      return one;
    };
    replaceMethod(prototype, "getCoalescedEvents", (native2) => (self, args) => latest2(native2(self, args)));
    replaceMethod(prototype, "getPredictedEvents", (native2) => (self, args) => {
      native2(self, args);
      return [];
    });
  }

  // src/timers.ts
  var indirectEval = globalThis.eval;
  function installTimers(timeline, start4) {
    const { conductor } = timeline;
    const alive = record();
    const call3 = (handler, args) => {
      if (typeof handler === "function") apply(handler, globalThis, args);
      else indirectEval("" + handler);
    };
    const none = list();
    const rest = (args) => {
      if (args.length < 3) return none;
      const kept = list();
      for (let i = 2; i < args.length; i++) append(kept, args[i]);
      return kept;
    };
    const set = (repeat) => (native2) => (self, args) => {
      if (args.length === 0 || isForeign(self)) nativeClearTimeout(native2(self, args));
      const id = timeline.next("T");
      const number = +args[1];
      const delay = isFinite(number) && number > 0 ? number : 0;
      const passed = rest(args);
      const fire = () => {
        if (!alive[id]) return;
        if (repeat) conductor.timer(id, delay, fire);
        else delete alive[id];
        call3(args[0], passed);
      };
      alive[id] = true;
      conductor.timer(id, delay, fire);
      return id;
    };
    const clear = (_self, args) => {
      const id = args[0];
      if (!alive[id]) return;
      delete alive[id];
      conductor.dropTimer(id);
    };
    replaceMethod(globalThis, "setTimeout", set(false));
    replaceMethod(globalThis, "setInterval", set(true));
    replaceMethod(globalThis, "clearTimeout", () => clear);
    replaceMethod(globalThis, "clearInterval", () => clear);
    addEventListener(globalThis, "pagehide", () => {
      for (const id in alive) conductor.dropTimer(+id);
    });
    installFrames(timeline, start4);
    installIdle(timeline);
  }
  function isForeign(self) {
    return self !== void 0 && self !== null && self !== globalThis;
  }
  function installFrames(timeline, start4) {
    const { conductor } = timeline;
    const realm2 = timeline.realms;
    let wanted = list();
    let current = wanted;
    const runFrame = () => {
      current = wanted;
      wanted = list();
      const time2 = (timeline.ticks - start4) / TICKS;
      for (let i = 0; i < current.length; i++) {
        const { callback } = current[i];
        if (!callback) continue;
        try {
          apply(callback, globalThis, [time2]);
        } catch (error) {
          (0, globalThis.reportError)(error);
        }
      }
    };
    replaceMethod(globalThis, "requestAnimationFrame", (native2) => (self, args) => {
      if (typeof args[0] !== "function" || isForeign(self)) nativeCancelFrame(native2(self, args));
      const id = timeline.next("raf" + realm2);
      if (wanted.length === 0) conductor.frame(realm2, runFrame);
      append(wanted, { id, callback: args[0] });
      return id;
    });
    const cancel = (queue, id) => {
      for (let i = 0; i < queue.length; i++) if (queue[i]?.id === id) queue[i].callback = void 0;
    };
    replaceMethod(globalThis, "cancelAnimationFrame", () => (_self, args) => {
      cancel(wanted, args[0]);
      cancel(current, args[0]);
    });
  }
  function installIdle(timeline) {
    const { conductor } = timeline;
    const pending = record();
    replaceMethod(globalThis, "requestIdleCallback", (native2) => (self, args) => {
      if (typeof args[0] !== "function" || isForeign(self)) native2(self, args);
      const id = timeline.next("I");
      pending[id] = true;
      conductor.idle(id, (deadline) => {
        if (!pending[id]) return;
        delete pending[id];
        apply(args[0], globalThis.window, [toldDeadline(timeline, deadline)]);
      }, args[1]);
      return id;
    });
    replaceMethod(globalThis, "cancelIdleCallback", () => (_self, args) => void delete pending[args[0]]);
  }
  var FIRST_READINGS = 4;
  var EACH = 8;
  var MOST_READINGS = 1e3;
  var ENOUGH_MS = 10;
  var remaining = method("IdleDeadline", "timeRemaining", 0);
  var timedOut = getter("IdleDeadline", "didTimeout", false);
  function toldDeadline(timeline, native2) {
    const { conductor } = timeline;
    let readings = 0;
    let left = 0;
    const ask = () => native2 ? floor(remaining(native2)) : readings < MOST_READINGS ? ENOUGH_MS : 0;
    const timeRemaining = () => {
      if (readings < FIRST_READINGS || readings % EACH === 0) left = conductor.reading("idle.left", ask);
      readings++;
      return left;
    };
    const didTimeout = conductor.reading("idle.timedOut", () => native2 !== void 0 && timedOut(native2));
    const told = createObject(globalThis.IdleDeadline?.prototype ?? null);
    defineProperty(told, "didTimeout", { value: didTimeout, enumerable: true, configurable: true });
    defineProperty(told, "timeRemaining", { value: timeRemaining, configurable: true });
    return told;
  }

  // src/install.ts
  function install(stage) {
    const { timeline, channel, settling, recording } = stage;
    const realm2 = timeline.realms++;
    shareOriginals(stage.originals);
    const where = realm2 === 0 ? "" : " in frame " + placeBesideParent();
    if (realm2 > 0) timeline.conductor.event("document" + where + " " + stringSlice(globalThis.document.URL, 0, 200));
    const start4 = realm2 === 0 ? 0 : timeline.ticks;
    append(stage.documents, globalThis.document);
    append(stage.performers, perform);
    append(stage.finders, elementAt);
    stage.bubbles.follow(hear);
    stage.snapping.follow(hear);
    followQuestions(stage.bubbles);
    stage.hover.follow(hear);
    const { conductor } = timeline;
    if (config.mode !== "record") {
      append(stage.lists, followLists());
      followPace(() => stage.pace);
    }
    followEvents(timeline, where);
    if (recording) append(recording.resources, resourcesOf(recording));
    else if (conductor instanceof Replaying) {
      append(conductor.loads.resources, new Resources((asker, url) => {
        if (asker === "style") return conductor.loaded(OF_STYLE + stringSlice(url, 0, 200));
        if (asker === "img") return;
        const names2 = namesOfModule(url);
        for (let i = 0; i < names2.length; i++) conductor.loaded(names2[i]);
      }));
    }
    if (recording && settling) {
      followInput(channel, {
        begin: () => ({ n: timeline.next("A"), revoke: recording.mark(timeline.last("A")) }),
        beginTentative: () => {
          const room = settling.isDue ? recording.room() : void 0;
          return { n: timeline.next("A"), revoke: recording.mark(timeline.last("A")), room };
        },
        action: (continues, room) => {
          stage.neighbour?.interrupt();
          settling.interrupt(continues, room);
        },
        done: (typing) => settling.owe(typing)
      }, realm2, stage.dragging, stage.crossing);
      if (realm2 === 0) settling.owe(false);
    }
    followMeasures(timeline, start4);
    installClock(timeline, start4);
    followReadings(timeline);
    installRandomness(timeline);
    followPlaying(timeline, start4, () => stage.animations);
    installTimers(timeline, start4);
    followSpinners(timeline);
    followSockets(timeline);
    if (config.workers) followBlobs();
    const maker = {
      timeline,
      recording,
      workerLogs: stage.workerLogs,
      deep: config.deep,
      crew: stage.crew,
      gap: (detail) => void (recording && channel.post(["gap", "worker", detail])),
      socket: (event) => channel.post(["socket", event[0], event[1], event[2], event[3]])
    };
    hideFromErrors();
    if (recording) {
      noticeMotion(recording.frames);
      noticeStreams(maker.gap);
      noticeBeyond((kind, detail) => void channel.post(["gap", kind, detail]));
    }
    followWorkers(maker);
    followSharedWorkers(maker, stage.lives, realm2 === 0 ? "" : placeBesideParent());
    followOutcomes(timeline);
    followMedia(timeline);
    holdListeners(timeline, stage.hover);
    append(stage.traffic, holdPromises(timeline));
    holdTasks(timeline);
    holdLayout(timeline);
    holdObservers(timeline);
    holdDialogs(timeline, (kind, message, answer) => channel.post(["dialog", kind, message, answer ?? null]));
    mergeMoves();
    followShadowTrees(stage.noteShadowRoot);
    outliveReopening();
    refuseServiceWorkers(channel);
    refuseSpeculation();
    hideWrappers();
  }
  function resourcesOf(recording) {
    return new Resources((asker, url) => {
      if (asker === "style") return recording.cameOfStyle(url);
      if (asker === "img") return isShownFrom(url) ? recording.came(url) : void 0;
      const name = nameOfModule(url);
      if (isPreload(name) || asker === "script" && name !== "") recording.imported(name);
      else if (asker === "link") recording.came(url);
    });
  }
  function refuseServiceWorkers(channel) {
    replaceMethod(globalThis.ServiceWorkerContainer?.prototype, "register", () => (_self, args) => {
      channel.post(["gap", "service-worker", `the page asked for the service worker ${"" + args[0]}; it was refused`]);
      return globalThis.Promise.reject(new globalThis.DOMException("Service workers are not available", "SecurityError"));
    });
  }

  // src/popup.ts
  var CLOSELY_MS = 2e3;
  var LOOSELY_MS = 6e4;
  function isEmptyPopup() {
    return globalThis.window.parent === globalThis.window && globalThis.window.opener !== null && globalThis.document.URL === "about:blank";
  }
  function awaitDocument(begin2) {
    const since = realNow();
    const look = () => {
      if (!isEmptyPopup()) begin2();
      else if (realNow() - since < CLOSELY_MS) soon();
      else if (realNow() - since < LOOSELY_MS) nativeTimeout(look, 4);
    };
    const soon = taskQueue(look);
    soon();
  }

  // src/halting.ts
  var FRAMES3 = 2;
  var FRAME_LIMIT_MS2 = 200;
  var draws = false;
  async function shown() {
    if (!draws || !nativeFrame) return;
    await new NativePromise((resolve) => {
      const next = (left) => left === 0 ? resolve() : void nativeFrame(() => next(left - 1));
      next(FRAMES3);
      nativeTimeout(resolve, FRAME_LIMIT_MS2);
    });
  }
  function followCanvas() {
    replaceMethod(globalThis.OffscreenCanvas?.prototype, "getContext", (native2) => (self, args) => {
      draws = true;
      return native2(self, args);
    });
  }
  function haltRecording(recording, crew, halted) {
    followCanvas();
    let resumed = 0;
    const halt = async (n) => {
      recording.freeze();
      await crew.halt(n);
      await shown();
      const place3 = list();
      place3[0] = n;
      recording.log("C", place3);
      halted(n);
      if (resumed >= n) goOn(n);
    };
    const goOn = (n) => {
      crew.resume(n);
      recording.thaw();
    };
    followReports(globalThis, (order) => {
      const n = order[1];
      if (order[0] === "halt") return void halt(n);
      const isHalted = recording.isFrozen && n > resumed;
      resumed = n;
      if (isHalted) goOn(n);
    });
  }
  function haltReplay(replaying2, crew, halted) {
    followCanvas();
    let resumed = 0;
    let goOn;
    const play2 = async () => {
      for (; ; ) {
        const stop = await replaying2.run();
        if (stop.why !== "checkpoint") return;
        await crew.halt(stop.n);
        await shown();
        halted(stop.n);
        if (resumed < stop.n) await new NativePromise((resolve) => void (goOn = resolve));
        crew.resume(stop.n);
      }
    };
    followReports(globalThis, (order) => {
      resumed = order[1];
      goOn?.();
    });
    void play2();
  }

  // src/wire.ts
  var TEXT = "text";
  var BINARY = "binary";
  var CHUNK2 = 4096;
  var scope3 = globalThis;
  var Bytes = globalThis.Uint8Array;
  var toBase642 = globalThis.btoa;
  var fromCharCode = globalThis.String.fromCharCode;
  var dataOf2 = getter("MessageEvent", "data", "");
  var addressOf4 = getter("WebSocket", "url", "");
  var protocolOf = getter("WebSocket", "protocol", "");
  var readAtOnce = method("FileReaderSync", "readAsArrayBuffer", null);
  var isView = globalThis.ArrayBuffer.isView;
  var viewedBuffer = (view) => new Bytes(view.buffer, view.byteOffset, view.byteLength);
  function encoded(data) {
    const isBlob = isPrototypeOf(scope3.Blob?.prototype, data);
    const buffer = isBlob ? readAtOnce(construct(scope3.FileReaderSync, []), data) : data;
    if (!buffer) return "";
    const bytes = isView(buffer) ? viewedBuffer(buffer) : new Bytes(buffer);
    let text2 = "";
    for (let i = 0; i < bytes.length; i += CHUNK2) {
      for (let j = i; j < i + CHUNK2 && j < bytes.length; j++) text2 += fromCharCode(bytes[j]);
    }
    return toBase642(text2);
  }
  function tellSockets(tell3) {
    const ids = new NativeWeakMap();
    let count = 0;
    const tellFrame = (id, what, data) => {
      if (typeof data === "string") tell3([id, what, TEXT, data]);
      else if (typeof data === "object" && data !== null) tell3([id, what, BINARY, encoded(data)]);
      else tell3([id, what, TEXT, "" + data]);
    };
    replaceMethod(scope3.WebSocket?.prototype, "send", (native2) => (self, args) => {
      const result = native2(self, args);
      const id = weakMapGet(ids, self);
      if (id !== void 0) tellFrame(id, "sent", args[0]);
      return result;
    });
    return (socket) => {
      const id = "" + ++count;
      weakMapSet(ids, socket, id);
      tell3([id, "created", addressOf4(socket), ""]);
      addEventListener(socket, "open", () => tell3([id, "open", protocolOf(socket), ""]));
      addEventListener(socket, "message", (event) => tellFrame(id, "received", dataOf2(event)));
      addEventListener(socket, "error", () => tell3([id, "failed", "", ""]));
      addEventListener(socket, "close", () => tell3([id, "closed", "", ""]));
    };
  }

  // src/worker.ts
  var scope4 = globalThis;
  var post5 = scope4.postMessage;
  var chance = globalThis.Math.random() * 2147483647 | 0;
  function beginWorker() {
    const { token } = config;
    if (stringSlice(scope4.name, 0, token.length) !== token) return;
    const told = jsonParse(stringSlice(scope4.name, token.length));
    hideTraces(told.name);
    followBlobs();
    if ("life" in told) beginShared(told);
    else beginDedicated(told, token);
    hideWrappers();
  }
  function beginDedicated(told, token) {
    const timeline = new Timeline(told.origin, told.seed);
    const tell3 = (report) => void apply(post5, globalThis, [{ [token]: report }]);
    const workerLogs = takeWorkerLogs(told.log);
    const crew = new Crew(told.mode === "record");
    let recording;
    if (told.mode === "record") {
      const flush = () => {
        const entries = recording?.take();
        if (entries && entries.length > 0) tell3(["entries", entries]);
      };
      const later = new Later(LAZY_PERIOD_MS, flush);
      const late = floor((realOrigin - told.origin) * TICKS);
      timeline.conductor = recording = new Recording(timeline, () => later.arm(), late > 0 ? late : 0);
      haltRecording(recording, crew, (n) => {
        flush();
        tell3(["halted", n]);
      });
      tellBefore(flush);
      replaceMethod(globalThis, "close", (native2) => (self, args) => {
        tell3(["closed"]);
        return native2(self, args);
      });
    } else {
      const skipped = (what, ticks) => tell3(["skip", what, ticks]);
      haltReplay(replaying(timeline, told.log, skipped), crew, (n) => tell3(["halted", n]));
    }
    const socket = (event) => tell3(["socket", event]);
    const gap = (detail) => void (recording && tell3(["gap", detail]));
    install2(timeline, recording && tellSockets(socket), () => gap("what an event stream of a worker said was not recorded"));
    if (recording) noticeStreams(gap);
    followWorkers({ timeline, recording, workerLogs, deep: told.deep, crew, gap, socket });
  }
  function beginShared(told) {
    if (told.mode === "record") {
      const timeline2 = new Timeline(realOrigin, chance);
      const recording = new Recording(timeline2, () => clients2.wrote());
      const clients2 = Clients.record(recording, timeline2.name);
      timeline2.conductor = recording;
      tellBefore(() => clients2.flush());
      return install2(timeline2);
    }
    const life = lifeOf(told.life);
    const timeline = new Timeline(life[0], life[1]);
    const clients = new Clients();
    void replaying(timeline, jsonParse(told.log), (what) => clients.tell(["skip", what])).run();
    install2(timeline);
  }
  function install2(timeline, madeSocket, madeStream) {
    followMeasures(timeline, 0);
    installClock(timeline, 0);
    followReadings(timeline);
    installRandomness(timeline);
    installTimers(timeline, 0);
    followSockets(timeline, madeSocket, madeStream);
    holdListeners(timeline);
    holdPromises(timeline);
    holdTasks(timeline);
    holdObservers(timeline);
  }
  function tellBefore(flush) {
    const telling = (native2) => (self, args) => {
      flush();
      return native2(self, args);
    };
    replaceMethod(globalThis, "postMessage", telling);
    replaceMethod(globalThis, "close", telling);
    replaceMethod(globalThis.MessagePort.prototype, "postMessage", telling);
    replaceMethod(globalThis.BroadcastChannel?.prototype, "postMessage", telling);
  }
  function replaying(timeline, log, skipped) {
    const conductor = new Replaying(timeline, log);
    conductor.isPatient = true;
    conductor.onSkip = (skip) => skipped(skip.kind + " " + skip.id, skip.ticks);
    timeline.conductor = conductor;
    return conductor;
  }
  function hideTraces(name) {
    replaceAccessor(globalThis, "name", () => () => name);
    const prototype = globalThis.WorkerLocation?.prototype;
    const cleaned = (native2) => (self) => unmarked(native2(self));
    hideFromErrors();
    hideFromHandler();
    replaceAccessor(prototype, "href", cleaned);
    replaceAccessor(prototype, "search", cleaned);
    replaceMethod(prototype, "toString", (native2) => (self) => unmarked(native2(self, [])));
  }

  // src/main.ts
  if (config.mode === "worker") beginWorker();
  else if (isEmptyPopup()) awaitDocument(begin);
  else begin();
  function begin() {
    const joined2 = joinParent();
    if (joined2) takeBinding();
    const stage = joined2 ?? openStage();
    if (!stage) return;
    install(stage);
    const answer = joined2 ? void 0 : commandsOf(stage);
    addEventListener(globalThis.window, config.token, (first, a, b, c) => {
      if (typeof first === "string") return answer?.(first, a, b, c);
      const meeting = first.detail;
      if (config.console && meeting?.key !== void 0) {
        if (answer) answerTo(meeting, answer);
      } else if (meeting) meeting.stage = stage;
      return void 0;
    });
    if (!joined2) stage.channel.flush();
    if (!joined2) stage.pace?.begin();
  }
})();
