#!/usr/bin/env bash
# Installs what is missing, builds, and starts Ionscape on its default job with the embedded potential: LZHSTNSP at
# 1000 K. Without a display the same job runs in ionscape-cli. Arguments are passed on to the program.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

start=$PWD
"$repository/packaging/setup.sh"

if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    program=ionscape
else
    program=ionscape-cli
fi

cd "$repository"
say "configuring"
cmake --preset release
say "building $program"
cmake --build --preset release --target "$program" --parallel "$(compileJobs)"
cd "$start"

if [[ $program == ionscape ]]; then
    say "starting the desktop"
    exec "$repository/build/release/app/ionscape" --run "$@"
fi

# An option of the default job gives way to the same option among the arguments.
arguments=("$@")
isGiven() {
    local argument
    for argument in ${arguments[@]+"${arguments[@]}"}; do
        [[ $argument == "$1" || $argument == "$1="* ]] && return 0
    done
    return 1
}
job=()
isGiven --formula || isGiven --structure ||
    job+=(--formula "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12")
isGiven --temperature || job+=(--temperature 1000)
isGiven --ps || job+=(--ps 2)
isGiven --seed || job+=(--seed 1)
isGiven --out || job+=(--out "ionscape-$(date +%Y%m%d-%H%M%S).h5")

say "there is no display (DISPLAY and WAYLAND_DISPLAY are empty): the same job runs in ionscape-cli"
exec "$repository/build/release/app/ionscape-cli" run "${job[@]}" "$@"
