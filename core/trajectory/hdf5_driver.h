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

}  // namespace ionscape::trajectory
