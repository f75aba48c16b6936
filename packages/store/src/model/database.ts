/** The views that people query: names that stay. */
export const viewDatabase = "leadwire";
/** What the log holds, whatever the configuration. */
export const logDatabase = "leadwire_log";
/** What one generation of the folds made of it. */
export const generationDatabase = (generation: string): string => {
  if (!/^[0-9a-z]{1,40}$/.test(generation)) {
    throw new Error(`generation "${generation}": expected 1 to 40 of a-z and 0-9`);
  }
  return `leadwire_g_${generation}`;
};
