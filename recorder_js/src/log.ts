// The log of a document, as a replay reads it: flat triples `kind, argument, delta`, one after the other, with a look
// ahead for what the page asks for out of its turn.
import { type Moment, type Moments, timeOf } from './animations.ts';
import { type List, append, hasOwn, list, record, stringIndexOf, stringSlice } from './natives.ts';
import type { Pictured } from './outlook.ts';

/** What a style asked for, or SVG: a font, a background, a picture. The name is that of the first of these. */
export const OF_STYLE = 'css ';
const PICTURE = 'img ';
const OF_SCRIPT = 'script ';

/** Whether a load is of what the page shows when it comes, and no code runs for it. */
export const isShown = (name: string): boolean => stringIndexOf(name, PICTURE) === 0 || stringIndexOf(name, OF_STYLE) === 0;

/** The parser comes to a script. */
export const SCRIPT = 'script';

/** Stands for nothing. */
const STRUCK = '-';
/** What an entry that stands for nothing else says where all was made to stand still, for a picture. */
export const STILL = 'still';

/** Entries of which nobody hears: what was read, which frame it is, what was called off, and what stands for nothing. */
const REMARKS: { [kind: string]: true | undefined } = { g: true, f: true, t: true, '-': true };
export const isRemark = (kind: string): boolean => REMARKS[kind] === true;

/** What a document hears as it is left, of what waits for its turn. */
const LEAVES = ':visibilitychange';

const OF_LOADS: { [kind: string]: true | undefined } = { L: true, J: true, N: true };

/** What was called off on its way: where the log tells so, where of that frame and of the one before it. */
interface Turn {
  at: number;
  frame: number;
  before: number;
  moments: Moments;
}

/** How all stood in a frame: when that began, where the log tells of it first, and where it says so. */
interface Standing extends Pictured {
  frame: number;
  at: number;
}

export class Log {
  /** Where it stands, as an index of its triples' elements. */
  at = 0;
  private readonly entries: List<any>;
  /** By the number of a piece of a body: how many bytes it had. */
  private readonly chunks = record<number>();
  private readonly pictured = list<Pictured>();
  private readonly turns = list<Turn>();
  private readonly standings = list<Standing>();
  /** How many scripts of the parser it is past. */
  scripts = 0;
  /** Whether all stood still at the checkpoint that it is past, and the browser had to draw a frame to go on. */
  stood = false;
  private isStill = false;
  /** Checkpoints that it is past, and its ticks so far. */
  private passed = 0;
  private turnsPassed = 0;
  private standingsPassed = 0;
  private ticks = 0;
  /** What was read last, by name. */
  private readonly readings = record<unknown>();

  constructor(entries: List<any>) {
    this.entries = entries;
    let ticks = 0;
    let began = -Infinity;
    let frame = 0;
    let before = 0;
    for (let i = 0; i < entries.length; i += 3) {
      ticks += entries[i + 2] as number;
      if (entries[i] === 'f' && ticks + frameOf(entries[i + 1]) > began + 1) {
        began = ticks + frameOf(entries[i + 1]);
        before = frame;
        frame = i;
      }
      if (entries[i] === 'f') this.noteStanding(frame, i, ticks);
      else if (entries[i] === 't') append(this.turns, { at: i, frame, before, moments: entries[i + 1] as Moments });
      else if (entries[i] === 'S') this.noteChunk('' + entries[i + 1]);
      else if (entries[i] === 'C') append(this.pictured, { ticks, moments: momentsIn(entries[i + 1] as List<unknown>) });
    }
  }

  get isOver(): boolean {
    return this.at >= this.entries.length;
  }

  get kind(): string {
    return this.entries[this.at] as string;
  }

  get argument(): any {
    return this.entries[this.at + 1];
  }

  /** Ticks between the entry before and this one. */
  get ahead(): number {
    return this.entries[this.at + 2] as number;
  }

  get position(): number {
    return this.at / 3;
  }

  get length(): number {
    return this.entries.length / 3;
  }

  /** The entry it stands on, in words for a diagnosis. */
  where(): string {
    return this.isOver ? 'the end' : `entry ${this.position} of ${this.length}, ${this.kind} ${this.argument}`;
  }

  /** Goes on to the next entry. */
  pass(): void {
    this.ticks += this.ahead;
    if (this.kind === STRUCK && this.argument === STILL) this.isStill = true;
    else if (this.kind === 'C') {
      this.passed++;
      this.stood = this.isStill;
      this.isStill = false;
    } else if (this.kind === 'g') this.note(this.at);
    else if (this.kind === 'E' && this.argument === SCRIPT) this.scripts++;
    this.at += 3;
  }

  /** The checkpoint it stands on or comes to next: how many ticks from here, and how the animations stood. */
  get next(): Pictured | undefined {
    const next = this.pictured[this.passed];
    return next && { ticks: next.ticks - this.ticks, moments: next.moments };
  }

  /** What is called off next, and where it stood then, in the frame in which that is; or else in what comes before it. */
  turned(isFrame: boolean): Moments | undefined {
    const { turns } = this;
    let turn = turns[this.turnsPassed];
    while (turn && turn.at < this.at) turn = turns[++this.turnsPassed];
    return turn && this.at >= (isFrame ? turn.frame : turn.before) ? turn.moments : undefined;
  }

  /** How all stands in the next frame that says so: how many ticks from here it begins. */
  get standing(): Pictured | undefined {
    const next = this.nextStanding;
    return next && { ticks: next.ticks - this.ticks, moments: next.moments };
  }

  /** How all stands in the frame that the log is in, as far as something stands before its beginning. */
  get back(): Moments | undefined {
    const next = this.nextStanding;
    if (!next || this.at < next.frame) return undefined;
    for (let i = 1; i < next.moments.length; i += 2) if (timeOf(next.moments[i] as Moment) < 0) return next.moments;
    return undefined;
  }

  private get nextStanding(): Standing | undefined {
    const { standings } = this;
    let next = standings[this.standingsPassed];
    while (next && next.at < this.at) next = standings[++this.standingsPassed];
    return next;
  }

  /** Where the next entry of a kind stands, before the next input or checkpoint; -1 if there is none. */
  find(kind: string, argument?: string): number {
    return this.search(kind, (told) => argument === undefined || told === argument);
  }

  /** The same of what was read under a name. */
  findReading(name: string): number {
    return this.search('g', (told) => told === name || told[0] === name);
  }

  /** The name of the next load that begins so, before the next input or checkpoint. */
  nextLoad(beginning: string): string | undefined {
    const found = this.search('L', (told) => stringIndexOf('' + told, beginning) === 0);
    return found < 0 ? undefined : (this.entries[found + 1] as string);
  }

  /** The names of the next loads of what is shown, at most so many. */
  nextShown(most: number): List<string> {
    const { entries } = this;
    const found = list<string>();
    for (let i = this.at; i < entries.length && found.length < most; i += 3) {
      if (entries[i] === 'L' && isShown('' + entries[i + 1])) append(found, entries[i + 1] as string);
    }
    return found;
  }

  /** How many of them come one after the other, with nothing between them but what follows from loads. */
  shownInRow(): number {
    const { entries } = this;
    let count = 0;
    for (let i = this.at; i < entries.length && (OF_LOADS[entries[i] as string] || isRemark(entries[i] as string)); i += 3) {
      if (entries[i] !== 'L') continue;
      if (!isShown('' + entries[i + 1])) break;
      count++;
    }
    return count;
  }

  /** The name of the script whose load comes next, with nothing before that but what its own code may have left. */
  scriptAhead(): string | undefined {
    const { entries } = this;
    let i = this.at;
    while (i < entries.length && (isRemark(entries[i] as string) || entries[i] === 'D')) i += 3;
    const name = entries[i] === 'L' ? '' + entries[i + 1] : '';
    return stringIndexOf(name, OF_SCRIPT) === 0 ? name : undefined;
  }

  /**
   * Whether nothing follows but what a document hears as it is left, which it is only after its timeline has come to its
   * end.
   */
  get isLeft(): boolean {
    const { entries } = this;
    for (let i = this.at; i < entries.length; i += 3) {
      if (entries[i] !== '-' && !(entries[i] === 'H' && stringSlice('' + entries[i + 1], -LEAVES.length) === LEAVES)) return false;
    }
    return this.at < entries.length;
  }

  /** What the code of the entry it stands on has read under a name, before anything else came. */
  readingWithin(name: string): unknown {
    const { entries } = this;
    for (let i = this.at + 3; i < entries.length && isRemark(entries[i] as string); i += 3) {
      if (entries[i] === 'g' && entries[i + 1][0] === name) return entries[i + 1][1];
    }
    return undefined;
  }

  private search(kind: string, fits: (argument: any) => boolean): number {
    const { entries } = this;
    for (let i = this.at; i < entries.length && entries[i] !== 'A' && entries[i] !== 'C'; i += 3) {
      if (entries[i] === kind && fits(entries[i + 1])) return i;
    }
    return -1;
  }

  /** Whether anything of this name is still to come. */
  knows(kind: string, argument: string): boolean {
    const { entries } = this;
    for (let i = this.at; i < entries.length; i += 3) if (entries[i] === kind && entries[i + 1] === argument) return true;
    return false;
  }

  /** Takes an entry out of its turn: what it says. What lies between waits for its own. */
  strike(index: number): any {
    if (this.entries[index] === 'g') this.note(index);
    this.entries[index] = STRUCK;
    return this.entries[index + 1];
  }

  /** What a reading gave last, or what `ask` gives where the log tells nothing of it. */
  reading(name: string, ask: () => unknown): unknown {
    return hasOwn(this.readings, name) ? this.readings[name] : ask();
  }

  /** How many bytes the piece `id` of a body had, -1 for its end; undefined where nothing is known. */
  chunk(id: number): number | undefined {
    return this.chunks[id];
  }

  /** Takes what a reading tells, if that is something new. */
  private note(index: number): void {
    const told = this.entries[index + 1] as string | [name: string, value: unknown];
    if (typeof told !== 'string') this.readings[told[0]] = told[1];
  }

  private noteStanding(frame: number, at: number, ticks: number): void {
    const told = this.entries[at + 1] as number | List<unknown>;
    if (typeof told !== 'number') append(this.standings, { frame, at, ticks: ticks + frameOf(told), moments: momentsIn(told) });
  }

  private noteChunk(name: string): void {
    const colon = stringIndexOf(name, ':');
    this.chunks[stringSlice(name, 0, colon)] = +stringSlice(name, colon + 1);
  }
}

/** By how many ticks the frame that an entry tells of began before it, negative. */
export const frameOf = (told: number | List<unknown>): number => (typeof told === 'number' ? told : (told[0] as number));

/** The argument of an entry that says how the animations stood: something of its own first, then their moments. */
export function marker(first: number, moments: Moments): List<unknown> {
  const argument = list<unknown>();
  append(argument, first);
  for (let i = 0; i < moments.length; i++) append(argument, moments[i]);
  return argument;
}

/** What such an entry says of the animations. */
export function momentsIn(marker: List<unknown>): Moments {
  const moments: Moments = list();
  for (let i = 1; i < marker.length; i++) append(moments, marker[i] as Moments[number]);
  return moments;
}
