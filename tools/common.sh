# Read by the other scripts: where the costly things are kept, how a step speaks, and how a program is installed.
# shellcheck shell=sh

# shellcheck disable=SC2034
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cinplan

have() {
    command -v "$1" >/dev/null 2>&1
}

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Runs a command and shows what it printed only if it failed.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        status=$?
        cat "$log" >&2
        rm -f "$log"
        return "$status"
    fi
}

# Installs a program from crates.io into the cache, unless that very version is there or on the user's path.
cargo_tool() {
    crate=$1 program=$2 version=$3
    root=$cache/$program-$version
    [ ! -x "$root/bin/$program" ] || return 0
    [ "$("$program" --version 2>/dev/null)" != "$program $version" ] || return 0
    say "Installing $program $version from source, once for all clones (about 3 minutes)"
    # The author's lock file is tried first; a registry mirror that lags may lack a version that it names.
    quietly cargo install "$crate" --version "$version" --root "$root" --locked 2>/dev/null ||
        quietly cargo install "$crate" --version "$version" --root "$root" ||
        fail "$program $version could not be installed, which is needed here: see above; it takes a network once."
}
