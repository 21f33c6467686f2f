#!/usr/bin/env bash
# Runs every test. Needs the .NET 10 SDK; finds or installs a Chromium for the browser journeys.
#
#   ./test.sh                 everything
#   ./test.sh --fast          without the browser journeys and the fault rig
#   ./test.sh --no-build      tests what is built already
#   ./test.sh --faults        only the fault rig, and for long: 100 kills (docs/faults.md)
#   ./test.sh --filter-namespace Weflux.Tests.Domain.Sending
#                             any other argument goes to the test runner (--help lists them)
#
# The last line is "N passed, N failed". The exit code is 0 only if nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
program=artifacts/bin/Weflux.Tests/debug/Weflux.Tests.dll
results=$PWD/artifacts/test-results
report=$results/tests.trx
installing=$results/browser-install.log
fast=no
build=yes
faults=no
arguments=()

for argument in "$@"; do
  case $argument in
    --fast) fast=yes ;;
    --no-build) build=no ;;
    --faults) faults=yes ;;
    *) arguments+=("$argument") ;;
  esac
done

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$*"
  printf '0 passed, 1 failed\n'
  exit 1
}

# A file of that name proves little: on some systems it only says that the browser is to be had elsewhere.
runs() { "$1" --version >/dev/null 2>&1; }

find_browser() {
  local name path
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if path=$(command -v "$name") && runs "$path"; then
      printf '%s\n' "$path"
      return 0
    fi
  done
  return 1
}

install_browser() {
  command -v apt-get >/dev/null || return 1
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true >/dev/null 2>&1 || return 1
    root=(sudo -n)
  fi
  say "Installing Chromium with apt-get."
  { ${root[@]+"${root[@]}"} apt-get update -q &&
    ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium
  } >"$installing" 2>&1 || { say "apt-get could not install Chromium, see $installing."; return 1; }
}

choose_browser() {
  if [ -n "${CHROMIUM_PATH:-}" ]; then
    runs "$CHROMIUM_PATH" || stop "CHROMIUM_PATH is '$CHROMIUM_PATH', which does not run."
  elif CHROMIUM_PATH=$(find_browser) || { install_browser && CHROMIUM_PATH=$(find_browser); }; then
    export CHROMIUM_PATH
  else
    unset CHROMIUM_PATH
    say "No Chromium found: the tests download Playwright's own."
  fi
}

count() {
  local number
  number=$(grep -o '<Counters [^>]*>' "$report" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9][0-9]*') || number=0
  printf '%s\n' "$number"
}

# What failed and why, once more: above, it lies far up among what the hosts of the tests logged.
list_failures() {
  tr '\r\n' '  ' <"$report" | awk '{ gsub(/<UnitTestResult /, "\n"); print }' |
    { grep -E '^testName="[^"]*" outcome="(Failed|Error|Timeout|Aborted)"' || true; } |
    sed -E -e 's/<\/UnitTestResult>.*//' -e 's/^testName="([^"]*)"[^>]*>/FAILED \1:/' -e 's/<[^>]*>/ /g' \
      -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#x[0-9A-F]*;/ /g; s/&amp;/\&/g' |
    cut -c 1-700 | head -n 40
}

command -v dotnet >/dev/null || stop "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"

mkdir -p "$results"
rm -f "$report"
if [ "$build" = yes ]; then
  dotnet build Weflux.Tests --verbosity quiet || stop "The tests do not build."
fi
[ -f "$program" ] || stop "The tests are not built: run ./test.sh without --no-build."

if [ "$faults" = yes ]; then
  export WEFLUX_FAULT_KILLS=${WEFLUX_FAULT_KILLS:-94}
  arguments+=(--filter-namespace 'Weflux.Tests.Faults*' --show-stdout all --output detailed)
fi

if [ "$fast" = yes ]; then
  arguments+=(--filter-not-namespace 'Weflux.Tests.Journeys*' --filter-not-namespace 'Weflux.Tests.Faults*')
else
  choose_browser
fi

code=0
dotnet "$program" --progress off --results-directory "$results" \
  --report-xunit-trx --report-xunit-trx-filename "$(basename "$report")" \
  ${arguments[@]+"${arguments[@]}"} || code=$?

[ -f "$report" ] || stop "The test runner ended with code $code and left no report."
passed=$(count passed)
failed=$(( $(count failed) + $(count error) + $(count timeout) + $(count aborted) ))
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  say "The test runner ended with code $code."
  failed=1
fi

list_failures
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
