// Promises that the browser settles from outside: their settling is an arrival.
import { held, holdEnd, holdProperty } from './gate.ts';
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import type { List } from './natives.ts';
import { streamBodies } from './streams.ts';
import type { Timeline } from './timeline.ts';
import { followXhr } from './xhr.ts';

/** Methods with outside promises: [class or namespace, kind of the entry, method names]. */
const METHODS: [owner: string, kind: string, names: string[]][] = [
  ['Response', 'B', ['text', 'json', 'blob', 'arrayBuffer', 'formData', 'bytes']],
  ['Blob', 'B', ['text', 'arrayBuffer', 'bytes']],
  ['HTMLImageElement', 'P', ['decode']],
  ['BaseAudioContext', 'P', ['decodeAudioData']],
  ['AudioContext', 'P', ['resume', 'suspend', 'close']],
  ['OfflineAudioContext', 'P', ['startRendering']],
  ['FontFace', 'P', ['load']],
  ['FontFaceSet', 'P', ['load']],
  ['OffscreenCanvas', 'P', ['convertToBlob']],
  ['SubtleCrypto', 'P', [
    'digest', 'encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'deriveKey', 'deriveBits', 'importKey', 'exportKey',
    'wrapKey', 'unwrapKey',
  ]],
  ['StorageManager', 'P', ['estimate', 'persist', 'persisted', 'getDirectory']],
  ['Clipboard', 'P', ['read', 'write', 'writeText']],
  ['CacheStorage', 'P', ['open', 'match', 'has', 'keys', 'delete']],
  ['Cache', 'P', ['match', 'matchAll', 'add', 'addAll', 'put', 'delete', 'keys']],
  ['CookieStore', 'P', ['get', 'getAll', 'set', 'delete']],
  ['FileSystemHandle', 'P', ['isSameEntry', 'remove', 'queryPermission', 'requestPermission']],
  ['FileSystemDirectoryHandle', 'P', ['getFileHandle', 'getDirectoryHandle', 'removeEntry', 'resolve']],
  ['FileSystemFileHandle', 'P', ['getFile', 'move', 'createWritable', 'createSyncAccessHandle']],
  ['FileSystemWritableFileStream', 'P', ['write', 'seek', 'truncate']],
  ['IDBFactory', 'P', ['databases']],
  ['Worklet', 'P', ['addModule']],
  ['ImageDecoder', 'P', ['decode']],
  ['GPU', 'P', ['requestAdapter']],
  ['GPUAdapter', 'P', ['requestDevice']],
  ['GPUDevice', 'P', ['createComputePipelineAsync', 'createRenderPipelineAsync', 'popErrorScope']],
  ['GPUBuffer', 'P', ['mapAsync']],
  ['GPUQueue', 'P', ['onSubmittedWorkDone']],
  ['GPUShaderModule', 'P', ['getCompilationInfo']],
  ['LockManager', 'P', ['query']],
  ['MediaCapabilities', 'P', ['decodingInfo', 'encodingInfo']],
  ['MediaDevices', 'P', ['enumerateDevices', 'getUserMedia', 'getDisplayMedia']],
  ['Navigator', 'P', ['getBattery', 'requestMediaKeySystemAccess']],
  ['Keyboard', 'P', ['getLayoutMap']],
  ['Document', 'P', ['hasStorageAccess', 'requestStorageAccess', 'exitFullscreen']],
  ['Element', 'P', ['requestFullscreen', 'requestPointerLock']],
  ['ServiceWorkerContainer', 'P', ['getRegistration', 'getRegistrations']],
  ['NavigatorUAData', 'P', ['getHighEntropyValues']],
];
const FUNCTIONS: [name: string, kind: string][] = [['createImageBitmap', 'P']];
const NAMESPACES: [owner: string, kind: string, names: string[]][] = [
  ['WebAssembly', 'P', ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']],
];

/** Requests that the page itself has under way. */
export interface Traffic {
  pending: number;
}

/** How many requests are out. */
export function pendingOf(traffic: List<Traffic>): number {
  let sum = 0;
  for (let i = 0; i < traffic.length; i++) sum += traffic[i]!.pending;
  return sum;
}

export function holdPromises(timeline: Timeline): Traffic {
  const traffic: Traffic = { pending: 0 };
  const gate = (kind: string, promise: Promise<unknown>, settled?: () => void): Promise<unknown> =>
    held(timeline, kind, timeline.next(kind), promise, settled);
  const gated = (kind: string) => (native: (self: unknown, args: ArrayLike<unknown>) => any) =>
    (self: any, args: any[]) => {
      if (kind !== 'B') return gate(kind, native(self, args));
      // An answer is not here before its body is: a page that waits for it is not at rest.
      traffic.pending++;
      return gate(kind, native(self, args), () => traffic.pending--);
    };

  const scope = globalThis as unknown as { [name: string]: any };
  for (let i = 0; i < METHODS.length; i++) {
    const row = METHODS[i]!;
    for (let j = 0; j < row[2].length; j++) replaceMethod(scope[row[0]]?.prototype, row[2][j] as string, gated(row[1]));
  }
  for (let i = 0; i < NAMESPACES.length; i++) {
    const row = NAMESPACES[i]!;
    for (let j = 0; j < row[2].length; j++) replaceMethod(scope[row[0]], row[2][j] as string, gated(row[1]));
  }
  for (let i = 0; i < FUNCTIONS.length; i++) replaceMethod(globalThis, FUNCTIONS[i]![0], gated(FUNCTIONS[i]![1]));

  replaceMethod(globalThis, 'fetch', (native) => (self, args) => {
    traffic.pending++;
    return gate('F', native(self, args), () => traffic.pending--);
  });
  streamBodies(timeline);
  // The browser gives another promise when other fonts load meanwhile: whether it is the same says nothing.
  replaceAccessor(globalThis.FontFaceSet?.prototype, 'ready', (native) => (self) => gate('P', native(self)));
  holdProperty(globalThis.FontFace, 'loaded', (promise) => gate('P', promise));
  holdEnd(timeline, globalThis.Animation);
  followXhr(timeline, traffic);
  return traffic;
}
