const plain = /[A-Za-z0-9 _.-]/;

/**
 * A string literal of ClickHouse that reads the same inside XML and inside a configuration value: all but letters, digits
 * and a few signs is written as bytes, so that no quote, backslash, angle bracket or `${…}` of a value means anything.
 */
export const textLiteral = (text: string): string => {
  const bytes = [...Buffer.from(text, "utf8")].map((byte) => {
    const sign = String.fromCharCode(byte);
    return plain.test(sign) ? sign : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `'${bytes.join("")}'`;
};
