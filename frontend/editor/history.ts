// What was done, to be undone and done again.

export class History<T> {
  private past: T[] = [];
  private future: T[] = [];

  constructor(private now: T) {}

  get current(): T {
    return this.now;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** A step; what was undone before is gone. `isSameStep`: it goes on with the last one, as while an edge is dragged. */
  take(next: T, isSameStep = false): void {
    if (!isSameStep || this.past.length === 0) this.past.push(this.now);
    this.now = next;
    this.future = [];
  }

  undo(): boolean {
    const before = this.past.pop();
    if (before === undefined) return false;
    this.future.push(this.now);
    this.now = before;
    return true;
  }

  redo(): boolean {
    const after = this.future.pop();
    if (after === undefined) return false;
    this.past.push(this.now);
    this.now = after;
    return true;
  }
}
