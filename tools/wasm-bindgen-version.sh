#!/bin/sh
# The version of wasm-bindgen in Cargo.lock: the program that makes the JavaScript glue has to be the very same.
set -eu
awk -F'"' '/^name = "wasm-bindgen"$/ { getline; print $2 }' "$(dirname "$0")/../Cargo.lock"
