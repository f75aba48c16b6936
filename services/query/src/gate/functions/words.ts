/** The names in a text, which stands in lines so that a list of hundreds stays readable. */
export const words = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/);
