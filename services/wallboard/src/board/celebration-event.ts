/** Something that just happened and is worth a moment on every board that asks for it. */
export type CelebrationEvent =
  | {
      readonly kind: "won";
      /** Of the event: celebrated once, also where two frames tell it. */
      readonly id: string;
      readonly deal: string;
      readonly owner: string;
      readonly amountMinor: number;
      readonly currency: string;
    }
  | { readonly kind: "target"; readonly id: string; readonly tile: string };
