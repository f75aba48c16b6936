/**
 * ISO 4217: the codes in use, and those retired since 2015, since years of history are imported. The exponent is the
 * number of decimals between the unit and its minor unit.
 */

const twoDecimals = `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF
IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR
MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC
SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VEF VES WST XCD XCG YER ZAR ZMW ZWG ZWL`;

const decimals: ReadonlyArray<readonly [number, string]> = [
  [0, "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
  [2, twoDecimals],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
];

const exponents: ReadonlyMap<string, number> = new Map(
  decimals.flatMap(([exponent, codes]) => codes.split(/\s+/).map((code): [string, number] => [code, exponent])),
);

/** Every code known, sorted. */
export const currencies: ReadonlyArray<string> = [...exponents.keys()].sort();

/** Decimals of a currency's minor unit (2 for EUR, 0 for JPY); undefined for a code that is not ISO 4217. */
export const currencyExponent = (code: string): number | undefined => exponents.get(code);

const letterA = 65;
const letters = 26;
const place = (first: number, second: number, third: number): number => (first * letters + second) * letters + third;
const known = new Uint8Array(letters ** 3);
for (const code of currencies)
  known[place(code.charCodeAt(0) - letterA, code.charCodeAt(1) - letterA, code.charCodeAt(2) - letterA)] = 1;

/** The same question about a span of bytes, without creating a string. */
export const isCurrencyAt = (bytes: Uint8Array, start: number, end: number): boolean => {
  if (end - start !== 3) return false;
  const first = (bytes[start] ?? 0) - letterA;
  const second = (bytes[start + 1] ?? 0) - letterA;
  const third = (bytes[start + 2] ?? 0) - letterA;
  const areLetters = first >= 0 && first < letters && second >= 0 && second < letters && third >= 0 && third < letters;
  return areLetters && known[place(first, second, third)] === 1;
};
