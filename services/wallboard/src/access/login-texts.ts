import type { Language } from "@leadwire/kpis";

/** What the login page says. */
export interface LoginTexts {
  readonly title: string;
  readonly token: string;
  readonly hint: string;
  readonly enter: string;
  readonly wrong: string;
  /** `{seconds}` is filled in. */
  readonly wait: string;
  readonly foreign: string;
  readonly deadLink: string;
  readonly opening: string;
}

export const loginTexts: Readonly<Record<Language, LoginTexts>> = {
  en: {
    title: "Log in",
    token: "Token",
    hint: "Whoever looks after Leadwire makes one: npx leadwire tokens create NAME",
    enter: "Log in",
    wrong: "This token is not valid: it is mistyped, has expired or was revoked.",
    wait: "Too many tries. Try again in {seconds} s.",
    foreign: "Another site sent this form. Open the board yourself and log in there.",
    deadLink: "This link is not valid: it has expired or was revoked. Ask for a new one.",
    opening: "Opening the board …",
  },
  ro: {
    title: "Autentificare",
    token: "Token",
    hint: "Îl creează cine administrează Leadwire: npx leadwire tokens create NUME",
    enter: "Intră",
    wrong: "Tokenul nu este valid: e scris greșit, a expirat sau a fost revocat.",
    wait: "Prea multe încercări. Încearcă din nou peste {seconds} s.",
    foreign: "Formularul a fost trimis de alt site. Deschide tabloul și autentifică-te acolo.",
    deadLink: "Linkul nu este valid: a expirat sau a fost revocat. Cere unul nou.",
    opening: "Se deschide tabloul …",
  },
  pl: {
    title: "Logowanie",
    token: "Token",
    hint: "Tworzy go osoba, która opiekuje się Leadwire: npx leadwire tokens create NAZWA",
    enter: "Zaloguj się",
    wrong: "Ten token jest nieważny: zawiera literówkę, wygasł albo został unieważniony.",
    wait: "Za dużo prób. Spróbuj ponownie za {seconds} s.",
    foreign: "Ten formularz wysłała inna strona. Otwórz tablicę i zaloguj się na niej.",
    deadLink: "Ten link jest nieważny: wygasł albo został unieważniony. Poproś o nowy.",
    opening: "Otwieranie tablicy …",
  },
  ru: {
    title: "Вход",
    token: "Токен",
    hint: "Его создаёт тот, кто отвечает за Leadwire: npx leadwire tokens create ИМЯ",
    enter: "Войти",
    wrong: "Токен недействителен: в нём опечатка, он истёк или отозван.",
    wait: "Слишком много попыток. Повторите через {seconds} с.",
    foreign: "Эту форму отправил другой сайт. Откройте доску и войдите на ней.",
    deadLink: "Ссылка недействительна: она истекла или отозвана. Попросите новую.",
    opening: "Доска открывается …",
  },
  "zh-Hant": {
    title: "登入",
    token: "權杖",
    hint: "由管理 Leadwire 的人建立：npx leadwire tokens create 名稱",
    enter: "登入",
    wrong: "權杖無效：輸入有誤、已過期或已撤銷。",
    wait: "嘗試次數過多，請在 {seconds} 秒後再試。",
    foreign: "這份表單來自其他網站。請自行開啟看板並在那裡登入。",
    deadLink: "連結無效：已過期或已撤銷。請索取新的連結。",
    opening: "正在開啟看板 …",
  },
};
