import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Texts } from "../texts/texts.ts";

interface CopyProps {
  readonly title: string;
  readonly note?: string;
  readonly text: string;
  readonly texts: Texts;
}

const shownForMs = 2_000;

/** Outside of https and localhost there is no clipboard for scripts: the text is selected, and the browser copies that. */
const copyFrom = async (block: HTMLElement, text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(block);
    return document.execCommand("copy");
  }
};

/** A text of several lines that can be taken away. */
export const CopyBlock = ({ title, note, text, texts }: CopyProps) => {
  const block = useRef<HTMLPreElement>(null);
  const isCopied = useSignal(false);
  const copied = isCopied.value;
  useEffect(() => {
    if (!copied) return undefined;
    const handle = setTimeout(() => {
      isCopied.value = false;
    }, shownForMs);
    return () => clearTimeout(handle);
  }, [copied, isCopied]);
  const copy = async (): Promise<void> => {
    if (block.current !== null) isCopied.value = await copyFrom(block.current, text);
  };
  return (
    <section class="copy-block">
      <header>
        <h3>{title}</h3>
        {note !== undefined && <span class="quiet">{note}</span>}
        <button type="button" aria-label={`${texts.explained.copy}: ${title}`} onClick={() => void copy()}>
          {copied ? texts.explained.copied : texts.explained.copy}
        </button>
        <span class="unseen" role="status">
          {copied ? texts.explained.copied : ""}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reachable with the keyboard */}
      <pre ref={block} tabIndex={0} translate={false}>
        {text}
      </pre>
    </section>
  );
};
