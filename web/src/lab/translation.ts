// Our words in the language of Lab, by Lab's own mechanism: keys in English, French in codephenix/locale.

import { lab } from "./container.ts";

export interface Translation {
  __(text: string, ...values: unknown[]): string;
}

export interface Translator {
  load(domain: string): Translation;
}

export const PLAIN: Translator = {
  load: () => ({ __: (text, ...values) => text.replace(/%(\d)/g, (_, rank: string) => String(values[Number(rank) - 1])) }),
};

/** Token of Lab's translator; a plugin that asks for it starts with PLAIN when there is none. */
export async function translatorToken(): Promise<unknown> {
  return (await lab<{ ITranslator: unknown }>("@jupyterlab/translation")).ITranslator;
}
