#!/bin/sh
# Prints the path of a browser with another engine, for tests/browser/engines.test.mjs: firefox or webkit. It is installed
# where that is allowed; where it is not to be had, nothing is printed, and that test says what it left out.
set -eu
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"

case $1 in
firefox)
    packages=firefox-esr
    find_engine() {
        command -v firefox-esr || command -v firefox
    }
    ;;
webkit)
    # WebKitGTK's own browser, what drives it, and a screen to draw on.
    packages="webkit2gtk-driver xvfb"
    find_engine() {
        have WebKitWebDriver && have Xvfb || return 1
        for browser in /usr/lib/*/webkit2gtk-*/MiniBrowser /usr/libexec/webkit2gtk-*/MiniBrowser; do
            [ ! -x "$browser" ] || newest=$browser
        done
        [ -n "${newest:-}" ] && printf '%s\n' "$newest"
    }
    ;;
*) fail "tools/engine.sh needs the name of an engine: firefox or webkit." ;;
esac

find_engine && exit 0
if have apt-get && [ "$(id -u)" = 0 ]; then
    say "Installing $packages, which the tests in other engines drive (about 1 minute)" >&2
    quietly apt-get update -qq || true
    # shellcheck disable=SC2086
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages || true
    find_engine || true
fi
