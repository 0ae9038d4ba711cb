/**
 * A pure function that remembers its newest answers: `most` of them at least, twice as many at most. For texts that are wanted
 * again and again, such as keys: one that is made anew has to be joined, and hashed wherever it is looked up.
 */
export function remembered<Argument extends string | number, Answer extends string | object>(
  most: number,
  make: (argument: Argument) => Answer,
): (argument: Argument) => Answer {
  let young: Map<Argument, Answer> | undefined;
  let old: Map<Argument, Answer> | undefined;
  let newest: { argument: Argument; answer: Answer } | undefined;

  function find(argument: Argument): Answer {
    const known = young?.get(argument);
    if (known !== undefined) return known;
    const answer = old?.get(argument) ?? make(argument);
    if (young !== undefined && young.size >= most) {
      old = young;
      young = undefined;
    }
    young ??= new Map();
    young.set(argument, answer);
    return answer;
  }

  return (argument) => {
    // What one command names it names several times, and most servers have one app.
    if (newest === undefined) newest = { argument, answer: find(argument) };
    else if (newest.argument !== argument) {
      newest.answer = find(argument);
      newest.argument = argument;
    }
    return newest.answer;
  };
}
