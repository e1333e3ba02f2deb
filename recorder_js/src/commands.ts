// What Python can ask of a document.
import type { Moments } from './animations.ts';
import { DrivenAnimations } from './driven.ts';
import { Free } from './free.ts';
import { pendingOf } from './gates.ts';
import { type List, NativePromise } from './natives.ts';
import { documentTitle } from './nodes.ts';
import type { Foretold } from './outlook.ts';
import { Pace } from './pace.ts';
import type { Performance as Performed } from './perform.ts';
import { drawAnew, frames, hideCaret, lookUnderMouse } from './posing.ts';
import { Replaying, type Stop } from './replaying.ts';
import { areFontsLoading } from './resources.ts';
import { nativeTimeout, taskQueue } from './scheduler.ts';
import { readyState } from './settle.ts';
import { drawMoving } from './scaled.ts';
import { restOf } from './snapping.ts';
import type { Stage } from './stage.ts';
import { sizesAreKnown, unstableIn } from './unstable.ts';

/** Milliseconds that a picture waits for the size of a video. */
const MOST_FOR_MEDIA = 1500;
const STEP_MS = 10;

export type Command = (name: string, ...args: any[]) => unknown;

/** The commands of a stage, by what it is there for. */
export function commandsOf(stage: Stage): Command {
  const { insides } = stage;
  const answer = commandsFor(stage);
  return (name, a, b, c) => {
    if (name === 'controls') return insides.controls;
    if (name === 'insides') return insides.take(a as List<ShadowRoot>);
    if (name === 'unstable') return unstableIn(stage.documents, a as List<string>);
    return answer(name, a, b, c);
  };
}

function commandsFor(stage: Stage): Command {
  const { conductor } = stage.timeline;
  if (conductor instanceof Replaying) return replayCommands(stage, conductor);
  if (conductor instanceof Free) return freeCommands(stage, conductor);
  return recordCommands(stage);
}

function recordCommands(stage: Stage): Command {
  const { settling, channel } = stage;
  return (name, told: any, pictures: any) => {
    if (name === 'freeze') return settling?.freeze(told as number, pictures as List<string>);
    if (name === 'thaw') return settling?.thaw(told as boolean);
    if (name === 'join') return stage.neighbour?.join();
    if (name === 'mark') return stage.neighbour?.mark(told as List<string>);
    if (name === 'leave') return stage.neighbour?.leave();
    if (name === 'owed') return settling?.isOwed;
    if (name === 'flush') return channel.flush();
    return undefined;
  };
}

/** What a replay of either kind does in a frame; undefined for any other command. */
function act(stage: Stage, name: string, realm: number, what: any, index: any): unknown {
  if (name === 'perform') return performIn(stage, realm, what as Performed);
  if (name === 'element') return elementIn(stage, realm, what as number[]);
  if (name === 'letOpen') return stage.lists[realm]?.letOpen();
  if (name === 'choose') return stage.lists[realm]?.choose(what as number[], index as number);
  return undefined;
}

/** The element at a path of a frame, for what only the browser's own protocol can do with it. */
function elementIn(stage: Stage, realm: number, path: number[]): Element | null {
  return stage.finders[realm]?.(path) ?? null;
}

function performIn(stage: Stage, realm: number, what: Performed): string | null {
  const performer = stage.performers[realm];
  return performer ? performer(what) : 'the frame is not there';
}

/** Brings a document to where it stood for a recorded picture, and lets it go again. */
class Pose {
  readonly animations: DrivenAnimations;
  private readonly stage: Stage;
  private showCaret: (() => void) | undefined;

  constructor(stage: Stage, log: Foretold) {
    this.stage = stage;
    this.animations = stage.animations = new DrivenAnimations(stage.timeline, stage.documents, log);
  }

  async take(moments: Moments): Promise<void> {
    const { documents } = this.stage;
    const place = (): number => this.animations.place(moments);
    place();
    await this.stage.insides.fetch(this.stage.channel);
    const before = place();
    this.showCaret = hideCaret(documents);
    const step = (): Promise<unknown> => new NativePromise((resolve) => nativeTimeout(resolve as () => void, STEP_MS));
    while (restOf(this.stage) > 0) await step();
    for (let waited = 0; waited < MOST_FOR_MEDIA && !sizesAreKnown(documents); waited += STEP_MS) await step();
    await drawMoving(this.animations.held);
    await drawAnew(documents, place);
    // What lies under the mouse may only now begin to move, as it did in the recording.
    if (place() > before) await frames(2, place);
  }

  leave(): void {
    this.showCaret?.();
    this.showCaret = undefined;
    this.animations.leave();
  }
}

function replayCommands(stage: Stage, replaying: Replaying): Command {
  const { channel } = stage;
  const pose = new Pose(stage, replaying);
  replaying.onTime = () => void pose.animations.follow();
  replaying.onApproach = (began, drew) => pose.animations.approach(began, drew);
  replaying.isMoving = () => pose.animations.isMoving;
  replaying.onForesee = (began) => pose.animations.foresee(began);
  replaying.motion.mustDraw = (began) => pose.animations.mustDraw(began);
  replaying.onJump = (drew) => pose.animations.jump(drew);
  replaying.onFrame = (began, standing) => pose.animations.enterFrame(began, standing);
  replaying.motion.onLook = (ahead) => pose.animations.lookAhead(ahead);
  replaying.motion.takeUntold = () => pose.animations.takeUntold();
  replaying.motion.onEnd = (ahead) => pose.animations.endDue(ahead);
  replaying.motion.onMissingEnd = (name) => pose.animations.endNearest(name);
  replaying.motion.onMissingBoundary = () => void lookUnderMouse(stage.documents);
  replaying.loads.areFontsLoading = () => areFontsLoading(stage.documents);
  replaying.loads.onMissing = (name) => {
    channel.post(['load', name]);
    channel.flush();
  };
  let pictured = 0;
  const prepare = async (stop: Stop): Promise<void> => {
    if (stop.why === 'checkpoint') {
      pictured = stop.n;
      await stage.crew.halt(stop.n);
      await pose.take(stop.moments);
    } else pose.animations.follow(true);
  };
  const tell = (stop: Stop, sequence: number): void => {
    channel.post(['stop', { why: stop.why, n: stop.n, sequence, ...state(stage), skips: replaying.skips }]);
    channel.flush();
  };
  stage.pace = new Pace(replaying, prepare, tell, () => channel.isHeard(), () => {
    if (pictured === 0) return void pose.animations.follow(true);
    pose.leave();
    stage.crew.resume(pictured);
    pictured = 0;
  });
  return (name, ...args) => {
    if (name === 'go') return stage.pace?.go(args[0] as number);
    if (name === 'heed') return stage.pace?.heed(args[0] as boolean);
    if (name === 'where') return replaying.where();
    return act(stage, name, args[0] as number, args[1], args[2]);
  };
}

function freeCommands(stage: Stage, free: Free): Command {
  const pose = new Pose(stage, { next: undefined, turned: () => undefined, standing: undefined, back: undefined, stood: false });
  free.onTime = () => void pose.animations.follow();
  // What an input sets in motion is stopped before the browser draws it: it draws a layer that has moved differently.
  const attend = taskQueue(() => pose.animations.follow(true));
  stage.pace = { begin() {}, input: attend, go() {}, heed() {} };
  free.busy = () => readyState(document) !== 'complete' || pendingOf(stage.traffic) > 0;
  const advance = async (ticks: number, limit: number, moments: Moments | undefined): Promise<object> => {
    pose.leave();
    await free.advance(ticks, limit);
    pose.animations.follow(true);
    if (moments) await pose.take(moments);
    return state(stage);
  };
  return (name, ...args) => {
    if (name === 'follow') return free.follow(args[0] as number);
    if (name === 'advance') return advance(args[0] as number, args[1] as number, args[2] as Moments | undefined);
    return act(stage, name, args[0] as number, args[1], args[2]);
  };
}

function state(stage: Stage): { url: string; title: string; ticks: number } {
  return { url: document.URL, title: documentTitle(document), ticks: stage.timeline.ticks };
}
