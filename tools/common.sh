# Read by the other scripts: where the costly things are kept, and how a step speaks.
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
