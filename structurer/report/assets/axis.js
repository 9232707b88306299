// The axis of a forest plot: which stretch of numbers it covers, where a number lies on it, and which are written.
const Axis = (() => {
  "use strict";

  const LOG_STEPS = [1, 2, 5];

  function round(number) {
    return Number(number.toPrecision(6));
  }

  function logTicks(low, high) {
    const found = [];
    for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power += 1) {
      for (const step of LOG_STEPS) {
        const tick = round(step * 10 ** power);
        if (tick >= low && tick <= high) found.push(tick);
      }
    }
    const powers = found.filter((tick) => Number.isInteger(round(Math.log10(tick))));
    return found.length > 9 && powers.length > 1 ? powers : found;
  }

  function linearTicks(low, high) {
    const rough = (high - low) / 5;
    const size = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((factor) => factor * size).find((one) => one >= rough);
    const found = [];
    for (let place = Math.ceil(low / step); place * step <= high; place += 1) found.push(round(place * step));
    return found;
  }

  // An axis over `numbers` (and `none`, the value of no difference, unless it is null) from pixel `left` to `right`.
  function over(numbers, none, log, left, right) {
    const all = none === null ? numbers : [...numbers, none];
    const scale = log ? Math.log : (number) => number;
    let low = scale(Math.min(...all));
    let high = scale(Math.max(...all));
    const room = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.1 || 1;
    low -= room;
    high += room;
    // A short stretch of a logarithmic axis holds too few round numbers.
    const ticksOf = (from, to) => {
      const found = (log ? logTicks : linearTicks)(from, to);
      return found.length < 3 ? linearTicks(from, to) : found;
    };
    const back = log ? Math.exp : (number) => number;
    return {
      at: (number) => left + ((scale(number) - low) / (high - low)) * (right - left),
      ticks: ticksOf(back(low), back(high)),
    };
  }

  return { over };
})();
