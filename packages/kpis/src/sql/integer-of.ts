/** An integer as JSON carries it: a text where it has 64 bits. Throws where the row is not what the query asked for. */
export const integerOf = (cell: unknown): bigint => {
  if (typeof cell === "bigint") return cell;
  if (typeof cell === "string" || typeof cell === "number") return BigInt(cell);
  throw new TypeError(`expected an integer from SQL, found ${JSON.stringify(cell)}`);
};
