#!/bin/sh
# A Rust compiler that has the library for WebAssembly.
#
#   tools/wasm32.sh              makes sure that there is one; silent when there is
#   tools/wasm32.sh COMMAND ...  runs the command with that compiler
#
# The user's own toolchain is taken if it has the library or rustup can fetch it. Where rustup cannot, Debian's archive
# has a compiler and the source of its library (packages *-web): they are unpacked into the user's cache, and the library
# is built there. CINPLAN_WASM=rustup or CINPLAN_WASM=debian allows one route only.
set -eu
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"

target=wasm32-unknown-unknown
route=${CINPLAN_WASM:-}
case $route in
'' | rustup | debian) ;;
*) fail "CINPLAN_WASM is '$route': leave it out, or say rustup or debian." ;;
esac

own_toolchain_has_it() {
    ls "$(rustc --print target-libdir --target $target)"/libcore-*.rlib >/dev/null 2>&1
}

# The newest unpacked toolchain, or nothing. A folder is put under this name only when it is complete.
unpacked() {
    for root in "$cache"/rust-debian-*; do
        [ ! -d "$root/usr" ] || printf '%s\n' "$root"
    done | sort -V | tail -n 1
}

# Runs a command with the toolchain unpacked in $1.
with() {
    root=$1
    shift
    libraries=
    for dir in "$root"/usr/lib/*-linux-* "$root"/usr/lib/llvm-*/lib; do
        [ ! -d "$dir" ] || libraries=$libraries$dir:
    done
    env -u RUSTUP_TOOLCHAIN PATH="$root/usr/bin:$PATH" RUSTC="$root/usr/bin/rustc" \
        LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:-}" "$@"
}

# apt with package lists and downloads of its own, so that neither root nor a change to the system is needed.
apt() {
    program=$1
    shift
    "$program" -qq -o Dir::State::lists="$part/lists" -o Dir::Cache="$part/cache" -o Debug::NoLocking=true \
        -o APT::Sandbox::User="$(id -un)" "$@"
}

from_debian() {
    have apt-get && have dpkg || return 1
    part=$cache/rust-debian.part-$$
    trap 'rm -rf "$part"' EXIT
    mkdir -p "$part/lists/partial" "$part/cache/archives/partial" "$part/root"

    say "Fetching Debian's Rust compiler for WebAssembly, once for all clones (about 1 minute)"
    quietly apt apt-get update || return 1
    version=$(apt apt-cache policy rustc-web | awk '/Candidate:/ { print $2 }')
    case $version in '' | '(none)') return 1 ;; esac
    # The linker has to be of the same LLVM as the compiler.
    llvm=$(apt apt-cache depends rust-web-llvm | sed -n 's/.*Depends: llvm-\([0-9]*\)$/\1/p')
    wanted="rustc-web cargo-web rust-web-clippy rust-web-src rust-web-llvm lld-$llvm"
    # A trial run names what these need and the system lacks.
    # shellcheck disable=SC2086
    packages=$(apt apt-get --simulate --reinstall --no-install-recommends install $wanted | awk '/^Inst / { print $2 }')
    # shellcheck disable=SC2086
    (cd "$part/cache" && quietly apt apt-get download $packages) || return 1
    for package in "$part"/cache/*.deb; do
        quietly dpkg -x "$package" "$part/root" || return 1
    done

    say "Building its library for WebAssembly from source, once for all clones (about 1 minute)"
    # The first two flags are those with which Rust builds its own standard library.
    flags=$(printf -- '-Cembed-bitcode=yes\037-Zforce-unstable-if-unmarked\037--remap-path-prefix=%s=library' \
        "$(echo "$part"/root/usr/src/rustc-*/library)")
    quietly with "$part/root" \
        env RUSTC_BOOTSTRAP=1 CARGO_ENCODED_RUSTFLAGS="$flags" \
        cargo build --locked --release --target $target --target-dir "$part/target" --manifest-path \
        "$(echo "$part"/root/usr/src/rustc-*/library/sysroot/Cargo.toml)" || return 1
    mkdir -p "$part/root/usr/lib/rustlib/$target/lib"
    cp "$part/target/$target/release/deps"/*.rlib "$part/root/usr/lib/rustlib/$target/lib/"

    rm -rf "$part/root/usr/src" "$part/root/usr/share"
    finished=$cache/rust-debian-$(printf '%s' "$version" | tr -c 'A-Za-z0-9.+~-' _)
    rm -rf "$finished"
    mv "$part/root" "$finished"
    rm -rf "$part"
    trap - EXIT
}

if [ "$route" != debian ] && own_toolchain_has_it; then
    [ $# = 0 ] || exec "$@"
    exit 0
fi

root=$(unpacked)
if [ "$route" = rustup ] || [ -z "$root" ]; then
    [ $# = 0 ] || fail "The WebAssembly library of Rust is missing: run 'make setup'."
    if [ "$route" != debian ] && have rustup; then
        say "Adding the WebAssembly library to the Rust toolchain (under a minute)"
        if quietly rustup target add $target 2>/dev/null && own_toolchain_has_it; then
            exit 0
        fi
    fi
    if [ "$route" = rustup ] || ! from_debian; then
        fail "The WebAssembly library of Rust is missing, which the build needs: run 'rustup target add $target' where there is a network, then make again."
    fi
    exit 0
fi

[ $# = 0 ] || with "$root" "$@"
