#!/usr/bin/env bash
# Changes Weflux.Domain in one place at a time and counts how many of the changes its tests notice.
#
#   tools/mutation.sh                                       all of the domain
#   tools/mutation.sh --mutate '**/Sending/*.cs'            a part of it (any argument goes to Stryker)
#
# The report lies in artifacts/mutation/reports/. The exit code is 0 only if the score is 90 % or more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/Weflux.Mutation"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# A build node that stays behind would keep Stryker waiting.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0

# Each mutant runs the random tests anew, so they are kept short.
export CsCheck_Iter=${CsCheck_Iter:-100}

dotnet tool restore
exec dotnet stryker --skip-version-check --output ../../artifacts/mutation "$@"
