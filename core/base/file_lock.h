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
    /// Shared with other readers; waits for a holder of the lock. Creates nothing: none where there is no
    /// file or where it may not be read, as in folders that nobody here can write to.
    static std::optional<FileLock> forReading(const std::filesystem::path& file);
    /// Whether somebody holds the lock; not where the file may not be read.
    static bool isHeld(const std::filesystem::path& file);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;

  private:
    FileLock() = default;
    FileLock(const std::filesystem::path& file, bool wait);
    /// flock(2) again where a signal came; its error, 0 for success.
    int lock(int operation) const;
    int descriptor_ = -1;
};

}  // namespace ionscape
