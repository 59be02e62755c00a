// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/journaled_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/base/error.h"

namespace ionscape::trajectory {

namespace {

constexpr std::array<unsigned char, 8> magic = {'I', 'S', 'J', 'R', 'N', 'L', '0', '1'};
constexpr std::size_t headerSize = 8 + 8 + 8 + 8 + 16;
/// The journal's byte 0 is locked by the writer as long as it lives, byte 1 while it copies pages or others
/// read.
constexpr off_t writerByte = 0;
constexpr off_t copyByte = 1;

/// Open-file-description locks: unlike POSIX ones they also work between two handles of one process.
bool lockByte(int descriptor, off_t byte, short type, bool wait) {
    struct flock range {};
    range.l_type = type;
    range.l_whence = SEEK_SET;
    range.l_start = byte;
    range.l_len = 1;
    int result;
    do {
        result = ::fcntl(descriptor, wait ? F_OFD_SETLKW : F_OFD_SETLK, &range);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

int writeFully(int descriptor, const unsigned char* data, std::size_t size, std::uint64_t offset) {
    while (size > 0) {
        const ssize_t n = ::pwrite(descriptor, data, size, static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) return ENOSPC;
        data += n;
        size -= static_cast<std::size_t>(n);
        offset += static_cast<std::uint64_t>(n);
    }
    return 0;
}

bool readFully(int descriptor, unsigned char* data, std::size_t size, std::uint64_t offset) {
    while (size > 0) {
        const ssize_t n = ::pread(descriptor, data, size, static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        data += n;
        size -= static_cast<std::size_t>(n);
        offset += static_cast<std::uint64_t>(n);
    }
    return true;
}

std::uint64_t lengthOf(int descriptor) {
    struct stat info {};
    return ::fstat(descriptor, &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

/// FNV-1a over 64-bit words: detects torn and foreign journals, not malice.
std::uint64_t checksum(const unsigned char* data, std::size_t size) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (std::size_t i = 0; i < size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data + i, std::min<std::size_t>(8, size - i));
        hash = (hash ^ word) * 0x100000001b3ULL;
        hash ^= hash >> 29;
    }
    return hash;
}

void put(std::vector<unsigned char>& out, std::uint64_t value) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(&value);
    out.insert(out.end(), bytes, bytes + sizeof value);
}

std::uint64_t get(const std::vector<unsigned char>& in, std::size_t offset) {
    std::uint64_t value = 0;
    std::memcpy(&value, in.data() + offset, sizeof value);
    return value;
}

}  // namespace

JournaledFile::JournaledFile(std::filesystem::path file, Mode mode, bool overwrite)
    : path_(std::move(file)), journalPath_(path_), mode_(mode) {
    journalPath_ += ".journal";
    try {
        openFiles(overwrite);
    } catch (...) {
        if (file_ >= 0) ::close(file_);
        if (journal_ >= 0) ::close(journal_);
        throw;
    }
}

JournaledFile::~JournaledFile() {
    // A journal that could not be copied is the only complete state: it stays for the next reader.
    if (writable() && brokenBy_ == 0) ::unlink(journalPath_.c_str());
    if (journal_ >= 0) ::close(journal_);
    if (file_ >= 0) ::close(file_);
}

void JournaledFile::openFiles(bool overwrite) {
    struct stat info {};
    const bool exists = ::stat(path_.c_str(), &info) == 0;
    if (exists && !S_ISREG(info.st_mode)) throw IoError(path_, "is not a regular file; choose another path");
    if (mode_ == Mode::Create && exists && !overwrite) {
        throw IoError(path_, "exists already; choose another name or allow overwriting");
    }
    if (mode_ != Mode::Create && !exists) throw IoError(path_, std::strerror(errno));
    // The journal's lock comes first: a file that another process is writing must not be truncated.
    if (mode_ != Mode::Read) openJournal();
    const int flags = mode_ == Mode::Read     ? O_RDONLY
                      : mode_ == Mode::Update ? O_RDWR
                                              : O_RDWR | O_CREAT | O_TRUNC;
    file_ = ::open(path_.c_str(), flags | O_CLOEXEC, 0644);
    if (file_ < 0) {
        const int code = errno;
        if (mode_ != Mode::Read) ::unlink(journalPath_.c_str());
        throw IoError(path_, std::string("cannot be opened: ") + std::strerror(code));
    }
    if (mode_ == Mode::Read) journal_ = ::open(journalPath_.c_str(), O_RDONLY | O_CLOEXEC);
    if (mode_ == Mode::Create) {
        if (::ftruncate(journal_, 0) != 0) fail(errno);
        return;
    }
    const ReadLock lock(*this);
    size_ = committedSize_ = lengthOf(file_);
    if (journal_ >= 0) loadJournal();
    if (mode_ == Mode::Update) {
        std::vector<std::uint64_t> pages;
        for (const auto& [index, page] : dirty_)
            pages.push_back(index);
        copyIntoFile(pages);
    }
}

void JournaledFile::openJournal() {
    journal_ = ::open(journalPath_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (journal_ < 0) throw IoError(path_, std::string("cannot be created: ") + std::strerror(errno));
    if (!lockByte(journal_, writerByte, F_WRLCK, false)) {
        throw IoError(path_, "is being written by another run; wait for it to end or choose another file");
    }
}

/// Takes over the pages of an interrupted commit; an incomplete or foreign journal means that none was
/// interrupted.
void JournaledFile::loadJournal() {
    const std::uint64_t length = lengthOf(journal_);
    if (length < headerSize + 8 || length > 2 * committedSize_ + (1U << 20)) return;
    std::vector<unsigned char> image(length);
    if (!readFully(journal_, image.data(), image.size(), 0)) return;
    if (!std::equal(magic.begin(), magic.end(), image.begin())) return;
    const std::uint64_t count = get(image, 16);
    if (count > length / pageSize || length != headerSize + count * (8 + pageSize) + 8) return;
    if (get(image, length - 8) != checksum(image.data(), length - 8)) return;
    Identity identity;
    identity.offset = get(image, 24);
    std::copy_n(image.begin() + 32, identity.bytes.size(), identity.bytes.begin());
    if (get(image, 8) > committedSize_ || !matchesIdentity(identity)) return;
    size_ = get(image, 8);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = headerSize + i * (8 + pageSize);
        auto page = std::make_unique<Page>();
        std::copy_n(image.begin() + static_cast<std::ptrdiff_t>(at) + 8, pageSize, page->begin());
        dirty_[get(image, at)] = std::move(page);
    }
}

bool JournaledFile::matchesIdentity(const Identity& identity) const {
    std::array<unsigned char, 16> bytes{};
    return readFully(file_, bytes.data(), bytes.size(), identity.offset) && bytes == identity.bytes;
}

bool JournaledFile::loadPage(std::uint64_t index, Page& page) const {
    page.fill(0);
    const std::uint64_t begin = index * pageSize;
    if (begin >= committedSize_) return true;
    return readFully(file_, page.data(), std::min<std::uint64_t>(pageSize, committedSize_ - begin), begin);
}

bool JournaledFile::read(std::uint64_t offset, std::size_t size, void* buffer) const {
    auto* out = static_cast<unsigned char*>(buffer);
    if (!writable() && (offset > size_ || size > size_ - offset)) return false;
    if (dirty_.empty() && offset + size <= committedSize_) return readFully(file_, out, size, offset);
    while (size > 0) {
        const std::uint64_t index = offset / pageSize;
        const std::size_t inPage = offset % pageSize;
        const std::size_t n = std::min(size, pageSize - inPage);
        if (const auto found = dirty_.find(index); found != dirty_.end()) {
            std::memcpy(out, found->second->data() + inPage, n);
        } else {
            Page page;
            if (!loadPage(index, page)) return false;
            std::memcpy(out, page.data() + inPage, n);
        }
        out += n;
        offset += n;
        size -= n;
    }
    return true;
}

void JournaledFile::write(std::uint64_t offset, std::size_t size, const void* buffer) {
    const auto* in = static_cast<const unsigned char*>(buffer);
    size_ = std::max(size_, offset + size);
    while (size > 0) {
        const std::uint64_t index = offset / pageSize;
        const std::size_t inPage = offset % pageSize;
        const std::size_t n = std::min(size, pageSize - inPage);
        auto& page = dirty_[index];
        if (!page) {
            auto fresh = std::make_unique<Page>();
            if (n < pageSize && !loadPage(index, *fresh)) {
                dirty_.erase(index);
                fail(EIO);
            }
            page = std::move(fresh);
        }
        std::memcpy(page->data() + inPage, in, n);
        in += n;
        offset += n;
        size -= n;
    }
}

void JournaledFile::resize(std::uint64_t size) {
    size_ = size;
    std::erase_if(dirty_, [&](const auto& entry) { return entry.first * pageSize >= size; });
}

std::vector<unsigned char> JournaledFile::journalImage(const std::vector<std::uint64_t>& pages) const {
    std::vector<unsigned char> image(magic.begin(), magic.end());
    image.reserve(headerSize + pages.size() * (8 + pageSize) + 8);
    put(image, size_);
    put(image, pages.size());
    put(image, identity_.offset);
    image.insert(image.end(), identity_.bytes.begin(), identity_.bytes.end());
    for (const auto index : pages) {
        put(image, index);
        const Page& page = *dirty_.at(index);
        image.insert(image.end(), page.begin(), page.end());
    }
    put(image, checksum(image.data(), image.size()));
    return image;
}

int JournaledFile::writePages(const std::vector<std::uint64_t>& pages) const {
    for (const auto index : pages) {
        const std::uint64_t begin = index * pageSize;
        if (begin >= size_) continue;
        const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(pageSize, size_ - begin));
        if (const int code = writeFully(file_, dirty_.at(index)->data(), n, begin)) return code;
    }
    return 0;
}

void JournaledFile::commit() {
    if (brokenBy_ != 0) fail(brokenBy_);
    if (dirty_.empty() && size_ == committedSize_) return;
    std::vector<std::uint64_t> changed, added;
    for (const auto& [index, page] : dirty_) {
        (index * pageSize < committedSize_ ? changed : added).push_back(index);
    }
    std::sort(changed.begin(), changed.end());
    std::sort(added.begin(), added.end());
    try {
        // Reserving the space first: copying old pages later must not be what meets the full disk.
        if (size_ > committedSize_) {
            const auto begin = static_cast<off_t>(committedSize_);
            if (const int code = ::posix_fallocate(file_, begin, static_cast<off_t>(size_) - begin))
                fail(code);
        }
        if (const int code = writePages(added)) fail(code);
        const auto image = journalImage(changed);
        if (const int code = writeFully(journal_, image.data(), image.size(), 0)) fail(code);
        if (::fdatasync(file_) != 0 || ::fdatasync(journal_) != 0) fail(errno);
    } catch (...) {
        // Give the space back; both calls only shrink, and what they would leave is ignored by readers
        // anyway.
        [[maybe_unused]] const int a = ::ftruncate(journal_, 0);
        [[maybe_unused]] const int b = ::ftruncate(file_, static_cast<off_t>(committedSize_));
        throw;
    }
    // A reader that hangs must not hold up a run for ever; HDF5 checksums guard it then.
    for (int attempt = 0; !lockByte(journal_, copyByte, F_WRLCK, false) && attempt < 2000; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    copyIntoFile(changed);
    lockByte(journal_, copyByte, F_UNLCK, false);
}

void JournaledFile::copyIntoFile(const std::vector<std::uint64_t>& pages) {
    int code = writePages(pages);
    if (code == 0 && (::ftruncate(file_, static_cast<off_t>(size_)) != 0 || ::fdatasync(file_) != 0))
        code = errno;
    if (code != 0) {
        brokenBy_ = code;
        fail(code);
    }
    if (::ftruncate(journal_, 0) != 0) fail(errno);
    committedSize_ = size_;
    dirty_.clear();
}

void JournaledFile::fail(int code) const {
    std::string what = std::string("could not be written: ") + std::strerror(code);
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        what += "; everything up to the last flush is kept: free some space and resume";
    }
    throw IoError(path_, what);
}

JournaledFile::ReadLock::ReadLock(const JournaledFile& file)
    : descriptor_(file.mode_ == Mode::Read ? file.journal_ : -1) {
    if (descriptor_ >= 0) lockByte(descriptor_, copyByte, F_RDLCK, true);
}

JournaledFile::ReadLock::~ReadLock() {
    if (descriptor_ >= 0) lockByte(descriptor_, copyByte, F_UNLCK, false);
}

}  // namespace ionscape::trajectory
