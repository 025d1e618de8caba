#!/bin/sh
# Turns the compiled crate into JavaScript: target/plain/module.js, and glue that fits it.
#
# It starts before wasm-bindgen, which then writes glue that keeps objects in a list of its own: the reference types of
# WebAssembly have no counterpart in JavaScript.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tools/common.sh
. tools/common.sh

out=target/plain.$$
trap 'rm -rf "$out"' EXIT
mkdir -p "$out"

say "Turning it into plain JavaScript, for pages that forbid WebAssembly (about 15 seconds)"
PATH=node_modules/.bin:$cache/wasm-bindgen-$(tools/wasm-bindgen-version.sh)/bin:$PATH

# Today's instructions in terms of the first ones. The list of features, by which wasm-bindgen goes, can only be taken
# away and then written anew: hence twice.
quietly wasm-opt -g target/wasm/compiled.wasm --signext-lowering --llvm-memory-copy-fill-lowering \
    --llvm-nontrapping-fptoint-lowering --strip-target-features -o "$out/lowered.wasm"
quietly wasm-opt -g "$out/lowered.wasm" --mvp-features --enable-mutable-globals --emit-target-features \
    -o "$out/cinplan.wasm"
quietly wasm-bindgen --target bundler --no-typescript --out-dir "$out" "$out/cinplan.wasm"

quietly node tools/plain/imports.mjs "$out"
# Above -O1 it takes twice the time for 20 % less text, of which nothing is left once it is compressed.
quietly wasm2js --emscripten -O1 "$out/host.wasm" -o "$out/instantiate.js"
cat "$out/instantiate.js" "$out/exports.js" >"$out/module.js"

rm -rf target/plain
mv "$out" target/plain
