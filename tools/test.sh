#!/bin/sh
# Checks everything: one line a phase, with what the test runners said last. A phase that fails shows all it printed, and
# the others still run.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

for part in rustfmt clippy-driver; do
    have "$part" || fail "$part is missing, which make test checks the Rust code with: run 'rustup component add rustfmt clippy'."
done
CINPLAN_CHROME=$(tools/browser.sh)
# Empty where they cannot be had: their test then says so, and fails where CI is set.
CINPLAN_FIREFOX=$(tools/engine.sh firefox)
CINPLAN_WEBKIT=$(tools/engine.sh webkit)
export CINPLAN_CHROME CINPLAN_FIREFOX CINPLAN_WEBKIT
tools/deny.sh

mkdir -p target
# Cargo's own progress would bury what a failing phase has to say.
export CARGO_TERM_QUIET=true
log=target/test.log
failed=

# phase NAME COMMAND ...
phase() {
    name=$1
    shift
    printf '%-42s' "$name"
    start=$(date +%s)
    if "$@" >$log 2>&1 </dev/null; then result=passed; else result=FAILED; fi
    printf '%s  %4d s\n' $result $(($(date +%s) - start))
    if [ $result = FAILED ]; then
        failed="$failed; $name"
        cat $log
    else
        # The closing lines of cargo test and of Node's test runner, and what was left out.
        grep -E '^test result:|^ℹ (tests|pass|fail|skipped) |^﹣ .* # ' $log || true
    fi
}

# node_phase NAME FOLDER
node_phase() {
    set -- "$1" "$2" "$2"/*.test.mjs
    if [ ! -e "$3" ]; then
        printf '%-42sskipped: %s has no tests yet\n' "$1" "$2"
        return 0
    fi
    name=$1
    shift 2
    phase "$name" node --test --test-reporter=spec "$@"
}

types() {
    node_modules/.bin/tsc -p tsconfig.json && node_modules/.bin/tsc -p tools/tsconfig.json
}

phase "Rust is formatted" cargo fmt --check -- --color never
phase "Clippy, all features" cargo clippy --locked --all-targets --all-features -- -D warnings
phase "Clippy, as compiled to WebAssembly" tools/wasm32.sh \
    cargo clippy --locked --target wasm32-unknown-unknown --no-default-features --features js -- -D warnings
# What a Rust program gets with default-features = false.
plain_crate() {
    cargo tree --locked --no-default-features --edges normal --target all --prefix none >target/tree.log &&
        ! grep -E '^(wasm-bindgen|js-sys|web-sys|tsify|serde-wasm-bindgen) ' target/tree.log
}

phase "The crate alone is free of wasm-bindgen" plain_crate
phase "Licences, doubles and sources of crates" tools/deny.sh deny.toml
phase "Rust tests and documentation examples" cargo test --locked --no-fail-fast
phase "Types of the JavaScript" types
node_phase "JavaScript tests in Node.js" tests/node
node_phase "Tests in a browser" tests/browser

[ -z "$failed" ] || fail "Failed: ${failed#; }."
say "Everything passed."
