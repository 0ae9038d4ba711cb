/** What the schedule needs to know of a step. */
export type Task = { name: string; after?: readonly string[]; alone?: boolean; background?: boolean };

/**
 * Runs tasks in the order of the table, at most `limit` at a time, each after those that it builds on.
 * `perform` says whether a task succeeded; tasks after one that did not are handed to `abandon`.
 */
export async function runSchedule<Item extends Task>(
  tasks: readonly Item[],
  limit: number,
  perform: (task: Item) => Promise<boolean>,
  abandon: (task: Item, because: string) => void,
): Promise<void> {
  const waiting = [...tasks];
  const running = new Map<Item, Promise<void>>();
  const outcome = new Map<string, boolean>();

  for (;;) {
    for (const task of waiting.filter(({ after = [] }) =>
      after.some((name) => outcome.get(name) === false),
    )) {
      waiting.splice(waiting.indexOf(task), 1);
      outcome.set(task.name, false);
      abandon(task, task.after?.find((name) => outcome.get(name) === false) ?? '');
    }
    const next = waiting.find((task) => mayStart(task, outcome, [...running.keys()], limit));
    if (next !== undefined) {
      waiting.splice(waiting.indexOf(next), 1);
      const finished = perform(next).then((succeeded) => {
        running.delete(next);
        outcome.set(next.name, succeeded);
      });
      running.set(next, finished);
      continue;
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.length === 0) return;
    else if (!waiting.some(({ after = [] }) => after.some((name) => outcome.get(name) === false))) {
      throw new Error(
        `These steps wait for a step that never comes: ${waiting.map(({ name }) => name).join(', ')}`,
      );
    }
  }
}

function mayStart(
  task: Task,
  outcome: ReadonlyMap<string, boolean>,
  running: readonly Task[],
  limit: number,
): boolean {
  if ((task.after ?? []).some((name) => outcome.get(name) !== true)) return false;
  if (running.length >= limit) return false;
  if (task.background === true) return true;
  return task.alone === true
    ? running.every(({ background }) => background === true)
    : !running.some(({ alone }) => alone === true);
}
