/** Data as a terminal may show it: control characters, which could move the cursor or hide text, become visible. */
export const safeText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (found) => {
    const code = found.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });

const printable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

/** Original bytes as text where they are UTF-8, byte by byte where they are not; lines are kept, `max` bytes at most. */
export const safeBytes = (bytes: Uint8Array, max: number): string => {
  const shown = bytes.subarray(0, max);
  const rest = bytes.length > max ? `\n… and ${bytes.length - max} bytes more` : "";
  const text = Buffer.from(shown).toString("utf8");
  const exact = bytes.length > max || Buffer.from(text).equals(Buffer.from(shown));
  const readable = exact
    ? text
    : Array.from(shown, (byte) =>
        printable(byte) || byte === 0x0a ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
      ).join("");
  return `${readable.split("\n").map(printedLine).join("\n")}${rest}`;
};

const printedLine = (line: string): string => safeText(line.replace(/\r$/u, ""));
