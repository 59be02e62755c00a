// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/hdf5_handle.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace ionscape::trajectory {

namespace {

/// Deflate cannot shrink data by more than this factor.
constexpr std::uint64_t largestCompression = 1032;

/// The innermost entry of HDF5's error stack says what really went wrong.
herr_t keepInnermost(unsigned n, const H5E_error2_t* entry, void* text) {
    if (n == 0 && entry->desc != nullptr) *static_cast<std::string*>(text) = entry->desc;
    return 0;
}

/// Product that saturates instead of wrapping round.
std::uint64_t product(const Shape& shape, std::uint64_t start) {
    std::uint64_t result = start;
    for (const hsize_t n : shape) {
        if (__builtin_mul_overflow(result, n, &result)) return std::numeric_limits<std::uint64_t>::max();
    }
    return result;
}

struct Filters {
    bool compressed = false;
    std::uint64_t checksumBytes = 0;  ///< of each chunk
};

Filters filtersOf(hid_t creationList) {
    Filters filters;
    for (int i = 0; i < H5Pget_nfilters(creationList); ++i) {
        unsigned flags = 0;
        std::size_t values = 0;
        const auto filter = H5Pget_filter2(creationList, static_cast<unsigned>(i), &flags, &values, nullptr,
                                           0, nullptr, nullptr);
        if (filter == H5Z_FILTER_FLETCHER32) {
            filters.checksumBytes += 4;
        } else if (filter != H5Z_FILTER_SHUFFLE) {
            filters.compressed = true;
        }
    }
    return filters;
}

}  // namespace

IoError hdf5Error(const std::filesystem::path& file, const std::string& what) {
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepInnermost, &reason);
    H5Eclear2(H5E_DEFAULT);
    return {file, reason.empty() ? what : what + " (" + reason + ")"};
}

QuietHdf5::QuietHdf5() {
    // After a damaged file HDF5 1.10 complains on stderr when the program ends; every file of ours is closed
    // by then.
    [[maybe_unused]] static const herr_t once = H5dont_atexit();
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

QuietHdf5::~QuietHdf5() {
    H5Eclear2(H5E_DEFAULT);
    H5Eset_auto2(H5E_DEFAULT, function_, data_);
}

void Handle::reset() {
    if (id_ < 0) return;
    const hid_t id = std::exchange(id_, -1);
    switch (H5Iget_type(id)) {
        case H5I_FILE:
            H5Fclose(id);
            break;
        case H5I_GROUP:
            H5Gclose(id);
            break;
        case H5I_DATASET:
            H5Dclose(id);
            break;
        case H5I_DATASPACE:
            H5Sclose(id);
            break;
        case H5I_DATATYPE:
            H5Tclose(id);
            break;
        case H5I_ATTR:
            H5Aclose(id);
            break;
        case H5I_GENPROP_LST:
            H5Pclose(id);
            break;
        default:
            break;
    }
}

bool Hdf5Access::exists(hid_t where, const std::string& path) const {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const htri_t found = H5Lexists(where, path.substr(0, end).c_str(), H5P_DEFAULT);
        if (found < 0) fail("is damaged: " + path + " cannot be looked up");
        if (found == 0) return false;
        if (end == std::string::npos) return true;
    }
}

bool Hdf5Access::isGroup(hid_t where, const std::string& path) const {
    if (!exists(where, path)) return false;
    const Handle object(H5Oopen(where, path.c_str(), H5P_DEFAULT), file_, path + " cannot be read");
    return H5Iget_type(object) == H5I_GROUP;
}

Handle Hdf5Access::makeGroup(hid_t where, const std::string& path) const {
    if (exists(where, path)) return openGroup(where, path);
    const Handle links(H5Pcreate(H5P_LINK_CREATE), file_, "HDF5 failed");
    check(H5Pset_create_intermediate_group(links, 1), "HDF5 failed");
    return {H5Gcreate2(where, path.c_str(), links, H5P_DEFAULT, H5P_DEFAULT), file_,
            path + " cannot be created"};
}

Handle Hdf5Access::openGroup(hid_t where, const std::string& path) const {
    if (!exists(where, path)) throw IoError(file_, "is not an H5MD file: it has no group " + path);
    return {H5Gopen2(where, path.c_str(), H5P_DEFAULT), file_, path + " cannot be read"};
}

Handle Hdf5Access::create(hid_t where, const std::string& name, hid_t type, hid_t space, const Shape& chunk,
                          bool compressed) const {
    if (H5Lexists(where, name.c_str(), H5P_DEFAULT) > 0) {
        check(H5Ldelete(where, name.c_str(), H5P_DEFAULT), name + " cannot be replaced");
    }
    const Handle list(H5Pcreate(H5P_DATASET_CREATE), file_, "HDF5 failed");
    check(H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data()), name + " cannot be created");
    if (compressed) {
        constexpr unsigned best = 9;
        check(H5Pset_shuffle(list), name + " cannot be created");
        check(H5Pset_deflate(list, best), name + " cannot be compressed");
    }
    // So that damage is noticed.
    check(H5Pset_fletcher32(list), name + " cannot be created");
    return {H5Dcreate2(where, name.c_str(), type, space, H5P_DEFAULT, list, H5P_DEFAULT), file_,
            name + " cannot be created"};
}

Handle Hdf5Access::writeDataset(hid_t where, const std::string& name, hid_t type, const Shape& shape,
                                const void* data) const {
    const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), file_,
                       "HDF5 failed");
    Handle dataset = create(where, name, type, space, shape);
    check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), name + " cannot be written");
    return dataset;
}

Handle Hdf5Access::makeSeries(hid_t where, const std::string& name, hid_t type, const Shape& row,
                              hsize_t rows, bool compressed) const {
    Shape now{0}, most{H5S_UNLIMITED}, chunk{rows};
    for (const hsize_t n : row) {
        now.push_back(n);
        most.push_back(n);
        chunk.push_back(n);
    }
    const Handle space(H5Screate_simple(static_cast<int>(now.size()), now.data(), most.data()), file_,
                       "HDF5 failed");
    return create(where, name, type, space, chunk, compressed);
}

void Hdf5Access::setLength(hid_t dataset, hsize_t rows) const {
    Shape extent = shape(dataset);
    extent.at(0) = rows;
    check(H5Dset_extent(dataset, extent.data()), "frames cannot be added");
}

void Hdf5Access::appendRow(hid_t dataset, hid_t type, const Shape& row, hsize_t index,
                           const void* data) const {
    setLength(dataset, index + 1);
    Shape start(row.size() + 1, 0), size{1};
    start[0] = index;
    size.insert(size.end(), row.begin(), row.end());
    const Handle inFile(H5Dget_space(dataset), file_, "HDF5 failed");
    check(H5Sselect_hyperslab(inFile, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
          "HDF5 failed");
    const Handle inMemory(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), file_,
                          "HDF5 failed");
    check(H5Dwrite(dataset, type, inMemory, inFile, H5P_DEFAULT, data), "a frame cannot be written");
}

Shape Hdf5Access::shape(hid_t dataset) const {
    const Handle space(H5Dget_space(dataset), file_, "a dataset is damaged");
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 0) fail("a dataset is damaged");
    Shape extent(static_cast<std::size_t>(rank));
    H5Sget_simple_extent_dims(space, extent.data(), nullptr);
    return extent;
}

bool Hdf5Access::isCompressed(hid_t dataset) const {
    const Handle list(H5Dget_create_plist(dataset), file_, "a dataset is damaged");
    return filtersOf(list).compressed;
}

std::vector<std::string> Hdf5Access::names(hid_t group) const {
    H5G_info_t info{};
    check(H5Gget_info(group, &info), "a group is damaged");
    std::vector<std::string> names;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        const auto name = [&](char* text, std::size_t size) {
            return H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, text, size, H5P_DEFAULT);
        };
        const auto length = name(nullptr, 0);
        if (length < 0) fail("a group is damaged");
        std::string text(static_cast<std::size_t>(length), '\0');
        // One more for the zero that closes it.
        name(text.data(), text.size() + 1);
        names.push_back(std::move(text));
    }
    return names;
}

Handle Hdf5Access::openDataset(hid_t where, const std::string& path) const {
    if (!exists(where, path)) throw IoError(file_, "is not a complete H5MD file: it has no dataset " + path);
    Handle dataset(H5Dopen2(where, path.c_str(), H5P_DEFAULT), file_, path + " cannot be read");
    const Handle list(H5Dget_create_plist(dataset), file_, path + " is damaged");
    const Handle type(H5Dget_type(dataset), file_, path + " is damaged");
    const Shape extent = shape(dataset);
    const auto [compressed, checksumBytes] = filtersOf(list);
    // Small files get some slack: a chunk may be larger than what is used of it.
    const std::uint64_t limit = (fileSize_ + (1U << 20)) * (compressed ? largestCompression : 1);
    if (product(extent, H5Tget_size(type)) > limit)
        throw IoError(file_, path + " claims more data than the file holds");
    if (H5Pget_layout(list) == H5D_VIRTUAL || H5Pget_external_count(list) > 0) {
        throw IoError(file_, path + " keeps its data in other files, which is not supported");
    }
    if (H5Pget_layout(list) == H5D_CHUNKED) {
        checkChunks(dataset, path, extent, limit, compressed ? std::nullopt : std::optional(checksumBytes));
    }
    return dataset;
}

void Hdf5Access::checkChunks(hid_t dataset, const std::string& path, const Shape& extent, std::uint64_t limit,
                             std::optional<std::uint64_t> checksumBytes) const {
    const Handle list(H5Dget_create_plist(dataset), file_, path + " is damaged");
    const Handle type(H5Dget_type(dataset), file_, path + " is damaged");
    Shape chunk(extent.size());
    if (H5Pget_chunk(list, static_cast<int>(chunk.size()), chunk.data()) != static_cast<int>(chunk.size()) ||
        product(chunk, H5Tget_size(type)) > limit) {
        throw IoError(file_, path + " is damaged: its chunks are larger than the file");
    }
    if (product(extent, 1) == 0) return;
    Shape corner(extent.size(), 0);
    for (;;) {
        // A chunk that the index does not lead to would read as zeros. Looking each one up also loads the
        // index, so that later reads do not depend on what a running writer changes.
        hsize_t size = 0;
        check(H5Dget_chunk_storage_size(dataset, corner.data(), &size), path + " is damaged");
        const bool sizeFits = !checksumBytes || size == product(chunk, H5Tget_size(type)) + *checksumBytes;
        if (size == 0 || size > fileSize_ || !sizeFits) {
            throw IoError(file_, path + " is damaged: a part of it is missing");
        }
        std::size_t axis = corner.size();
        while (axis > 0) {
            --axis;
            corner[axis] += chunk[axis];
            if (corner[axis] < extent[axis]) break;
            corner[axis] = 0;
            if (axis == 0) return;
        }
    }
}

std::size_t Hdf5Access::count(hid_t dataset) const {
    return static_cast<std::size_t>(product(shape(dataset), 1));
}

void Hdf5Access::readAll(hid_t dataset, hid_t type, void* data) const {
    check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "data cannot be read");
}

void Hdf5Access::readRow(hid_t dataset, hid_t type, hsize_t index, void* data) const {
    Shape size = shape(dataset), start(size.size(), 0);
    start.at(0) = index;
    size[0] = 1;
    const Handle inFile(H5Dget_space(dataset), file_, "a frame cannot be read");
    check(H5Sselect_hyperslab(inFile, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
          "HDF5 failed");
    const Handle inMemory(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), file_,
                          "HDF5 failed");
    check(H5Dread(dataset, type, inMemory, inFile, H5P_DEFAULT, data),
          "frame " + std::to_string(index) + " cannot be read");
}

std::vector<double> Hdf5Access::readDoubles(hid_t where, const std::string& path) const {
    const Handle dataset = openDataset(where, path);
    std::vector<double> values(count(dataset));
    if (!values.empty()) readAll(dataset, H5T_NATIVE_DOUBLE, values.data());
    return values;
}

std::vector<std::int64_t> Hdf5Access::integers(hid_t dataset, std::size_t size,
                                               const std::function<void(hid_t, void*)>& read) const {
    std::vector<std::int64_t> values(size);
    if (values.empty()) return values;
    const Handle type(H5Dget_type(dataset), file_, "a dataset is damaged");
    if (H5Tget_class(type) != H5T_ENUM) {
        read(H5T_NATIVE_INT64, values.data());
        return values;
    }
    // HDF5 does not convert enumerations to integers, but their base type it does.
    const Handle base(H5Tget_super(type), file_, "a dataset is damaged");
    const std::size_t width = std::max(H5Tget_size(base), sizeof(std::int64_t));
    std::vector<unsigned char> raw(values.size() * width);
    read(type, raw.data());
    check(H5Tconvert(base, H5T_NATIVE_INT64, values.size(), raw.data(), nullptr, H5P_DEFAULT),
          "an enumeration cannot be read");
    std::memcpy(values.data(), raw.data(), values.size() * sizeof(std::int64_t));
    return values;
}

std::vector<std::int64_t> Hdf5Access::readIntegers(hid_t where, const std::string& path,
                                                   bool firstRow) const {
    const Handle dataset = openDataset(where, path);
    if (firstRow) return readIntegerRow(dataset, 0);
    return integers(dataset, count(dataset), [&](hid_t type, void* data) { readAll(dataset, type, data); });
}

std::vector<std::int64_t> Hdf5Access::readIntegerRow(hid_t dataset, hsize_t index) const {
    Shape row = shape(dataset);
    if (row.empty() || row[0] <= index) fail("a dataset has too few rows");
    row[0] = 1;
    return integers(dataset, static_cast<std::size_t>(product(row, 1)),
                    [&](hid_t type, void* data) { readRow(dataset, type, index, data); });
}

Handle Hdf5Access::stringType(std::size_t size) const {
    Handle type(H5Tcopy(H5T_C_S1), file_, "HDF5 failed");
    check(H5Tset_size(type, std::max<std::size_t>(size, 1)), "HDF5 failed");
    check(H5Tset_strpad(type, H5T_STR_NULLPAD), "HDF5 failed");
    check(H5Tset_cset(type, H5T_CSET_UTF8), "HDF5 failed");
    return type;
}

void Hdf5Access::writeStrings(hid_t where, const std::string& name,
                              const std::vector<std::string>& texts) const {
    std::size_t width = 1;
    for (const auto& text : texts)
        width = std::max(width, text.size());
    std::vector<char> block(width * texts.size(), '\0');
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::copy(texts[i].begin(), texts[i].end(), &block[i * width]);
    writeDataset(where, name, stringType(width), {texts.size()}, block.data());
}

std::vector<std::string> Hdf5Access::readStrings(hid_t where, const std::string& path) const {
    const Handle dataset = openDataset(where, path);
    const Handle type(H5Dget_type(dataset), file_, path + " is damaged");
    if (H5Tget_class(type) != H5T_STRING) throw IoError(file_, path + " should hold text");
    if (H5Tis_variable_str(type) > 0) return readVariableStrings(dataset, type);
    const std::size_t width = H5Tget_size(type);
    std::vector<char> block(width * count(dataset));
    std::vector<std::string> texts;
    if (block.empty()) return texts;
    readAll(dataset, type, block.data());
    for (std::size_t at = 0; at < block.size(); at += width) {
        const char* text = block.data() + at;
        texts.emplace_back(text, strnlen(text, width));
    }
    return texts;
}

std::vector<std::string> Hdf5Access::readVariableStrings(hid_t dataset, hid_t type) const {
    std::vector<char*> pointers(count(dataset), nullptr);
    std::vector<std::string> texts;
    if (pointers.empty()) return texts;
    readAll(dataset, type, pointers.data());
    for (const char* text : pointers)
        texts.emplace_back(text == nullptr ? "" : text);
    const Handle space(H5Dget_space(dataset), file_, "a dataset is damaged");
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return texts;
}

bool Hdf5Access::hasAttribute(hid_t object, const std::string& name) const {
    return H5Aexists(object, name.c_str()) > 0;
}

void Hdf5Access::setAttribute(hid_t object, const std::string& name, hid_t type, const Shape& shape,
                              const void* data) const {
    if (hasAttribute(object, name)) check(H5Adelete(object, name.c_str()), name + " cannot be replaced");
    const Handle space(shape.empty()
                           ? H5Screate(H5S_SCALAR)
                           : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                       file_, "HDF5 failed");
    const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), file_,
                           "attribute " + name + " cannot be created");
    check(H5Awrite(attribute, type, data), "attribute " + name + " cannot be written");
}

void Hdf5Access::setAttribute(hid_t object, const std::string& name, const std::string& text) const {
    setAttribute(object, name, stringType(text.size()), {}, text.empty() ? "" : text.data());
}

void Hdf5Access::getAttribute(hid_t object, const std::string& name, hid_t type, const Shape& shape,
                              void* data) const {
    if (!hasAttribute(object, name)) throw IoError(file_, "is damaged: attribute " + name + " is missing");
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), file_,
                           "attribute " + name + " is damaged");
    const Handle space(H5Aget_space(attribute), file_, "attribute " + name + " is damaged");
    const auto points = H5Sget_simple_extent_npoints(space);
    if (points < 0 || static_cast<std::uint64_t>(points) != product(shape, 1)) {
        throw IoError(file_, "is damaged: attribute " + name + " has the wrong size");
    }
    check(H5Aread(attribute, type, data), "attribute " + name + " cannot be read");
}

std::string Hdf5Access::textAttribute(hid_t object, const std::string& name) const {
    if (!hasAttribute(object, name)) return {};
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), file_,
                           "attribute " + name + " is damaged");
    const Handle type(H5Aget_type(attribute), file_, "attribute " + name + " is damaged");
    const Handle space(H5Aget_space(attribute), file_, "attribute " + name + " is damaged");
    if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1) return {};
    if (H5Tis_variable_str(type) > 0) {
        char* text = nullptr;
        check(H5Aread(attribute, type, &text), "attribute " + name + " cannot be read");
        const std::string result = text == nullptr ? "" : text;
        H5free_memory(text);
        return result;
    }
    const std::size_t width = H5Tget_size(type);
    if (width > fileSize_ + 65536) throw IoError(file_, "attribute " + name + " is damaged");
    std::string result(width, '\0');
    check(H5Aread(attribute, type, result.data()), "attribute " + name + " cannot be read");
    result.resize(strnlen(result.c_str(), width));
    return result;
}

}  // namespace ionscape::trajectory
