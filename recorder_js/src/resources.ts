// Pictures and fonts of style sheets have no event: only their number can be told, and waited for.
import { apply } from './natives.ts';

const Native = globalThis.PerformanceObserver;
const observe = Native?.prototype.observe;

/** Begins to count; gives the number of resources that have come so far. */
export function countResources(): () => number {
  let count = 0;
  if (!Native || !observe) return () => 0;
  const observer = new Native((entries) => void (count += entries.getEntries().length));
  try {
    apply(observe as never, observer, [{ type: 'resource', buffered: true }]);
  } catch {
    return () => 0;
  }
  return () => count;
}
