/** sRGB, 0..255 each. */
type Rgb = readonly [red: number, green: number, blue: number];
export type Vision = "normal" | "protanopia" | "deuteranopia" | "tritanopia";

type Matrix = readonly [Rgb, Rgb, Rgb];

/** On linear RGB, for the whole absence of a cone: Machado, Oliveira and Fernandes, 2009, severity 1. */
const matrices: Readonly<Record<Vision, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The colour in linear RGB as somebody with this vision sees it. */
export const seenWith = (vision: Vision, [red, green, blue]: Rgb): Rgb => {
  const light: Rgb = [linear(red), linear(green), linear(blue)];
  const [r, g, b] = matrices[vision];
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  return [within(dot(r, light)), within(dot(g, light)), within(dot(b, light))];
};

/** CIE L*a*b* under D65. */
const labOf = (light: Rgb): Rgb => {
  const x = dot([0.4124564, 0.3575761, 0.1804375], light) / 0.95047;
  const y = dot([0.2126729, 0.7151522, 0.072175], light);
  const z = dot([0.0193339, 0.119192, 0.9503041], light) / 1.08883;
  const f = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116);
  return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
};

/** How far apart two colours look (CIE 1976): from about 2 a difference can be seen, from 10 it is seen at a glance. */
export const colourDistance = (a: Rgb, b: Rgb): number => {
  const [one, other] = [labOf(a), labOf(b)];
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
};
