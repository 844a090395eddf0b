// What the crate `ao-data-item` builds and its test keys sign, as arbundles sees it. The other direction is
// tested in `crate/data-item/tests/vectors.rs`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

// Not `@dha-team/arbundles/node`: that one imports `axios`, without depending on it.
import { Bundle, DataItem } from "@dha-team/arbundles/build/node/esm/src/index";

const directory = mkdtempSync(join(tmpdir(), "ao-unit-items-"));
after(() => rmSync(directory, { recursive: true }));

const example = ["run", "--quiet", "--package", "ao-data-item", "--example", "sign_items", "--", directory];
execFileSync("cargo", example, { stdio: "inherit" });

const read = (file) => readFileSync(join(directory, file));
const items = JSON.parse(read("items.json"));

test("there are items of every type of signature", () => {
  assert.deepEqual([...new Set(items.map((item) => item.signatureType))], [1, 2, 3, 4, 7]);
});

for (const expected of items) {
  test(`arbundles verifies ${expected.name}`, async () => {
    const item = new DataItem(read(expected.file));
    assert.equal(await item.isValid(), true);
    assert.equal(item.signatureType, expected.signatureType);
    assert.equal(item.id, expected.id);
    assert.equal(item.owner, expected.owner);
    assert.equal(Buffer.from(await item.getSignatureData()).toString("base64url"), expected.signingHash);
    assert.equal(item.target, expected.target ?? "");
    assert.equal(item.anchor, expected.anchor ?? "");
    assert.deepEqual(item.tags, expected.tags);
    assert.equal(createHash("sha256").update(item.rawData).digest("base64url"), expected.dataId);
  });
}

test("arbundles verifies the bundle of them all", async () => {
  const bundle = new Bundle(read("all.bundle"));
  assert.equal(await bundle.verify(), true);
  assert.deepEqual(bundle.getIds(), items.map((item) => item.id));
  assert.deepEqual(bundle.items.map((item) => item.id), items.map((item) => item.id));
});
