// Files that a person gave to the page: their names and sizes at once, their bytes as soon as they can be read.
import type { Channel } from '../channel.ts';
import { type List, append, getter, list, method, promiseThen } from '../natives.ts';

/** Files above this size are declared, not kept: they would stand in the trace a third larger, and hold up the page. */
const MAX_BYTES = 50_000_000;
const CHUNK = 3 * 250_000;

interface Told {
  name: string;
  size: number;
  type: string;
  modified: number;
  folder: string;
}

const fileName = getter<string>('File', 'name', '');
const fileSize = getter<number>('Blob', 'size', 0);
const fileType = getter<string>('Blob', 'type', '');
const fileModified = getter<number>('File', 'lastModified', 0);
const relativePath = getter<string>('File', 'webkitRelativePath', '');
const arrayBuffer = method<[], Promise<ArrayBuffer> | null>('Blob', 'arrayBuffer', null);
const NativeBytes = Uint8Array;

/** Tells of files; their bytes follow as messages `file, ordinal, index, base64, isLast`. */
export function tellOf(channel: Channel, ordinal: number, files: FileList | null): List<Told> {
  const told = list<Told>();
  for (let i = 0; files && i < files.length; i++) {
    const file = files[i] as File;
    const size = fileSize(file);
    append(told, { name: fileName(file), size, type: fileType(file), modified: fileModified(file), folder: relativePath(file) });
    if (size > MAX_BYTES) channel.post(['gap', 'upload', `${fileName(file)} is too large to be kept (${size} bytes)`]);
    else send(channel, ordinal, i, file);
  }
  return told;
}

function send(channel: Channel, ordinal: number, index: number, file: File): void {
  const reading = arrayBuffer(file);
  if (!reading) return;
  const failed = (): void => channel.post(['gap', 'upload', `${fileName(file)} could not be read`]);
  void promiseThen(reading, (buffer: ArrayBuffer) => {
    const bytes = new NativeBytes(buffer);
    for (let at = 0; at === 0 || at < bytes.length; at += CHUNK) {
      channel.post(['file', ordinal, index, base64(bytes, at, at + CHUNK), at + CHUNK >= bytes.length]);
    }
    channel.flush();
  }, failed);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 without `btoa`, which wants its bytes as a string that the page could see being made. */
function base64(bytes: Uint8Array, from: number, to: number): string {
  const end = to < bytes.length ? to : bytes.length;
  let text = '';
  for (let i = from; i < end; i += 3) {
    const left = end - i;
    const three = ((bytes[i] as number) << 16) | ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) | (left > 2 ? (bytes[i + 2] as number) : 0);
    text += DIGITS[three >> 18]! + DIGITS[(three >> 12) & 63]! + (left > 1 ? DIGITS[(three >> 6) & 63]! : '=') + (left > 2 ? DIGITS[three & 63]! : '=');
  }
  return text;
}
