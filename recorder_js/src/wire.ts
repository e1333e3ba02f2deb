// What goes through the WebSockets of a dedicated worker, told by the worker: DevTools would begin to listen too late.
import { replaceMethod } from './masquerade.ts';
import { addEventListener } from './nativeevents.ts';
import { construct, getter, isPrototypeOf, method, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';

/** Which socket, what happened to it, and what belongs to that: an address, a protocol, or a kind of frame and its content. */
export type SocketEvent = [id: string, what: 'created' | 'open' | 'sent' | 'received' | 'failed' | 'closed', first: string, second: string];

const TEXT = 'text';
const BINARY = 'binary';
const CHUNK = 4096;

const scope = globalThis as unknown as { [name: string]: { new (): object; prototype: any } | undefined };
const Bytes = Uint8Array;
const toBase64 = globalThis.btoa;
const fromCharCode = String.fromCharCode;
const dataOf = getter<unknown>('MessageEvent', 'data', '');
const addressOf = getter<string>('WebSocket', 'url', '');
const protocolOf = getter<string>('WebSocket', 'protocol', '');
const readAtOnce = method<[unknown], ArrayBuffer | null>('FileReaderSync', 'readAsArrayBuffer', null);
const isView = ArrayBuffer.isView;
const viewedBuffer = (view: ArrayBufferView): Uint8Array => new Bytes(view.buffer, view.byteOffset, view.byteLength);

/** The bytes of what is no text, as base64. */
function encoded(data: unknown): string {
  const isBlob = isPrototypeOf(scope.Blob?.prototype, data);
  const buffer = isBlob ? readAtOnce(construct(scope.FileReaderSync as Function, []), data) : data;
  if (!buffer) return '';
  const bytes = isView(buffer) ? viewedBuffer(buffer) : new Bytes(buffer as ArrayBuffer);
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    for (let j = i; j < i + CHUNK && j < bytes.length; j++) text += fromCharCode(bytes[j] as number);
  }
  return toBase64(text);
}

/** Tells what each socket of this worker says and hears; what it returns is to be shown every new one. */
export function tellSockets(tell: (event: SocketEvent) => void): (socket: object) => void {
  const ids = new NativeWeakMap<object, string>();
  let count = 0;
  const tellFrame = (id: string, what: 'sent' | 'received', data: unknown): void => {
    if (typeof data === 'string') tell([id, what, TEXT, data]);
    else if (typeof data === 'object' && data !== null) tell([id, what, BINARY, encoded(data)]);
    else tell([id, what, TEXT, '' + data]);
  };
  replaceMethod(scope.WebSocket?.prototype, 'send', (native) => (self, args) => {
    const result = native(self, args);
    const id = weakMapGet(ids, self as object);
    if (id !== undefined) tellFrame(id, 'sent', args[0]);
    return result;
  });
  return (socket) => {
    const id = '' + ++count;
    weakMapSet(ids, socket, id);
    tell([id, 'created', addressOf(socket), '']);
    addEventListener(socket, 'open', () => tell([id, 'open', protocolOf(socket), '']));
    addEventListener(socket, 'message', (event: Event) => tellFrame(id, 'received', dataOf(event)));
    addEventListener(socket, 'error', () => tell([id, 'failed', '', '']));
    addEventListener(socket, 'close', () => tell([id, 'closed', '', '']));
  };
}
