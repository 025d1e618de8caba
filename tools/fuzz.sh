#!/bin/sh
# Fuzzes what takes in what people and hosts hand over: one line a target, with how much of the code was reached. An input
# that breaks something is shown, kept, and ends it.
#
#   FUZZ_SECONDS=60         how long each target runs
#   FUZZ_TARGETS="dates …"  which ones; all unless given
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

seconds=${FUZZ_SECONDS:-60}
version=0.13.2

have c++ || fail "A C++ compiler is missing, which libFuzzer is compiled with: install g++ or clang (Debian: apt-get install g++) and run make again."
cargo_tool cargo-fuzz cargo-fuzz "$version"
PATH=$cache/cargo-fuzz-$version/bin:$PATH

targets=${FUZZ_TARGETS:-$(sed -n 's/^name = "\([a-z]*\)"$/\1/p' fuzz/Cargo.toml) names}
# Without a sanitizer no nightly compiler is needed: there is no unsafe code for one to look at.
rust_targets=$(echo "$targets" | tr ' ' '\n' | grep -v '^names$' || true)
if [ -n "$rust_targets" ]; then
    say "Compiling the targets (some minutes the first time)"
    quietly cargo fuzz build --sanitizer none --target-dir target/fuzz/build ||
        fail "The targets could not be compiled: see above; it takes a network once."
fi

mkdir -p target/fuzz
for target in $targets; do
    printf '%-11s' "$target"
    if [ "$target" = names ]; then
        node fuzz/names.mjs "$seconds" fuzz/corpus/names
        continue
    fi
    # What is found goes into the first folder; what is committed is only read.
    work=target/fuzz/corpus/$target
    mkdir -p "$work"
    log=target/fuzz/$target.log
    if ! cargo fuzz run --sanitizer none --target-dir target/fuzz/build "$target" "$work" "fuzz/corpus/$target" -- -max_total_time="$seconds" \
        -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 >"$log" 2>&1; then
        echo broken
        tail -n 60 "$log" >&2
        fail "The target $target fails; the input that breaks it is named above."
    fi
    points=$(sed -n 's/.*Loaded 1 modules *(\([0-9]*\) .*/\1/p' "$log" | head -n 1)
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    kept=$(sed -n 's/.* corp: \([0-9]*\)\/.*/\1/p' "$log" | tail -n 1)
    printf 'holds  %9s inputs, %5s of them kept, %6s of %6s branches\n' "$runs" "$kept" "$covered" "$points"
done
