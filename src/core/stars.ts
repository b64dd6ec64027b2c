/**
 * Whether a pattern with stars, each of which stands for any number of items, fits from the first item on. In time that
 * grows with the product of both lengths: a template brings the pattern and what it is tried on, and must not hang a run.
 * @param items how many there are
 * @param fits whether the part of the pattern, which is no star, fits the item at a place
 * @param isWhole whether the pattern has to reach the last item
 */
export function starsFit<T>(
  pattern: readonly T[],
  isStar: (part: T) => boolean,
  items: number,
  fits: (part: T, at: number) => boolean,
  isWhole: boolean,
): boolean {
  let [next, at] = [0, 0]
  // The last star, and up to where it reaches by now: what an earlier one could give up, this one can take.
  let [star, reached] = [-1, 0]
  for (;;) {
    const part = pattern[next]
    if (next === pattern.length && (!isWhole || at === items)) return true
    if (next < pattern.length && isStar(part!)) [star, reached, next] = [next, at, next + 1]
    else if (next < pattern.length && at < items && fits(part!, at)) [next, at] = [next + 1, at + 1]
    else if (star < 0 || reached >= items) return false
    else {
      reached += 1
      ;[next, at] = [star + 1, reached]
    }
  }
}

/** Whether a text is as a pattern says, in which `*` is any text. */
export function textFits(pattern: string, text: string): boolean {
  const isStar = (part: string): boolean => part === "*"
  return starsFit(pattern.split(""), isStar, text.length, (part, at) => part === text[at], true)
}
