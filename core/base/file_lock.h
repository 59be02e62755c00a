// SPDX-License-Identifier: GPL-3.0-or-later
// A lock between processes (and between threads) that ends with its holder, even when that is killed.
#pragma once

#include <filesystem>
#include <optional>

namespace ionscape {

/// Holds flock(2) on a file, which is created where it does not exist and stays; the lock vanishes with the
/// descriptor.
class FileLock {
  public:
    /// Waits until nobody else holds it. Throws IoError when the file cannot be created.
    explicit FileLock(const std::filesystem::path& file) : FileLock(file, true) {}
    /// None when somebody else holds it.
    static std::optional<FileLock> tryLock(const std::filesystem::path& file);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;

  private:
    FileLock(const std::filesystem::path& file, bool wait);
    int descriptor_ = -1;
};

}  // namespace ionscape
