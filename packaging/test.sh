#!/usr/bin/env bash
# Installs what is missing, builds, runs every test and closes with CTest's summary; the exit code is CTest's.
# IONSCAPE_WERROR=ON in the environment makes warnings errors. Arguments are passed on to ctest (e.g. -R msd).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$repository/packaging/setup.sh"

cd "$repository"
say "configuring"
cmake --preset release -DIONSCAPE_WERROR="${IONSCAPE_WERROR:-OFF}"
say "building"
cmake --build --preset release --parallel "$(compileJobs)"
say "testing"
exec ctest --preset release --no-tests=error --parallel "$(nproc)" "$@"
