import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import { en } from "../texts/en.ts";
import { loadTexts } from "../texts/load-texts.ts";
import type { Texts } from "../texts/texts.ts";
import { namesOf } from "./catalogue-names.ts";
import type { Language, LanguageChoice } from "./language.ts";
import type { Reader } from "./reader.ts";

/** What the workspace says of times and money. */
export interface Workspace {
  readonly timeZone: string;
  readonly currency: string;
}

export interface ReaderState {
  readonly language: Signal<Language>;
  /** The board as it is told to this reader: changes when the words of their language have come. */
  readonly of: (workspace: ReadonlySignal<Workspace>) => ReadonlySignal<Reader>;
  readonly choose: (choice: LanguageChoice) => Promise<void>;
}

interface Spoken {
  readonly locale: string;
  readonly texts: Texts;
  readonly catalogue: CatalogueAnswer | null;
}

/** The language spoken now; another one is taken when its words and the catalogue's names are there, all at once. */
export const createReaderState = (
  fetchCatalogue: (language: Language) => Promise<CatalogueAnswer | null>,
): ReaderState => {
  const language = signal<Language>("en");
  const spoken = signal<Spoken>({ locale: "en", texts: en, catalogue: null });
  let choices = 0;
  return {
    language,
    of: (workspace) =>
      computed(() => {
        const { locale, texts, catalogue } = spoken.value;
        return { locale, texts, ...workspace.value, names: namesOf(catalogue, texts) };
      }),
    choose: async (choice) => {
      const own = ++choices;
      language.value = choice.language;
      const [texts, catalogue] = await Promise.all([loadTexts(choice.language), fetchCatalogue(choice.language)]);
      // Another language was chosen meanwhile: that one counts.
      if (own === choices) spoken.value = { locale: choice.locale, texts, catalogue };
    },
  };
};
