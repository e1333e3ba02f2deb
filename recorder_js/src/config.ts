// What Python tells the script: a constant placed in front of the bundle (see reenact/browser/script.py).

/** One recorded document, as its replay needs it. */
export interface RecordedDocument {
  /** Epoch milliseconds of the document's virtual time zero. */
  origin: number;
  seed: number;
  /** JSON text of the flat triples `kind, argument, delta`; parsed only by the document it belongs to. */
  log: string;
  url: string | null;
  /** Indexes among the frames of each document, from the top down; null for the page itself. */
  frame: string | null;
}

export interface Config {
  mode: 'record' | 'replay' | 'free' | 'worker';
  /** Unguessable word of this session: names the binding, the command event and the meeting of frames. */
  token: string;
  /** Bases of the two rolling hashes by which Python finds typed secrets in what it writes. */
  bases: [number, number];
  /** The document to expect when no answer names it (free replay). */
  next?: string;
  /** Whether somebody puts our script in front of workers that come from the network. */
  workers: boolean;
  /** Messages leave through the console and commands come as events: the browser gives no other way. */
  console?: boolean;
  /** The same of workers that are shared, or made by workers. */
  deep: boolean;
  /** Of a replay: what shared workers did, as JSON text of flat triples, by the names of their lives. */
  shared?: { [life: string]: string | undefined };
  /** By document id; empty while recording. */
  documents: { [id: string]: RecordedDocument | undefined };
}

declare const __reenact: Config;
declare const __source: Function;
export const config: Config = __reenact;
/** The function that all of this stands in: its text starts a worker. */
export const source: Function = __source;
