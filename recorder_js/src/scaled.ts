// What changes its scale, drawn for a picture as if the browser had moved it.
//
// A compositor that moves a layer itself chooses a new scale to raster it at when it stops. Of one that code has placed
// again and again, as a replay does, it believes that code animates it, and keeps the scale of old (Chromium 156,
// cc/layers/picture_layer_impl.cc, raster_source_scale_is_fixed_): its edges differ in a few pixels.
import { type AnimationLike, NUDGE_MS, getTime, isPending, pause, play, rateOf, scales, setRate, setTime } from './animations.ts';
import { type List, append, list } from './natives.ts';
import { frames } from './posing.ts';

/** So slowly it moves for that frame: nothing of it ends, or repeats. */
const HARDLY = 1e-6;

/** Moved by less, it has not been drawn moving in the recording either. */
const A_FRAME_MS = 16;

/** So many frames are waited for the compositor to take over. */
const MOST_FRAMES = 8;

interface Running {
  animation: AnimationLike;
  rate: number;
  at: number;
}

/** Lets the browser move what changes its scale for one frame, where it stands. `some`: what stands still for us. */
export async function drawMoving(some: List<AnimationLike>): Promise<void> {
  const running = list<Running>();
  for (let i = 0; i < some.length; i++) {
    const animation = some[i] as AnimationLike;
    const at = getTime(animation);
    const rate = rateOf(animation);
    if (at < A_FRAME_MS || rate === 0 || !scales(animation)) continue;
    append(running, { animation, rate, at });
    setRate(animation, HARDLY);
    play(animation);
  }
  if (running.length === 0) return;
  for (let left = MOST_FRAMES; left > 0 && anyPending(running); left--) await frames(1, () => {});
  await frames(2, () => {});
  for (let i = 0; i < running.length; i++) {
    const { animation, rate, at } = running[i] as Running;
    pause(animation);
    setRate(animation, rate);
    setTime(animation, at + NUDGE_MS);
  }
}

function anyPending(running: List<Running>): boolean {
  for (let i = 0; i < running.length; i++) if (isPending((running[i] as Running).animation)) return true;
  return false;
}
