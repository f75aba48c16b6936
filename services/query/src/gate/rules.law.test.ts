import fc from "fast-check";
import { expect, test } from "vitest";
import { refusedFunctions } from "./functions/refused-functions.ts";
import { tokensOf } from "./statement-text.ts";
import { treeOf } from "./statement-tree.ts";
import { textRefusal } from "./text-rules.ts";
import { treeRefusal } from "./tree-rules.ts";

const nothing = { settingClauses: 0, applied: 0 };

/** A tree of nodes that may pass, as its lines. */
const allowedTree = fc.letrec<{ node: ReadonlyArray<string> }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(["Literal UInt64_1"], ["Identifier owner"], ["Literal 'x'"]),
    fc
      .tuple(
        fc.constantFrom("Function lower", "ExpressionList", "Function sumIf (alias n)", "Subquery", "SelectQuery"),
        fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
      )
      .map(([head, children]) => [
        `${head} (children ${children.length})`,
        ...children.flat().map((line) => ` ${line}`),
      ]),
  ),
})).node;

const whole = (lines: ReadonlyArray<string>): ReadonlyArray<string> => [
  "SelectWithUnionQuery (children 1)",
  " ExpressionList (children 1)",
  ...lines.map((line) => `  ${line}`),
];

test("no lines make it throw", () => {
  const line = fc
    .tuple(fc.nat(4), fc.constantFrom("Function a", "TableExpression", "Set", "", "x (children 1)", "\u0000"))
    .map(([depth, text]) => `${" ".repeat(depth)}${text}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string({ unit: "binary" }))), (lines) => {
      treeRefusal(treeOf(lines) ?? [], nothing, "leadwire");
    }),
  );
});

test("no text makes it throw, and its pieces are no more than the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const tokens = tokensOf(text);
      textRefusal(tokens);
      expect(tokens.map((token) => token.text).join("").length).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("a refused function is found wherever it stands in a tree", () => {
  const refused = fc.constantFrom(...refusedFunctions.flatMap(([, names]) => names));
  fc.assert(
    fc.property(allowedTree, refused, fc.nat(), (lines, name, seed) => {
      const at = seed % (lines.length + 1);
      const depth = (lines[at] ?? lines[at - 1] ?? "").search(/\S/);
      const inserted = lines.toSpliced(
        at,
        0,
        `${" ".repeat(Math.max(depth, 0))}Function ${name} (alias x) (children 0)`,
      );
      // Two roots are no tree, and refused as such.
      expect(treeRefusal(treeOf(whole(inserted)) ?? [], nothing, "leadwire")).toMatchObject({ code: 497 });
      expect(treeRefusal(treeOf(whole(lines)) ?? [], nothing, "leadwire")).toMatchObject({ tables: [] });
    }),
  );
});

test("what stands in quotes is never taken for a clause", () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => text.replaceAll("\\", "").replaceAll("'", "")),
      (text) => {
        expect(textRefusal(tokensOf(`SELECT '${text} SETTINGS readonly = 0 INTO OUTFILE', 1`))).toEqual(nothing);
      },
    ),
  );
});
