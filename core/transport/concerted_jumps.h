// SPDX-License-Identifier: GPL-3.0-or-later
// Jumps in concert: those of different ions that follow each other closely in time and space.
#pragma once

#include "core/transport/jumps.h"

namespace ionscape::transport {

struct ConcertSettings {
    /// Two jumps belong together when they arrive at most this far apart in time, ps ...
    double windowPs = 0.5;
    /// ... and the middles of their ways are at most this far apart, Å (periodic).
    double distance = 4.5;
};

struct ConcertedJumps {
    /// Jumps with at least one partner, as a share of all.
    double fraction = 0.0;
    /// The share that independent ions with the same rates would show by chance.
    double chance = 0.0;
    /// Jumps with a partner in the record's order of jumps.
    std::vector<bool> concerted;
    /// Entry n − 1: the number of groups of n jumps that hang together through partners.
    std::vector<std::int64_t> groupSizes;
};

/// Counts pairs of jumps of different ions (as GEMDAT's collective jumps). The chance is estimated from the
/// counts of every connection: a jump with λ expected partners has one with probability 1 − exp(−λ). Throws
/// InputError for a negative window or distance.
ConcertedJumps concertedJumps(const JumpRecord& record, const ConcertSettings& settings = {});

}  // namespace ionscape::transport
