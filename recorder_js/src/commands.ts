// What Python can ask of a document.
import { DrivenAnimations, type Moments } from './animations.ts';
import { hideCaret } from './caret.ts';
import { Free } from './free.ts';
import { documentTitle } from './natives.ts';
import { Pace } from './pace.ts';
import type { Performance as Performed } from './perform.ts';
import { Replaying, type Stop } from './replaying.ts';
import { frames, readyState } from './settle.ts';
import { type Stage, pendingOf } from './stage.ts';

export type Command = (name: string, ...args: any[]) => unknown;

/** The commands of a stage, by what it is there for. */
export function commandsOf(stage: Stage): Command {
  const { conductor } = stage.timeline;
  if (conductor instanceof Replaying) return replayCommands(stage, conductor);
  if (conductor instanceof Free) return freeCommands(stage, conductor);
  return recordCommands(stage);
}

function recordCommands(stage: Stage): Command {
  const { settling, channel } = stage;
  return (name, n: number) => {
    if (name === 'freeze') return settling?.freeze(n);
    if (name === 'thaw') return settling?.thaw();
    if (name === 'owed') return settling?.isOwed;
    if (name === 'flush') return channel.flush();
    return undefined;
  };
}

function performIn(stage: Stage, realm: number, what: Performed): string | null {
  const performer = stage.performers[realm];
  return performer ? performer(what) : 'the frame is not there';
}

function replayCommands(stage: Stage, replaying: Replaying): Command {
  const { timeline, documents, channel } = stage;
  const animations = new DrivenAnimations(timeline, documents);
  replaying.onTime = () => animations.follow();
  replaying.onAnimationEnd = () => animations.endNearest();
  let showCaret: (() => void) | undefined;
  const prepare = async (stop: Stop): Promise<void> => {
    animations.follow(true);
    if (stop.why !== 'checkpoint') return;
    const before = animations.place(stop.moments);
    showCaret = hideCaret(documents);
    await frames(2);
    // What lies under the mouse may only now begin to move, as it did in the recording.
    if (animations.place(stop.moments) > before) await frames(2);
  };
  stage.pace = new Pace(replaying, prepare, (stop, sequence) => {
    channel.post(['stop', { why: stop.why, n: stop.n, sequence, ...state(stage), skips: replaying.skips }]);
    channel.flush();
  }, () => {
    showCaret?.();
    showCaret = undefined;
    animations.follow(true);
  });
  return (name, ...args) => {
    if (name === 'go') return stage.pace?.go(args[0] as number);
    if (name === 'perform') return performIn(stage, args[0] as number, args[1] as Performed);
    if (name === 'where') return replaying.where();
    return undefined;
  };
}

function freeCommands(stage: Stage, free: Free): Command {
  const animations = new DrivenAnimations(stage.timeline, stage.documents);
  free.onTime = () => animations.follow();
  free.busy = () => readyState(document) !== 'complete' || pendingOf(stage) > 0;
  let showCaret: (() => void) | undefined;
  const advance = async (ticks: number, limit: number, moments: Moments | undefined): Promise<object> => {
    showCaret?.();
    showCaret = undefined;
    animations.follow(true);
    await free.advance(ticks, limit);
    animations.follow(true);
    if (moments) {
      const before = animations.place(moments);
      showCaret = hideCaret(stage.documents);
      await frames(2);
      if (animations.place(moments) > before) await frames(2);
    }
    return state(stage);
  };
  return (name, ...args) => {
    if (name === 'advance') return advance(args[0] as number, args[1] as number, args[2] as Moments | undefined);
    if (name === 'perform') return performIn(stage, args[0] as number, args[1] as Performed);
    return undefined;
  };
}

function state(stage: Stage): { url: string; title: string; ticks: number } {
  return { url: document.URL, title: documentTitle(document), ticks: stage.timeline.ticks };
}
