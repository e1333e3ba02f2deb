// Answers of IndexedDB. A transaction ends as soon as nobody asks it anything, so an answer that is held back has to
// keep it busy: it asks for something of no importance, again and again, and hands over what it holds inside one of
// those answers, when the transaction listens to the page.
import { addEventListener } from './nativeevents.ts';
import { type List, getter, method } from './natives.ts';
import { realNow } from './scheduler.ts';
import type { Timeline } from './timeline.ts';

const transactionOf = getter<IDBTransaction | null>('IDBRequest', 'transaction', null);
const storeNames = getter<List<string> | null>('IDBTransaction', 'objectStoreNames', null);
const objectStore = method<[string], IDBObjectStore | null>('IDBTransaction', 'objectStore', null);
const getKey = method<[number], IDBRequest | null>('IDBObjectStore', 'getKey', null);

const LIMIT_MS = 4000;

/** Calls `deliver` inside the transaction of a request, as soon as it is the turn of the event called `name`. */
export function inTransaction(timeline: Timeline, request: object, name: string, deliver: () => void): void {
  const { conductor } = timeline;
  const since = realNow();
  const attempt = (): void => {
    if (!conductor.isTurn(name) && realNow() - since < LIMIT_MS && askAgain(request, attempt)) return;
    conductor.event(name);
    deliver();
  };
  attempt();
}

/** Asks the transaction something; false when it has no store that could be asked. */
function askAgain(request: object, answered: () => void): boolean {
  const transaction = transactionOf(request);
  const names = transaction && storeNames(transaction);
  const store = names && names.length > 0 ? objectStore(transaction, names[0] as string) : null;
  const asked = store && getKey(store, 0);
  if (!asked) return false;
  addEventListener(asked, 'success', answered, { once: true });
  return true;
}
