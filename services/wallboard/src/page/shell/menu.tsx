import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface MenuProps {
  readonly class: string;
  /** What a screen reader says of the button, where its content does not say it. */
  readonly label?: string;
  readonly button: ComponentChildren;
  /** The button is the page's heading. */
  readonly isHeading?: boolean;
  readonly onOpen?: () => void;
  /** `close` puts the panel away, after a choice. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button with a panel below it. Closes by Escape, by a click elsewhere, and when the focus leaves it. */
export const Menu = ({ class: name, label, button, isHeading, onOpen, children }: MenuProps) => {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (): void => {
    isOpen.value = false;
  };
  useEffect(() => {
    const onDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) close();
    };
    document.addEventListener("pointerdown", onDown);
    return () => document.removeEventListener("pointerdown", onDown);
  }, []);
  const opening = (
    <button
      type="button"
      ref={opener}
      aria-label={label}
      aria-expanded={isOpen}
      aria-controls={id}
      onClick={() => {
        isOpen.value = !isOpen.value;
        if (isOpen.value) onOpen?.();
      }}
    >
      {button}
    </button>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from whatever in the panel has the focus
    <div
      class={`menu ${name}`}
      ref={root}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && root.current?.contains(event.relatedTarget) === false) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen.value) return;
        close();
        opener.current?.focus();
      }}
    >
      {isHeading === true ? <h1>{opening}</h1> : opening}
      <div class="menu-panel" id={id} hidden={!isOpen.value}>
        {isOpen.value && children(close)}
      </div>
    </div>
  );
};
