// What a replay did not find in its turn, and owes the page: late is better than never.
import { isRemark } from './log.ts';
import { record } from './natives.ts';

/** Entries that name no callback, or one that only the page's own order can call. */
const PASSIVE: { [kind: string]: true | undefined } = {
  E: true, N: true, L: true, D: true, K: true, T: true, R: true, I: true, H: true, O: true, U: true,
};

export class Debts {
  private readonly owed = record<number>();
  /** Debts that were paid, with what may have been meant for the next entry of the name. */
  private readonly paid = record<number>();

  /** Remembers that an entry was skipped. */
  owe(kind: string, name: string): void {
    if (!PASSIVE[kind] && !isRemark(kind)) this.owed[name] = (this.owed[name] ?? 0) + 1;
  }

  /** Whether what comes now is owed: it runs at once. */
  pay(name: string): boolean {
    const debt = this.owed[name] ?? 0;
    if (debt <= 0) return false;
    this.owed[name] = debt - 1;
    this.paid[name] = (this.paid[name] ?? 0) + 1;
    return true;
  }

  /** What an entry names came in its turn: what was paid before came late indeed. */
  inTurn(name: string): void {
    if (this.paid[name]) this.paid[name] = 0;
  }

  /**
   * Whether an entry that waited in vain has run already: what paid the debt was its own, and what was owed never came
   * at all. Else everything after one thing that does not happen again would come one too early, and be waited for.
   */
  cameEarly(name: string): boolean {
    const paid = this.paid[name] ?? 0;
    if (paid <= 0) return false;
    this.paid[name] = paid - 1;
    return true;
  }
}
