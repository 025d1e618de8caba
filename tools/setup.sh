#!/bin/sh
# Installs what building cinplan needs and this machine lacks. Silent when there is nothing to do.
#
# Nothing goes into the system: what takes minutes to build is kept in the user's cache, by version, for every clone.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

have cargo || fail "Rust is missing, which compiles cinplan: install it with rustup from https://rustup.rs and run make again."
have cc || fail "A C compiler is missing, which Rust links with: install gcc or clang (Debian: apt-get install gcc libc6-dev) and run make again."
have npm || fail "Node.js is missing, which serves the demo and runs the tests: install version 20 or later (npm comes with it) from https://nodejs.org and run make again."

node_major=$(node -p 'process.versions.node.split(".")[0]')
[ "$node_major" -ge 20 ] || fail "Node.js $node_major is too old to serve the demo and run the tests: install version 20 or later from https://nodejs.org and run make again."

rust=$(rustc --version | awk '{ print $2 }')
rust_needed=$(awk -F'"' '/^rust-version/ { print $2 }' Cargo.toml)
older=$(printf '%s\n%s\n' "$rust" "$rust_needed" | sort -t. -k1,1n -k2,2n | head -n 1)
[ "$older" != "$rust" ] || [ "${rust%.*}" = "$rust_needed" ] ||
    fail "Rust $rust is too old to compile cinplan: bring it to $rust_needed or later with 'rustup update stable' (or install rustup from https://rustup.rs) and run make again."

# The same npm packages in every clone, installed again only when the lock file has changed.
npm_packages() {
    cmp -s package-lock.json node_modules/.installed-lock.json && return 0
    say "Installing the npm packages for building and testing (about 10 seconds)"
    quietly npm ci --prefer-offline --no-audit --no-fund --loglevel=error ||
        fail "The npm packages could not be installed, which the build needs: see above; it takes a network once."
    cp package-lock.json node_modules/.installed-lock.json
}

tools/wasm32.sh
cargo_tool wasm-pack wasm-pack "$WASM_PACK"
cargo_tool wasm-bindgen-cli wasm-bindgen "$(tools/wasm-bindgen-version.sh)"
npm_packages
