// SPDX-License-Identifier: GPL-3.0-or-later
// A random-access file whose changes reach the disk all at once: a killed process leaves the last committed
// state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <unordered_map>
#include <vector>

namespace ionscape::trajectory {

/// HDF5 updates its metadata in place, so that a process killed while flushing can leave a file nobody can
/// open. Here writes stay in memory until commit(), which works as a redo log: what lies behind the old end
/// of the file is written first (nothing refers to it yet), the changed old pages go into FILE.journal with a
/// checksum, and only then are they copied into the file. At every moment either the file or file + journal
/// is a complete committed state. Readers see that state also while a writer is alive; programs that ignore
/// the journal can meet a torn file only in the instant of copying. FILE.journal is removed when the writer
/// closes.
class JournaledFile {
  public:
    enum class Mode { Create, Update, Read };
    /// Identifies a file inside its own contents, so that a stray journal is never applied to another file.
    struct Identity {
        std::uint64_t offset = 0;
        std::array<unsigned char, 16> bytes{};
    };

    /// Create fails when the file exists (unless `overwrite`); Update first finishes an interrupted commit
    /// and fails while another process holds the file for writing. Throws IoError.
    JournaledFile(std::filesystem::path file, Mode mode, bool overwrite = false);
    ~JournaledFile();
    JournaledFile(const JournaledFile&) = delete;
    JournaledFile& operator=(const JournaledFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    bool writable() const { return mode_ != Mode::Read; }
    std::uint64_t size() const { return size_; }
    /// Bytes waiting for commit().
    std::uint64_t pendingBytes() const { return dirty_.size() * pageSize; }

    /// False when the range reaches behind the end of a file opened for reading, or on a read error; in a
    /// file opened for writing that range reads as zeros.
    bool read(std::uint64_t offset, std::size_t size, void* buffer) const;
    void write(std::uint64_t offset, std::size_t size, const void* buffer);
    void resize(std::uint64_t size);
    /// Where the file carries its identity; set once, right after creation or opening.
    void setIdentity(const Identity& identity) { identity_ = identity; }
    /// Throws IoError (disk full, quota) and then leaves the committed state as it was; may be tried again.
    void commit();

    /// Keeps a writer from copying pages while it lives; cheap enough to take for each read. No-op when
    /// nobody writes.
    class ReadLock {
      public:
        explicit ReadLock(const JournaledFile& file);
        ~ReadLock();
        ReadLock(const ReadLock&) = delete;
        ReadLock& operator=(const ReadLock&) = delete;

      private:
        int descriptor_;
    };

  private:
    static constexpr std::size_t pageSize = 4096;
    using Page = std::array<unsigned char, pageSize>;

    void openFiles(bool overwrite);
    void openJournal();
    void loadJournal();
    bool matchesIdentity(const Identity& identity) const;
    bool loadPage(std::uint64_t index, Page& page) const;
    std::vector<unsigned char> journalImage(const std::vector<std::uint64_t>& pages) const;
    int writePages(const std::vector<std::uint64_t>& pages) const;
    void copyIntoFile(const std::vector<std::uint64_t>& pages);
    [[noreturn]] void fail(int code) const;

    std::filesystem::path path_;
    std::filesystem::path journalPath_;
    Mode mode_;
    int file_ = -1;
    int journal_ = -1;
    std::uint64_t size_ = 0;
    /// Length of the file that the committed state may refer to.
    std::uint64_t committedSize_ = 0;
    /// Set when copying failed half-way: the journal is then the only complete copy and must stay.
    int brokenBy_ = 0;
    Identity identity_;
    std::unordered_map<std::uint64_t, std::unique_ptr<Page>> dirty_;
};

}  // namespace ionscape::trajectory
