import { type Language, languageNames, languages } from "../reader/language.ts";
import type { Texts } from "../texts/texts.ts";
import { Menu } from "./menu.tsx";
import { type ThemeChoice, themeChoices } from "./theme.ts";

export interface Settings {
  readonly language: Language;
  readonly theme: ThemeChoice;
  readonly onLanguage: (language: Language) => void;
  readonly onTheme: (theme: ThemeChoice) => void;
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly values: ReadonlyArray<Value>;
  readonly chosen: Value;
  readonly textOf: (value: Value) => string;
  readonly isForeign?: boolean;
  readonly onChoose: (value: Value) => void;
}

const Choice = <Value extends string>(props: ChoiceProps<Value>) => (
  <fieldset>
    <legend>{props.legend}</legend>
    {props.values.map((value) => (
      <label key={value} lang={props.isForeign === true ? value : undefined}>
        <input type="radio" name={props.name} checked={value === props.chosen} onChange={() => props.onChoose(value)} />
        {props.textOf(value)}
      </label>
    ))}
  </fieldset>
);

/** The reader's language and colours, kept in this browser. */
export const SettingsMenu = ({ settings, texts }: { readonly settings: Settings; readonly texts: Texts }) => (
  <Menu
    class="settings"
    label={texts.settings}
    button={
      <svg class="settings-icon" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="7.25" />
        <path class="filled" d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" />
      </svg>
    }
  >
    {() => (
      <>
        <Choice
          name="language"
          legend={texts.language}
          values={languages}
          chosen={settings.language}
          textOf={(language) => languageNames[language]}
          isForeign
          onChoose={settings.onLanguage}
        />
        <Choice
          name="theme"
          legend={texts.theme}
          values={themeChoices}
          chosen={settings.theme}
          textOf={(theme) => texts.themes[theme]}
          onChoose={settings.onTheme}
        />
      </>
    )}
  </Menu>
);
