// What pages hear of from outside: whose listeners wait for their turn, and in which entries of the log.
import { BOUNDARY_EVENTS } from './hover.ts';
import { MEDIA_EVENTS } from './media.ts';

const LOADING = ['load', 'error'];

/** Classes whose listeners are held, the letter of their log entries and the event types that count. */
export const CLASSES: [name: string, kind: string, types: string[]][] = [
  ['MessagePort', 'M', ['message', 'messageerror', 'close']],
  ['Worker', 'W', ['message', 'messageerror', 'error']],
  ['SharedWorker', 'W', ['error']],
  ['BroadcastChannel', 'Q', ['message', 'messageerror']],
  ['WebSocket', 'V', ['open', 'message', 'error', 'close']],
  ['EventSource', 'V', ['open', 'message', 'error']],
  ['XMLHttpRequestEventTarget', 'X', [
    'readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'error', 'abort', 'timeout',
  ]],
  ['FileReader', 'G', ['loadstart', 'progress', 'load', 'loadend', 'error', 'abort']],
  ['HTMLImageElement', 'J', LOADING],
  ['HTMLScriptElement', 'J', LOADING],
  ['HTMLLinkElement', 'J', LOADING],
  ['HTMLIFrameElement', 'J', LOADING],
  ['HTMLStyleElement', 'J', LOADING],
  ['HTMLObjectElement', 'J', LOADING],
  ['HTMLEmbedElement', 'J', LOADING],
  ['HTMLInputElement', 'J', LOADING],
  ['HTMLTrackElement', 'J', LOADING],
  ['SVGImageElement', 'J', LOADING],
  ['SVGScriptElement', 'J', LOADING],
  ['SVGStyleElement', 'J', LOADING],
  ['FontFaceSet', 'J', ['loading', 'loadingdone', 'loadingerror']],
  // Of a database only what ends something can wait like that; for the answers of a transaction see database.ts.
  ['IDBOpenDBRequest', 'b', ['success', 'blocked']],
  ['IDBOpenDBRequest', 'E', ['upgradeneeded']],
  ['IDBRequest', 'E', ['success', 'error']],
  ['IDBTransaction', 'b', ['complete', 'abort']],
  ['IDBDatabase', 'E', ['versionchange']],
  // Whatever the browser's own frames bring: never cancelable, so that holding them changes nothing else.
  ['EventTarget', 'H', [
    'scroll', 'scrollend', 'scrollsnapchange', 'scrollsnapchanging', 'selectionchange', 'resize', 'visibilitychange',
    'fullscreenchange', 'fullscreenerror', 'pointerlockchange', 'pointerlockerror', 'securitypolicyviolation', 'toggle',
    'contentvisibilityautostatechange',
    'transitionrun', 'transitionstart', 'transitionend', 'transitioncancel',
    'animationstart', 'animationiteration', 'animationend', 'animationcancel',
    'webkitTransitionEnd', 'webkitAnimationStart', 'webkitAnimationIteration', 'webkitAnimationEnd',
  ]],
  ['EventTarget', 'H', BOUNDARY_EVENTS],
  ['EventTarget', 'H', ['blur', 'focusout']],
  ['Animation', 'H', ['finish', 'cancel', 'remove']],
  ['HTMLDialogElement', 'H', ['close']],
  ['HTMLInputElement', 'H', ['select']],
  ['HTMLTextAreaElement', 'H', ['select']],
  ['MediaQueryList', 'H', ['change']],
  ['ScreenOrientation', 'H', ['change']],
  ['NetworkInformation', 'H', ['change']],
  ['PermissionStatus', 'H', ['change']],
  ['CookieStore', 'H', ['change']],
  ['HTMLCanvasElement', 'H', ['contextlost', 'contextrestored', 'webglcontextlost', 'webglcontextrestored']],
  ['SpeechSynthesis', 'H', ['voiceschanged']],
  ['SpeechSynthesisUtterance', 'H', ['start', 'end', 'error', 'pause', 'resume', 'boundary', 'mark']],
  ['Notification', 'H', ['show', 'close', 'error']],
  ['MediaSource', 'J', ['sourceopen', 'sourceended', 'sourceclose']],
  ['SourceBuffer', 'J', ['updatestart', 'update', 'updateend', 'error', 'abort']],
  ['AudioScheduledSourceNode', 'J', ['ended']],
  ['BaseAudioContext', 'J', ['statechange']],
  ['OfflineAudioContext', 'J', ['complete']],
  ['HTMLMediaElement', 'K', MEDIA_EVENTS],
  ['Document', 'H', ['DOMContentLoaded', 'readystatechange']],
  ['DedicatedWorkerGlobalScope', 'W', ['message', 'messageerror']],
  ['SharedWorkerGlobalScope', 'c', ['connect']],
  ['Window', 'H', ['load', 'DOMContentLoaded', 'pageshow', 'pagereveal', 'popstate', 'hashchange', 'message', 'storage', 'online', 'offline']],
  ['Window', 'H', ['unhandledrejection', 'rejectionhandled']],
];

/** What the page's own calls can raise, before they return: putting in an iframe, ending a document, breaking off a request. */
export const IN_CALLS: { [type: string]: true | undefined } = {
  load: true, DOMContentLoaded: true, readystatechange: true, pageshow: true, popstate: true, loadstart: true, progress: true,
  error: true, abort: true, timeout: true, loadend: true,
};

/** Their handlers are attributes of the global object itself. */
export const GLOBALS: { [name: string]: true | undefined } = { Window: true, DedicatedWorkerGlobalScope: true, SharedWorkerGlobalScope: true };

/** Under its older name an event comes to those who know no other; some attributes mean that one as well. */
export const OLDER: { [type: string]: string | undefined } = {
  transitionend: 'webkitTransitionEnd', animationstart: 'webkitAnimationStart', animationiteration: 'webkitAnimationIteration',
  animationend: 'webkitAnimationEnd',
};
/** Events whose handlers pages give in the markup: to elements, and to the window by way of the body. */
export const INLINE = [
  'load', 'error', 'toggle', 'close', 'select', 'scroll', 'scrollend', 'transitionrun', 'transitionstart', 'transitionend',
  'transitioncancel', 'animationstart', 'animationiteration', 'animationend', 'animationcancel',
];
export const INLINE_OF_WINDOW = [
  'load', 'pageshow', 'popstate', 'hashchange', 'message', 'storage', 'online', 'offline', 'resize', 'scroll',
];
