#!/bin/sh
# Compiles the crate to target/wasm/: the module, its JavaScript glue and its types.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

# Made aside and moved, so that what stands in target/wasm/ is whole.
out=target/wasm.$$
trap 'rm -rf "$out"' EXIT

say "Compiling cinplan to WebAssembly (about 1 minute the first time)"
PATH=$cache/wasm-pack-$WASM_PACK/bin:$cache/wasm-bindgen-$(tools/wasm-bindgen-version.sh)/bin:$PATH
# Messages of a panic name source files: the same names everywhere, and not the builder's own folders. The folder of the
# registry is there once something was fetched.
quietly cargo fetch --locked --target wasm32-unknown-unknown
CARGO_ENCODED_RUSTFLAGS=--remap-path-prefix=$PWD=cinplan
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    CARGO_ENCODED_RUSTFLAGS=$(printf '%s\037--remap-path-prefix=%s=crates' "$CARGO_ENCODED_RUSTFLAGS" "$registry")
done
export CARGO_ENCODED_RUSTFLAGS
# Whoever has it on for all projects would get other bytes.
export CARGO_INCREMENTAL=0
# Nothing may be downloaded here, and package.json is our own (js/package.json): hence no-install and no-pack.
quietly tools/wasm32.sh wasm-pack build --mode no-install --no-pack --no-opt --release --target web --out-dir "$out" \
    -- --locked --no-default-features --features js

# What tools/plain/ starts from.
cp "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/cinplan.wasm" "$out/compiled.wasm"

# The module itself says which features it uses; -Os as in the crate's own profile. What it starts from has the names of
# functions, by which tools/parts.mjs goes.
mv "$out/cinplan_bg.wasm" "$out/named.wasm"
quietly node_modules/.bin/wasm-opt -Os "$out/named.wasm" -o "$out/cinplan_bg.wasm"

rm -rf target/wasm
mv "$out" target/wasm
