// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"

namespace ionscape {

namespace fs = std::filesystem;

namespace {

void syncToDisk(const fs::path& path, const fs::path& reportedAs) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    const bool ok = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int code = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!ok) throw IoError(reportedAs, std::string("could not be written to disk: ") + std::strerror(code));
}

}  // namespace

void writeAtomically(const fs::path& file, const std::function<void(const fs::path&)>& write) {
    fs::path temporary = file;
    temporary += ".tmp" + std::to_string(::getpid());
    try {
        write(temporary);
        syncToDisk(temporary, file);
        std::error_code error;
        fs::rename(temporary, file, error);
        if (error) throw IoError(file, "could not be replaced: " + error.message());
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
}

void writeTextAtomically(const fs::path& file, std::string_view contents) {
    writeAtomically(file, [&](const fs::path& temporary) {
        std::ofstream out(temporary, std::ios::binary);
        out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
        out.close();
        if (!out) {
            throw IoError(file, std::string("could not be written (") + std::strerror(errno) +
                                    "); free some space or choose another folder");
        }
    });
}

}  // namespace ionscape
