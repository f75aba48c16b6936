const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString("latin1", from, to);

/**
 * What a file is, by its first bytes and never by its name: one of the formats that show a picture and do nothing else. SVG is
 * none of them, since it may hold scripts.
 */
export const imageKind = (bytes: Buffer): string | undefined => {
  if (bytes.subarray(0, 8).equals(Buffer.from("89504e470d0a1a0a", "hex"))) return "image/png";
  if (bytes.subarray(0, 3).equals(Buffer.from("ffd8ff", "hex"))) return "image/jpeg";
  if (/^GIF8[79]a$/u.test(ascii(bytes, 0, 6))) return "image/gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "image/webp";
  if (ascii(bytes, 4, 8) === "ftyp" && /^avi[fs]$/u.test(ascii(bytes, 8, 12))) return "image/avif";
  return undefined;
};
