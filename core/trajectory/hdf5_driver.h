// SPDX-License-Identifier: GPL-3.0-or-later
// Lets HDF5 read and write through a JournaledFile (a virtual file driver). Internal to core/trajectory.
#pragma once

#include "core/trajectory/hdf5_handle.h"
#include "core/trajectory/journaled_file.h"

namespace ionscape::trajectory {

/// Both open the HDF5 file inside `file`, which must outlive everything opened from the result. Objects are
/// written in the HDF5 1.8 format: no consistency flags, so that any program opens the file of a killed run,
/// and metadata with checksums. Nothing reaches the disk before file.commit(). Throw IoError.
Handle createHdf5(JournaledFile& file);
Handle openHdf5(JournaledFile& file);

/// Sixteen random bytes in the dataset "id" of `group`: what a journal must name to be believed. It lies
/// outside the chunked data, so its place in the file is fixed.
void createIdentity(const Hdf5Access& hdf5, hid_t group);
/// Tells `store` where the identity in the group at `path` lies; after the commit that created it, and after
/// opening. Throws IoError for a file without one.
void locateIdentity(const Hdf5Access& hdf5, hid_t file, const std::string& path, JournaledFile& store);

}  // namespace ionscape::trajectory
