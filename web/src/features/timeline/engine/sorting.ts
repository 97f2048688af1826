const DIGIT_BITS = 16;
const DIGIT = 2 ** DIGIT_BITS;

/** The places of moments in order of time, those of one moment as they stood; nothing when they stand in order. Counts
 * digits instead of comparing: of many events a comparison each is most of the wait. */
export function orderOfTime(at: Float64Array): Uint32Array | null {
  if (isSorted(at)) return null;
  const least = at.reduce((low, time) => Math.min(low, time), Number.POSITIVE_INFINITY);
  const most = at.reduce((high, time) => Math.max(high, time), Number.NEGATIVE_INFINITY);
  const since = at.map((time) => Math.floor(time - least));
  let order = Uint32Array.from(at.keys());
  for (let unit = 1; unit <= most - least; unit *= DIGIT) order = sortedByDigit(order, since, unit);
  return order;
}

/** One pass: stable, so that passes from the last digit to the first leave everything in order. */
function sortedByDigit(order: Uint32Array, since: Float64Array, unit: number): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(DIGIT + 1);
  const digits = since.map((time) => Math.floor(time / unit) % DIGIT);
  for (const digit of digits) starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  for (let digit = 1; digit <= DIGIT; digit++)
    starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (let index = 0; index < order.length; index++) {
    const place = order[index] ?? 0;
    const digit = digits[place] ?? 0;
    const target = starts[digit] ?? 0;
    sorted[target] = place;
    starts[digit] = target + 1;
  }
  return sorted;
}

function isSorted(at: Float64Array): boolean {
  for (let place = 1; place < at.length; place++) if ((at[place] ?? 0) < (at[place - 1] ?? 0)) return false;
  return true;
}
