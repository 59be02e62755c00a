// SPDX-License-Identifier: GPL-3.0-or-later
// Vibration of ions about their sites: attempt frequency, amplitude and spectrum.
#pragma once

#include <string>
#include <vector>

#include "core/transport/msd.h"

namespace ionscape::transport {

struct Vibration {
    /// Mean over ions of the mean frequency of the power spectrum of their velocities, THz, and its standard
    /// deviation over ions.
    double attemptFrequencyTHz = 0.0, spreadTHz = 0.0;
    /// Root mean square displacement from the site along one axis, Å: from the distances between successive
    /// turning points, of which the median counts, so that jumps do not.
    double amplitude = 0.0;
    std::vector<double> frequencyTHz;
    std::vector<double> spectrum;  ///< of the velocities, mean over ions and axes; its integral is 1, 1/THz
    /// Empty, or why the numbers should not be trusted.
    std::string warning;
};

/// The mean frequency is de Klerk, van der Maas & Wagemaker's attempt frequency (ACS Appl. Energy Mater. 1,
/// 3230 (2018); GEMDAT), but of each component of the velocity instead of the change of an ion's distance
/// from where it started, which in a harmonic well also holds twice its frequency. Velocities are differences
/// of successive frames, corrected for that. Frames must be several times closer than the period. Throws
/// InputError when there is no such ion or the trajectory has fewer than 16 frames.
Vibration vibration(const TrajectoryView& view, crystal::Element element);

}  // namespace ionscape::transport
