// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/hdf5_driver.h"

#include <algorithm>
#include <array>
#include <random>

#include "core/base/error.h"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace ionscape::trajectory {

namespace {

/// What HDF5 passes back to each callback; the base must come first.
struct OpenFile : H5FD_t {
    JournaledFile* file;
    haddr_t endOfAllocation;
};

OpenFile& of(H5FD_t* base) {
    return *static_cast<OpenFile*>(base);
}
const OpenFile& of(const H5FD_t* base) {
    return *static_cast<const OpenFile*>(base);
}

H5FD_t* openCallback(const char*, unsigned, hid_t accessList, haddr_t) {
    const auto* info = static_cast<JournaledFile* const*>(H5Pget_driver_info(accessList));
    return info == nullptr ? nullptr : new OpenFile{{}, *info, 0};
}

herr_t closeCallback(H5FD_t* base) {
    delete &of(base);
    return 0;
}

int compareCallback(const H5FD_t* a, const H5FD_t* b) {
    const std::less<const JournaledFile*> less;
    return less(of(a).file, of(b).file) ? -1 : less(of(b).file, of(a).file) ? 1 : 0;
}

herr_t queryCallback(const H5FD_t*, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t endOfAllocationCallback(const H5FD_t* base, H5FD_mem_t) {
    return of(base).endOfAllocation;
}

herr_t setEndOfAllocationCallback(H5FD_t* base, H5FD_mem_t, haddr_t address) {
    of(base).endOfAllocation = address;
    return 0;
}

haddr_t endOfFileCallback(const H5FD_t* base, H5FD_mem_t) {
    return of(base).file->size();
}

herr_t readCallback(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
    return of(base).file->read(address, size, buffer) ? 0 : -1;
}

/// Exceptions must not cross HDF5's C code; an unreadable old page is reported as a failed write.
herr_t writeCallback(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer) {
    try {
        of(base).file->write(address, size, buffer);
        return 0;
    } catch (const std::exception&) {
        return -1;
    }
}

herr_t truncateCallback(H5FD_t* base, hid_t, hbool_t) {
    OpenFile& open = of(base);
    if (open.file->writable() && open.endOfAllocation != open.file->size())
        open.file->resize(open.endOfAllocation);
    return 0;
}

H5FD_class_t makeClass() {
    H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
    driver.version = H5FD_CLASS_VERSION;
    // Values from 256 to 511 are for drivers that are not registered with The HDF Group.
    driver.value = static_cast<H5FD_class_value_t>(487);
#endif
    driver.name = "ionscape_journaled";
    driver.maxaddr = (haddr_t{1} << 62) - 1;
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(JournaledFile*);
    driver.open = openCallback;
    driver.close = closeCallback;
    driver.cmp = compareCallback;
    driver.query = queryCallback;
    driver.get_eoa = endOfAllocationCallback;
    driver.set_eoa = setEndOfAllocationCallback;
    driver.get_eof = endOfFileCallback;
    driver.read = readCallback;
    driver.write = writeCallback;
    driver.truncate = truncateCallback;
    const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(map), std::end(map), driver.fl_map);
    return driver;
}

Handle accessList(JournaledFile& file) {
    static const H5FD_class_t driver = makeClass();
    static const hid_t driverId = H5FDregister(&driver);
    Handle list(H5Pcreate(H5P_FILE_ACCESS), file.path(), "HDF5 could not be initialised");
    JournaledFile* info = &file;
    const bool ok = driverId >= 0 && H5Pset_driver(list, driverId, static_cast<const void*>(&info)) >= 0 &&
                    H5Pset_libver_bounds(list, H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0;
    if (!ok) throw hdf5Error(file.path(), "HDF5 could not be initialised");
    return list;
}

}  // namespace

Handle createHdf5(JournaledFile& file) {
    const Handle access = accessList(file);
    const Handle creation(H5Pcreate(H5P_FILE_CREATE), file.path(), "HDF5 could not be initialised");
    return {H5Fcreate(file.path().c_str(), H5F_ACC_TRUNC, creation, access), file.path(),
            "could not be created"};
}

Handle openHdf5(JournaledFile& file) {
    const Handle access = accessList(file);
    const unsigned flags = file.writable() ? H5F_ACC_RDWR : H5F_ACC_RDONLY;
    return {H5Fopen(file.path().c_str(), flags, access), file.path(),
            "is not an HDF5 file, or it is damaged"};
}

void createIdentity(const Hdf5Access& hdf5, hid_t group) {
    std::array<unsigned char, 16> id{};
    std::random_device device;
    for (auto& byte : id)
        byte = static_cast<unsigned char>(device());
    const Handle list(H5Pcreate(H5P_DATASET_CREATE), hdf5.file(), "HDF5 failed");
    const hsize_t length = id.size();
    const Handle space(H5Screate_simple(1, &length, nullptr), hdf5.file(), "HDF5 failed");
    const Handle dataset(H5Dcreate2(group, "id", H5T_STD_U8LE, space, H5P_DEFAULT, list, H5P_DEFAULT),
                         hdf5.file(), "the file's identity cannot be created");
    hdf5.check(H5Dwrite(dataset, H5T_NATIVE_UCHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, id.data()), "HDF5 failed");
}

void locateIdentity(const Hdf5Access& hdf5, hid_t file, const std::string& path, JournaledFile& store) {
    const Handle dataset = hdf5.openDataset(file, path + "/id");
    JournaledFile::Identity identity;
    const haddr_t offset = H5Dget_offset(dataset);
    if (offset == HADDR_UNDEF || H5Dget_storage_size(dataset) != identity.bytes.size()) {
        throw IoError(hdf5.file(), "was not written by this program and cannot be continued");
    }
    identity.offset = offset;
    hdf5.readAll(dataset, H5T_NATIVE_UCHAR, identity.bytes.data());
    store.setIdentity(identity);
}

}  // namespace ionscape::trajectory
