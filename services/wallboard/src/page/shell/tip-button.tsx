import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface TipProps {
  readonly class: string;
  readonly state?: string;
  /** What a screen reader says of the button. */
  readonly label: string;
  /** Drawn only while it is open, so that what moves in it costs nothing otherwise. */
  readonly tip: () => ComponentChildren;
  readonly children: ComponentChildren;
}

const Tip = ({ tip }: Pick<TipProps, "tip">) => <>{tip()}</>;

/**
 * A small mark that says more while it is pointed at or focused (WCAG 1.4.13: the tip can be pointed at itself, and
 * Escape puts it away), and on a touch screen when it is tapped.
 */
export const TipButton = ({ class: name, state, label, tip, children }: TipProps) => {
  const isOpen = useSignal(false);
  const id = useId();
  const open = (): void => {
    isOpen.value = true;
  };
  const close = (): void => {
    isOpen.value = false;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at mark or tip; the focus does the same for a keyboard
    <span class={`tipped ${name}`} data-state={state} onMouseEnter={open} onMouseLeave={close}>
      <button
        type="button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-describedby={isOpen.value ? id : undefined}
        onFocus={open}
        onBlur={close}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !isOpen.value) return;
          event.stopPropagation();
          close();
        }}
      >
        {children}
      </button>
      {isOpen.value && (
        <span class="tip" role="tooltip" id={id}>
          <Tip tip={tip} />
        </span>
      )}
    </span>
  );
};
