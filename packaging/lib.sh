# Shared by the scripts of this folder; sourced, not run.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n== [%s] %s\n' "$(date +%H:%M:%S)" "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Parallel compile jobs: all cores, but no more than two gigabytes of free memory each allow (a source file that
# includes LibTorch takes over one).
compileJobs() {
    local cores byMemory
    cores=$(nproc)
    byMemory=$(awk '/^MemAvailable:/ { print int($2 / 1024 / 1024 / 2) }' /proc/meminfo)
    ((byMemory >= 1)) || byMemory=1
    echo $((cores < byMemory ? cores : byMemory))
}
