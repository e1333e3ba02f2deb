// What the tests put into a page: the modules under test, run where the recorder runs, before "page code".
import * as natives from '../src/natives.ts';

(globalThis as unknown as { reenactTest: unknown }).reenactTest = { natives };
