// Where a worker begins with our script: what stands at an address gets it in front.
//
// A worker runs no script of ours by itself. In front of a blob it stands in a new blob, in front of a `data:` address
// within that, in front of what the network brings Python puts it: a mark in the address asks for it.
import { config, source } from './config.ts';
import { replaceMethod } from './masquerade.ts';
import {
  apply, construct, encode, functionToString, getter, isPrototypeOf, method, record, setter, stringIndexOf,
  stringSlice, toLowerCase,
} from './natives.ts';

/** Who puts our script in front of what the network brings: the session of a page, or that of the whole browser. */
export type Bringer = 1 | 2;

const NativeURL = globalThis.URL;
const NativeBlob = globalThis.Blob;
const NativeRequest = globalThis.XMLHttpRequest;
const makeAddress = NativeURL?.createObjectURL;
const addressOf = getter<string>('URL', 'href', '');
const originOf = getter<string>('URL', 'origin', '');
const ownOrigin = globalThis.origin;
const ownAddress = getter<string>('WorkerLocation', 'href', '');
const baseAddress = getter<string>('Node', 'baseURI', '');
const openRequest = method<[string, string, boolean], void>('XMLHttpRequest', 'open', undefined);
const readAs = setter<string>('XMLHttpRequest', 'responseType');
const responseOf = getter<unknown>('XMLHttpRequest', 'response', null);
const send = NativeRequest?.prototype.send;
const blobs = record<Blob>();
/** Blobs of ours, and what they stand for. */
const opened = record<string>();
/** Of a worker: where it came from itself. */
const place = typeof document === 'undefined' ? ownAddress(location) : undefined;

/** Remembers what blobs stand for: an address may be gone by the time at which its worker is made of it. */
export function followBlobs(): void {
  replaceMethod(NativeURL, 'createObjectURL', (native) => (self, args) => {
    const address = native(self, args) as string;
    if (isPrototypeOf(NativeBlob?.prototype, args[0])) blobs[address] = args[0] as Blob;
    return address;
  });
  replaceMethod(NativeURL, 'revokeObjectURL', (native) => (self, args) => {
    delete blobs['' + args[0]];
    return native(self, args);
  });
}

/** The address that `new Worker` means; undefined for what it would refuse, or what only a policy may read. */
export function absolute(given: unknown): string | undefined {
  if (typeof given !== 'string' && !isPrototypeOf(NativeURL?.prototype, given)) return undefined;
  try {
    const base = typeof document === 'undefined' ? ownAddress(location) : baseAddress(document);
    return addressOf(new NativeURL(typeof given === 'string' ? given : addressOf(given), base));
  } catch {
    return undefined;
  }
}

/** An address that begins with our script; undefined where none can be put in front. A blob is for the caller to drop. */
export function prepared(address: string, bringer: Bringer): string | undefined {
  const scheme = stringSlice(address, 0, stringIndexOf(address, ':'));
  if (scheme === 'data') return withOpening(address);
  // The browser refuses what is of another origin, and says of what address.
  if (scheme === 'http' || scheme === 'https') return originOf(new NativeURL(address)) === ownOrigin ? marked(address, bringer) : address;
  const blob = scheme === 'blob' ? blobs[address] ?? contentOf(address) : undefined;
  if (blob === undefined) return undefined;
  const ours = apply<string>(makeAddress, NativeURL, [new NativeBlob([opening(), blob], { type: 'text/javascript' })]);
  opened[ours] = address;
  return ours;
}

/** Whether our script stands in front of what an address brings. */
export const isOpened = (address: string): boolean => opened[address] !== undefined || address === place || unmarked(address) !== address;

/** The address that was meant by one of ours. */
export const original = (address: string): string => opened[address] ?? unmarked(address);

/** What a blob holds that another realm made. */
function contentOf(address: string): Blob | string | undefined {
  try {
    const request = construct(NativeRequest, []);
    openRequest(request, 'GET', address, false);
    // A page may read at once only what is text; so is every script.
    if (typeof document === 'undefined') readAs(request, 'blob');
    apply(send, request, []);
    return responseOf(request) as Blob | string;
  } catch {
    return undefined;
  }
}

/** Asks whoever brings this script to put ours in front of it; see reenact/browser/workers.py. */
function marked(address: string, bringer: Bringer): string {
  const hash = stringIndexOf(address, '#');
  const plain = hash < 0 ? address : stringSlice(address, 0, hash);
  const rest = hash < 0 ? '' : stringSlice(address, hash);
  return plain + (stringIndexOf(plain, '?') < 0 ? '?' : '&') + config.token + '=' + bringer + rest;
}

/** An address without our mark. */
export function unmarked(text: string): string {
  const at = stringIndexOf(text, config.token + '=');
  return at < 1 ? text : stringSlice(text, 0, at - 1) + stringSlice(text, at + config.token.length + 2);
}

/** A worker that its address holds whole, with ours in front; its origin stays an opaque one. */
function withOpening(address: string): string {
  const comma = stringIndexOf(address, ',');
  const head = stringSlice(address, 0, comma + 1);
  const rest = stringSlice(address, comma + 1);
  if (!isBase64(head)) return head + encodeText(opening()) + rest;
  let ours = opening();
  // Base64 stands for three characters at a time: what ends between them could not be joined.
  while (ours.length % 3 > 0) ours += ' ';
  return head + toBase64(ours) + rest;
}

const encodeText = encodeURIComponent;
const toBase64 = globalThis.btoa;
const isBase64 = (head: string): boolean => stringSlice(toLowerCase(head), -8) === ';base64,';

/** Our script as the beginning of another. */
function opening(): string {
  return `(${functionToString(source)})(${encode({ mode: 'worker', token: config.token })});\n`;
}
