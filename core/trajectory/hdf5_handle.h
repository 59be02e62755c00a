// SPDX-License-Identifier: GPL-3.0-or-later
// Owned HDF5 identifiers and the few dataset and attribute operations H5MD needs. Internal to
// core/trajectory.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace ionscape::trajectory {

/// An error that names the file and adds HDF5's own reason where it has one.
IoError hdf5Error(const std::filesystem::path& file, const std::string& what);

/// Silences HDF5's printing for the calling thread (the setting is per thread) while it lives.
class QuietHdf5 {
  public:
    QuietHdf5();
    ~QuietHdf5();
    QuietHdf5(const QuietHdf5&) = delete;
    QuietHdf5& operator=(const QuietHdf5&) = delete;

  private:
    H5E_auto2_t function_ = nullptr;
    void* data_ = nullptr;
};

/// Closes what it holds, whatever kind of object that is.
class Handle {
  public:
    Handle() = default;
    /// Throws hdf5Error(file, what) when `id` is the failure value.
    Handle(hid_t id, const std::filesystem::path& file, const std::string& what) : id_(id) {
        if (id < 0) throw hdf5Error(file, what);
    }
    ~Handle() { reset(); }
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, -1);
        }
        return *this;
    }
    operator hid_t() const { return id_; }
    bool valid() const { return id_ >= 0; }
    void reset();

  private:
    hid_t id_ = -1;
};

using Shape = std::vector<hsize_t>;

/// The operations, bound to the file they report errors for.
class Hdf5Access {
  public:
    explicit Hdf5Access(std::filesystem::path file, std::uint64_t fileSize = 0)
        : file_(std::move(file)), fileSize_(fileSize) {}

    const std::filesystem::path& file() const { return file_; }
    [[noreturn]] void fail(const std::string& what) const { throw hdf5Error(file_, what); }
    void check(herr_t status, const std::string& what) const {
        if (status < 0) fail(what);
    }

    bool exists(hid_t where, const std::string& path) const;
    bool isGroup(hid_t where, const std::string& path) const;
    /// Opened, or created with all parents.
    Handle makeGroup(hid_t where, const std::string& path) const;
    Handle openGroup(hid_t where, const std::string& path) const;

    /// A dataset of fixed shape with checksummed contents. `type` is the type in memory and in the file.
    Handle writeDataset(hid_t where, const std::string& name, hid_t type, const Shape& shape,
                        const void* data) const;
    /// Empty and growing along its first axis, `rows` of which make a chunk. Compressed chunks change their
    /// place whenever they are written again, and leave holes: for series that are written once.
    Handle makeSeries(hid_t where, const std::string& name, hid_t type, const Shape& row, hsize_t rows,
                      bool compressed = false) const;
    void appendRow(hid_t dataset, hid_t type, const Shape& row, hsize_t index, const void* data) const;
    void setLength(hid_t dataset, hsize_t rows) const;
    /// Opens a dataset for reading after a look at its claims: its extent and chunks must fit into the file,
    /// and every chunk must lie inside it. So a damaged file neither makes us allocate wildly nor silently
    /// yields zeros.
    Handle openDataset(hid_t where, const std::string& path) const;
    Shape shape(hid_t dataset) const;
    bool isCompressed(hid_t dataset) const;
    /// Of the links in a group.
    std::vector<std::string> names(hid_t group) const;
    /// All elements, converted to `type`.
    void readAll(hid_t dataset, hid_t type, void* data) const;
    /// One row along the first axis.
    void readRow(hid_t dataset, hid_t type, hsize_t index, void* data) const;
    std::vector<double> readDoubles(hid_t where, const std::string& path) const;
    /// \param firstRow  only the first along the first axis
    std::vector<std::int64_t> readIntegers(hid_t where, const std::string& path, bool firstRow = false) const;
    /// One row along the first axis of a dataset of integers or of an enumeration.
    std::vector<std::int64_t> readIntegerRow(hid_t dataset, hsize_t index) const;

    /// Strings of fixed length, replacing an older dataset of that name.
    void writeStrings(hid_t where, const std::string& name, const std::vector<std::string>& texts) const;
    /// Of fixed or variable length.
    std::vector<std::string> readStrings(hid_t where, const std::string& path) const;

    /// Attributes: replaced when they exist.
    void setAttribute(hid_t object, const std::string& name, hid_t type, const Shape& shape,
                      const void* data) const;
    void setAttribute(hid_t object, const std::string& name, const std::string& text) const;
    void getAttribute(hid_t object, const std::string& name, hid_t type, const Shape& shape,
                      void* data) const;
    bool hasAttribute(hid_t object, const std::string& name) const;
    /// Empty when there is none.
    std::string textAttribute(hid_t object, const std::string& name) const;

  private:
    Handle create(hid_t where, const std::string& name, hid_t type, hid_t space, const Shape& chunk,
                  bool compressed = false) const;
    /// `checksumBytes`: what a chunk on disk has beyond its data; nothing where compression makes that
    /// unknown.
    void checkChunks(hid_t dataset, const std::string& path, const Shape& extent, std::uint64_t limit,
                     std::optional<std::uint64_t> checksumBytes) const;
    std::size_t count(hid_t dataset) const;
    /// `size` integers that `read` brings in the type it is told.
    std::vector<std::int64_t> integers(hid_t dataset, std::size_t size,
                                       const std::function<void(hid_t type, void* data)>& read) const;
    std::vector<std::string> readVariableStrings(hid_t dataset, hid_t type) const;
    /// UTF-8, of fixed length, padded with zeros.
    Handle stringType(std::size_t size) const;

    std::filesystem::path file_;
    /// Length of the file being read: the bound on what its datasets may claim.
    std::uint64_t fileSize_;
};

}  // namespace ionscape::trajectory
