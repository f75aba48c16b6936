/** The demo company: a maker of warehouse scanners and the software for them. Every name is made up. */

export interface Rep {
  readonly name: string;
  readonly team: string;
  readonly region: string;
  /** Half of this rep's first answers come sooner. */
  readonly answerMedianMs: number;
  /** Above 1 wins more than the average. */
  readonly skill: number;
}

export interface Channel {
  readonly name: string;
  readonly campaigns: ReadonlyArray<string>;
  readonly weight: number;
  /** Above 1: its leads go further. */
  readonly quality: number;
  /** Advertising per day, in cents; 0 where the channel costs nothing. */
  readonly spendMinorPerDay: number;
}

export interface Product {
  readonly name: string;
  readonly priceMinor: number;
  readonly costMinor: number;
  readonly weight: number;
  /** Sold as a subscription: the price is a year's. */
  readonly recurring: boolean;
  readonly quantityMax: number;
}

const second = 1000;
const rep = (name: string, team: string, region: string, answerSeconds: number, skill: number): Rep => ({
  name,
  team,
  region,
  answerMedianMs: answerSeconds * second,
  skill,
});

/** Two teams work by day, one answers at night and on weekends. */
export const dayReps: ReadonlyArray<Rep> = [
  rep("Ana", "Danube", "East", 60, 1.25),
  rep("Mihai", "Danube", "East", 95, 1.1),
  rep("Ioana", "Danube", "East", 130, 1),
  rep("Radu", "Danube", "East", 355, 0.8),
  rep("Elena", "Danube", "East", 170, 0.95),
  rep("Sofia", "Alpine", "West", 75, 1.2),
  rep("Lukas", "Alpine", "West", 110, 1.05),
  rep("Marta", "Alpine", "West", 155, 1),
  rep("Pavel", "Alpine", "West", 460, 0.75),
  rep("Clara", "Alpine", "West", 205, 0.9),
];
export const nightReps: ReadonlyArray<Rep> = [
  rep("Noor", "Night desk", "East", 135, 0.95),
  rep("Teo", "Night desk", "West", 220, 0.9),
  rep("Iris", "Night desk", "West", 170, 1),
];
export const managers: ReadonlyArray<{ readonly team: string; readonly targetMinorPerMonth: number }> = [
  { team: "Danube", targetMinorPerMonth: 24_000_000 },
  { team: "Alpine", targetMinorPerMonth: 24_000_000 },
  { team: "Night desk", targetMinorPerMonth: 9_000_000 },
];

export const channels: ReadonlyArray<Channel> = [
  { name: "google-ads", campaigns: ["scanners-brand", "scanners-generic"], weight: 30, quality: 0.95, spendMinorPerDay: 68_000 },
  { name: "linkedin", campaigns: ["logistics-leaders"], weight: 14, quality: 1.1, spendMinorPerDay: 52_000 },
  { name: "website", campaigns: ["organic"], weight: 24, quality: 1, spendMinorPerDay: 0 },
  { name: "referral", campaigns: ["partners"], weight: 12, quality: 1.4, spendMinorPerDay: 9_000 },
  { name: "trade-fair", campaigns: ["logimat", "intralogistica"], weight: 8, quality: 1.15, spendMinorPerDay: 30_000 },
  { name: "newsletter", campaigns: ["monthly"], weight: 12, quality: 0.8, spendMinorPerDay: 6_000 },
]; // biome-ignore format: a table

export const products: ReadonlyArray<Product> = [
  { name: "Scanner S1", priceMinor: 38_000, costMinor: 21_000, weight: 30, recurring: false, quantityMax: 20 },
  { name: "Scanner S2 Pro", priceMinor: 92_000, costMinor: 47_000, weight: 22, recurring: false, quantityMax: 12 },
  { name: "Gate G4", priceMinor: 540_000, costMinor: 310_000, weight: 10, recurring: false, quantityMax: 3 },
  { name: "Stockline Team", priceMinor: 240_000, costMinor: 40_000, weight: 24, recurring: true, quantityMax: 2 },
  { name: "Stockline Plus", priceMinor: 720_000, costMinor: 95_000, weight: 14, recurring: true, quantityMax: 2 },
]; // biome-ignore format: a table

export const segments: ReadonlyArray<string> = ["retail", "logistics", "manufacturing", "pharma", "food"];
export const lossReasons: ReadonlyArray<string> = ["price", "competitor", "timing", "missing feature"];
export const currency = "EUR";
export const timeZone = "Europe/Bucharest";
