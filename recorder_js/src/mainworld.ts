// Where no protocol gives a way to the script (WebDriver BiDi, for Firefox): messages leave through the console, commands
// come as an event.
//
// The console's own function, taken before the page's code runs, leaves nothing in the page to see or to call. A command
// is an event whose name only Python knows; it names the document that it is meant for, since another may have taken
// its place by the time it comes.
import type { Command } from './commands.ts';
import { config } from './config.ts';
import { append, boundTo, list } from './natives.ts';

const native = Math.random;
/** Unguessable name of this document. */
const key = `${(native() * 0x7fffffff) | 0}-${(native() * 0x7fffffff) | 0}`;
const say = boundTo(console.debug, console) as (token: string, key: string, text: string) => void;

/** What a command is, and where its answer goes. */
export interface Asked {
  key: string;
  /** The name of a command and its arguments. */
  ask: unknown[];
  heard?: boolean;
  answer?: unknown;
}

/** The way of messages out of this document. */
export function consoleBinding(): (text: string) => void {
  return (text) => say(config.token, key, text);
}

/** Carries out what Python asks of this document; what is meant for another stays without an answer. */
export function answerTo(asked: Partial<Asked>, answer: Command): void {
  if (asked.key !== key || asked.ask === undefined) return;
  const given = list<unknown>();
  for (let i = 0; i < 4; i++) append(given, asked.ask[i]);
  asked.heard = true;
  asked.answer = answer(given[0] as string, given[1], given[2], given[3]);
}
