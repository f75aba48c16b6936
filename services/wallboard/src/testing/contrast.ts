/** A colour as the browser computes it: `rgb(…)` or `rgba(…)`. */
type Channels = readonly [red: number, green: number, blue: number, alpha: number];

const channelsOf = (css: string): Channels => {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha];
};

const over = (top: Channels, below: Channels): Channels => {
  const mix = (a: number, b: number): number => a * top[3] + b * (1 - top[3]);
  return [mix(top[0], below[0]), mix(top[1], below[1]), mix(top[2], below[2]), 1];
};

const luminanceOf = ([red, green, blue]: Channels): number => {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

/** Contrast of a text on the backgrounds under it, nearest first, by WCAG 2.2: from 1 to 21. */
export const contrastOf = (colour: string, backgrounds: ReadonlyArray<string>): number => {
  const white: Channels = [255, 255, 255, 1];
  const ground = [...backgrounds].reverse().reduce((below, css) => over(channelsOf(css), below), white);
  const [a, b] = [luminanceOf(over(channelsOf(colour), ground)), luminanceOf(ground)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};
