// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/torch_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include "core/base/error.h"

namespace ionscape::potential {

struct TorchArchive::Impl {
    std::filesystem::path file;
    std::uintmax_t fileSize = 0;
    std::unique_ptr<zip_t, decltype(&zip_discard)> zip{nullptr, &zip_discard};
    std::string folder;
    std::uintmax_t bytesRead = 0;
};

TorchArchive::TorchArchive(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
    std::error_code unreadable;
    impl_->file = file;
    impl_->fileSize = std::filesystem::file_size(file, unreadable);
    int code = 0;
    if (!unreadable) impl_->zip.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
    if (!impl_->zip) {
        throw IoError(
            file,
            "is not a complete PyTorch checkpoint (a zip archive is expected); it may be truncated or "
            "another kind of file: save it again with torch.save or choose another");
    }
    for (zip_int64_t i = 0; i < zip_get_num_entries(impl_->zip.get(), 0); ++i) {
        const char* raw = zip_get_name(impl_->zip.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        const std::string name = raw ? raw : "";
        if (name == "data.pkl" || name.ends_with("/data.pkl"))
            impl_->folder = name.substr(0, name.size() - 8);
    }
}

TorchArchive::~TorchArchive() = default;

bool TorchArchive::has(const std::string& record) const {
    return zip_name_locate(impl_->zip.get(), (impl_->folder + record).c_str(), ZIP_FL_ENC_RAW) >= 0;
}

std::string TorchArchive::read(const std::string& record) const {
    const std::string name = impl_->folder + record;
    zip_stat_t stat;
    if (zip_stat(impl_->zip.get(), name.c_str(), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)) {
        throw IoError(impl_->file,
                      fmt::format("has no record '{}': it is incomplete or another kind of file", name));
    }
    // torch.save stores without compression: records that are larger than the file, or are together, lie.
    if (stat.size > impl_->fileSize || impl_->bytesRead + stat.size > impl_->fileSize)
        throw IoError(impl_->file, fmt::format("the record '{}' claims an absurd size", name));
    impl_->bytesRead += stat.size;
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> handle(
        zip_fopen(impl_->zip.get(), name.c_str(), 0), &zip_fclose);
    std::string data(stat.size, '\0');
    char beyond = 0;  // the checksum is compared where the record ends
    if (!handle || zip_fread(handle.get(), data.data(), stat.size) != static_cast<zip_int64_t>(stat.size) ||
        zip_fread(handle.get(), &beyond, 1) != 0) {
        throw IoError(impl_->file, fmt::format("the record '{}' is damaged", name));
    }
    return data;
}

bool isTorchScript(const std::filesystem::path& file) noexcept {
    try {
        return TorchArchive(file).has("constants.pkl");
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace ionscape::potential
