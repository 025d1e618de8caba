#!/bin/sh
# Prints the path of a browser for the tests: CHROME if set, else an installed Chromium, Chrome or Edge, else Debian's
# Chromium, which is installed where that is allowed. No other browser is ever downloaded.
set -eu
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"

if [ -n "${CHROME:-}" ]; then
    command -v "$CHROME" || fail "CHROME is '$CHROME', which is not a program that can be run."
    exit 0
fi

find_browser() {
    for browser in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge microsoft-edge-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"; do
        command -v "$browser" && return
    done
    return 1
}

find_browser && exit 0
if have apt-get && [ "$(id -u)" = 0 ]; then
    say "Installing Chromium, which the browser tests drive (about 1 minute)" >&2
    quietly apt-get update -qq || true
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium || true
    find_browser && exit 0
fi
fail "Chromium is missing, which the browser tests drive: install Chromium, Chrome or Edge (Debian: sudo apt-get install chromium), or give one's path in CHROME=, and run make test again."
