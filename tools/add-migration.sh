#!/usr/bin/env bash
# Adds a migration to every database provider: tools/add-migration.sh NameOfTheChange
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: tools/add-migration.sh NameOfTheChange}
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer; do
  dotnet ef migrations add "$name" \
    --project Weflux.Web --context "${provider}WefluxDbContext" \
    --output-dir "Data/Migrations/$provider"
done
