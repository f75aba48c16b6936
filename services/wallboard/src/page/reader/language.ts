/** The languages of the catalogue, and of the page. */
export const languages = ["en", "ro", "pl", "ru", "zh-Hant"] as const;
export type Language = (typeof languages)[number];

/** Each in its own words, so that whoever looks for it can read it. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  ro: "Română",
  pl: "Polski",
  ru: "Русский",
  "zh-Hant": "繁體中文",
};

/** Browsers report what their system is set to, which need not be a language tag: `en-US@posix`. */
const isTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/** Chinese without a script is traditional here, since the page has no other. */
const languageOf = (tag: string): Language | undefined => {
  const primary = tag.toLowerCase().split("-")[0];
  return languages.find((language) => language.toLowerCase().split("-")[0] === primary);
};

export interface LanguageChoice {
  readonly language: Language;
  /** How numbers and times are written: the reader's own region where it goes with the language, such as en-GB. */
  readonly locale: string;
}

/**
 * What the address asks for (`?lang=`), else what was chosen here before, else the first of the browser's languages that
 * the page speaks, else English.
 */
export const chooseLanguage = (
  asked: string | null,
  kept: string | null,
  browser: ReadonlyArray<string>,
): LanguageChoice => {
  const spoken = browser.filter(isTag);
  const wanted = [asked, kept, ...spoken].filter((tag) => tag !== null);
  const language = wanted.map(languageOf).find((found) => found !== undefined) ?? "en";
  return { language, locale: spoken.find((tag) => languageOf(tag) === language) ?? language };
};
