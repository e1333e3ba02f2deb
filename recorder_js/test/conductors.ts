// The timeline and its conductors, as a page of the tests has them: no realm is wrapped, the tests are the page.
import { DrivenAnimations } from '../src/driven.ts';
import { Free } from '../src/free.ts';
import { holdLayout } from '../src/layout.ts';
import { Pace } from '../src/pace.ts';
import { Recording } from '../src/recording.ts';
import { Replaying, type Stop } from '../src/replaying.ts';
import { Timeline } from '../src/timeline.ts';

const modules = { DrivenAnimations, Free, holdLayout, Pace, Recording, Replaying, Timeline };
export type Conductors = typeof modules;
export type { Stop };
(globalThis as unknown as { reenactConductors: Conductors }).reenactConductors = modules;
