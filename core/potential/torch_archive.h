// SPDX-License-Identifier: GPL-3.0-or-later
// The zip archives that PyTorch writes, as untrusted input: records by name, nothing executed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace ionscape::potential {

/// An archive of torch.save or torch.jit.save: one folder with data.pkl and a record a storage.
class TorchArchive {
  public:
    /// Throws IoError when the file is not a complete zip archive.
    explicit TorchArchive(const std::filesystem::path& file);
    ~TorchArchive();
    TorchArchive(const TorchArchive&) = delete;
    TorchArchive& operator=(const TorchArchive&) = delete;

    /// Whether there is a record of this name in the archive's folder.
    bool has(const std::string& record) const;
    /// The bytes of a record; throws IoError when it is absent, damaged, or larger than the whole file.
    std::string read(const std::string& record) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Whether `file` is a TorchScript module (torch.jit.save), which holds code, and not plain data. False for
/// anything that cannot be read; never throws.
bool isTorchScript(const std::filesystem::path& file) noexcept;

}  // namespace ionscape::potential
