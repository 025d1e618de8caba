#!/bin/sh
# Builds the package a second time, from a copy in another folder and with all else different that may be, and compares
# every file of it byte for byte, and what npm packs of it.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=tools/common.sh
. tools/common.sh

other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
copy="$other/a folder whose name is longer/cinplan"
mkdir -p "$copy"
tar -cf - --exclude=./.git --exclude=./node_modules --exclude=./pkg --exclude=./target --exclude=./www/vendor . |
    tar -xf - -C "$copy"
ln -s "$PWD/node_modules" "$copy/node_modules"

say "Building it again (about 2 minutes)"
# Another target folder, time zone, language, mask of new files and number of jobs.
(
    umask 077
    quietly env CARGO_TARGET_DIR="$other/compiled" TZ=Pacific/Auckland LC_ALL=C CARGO_BUILD_JOBS=3 make -C "$copy" build
) || fail "The second build failed: see above."

diff -rq pkg "$copy/pkg" || fail "The two builds differ: see above."
mkdir "$other/first" "$other/second"
quietly npm pack ./pkg --pack-destination "$other/first"
(umask 077 && cd "$copy" && quietly npm pack ./pkg --pack-destination "$other/second")
cmp "$other"/first/*.tgz "$other"/second/*.tgz || fail "What npm packs of the two builds differs."

say "Both builds gave the same $(find pkg -type f | wc -l) files, byte for byte. SHA-256 of the module:"
node -p 'require("crypto").createHash("sha256").update(fs.readFileSync("pkg/cinplan_bg.wasm")).digest("hex")'
