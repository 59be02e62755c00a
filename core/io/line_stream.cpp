// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/line_stream.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

namespace {

/// Deflate cannot shrink data by more than this factor.
constexpr std::uint64_t largestCompression = 1032;

struct CloseGz {
    void operator()(gzFile file) const { gzclose(file); }
};

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

std::uint64_t sizeOfRegular(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (status.type() == std::filesystem::file_type::not_found)
        throw IoError(file, "cannot be opened: " + std::string(std::strerror(ENOENT)));
    if (!error && std::filesystem::is_directory(status)) throw IoError(file, "is a folder, not a file");
    if (error || !std::filesystem::is_regular_file(status)) throw IoError(file, "is not a regular file");
    const auto size = std::filesystem::file_size(file, error);
    if (error) throw IoError(file, "cannot be opened: " + error.message());
    if (size == 0) throw IoError(file, "the file is empty");
    return size;
}

}  // namespace

struct LineStream::Impl {
    explicit Impl(std::filesystem::path path)
        : file(std::move(path)), size(sizeOfRegular(file)), gz(gzopen(file.c_str(), "rb")) {
        if (!gz) throw IoError(file, fmt::format("cannot be opened: {}", std::strerror(errno)));
        gzbuffer(gz.get(), 1U << 18);
        // One line that has begun, and a block behind it.
        buffer.resize(2 * longestLine);
    }

    /// Moves the unread rest to the front and reads more behind it. What could be read before a failure is
    /// handed out first.
    void refill() {
        if (!failure.empty()) fail();
        std::memmove(buffer.data(), buffer.data() + position, end - position);
        end -= position;
        position = 0;
        const auto room = static_cast<unsigned>(buffer.size() - end);
        const int read = gzread(gz.get(), buffer.data() + end, room);
        const std::size_t bytes = read < 0 ? 0 : static_cast<std::size_t>(read);
        end += bytes;
        delivered += bytes;
        if (bytes == room) return;
        int code = Z_OK;
        const char* text = gzerror(gz.get(), &code);
        atEnd = code == Z_OK || code == Z_STREAM_END;
        if (atEnd) return;
        failure = code == Z_ERRNO       ? std::strerror(errno)
                  : code == Z_BUF_ERROR ? "the compressed data break off"
                                        : text;
        if (bytes == 0) fail();
    }

    [[noreturn]] void fail() const {
        throw IoError(file, lineNumber + 1, "cannot be read further: " + failure);
    }

    std::filesystem::path file;
    std::uint64_t size;
    std::unique_ptr<gzFile_s, CloseGz> gz;
    std::vector<char> buffer;
    std::size_t position = 0, end = 0, lastStart = 0;
    std::uint64_t delivered = 0;
    bool atEnd = false;
    std::string failure;
    long lineNumber = 0;
};

LineStream::LineStream(std::filesystem::path file) : impl_(std::make_unique<Impl>(std::move(file))) {}
LineStream::~LineStream() = default;

const std::filesystem::path& LineStream::file() const {
    return impl_->file;
}

bool LineStream::next(std::string_view& line) {
    Impl& s = *impl_;
    const auto findEnd = [&s] {
        return static_cast<const char*>(std::memchr(s.buffer.data() + s.position, '\n', s.end - s.position));
    };
    const char* stop = findEnd();
    if (stop == nullptr && !s.atEnd) {
        s.refill();
        stop = findEnd();
    }
    if (stop == nullptr && s.position == s.end) return false;
    const char* start = s.buffer.data() + s.position;
    std::size_t length = stop == nullptr ? s.end - s.position : static_cast<std::size_t>(stop - start);
    s.lastStart = s.position;
    s.position += length + (stop == nullptr ? 0 : 1);
    ++s.lineNumber;
    if (length > longestLine)
        fail(fmt::format("the line is longer than {} bytes: this is no text of such a format", longestLine));
    while (length > 0 && isBlank(start[length - 1]))
        --length;
    line = {start, length};
    return true;
}

std::string_view LineStream::require(std::string_view expected) {
    std::string_view line;
    if (next(line)) return line;
    ++impl_->lineNumber;
    fail(fmt::format("the file ends where {} should stand; it seems to be truncated", expected));
}

void LineStream::putBack() {
    impl_->position = impl_->lastStart;
    --impl_->lineNumber;
}

long LineStream::lineNumber() const {
    return impl_->lineNumber;
}

double LineStream::fractionRead() const {
    const auto offset = gzoffset(impl_->gz.get());
    if (offset <= 0) return 0.0;
    // What lies in the buffer has been read but not handed out.
    double done = static_cast<double>(offset);
    if (gzdirect(impl_->gz.get())) done -= static_cast<double>(impl_->end - impl_->position);
    return std::clamp(done / static_cast<double>(impl_->size), 0.0, 1.0);
}

std::uint64_t LineStream::mostBytesLeft() const {
    const std::uint64_t most = gzdirect(impl_->gz.get()) ? impl_->size : impl_->size * largestCompression;
    const std::uint64_t done = impl_->delivered - (impl_->end - impl_->position);
    return most > done ? most - done : 0;
}

void LineStream::fail(std::string_view what) const {
    throw IoError(impl_->file, impl_->lineNumber, std::string(what));
}

double LineStream::number(std::string_view field, std::string_view where) const {
    const auto value = parseNumber(field);
    if (!value) fail(fmt::format("bad number {} in {}", inQuotes(field), where));
    return *value;
}

}  // namespace ionscape::io
