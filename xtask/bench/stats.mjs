/** Runs `task` until it is warm, then `count` times; milliseconds, sorted. */
export async function sample(task, { warm, count }) {
  for (let i = 0; i < warm; i++) await task();
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await task();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

export const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Rows of text in columns, the first to the left. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
  }
}

export const ms = (time) => `${time.toFixed(3)} ms`;
