import type { Texts } from "../texts/texts.ts";
import type { CatalogueNames } from "./catalogue-names.ts";

/** For whom the page speaks: their language and the workspace's zone and currency. Made anew when one of them changes. */
export interface Reader {
  /** BCP 47: how numbers and times are written. */
  readonly locale: string;
  /** The page's own words in the reader's language. */
  readonly texts: Texts;
  /** IANA zone of the workspace. */
  readonly timeZone: string;
  /** ISO 4217: what money is in where a tile does not say. */
  readonly currency: string;
  /** The catalogue's names of metrics, dimensions and stages. */
  readonly names: CatalogueNames;
}
