// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/model_file.h"

#include <fmt/format.h>
#include <hdf5.h>

#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/checksum.h"

namespace ionscape::potential {

namespace {

constexpr const char* formatName = "ionscape-potential";
constexpr int formatVersion = 1;
/// Larger attributes and weights than these are no model of ours.
constexpr hsize_t maxTextBytes = 1 << 20;
constexpr hsize_t maxWeightValues = 1 << 26;

/// An HDF5 identifier that closes itself.
class Handle {
  public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {
        if (id_ < 0) throw std::runtime_error("HDF5 call failed");
    }
    ~Handle() { close_(id_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    operator hid_t() const { return id_; }

  private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

void check(herr_t status) {
    if (status < 0) throw std::runtime_error("HDF5 call failed");
}

void writeText(hid_t where, const char* name, const std::string& text) {
    const Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    check(H5Tset_size(type, std::max<std::size_t>(text.size(), 1)));
    check(H5Tset_cset(type, H5T_CSET_UTF8));
    // A dataset: attributes are limited to 64 kB.
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const Handle set(H5Dcreate2(where, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
    check(H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.empty() ? "" : text.data()));
}

std::string readText(hid_t where, const char* name) {
    const Handle set(H5Dopen2(where, name, H5P_DEFAULT), H5Dclose);
    const Handle type(H5Dget_type(set), H5Tclose);
    const Handle space(H5Dget_space(set), H5Sclose);
    const std::size_t size = H5Tget_size(type);
    // Several texts in one dataset would be read past the end of one.
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || size > maxTextBytes ||
        H5Sget_simple_extent_npoints(space) != 1) {
        throw std::runtime_error(fmt::format("'{}' is not a text", name));
    }
    std::string text(size, '\0');
    check(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()));
    text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
    return text;
}

void writeArray(hid_t group, const NamedArray& array) {
    const std::vector<hsize_t> shape(array.shape.begin(), array.shape.end());
    const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
    const Handle set(
        H5Dcreate2(group, array.name.c_str(), H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Dclose);
    check(H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data()));
}

void writeArrays(hid_t file, const char* name, const std::vector<NamedArray>& arrays) {
    const Handle group(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    for (const NamedArray& array : arrays)
        writeArray(group, array);
}

enum class Values { Read, Skip };

NamedArray readArray(hid_t group, const NamedArray& expected, Values values) {
    if (H5Lexists(group, expected.name.c_str(), H5P_DEFAULT) <= 0) {
        throw std::runtime_error(fmt::format("the weight '{}' is missing", expected.name));
    }
    const Handle set(H5Dopen2(group, expected.name.c_str(), H5P_DEFAULT), H5Dclose);
    const Handle space(H5Dget_space(set), H5Sclose);
    const int rank = H5Sget_simple_extent_ndims(space);
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    if (rank != static_cast<int>(expected.shape.size()) || count < 0 || hsize_t(count) > maxWeightValues) {
        throw std::runtime_error(
            fmt::format("the weight '{}' has another shape than the settings imply", expected.name));
    }
    std::vector<hsize_t> shape(expected.shape.size());
    H5Sget_simple_extent_dims(space, shape.data(), nullptr);
    NamedArray array = expected;
    array.shape.assign(shape.begin(), shape.end());
    if (array.shape != expected.shape) {
        throw std::runtime_error(
            fmt::format("the weight '{}' has another shape than the settings imply", expected.name));
    }
    if (values == Values::Skip) return array;
    array.values.resize(static_cast<std::size_t>(count));
    check(H5Dread(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data()));
    return array;
}

std::vector<NamedArray> readArrays(hid_t file, const char* name, const std::vector<NamedArray>& expected,
                                   Values values) {
    // HDF5 makes up values for a dataset that was never written: settings and shapes alone must not be able
    // to claim more memory than the file could fill.
    hsize_t fileSize = 0, expectedSize = 0;
    check(H5Fget_filesize(file, &fileSize));
    for (const NamedArray& array : expected) {
        hsize_t bytes = sizeof(float);
        for (const auto length : array.shape)
            bytes *= static_cast<hsize_t>(length);
        expectedSize += bytes;
    }
    if (expectedSize > fileSize)
        throw std::runtime_error("it is smaller than the weights that its settings imply");
    const Handle group(H5Gopen2(file, name, H5P_DEFAULT), H5Gclose);
    std::vector<NamedArray> arrays;
    for (const NamedArray& array : expected)
        arrays.push_back(readArray(group, array, values));
    return arrays;
}

nlohmann::json infoToJson(const PotentialInfo& info) {
    std::vector<std::string> elements;
    for (const auto element : info.elements)
        elements.emplace_back(element.symbol());
    return {{"name", info.name}, {"origin", info.origin}, {"licence", info.licence}, {"elements", elements}};
}

PotentialInfo infoFromJson(const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    PotentialInfo info;
    info.name = json.at("name");
    info.origin = json.at("origin");
    info.licence = json.at("licence");
    for (const std::string symbol : json.at("elements"))
        info.elements.push_back(crystal::Element::fromSymbol(symbol));
    return info;
}

ChgnetModelData readOpened(hid_t file, Values values) {
    if (H5Lexists(file, "format", H5P_DEFAULT) <= 0 || readText(file, "format") != formatName) {
        throw std::runtime_error("it is HDF5 but not a potential (perhaps a trajectory?)");
    }
    const std::string version = readText(file, "format_version");
    if (version != std::to_string(formatVersion)) {
        throw std::runtime_error(fmt::format("its format version {} is not supported (this program reads {})",
                                             version, formatVersion));
    }
    ChgnetModelData data;
    data.config = chgnetConfigFromJson(readText(file, "config"));
    data.info = infoFromJson(readText(file, "info"));
    data.metadata = readText(file, "metadata");
    const std::vector<NamedArray> expected = expectedWeights(data.config);
    data.weights = readArrays(file, "weights", expected, values);
    if (values == Values::Read && H5Lexists(file, "momentum", H5P_DEFAULT) > 0) {
        data.momentum = readArrays(file, "momentum", expected, values);
        data.secondMoment = readArrays(file, "second_moment", expected, values);
    }
    if (values == Values::Read && H5Lexists(file, "averaged", H5P_DEFAULT) > 0)
        data.averaged = readArrays(file, "averaged", expected, values);
    return data;
}

ChgnetModelData readWith(const std::filesystem::path& file, Values values) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const std::string checksum = sha256OfFile(file);
    try {
        const Handle handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
        ChgnetModelData data = readOpened(handle, values);
        data.info.architecture = "CHGNet";
        data.info.cutoff = data.config.atomCutoff;
        data.info.checksum = checksum;
        data.info.file = file.string();
        return data;
    } catch (const IoError&) {
        throw;
    } catch (const std::exception& error) {
        throw IoError(file,
                      fmt::format("cannot be read as a potential: {}; train or copy it again", error.what()));
    }
}

}  // namespace

ChgnetModelData readModelFile(const std::filesystem::path& file) {
    return readWith(file, Values::Read);
}

ChgnetModelData readModelHeader(const std::filesystem::path& file) {
    return readWith(file, Values::Skip);
}

void writeModelFile(const std::filesystem::path& file, const ChgnetModelData& data) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        try {
            const Handle handle(H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT),
                                H5Fclose);
            writeText(handle, "format", formatName);
            writeText(handle, "format_version", std::to_string(formatVersion));
            writeText(handle, "config", toJson(data.config));
            writeText(handle, "info", infoToJson(data.info).dump());
            writeText(handle, "metadata", data.metadata.empty() ? "{}" : data.metadata);
            writeArrays(handle, "weights", data.weights);
            if (!data.momentum.empty()) {
                writeArrays(handle, "momentum", data.momentum);
                writeArrays(handle, "second_moment", data.secondMoment);
            }
            if (!data.averaged.empty()) writeArrays(handle, "averaged", data.averaged);
            check(H5Fflush(handle, H5F_SCOPE_GLOBAL));
        } catch (const std::runtime_error& error) {
            throw IoError(
                file, fmt::format("the potential cannot be written ({}); is the disk full?", error.what()));
        }
    });
}

}  // namespace ionscape::potential
