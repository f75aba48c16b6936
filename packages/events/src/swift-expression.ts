/** `.*` and the like in one expression: the time that it takes grows with the text's length to this power. */
const repeatsMax = 3;

interface Group {
  /** Something within it may stand there in more than one way. */
  isOpen: boolean;
}

const repeat = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/u;

/**
 * Whether matching cannot take for ever, whatever the text: JavaScript's expressions try every way to divide it, which of
 * `(a+)+` are 2ⁿ. Nothing is repeated that repeats or chooses within itself, there are three repeats at most, and no
 * look-around and no back reference. Refuses some that would do.
 */
export const isSwiftExpression = (expression: string): boolean => {
  const groups: Array<Group> = [{ isOpen: false }];
  let repeats = 0;
  let at = 0;
  while (at < expression.length) {
    const rest = expression.slice(at);
    if (/^(?:\(\?<?[=!]|\\[1-9k])/u.test(rest)) return false;
    const top = groups.at(-1);
    if (top === undefined) return false;
    const opened = /^\((?:\?:|\?<\w+>)?/u.exec(rest)?.[0];
    if (opened !== undefined) {
      groups.push({ isOpen: false });
      at += opened.length;
      continue;
    }
    const isEnd = rest.startsWith(")");
    const atom = /^(?:\[(?:\\.|[^\]\\])*\]|\\.|.)/su.exec(rest)?.[0] ?? "";
    at += atom.length;
    if (atom === "|") top.isOpen = true;
    if (isEnd) groups.pop();
    const outer = groups.at(-1);
    const sign = repeat.exec(expression.slice(at))?.[0];
    at += sign?.length ?? 0;
    if (sign !== undefined && !sign.startsWith("?")) {
      repeats += 1;
      if ((isEnd && top.isOpen) || repeats > repeatsMax) return false;
    }
    if (outer !== undefined && (sign !== undefined || (isEnd && top.isOpen))) outer.isOpen = true;
  }
  return true;
};
