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
    const int code = lock(wait ? LOCK_EX : LOCK_EX | LOCK_NB);
    if (code == 0) return;
    ::close(std::exchange(descriptor_, -1));
    if (code != EWOULDBLOCK) throw IoError(file, std::string("cannot be locked: ") + std::strerror(code));
}

int FileLock::lock(int operation) const {
    while (::flock(descriptor_, operation) != 0)
        if (errno != EINTR) return errno;
    return 0;
}

std::optional<FileLock> FileLock::tryLock(const std::filesystem::path& file) {
    FileLock lock(file, false);
    if (lock.descriptor_ < 0) return std::nullopt;
    return lock;
}

std::optional<FileLock> FileLock::forReading(const std::filesystem::path& file) {
    FileLock lock;
    lock.descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (lock.descriptor_ < 0 || lock.lock(LOCK_SH) != 0) return std::nullopt;
    return lock;
}

bool FileLock::isHeld(const std::filesystem::path& file) {
    FileLock lock;
    lock.descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    return lock.descriptor_ >= 0 && lock.lock(LOCK_SH | LOCK_NB) == EWOULDBLOCK;
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
