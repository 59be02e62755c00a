#!/usr/bin/env bash
# Installs what dependencies-debian.txt lists and the machine lacks; does nothing when all of it is there.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

mapfile -t wanted < <(grep -v -e '^#' -e '^[[:space:]]*$' "$repository/packaging/dependencies-debian.txt")
command -v dpkg-query > /dev/null ||
    fail "this script knows Debian only; install the counterparts of packaging/dependencies-debian.txt yourself"

missing=()
for package in "${wanted[@]}"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)
    [[ $state == installed ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    echo "setup: all ${#wanted[@]} packages are installed"
    exit 0
fi

asRoot=()
if ((EUID != 0)); then
    command -v sudo > /dev/null ||
        fail "these packages are missing and need root to install: apt-get install ${missing[*]}"
    asRoot=(sudo)
fi

say "installing ${#missing[@]} packages: ${missing[*]}"
"${asRoot[@]}" apt-get update -q
"${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}"
