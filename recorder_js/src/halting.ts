// A worker stands still for the pictures of its page; see crew.ts for the other side.
import type { Crew, Order } from './crew.ts';
import { replaceMethod } from './masquerade.ts';
import { list, NativePromise } from './natives.ts';
import type { Recording } from './recording.ts';
import type { Replaying } from './replaying.ts';
import { nativeFrame, nativeTimeout } from './scheduler.ts';
import { followReports } from './workers.ts';

const FRAMES = 2;
const FRAME_LIMIT_MS = 200;

let draws = false;

/** A canvas shows what was drawn on it with the next frame of its worker. */
async function shown(): Promise<void> {
  if (!draws || !nativeFrame) return;
  await new NativePromise<void>((resolve) => {
    const next = (left: number): void => (left === 0 ? resolve() : void nativeFrame(() => next(left - 1)));
    next(FRAMES);
    nativeTimeout(resolve, FRAME_LIMIT_MS);
  });
}

function followCanvas(): void {
  replaceMethod(globalThis.OffscreenCanvas?.prototype, 'getContext', (native) => (self, args) => {
    draws = true;
    return native(self, args);
  });
}

/** Halts when told to, and writes down where. */
export function haltRecording(recording: Recording, crew: Crew, halted: (n: number) => void): void {
  followCanvas();
  let resumed = 0;
  const halt = async (n: number): Promise<void> => {
    recording.freeze();
    await crew.halt(n);
    await shown();
    const place = list<number>();
    place[0] = n;
    recording.log('C', place);
    halted(n);
    if (resumed >= n) goOn(n);
  };
  const goOn = (n: number): void => {
    crew.resume(n);
    recording.thaw();
  };
  followReports(globalThis as unknown as EventTarget, (order: Order) => {
    const n = order[1];
    if (order[0] === 'halt') return void halt(n);
    const isHalted = recording.isFrozen && n > resumed;
    resumed = n;
    if (isHalted) goOn(n);
  });
}

/** Halts where the log says so, and goes on when it is told to. */
export function haltReplay(replaying: Replaying, crew: Crew, halted: (n: number) => void): void {
  followCanvas();
  let resumed = 0;
  let goOn: (() => void) | undefined;
  const play = async (): Promise<void> => {
    for (;;) {
      const stop = await replaying.run();
      if (stop.why !== 'checkpoint') return;
      await crew.halt(stop.n);
      await shown();
      halted(stop.n);
      if (resumed < stop.n) await new NativePromise<void>((resolve) => void (goOn = resolve));
      crew.resume(stop.n);
    }
  };
  followReports(globalThis as unknown as EventTarget, (order: Order) => {
    resumed = order[1];
    goOn?.();
  });
  void play();
}
