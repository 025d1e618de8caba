#!/bin/sh
# Tests the tests: tools/mutants.mjs tells how, and what may be chosen. This brings cargo-mutants.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

# It only lists, mostly: made without optimisation, it is there sooner.
(
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    cargo_tool cargo-mutants cargo-mutants "$CARGO_MUTANTS"
)
# The command goes by the path that cargo would look it up in.
PATH=$cache/cargo-mutants-$CARGO_MUTANTS/bin:$PATH exec node tools/mutants.mjs
