// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace ionscape {

FileLock::FileLock(const std::filesystem::path& file, bool wait)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0)
        throw IoError(file, std::string("the lock cannot be created: ") + std::strerror(errno));
    int result = 0;
    do {
        result = ::flock(descriptor_, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    if (result == 0) return;
    const int code = errno;
    ::close(std::exchange(descriptor_, -1));
    if (code != EWOULDBLOCK) throw IoError(file, std::string("cannot be locked: ") + std::strerror(code));
}

std::optional<FileLock> FileLock::tryLock(const std::filesystem::path& file) {
    FileLock lock(file, false);
    if (lock.descriptor_ < 0) return std::nullopt;
    return lock;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

}  // namespace ionscape
