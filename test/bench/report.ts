/** Lines of a benchmark's table. */

/** CPU time of this process so far. */
export const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

export const heading = (title: string): void => {
  process.stdout.write(`\n${title}\n${"-".repeat(title.length)}\n`);
};

/** One row: what was done, to how many, how fast by the clock, at what cost of CPU. */
export const line = (what: string, records: number, us: number, wallMs: number): void => {
  const rate = Math.round(records / (wallMs / 1000)).toLocaleString("en");
  const each = (us / records).toFixed(2);
  const count = records.toLocaleString("en");
  process.stdout.write(
    `${what.padEnd(44)} ${count.padStart(10)} ${rate.padStart(12)}/s ${each.padStart(8)} µs CPU each\n`,
  );
};

export const memoryLine = (what: string, bytes: number, count: number, of: string): void => {
  const megabytes = (bytes / 1e6).toFixed(1);
  process.stdout.write(`${what.padEnd(44)} ${megabytes.padStart(10)} MB ${Math.round(bytes / count)} bytes a ${of}\n`);
};
