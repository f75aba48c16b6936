/**
 * The encodings a file may have. All keep ASCII bytes as they are, which is what lets the row scanner find quotes,
 * delimiters and line ends before it decodes anything.
 */
export const textEncodings = [
  "utf-8",
  "latin1",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1253",
  "windows-1254",
  "windows-1257",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-15",
] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** Turns the bytes of one row into text; for encodings other than UTF-8, where every byte means something. */
export const singleByteDecoder = (encoding: TextEncoding): ((bytes: Uint8Array) => string) => {
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes);
};

const utf8Mark = [0xef, 0xbb, 0xbf];

/** The length of the byte order mark at the head of a UTF-8 file, or 0. */
export const byteOrderMarkLength = (head: Uint8Array): number =>
  utf8Mark.every((byte, index) => head[index] === byte) ? utf8Mark.length : 0;

/** True where the file begins with UTF-16's byte order mark: no row of it could be read. */
export const looksLikeUtf16 = (head: Uint8Array): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
