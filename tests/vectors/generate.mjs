// Writes data-items.json: data items as `@dha-team/arbundles` makes them, and what it and its relatives say of them.
//
//   node tests/vectors/generate.mjs
//
// Keys, salts and data are fixed, so that the file comes out the same each time; data of 10 MB is said by its
// length alone. The keys are for tests alone, and worth nothing.
import assert from "node:assert/strict";
import { constants, createHash, privateEncrypt, createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

// Not `@dha-team/arbundles/node`: that one imports `axios`, without depending on it.
import {
  ArweaveSigner,
  bundleAndSignData,
  createData,
  DataItem,
  EthereumSigner,
  HexSolanaSigner,
  SolanaSigner,
  TypedEthereumSigner,
} from "@dha-team/arbundles/build/node/esm/src/index";
import Arweave from "arweave";
import deepHash from "arweave/node/lib/deepHash.js";

import { filler } from "./filler.mjs";

// What arbundles itself depends on is found from where it is.
const require = createRequire(import.meta.resolve("@dha-team/arbundles/build/node/esm/src/index"));
const bs58 = require("bs58");
const { getPublicKey } = require("@noble/ed25519");
const { computeAddress } = require("@ethersproject/transactions");
const { getAddress } = createRequire(require.resolve("@ethersproject/transactions"))("@ethersproject/address");

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

// --- Keys ------------------------------------------------------------------------------------------------------------

const jwk = JSON.parse(readFileSync(new URL("arweave-key.json", import.meta.url), "utf8"));
const privateKey = createPrivateKey({ key: jwk, format: "jwk" });

/** Arweave's wallets choose the salt at random; this one chooses it once and for all, of a given length. */
class FixedSaltSigner extends ArweaveSigner {
  constructor(saltLength) {
    super(jwk);
    this.salt = Buffer.alloc(saltLength, "salt");
  }

  sign(message) {
    const encoded = encodePss(message, this.salt, 512);
    return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded);
  }
}

/** EMSA-PSS of RFC 8017 §9.1.1, with SHA-256, for a modulus of exactly 8 × `length` bits. */
function encodePss(message, salt, length) {
  const hash = sha256(Buffer.alloc(8), sha256(message), salt);
  const block = Buffer.alloc(length - hash.length - 1);
  block[block.length - salt.length - 1] = 1;
  salt.copy(block, block.length - salt.length);
  for (let at = 0, counter = Buffer.alloc(4); at < block.length; at += 32) {
    counter.writeUInt32BE(at / 32);
    sha256(hash, counter).forEach((byte, i) => at + i < block.length && (block[at + i] ^= byte));
  }
  block[0] &= 0x7f;
  return Buffer.concat([block, hash, Buffer.of(0xbc)]);
}

const seed = Buffer.from([...Array(32).keys()]);
const edPublic = Buffer.from(await getPublicKey(seed));
const solanaKey = bs58.encode(Buffer.concat([seed, edPublic]));
const ethereumKey = `0x${seed.toString("hex")}`;

const signers = {
  "arweave, no salt": new FixedSaltSigner(0),
  "arweave, salt of 32 bytes": new FixedSaltSigner(32),
  "arweave, longest salt": new FixedSaltSigner(512 - 32 - 2),
  ed25519: new SolanaSigner(solanaKey), // It is called so, and signs type 2.
  ethereum: new EthereumSigner(ethereumKey),
  solana: new HexSolanaSigner(solanaKey),
  "typed ethereum": new TypedEthereumSigner(ethereumKey),
};

// arbundles has no addresses: they are as arweave and ethers, which it depends on, make them of its owners.
const ofArweave = (owner) => Arweave.init({}).wallets.ownerToAddress(base64url(owner));
const addressOf = {
  1: ofArweave,
  2: ofArweave,
  3: (owner) => computeAddress(owner),
  4: ofArweave,
  7: (owner) => getAddress(owner.toString("ascii")),
};

// --- Items -----------------------------------------------------------------------------------------------------------

const target = base64url(Buffer.from([...Array(32).keys()].map((n) => 255 - n)));
const anchor = "00000000000000000000000000000042";
const messageTags = [
  { name: "Data-Protocol", value: "ao" },
  { name: "Variant", value: "ao.TN.1" },
  { name: "Type", value: "Message" },
  { name: "SDK", value: "aoconnect" },
  { name: "Action", value: "Transfer" },
  { name: "Recipient", value: target },
  { name: "Quantity", value: "1000000000000" },
];
const plain = "arweave, no salt";

const items = [
  { name: "nothing at all", signer: plain },
  { name: "data alone", signer: plain, data: "1984" },
  { name: "a target alone", signer: plain, target },
  { name: "an anchor alone", signer: plain, anchor },
  { name: "a message of ao", signer: plain, target, anchor, tags: messageTags, data: " " },
  { name: "a salt of 32 bytes", signer: "arweave, salt of 32 bytes", target, tags: messageTags, data: "Inbox[1]" },
  { name: "the longest salt", signer: "arweave, longest salt", target, tags: messageTags, data: "#Inbox" },
  {
    name: "text beyond ASCII",
    signer: plain,
    anchor: "é".repeat(16),
    tags: [
      { name: "Größe", value: "größer" },
      { name: "名前", value: "織り手".repeat(30) },
      { name: "🧵", value: "👩‍👩‍👧‍👦 \u0000 \u{10ffff}" },
    ],
    data: "return 'ウィーバー'",
  },
  {
    name: "every byte",
    signer: plain,
    tags: [{ name: "Content-Type", value: "application/octet-stream" }],
    data: Buffer.from([...Array(256).keys()]),
  },
  {
    name: "names twice, values empty",
    signer: plain,
    tags: [
      { name: "Name", value: "" },
      { name: "Name", value: "second" },
      { name: "name", value: "" },
    ],
  },
  {
    name: "128 tags",
    signer: plain,
    tags: [...Array(128).keys()].map((n) => ({ name: `Tag-${n}`, value: `${n * n}` })),
  },
  {
    name: "4096 bytes of tags",
    signer: plain,
    tags: [
      { name: "n".repeat(64), value: "v".repeat(63) },
      { name: "Long", value: "x".repeat(4096 - 1 - 2 - 64 - 1 - 63 - 1 - 4 - 2 - 1) },
    ],
    data: "full",
  },
  ...["ed25519", "ethereum", "solana", "typed ethereum"].flatMap((signer) => [
    { name: `nothing at all, by ${signer}`, signer },
    { name: `a message by ${signer}`, signer, target, anchor, tags: messageTags, data: "Balances" },
    {
      name: `128 tags and text beyond ASCII, by ${signer}`,
      signer,
      tags: [...Array(128).keys()].map((n) => ({ name: `Größe-${n}`, value: n % 2 ? "" : "🧵" })),
      data: "return 'ウィーバー'",
    },
  ]),
  ...[plain, "ed25519", "ethereum", "solana", "typed ethereum"].map((signer) => ({
    name: `10 MB by ${signer}`,
    signer,
    tags: [{ name: "Content-Type", value: "application/octet-stream" }],
    filler: 10_000_000,
  })),
];

const owners = {};
const vectors = [];
const made = {};
for (const { name, signer: signerName, data: text = "", filler: length = 0, ...options } of items) {
  const signer = signers[signerName];
  const data = length > 0 ? filler(length) : text;
  const item = createData(data, signer, options);
  await item.sign(signer);

  const bytes = item.getRaw();
  const hash = Buffer.from(await item.getSignatureData());
  assert(await DataItem.verify(bytes), `arbundles verifies "${name}"`);
  assert.deepEqual(new DataItem(bytes).tags, options.tags ?? []);
  const chunks = ["dataitem", "1", `${item.signatureType}`].map((text) => Buffer.from(text));
  const fields = [item.rawOwner, item.rawTarget, item.rawAnchor, item.rawTags, item.rawData];
  assert.deepEqual(Buffer.from(await deepHash.default([...chunks, ...fields])), hash, "arweave hashes it alike");

  owners[item.signatureType] = {
    owner: base64url(item.rawOwner),
    address: await addressOf[item.signatureType](item.rawOwner),
  };
  vectors.push({
    name,
    signatureType: item.signatureType,
    id: item.id,
    signingHash: base64url(hash),
    target: options.target ?? null,
    anchor: options.anchor ? base64url(Buffer.from(options.anchor)) : null,
    tags: options.tags ?? [],
    data: length > 0 ? "" : base64url(Buffer.from(data)),
    filler: length,
    bytes: base64url(bytes.subarray(0, bytes.length - length)),
  });
  made[name] = item;
}

// --- Bundles ---------------------------------------------------------------------------------------------------------

const small = vectors.filter((vector) => vector.filler === 0).map((vector) => vector.name);
const bundles = [];
for (const [name, ...held] of [["no items"], ["one item", small[0]], ["an item of each kind", ...small]]) {
  const bundle = await bundleAndSignData(held.map((item) => made[item]), signers.ed25519);
  assert(await bundle.verify(), `arbundles verifies "${name}"`);
  bundles.push({ name, items: held, header: base64url(bundle.getRaw().subarray(0, 32 + 64 * held.length)) });
}

const file = new URL("data-items.json", import.meta.url);
const json = `${JSON.stringify({ owners, items: vectors, bundles }, null, 1)}\n`;
assert(json.length < 130_000, `${json.length} characters are too many`);
writeFileSync(file, json);
console.log(`${vectors.length} items, ${json.length} characters`);
