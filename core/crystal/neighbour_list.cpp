// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/neighbour_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"

namespace ionscape::crystal {

namespace {

constexpr double samePoint = 1e-6;    // Å
constexpr double mostPairs = 1e9;     // beyond this the list does not fit any memory
constexpr double farthestCell = 1e6;  // lattice translations an atom may lie away from the cell

/// Atoms sorted into bins along the vectors of the reduced lattice, in which even a skewed cell is compact.
class BinnedAtoms {
  public:
    BinnedAtoms(const Structure& structure, double cutoff)
        : structure_(structure),
          cutoff_(cutoff),
          toOriginal_(structure.lattice.reduction()),
          reduced_(toOriginal_.cast<double>() * structure.lattice.rows()) {
        chooseBins();
        placeAtoms();
    }

    /// Appends all pairs of atom i, not yet sorted.
    void collect(std::int32_t i, std::vector<NeighbourPair>& pairs) const;

  private:
    struct Atom {
        Vec3 wrapped;  ///< inside the reduced cell
        IntVec3 cell;  ///< stored position = wrapped + cell · reduced lattice
        std::array<int, 3> bin{};
    };

    void chooseBins();
    void placeAtoms();
    std::size_t binIndex(int x, int y, int z) const {
        return (static_cast<std::size_t>(x) * static_cast<std::size_t>(bins_[1]) +
                static_cast<std::size_t>(y)) *
                   static_cast<std::size_t>(bins_[2]) +
               static_cast<std::size_t>(z);
    }
    void visitBin(std::int32_t i, std::size_t bin, const IntVec3& reducedImage,
                  std::vector<NeighbourPair>& pairs) const;
    [[noreturn]] void throwSamePoint(std::int32_t i, std::int32_t j) const;

    const Structure& structure_;
    double cutoff_;
    IntMat3 toOriginal_;
    Lattice reduced_;
    std::array<int, 3> bins_{};
    std::array<int, 3> reach_{};  ///< how many bins away a neighbour may lie
    std::vector<Atom> atoms_;
    std::vector<std::size_t> firstOfBin_;  ///< into binnedAtoms_; one more than there are bins
    std::vector<std::int32_t> binnedAtoms_;
};

void BinnedAtoms::chooseBins() {
    const Vec3 widths = reduced_.faceDistances();
    const double limit = std::max(64.0, 2.0 * static_cast<double>(structure_.size()));
    Vec3 counts;
    for (int k = 0; k < 3; ++k)
        counts[k] = std::max(1.0, std::floor(widths[k] / (cutoff_ * (1.0 + 1e-9))));
    // In a nearly empty cell most bins would be empty: make them larger.
    while (counts.prod() > limit) {
        Eigen::Index most = 0;
        counts.maxCoeff(&most);
        counts[most] = std::max(1.0, std::floor(counts[most] / 2.0));
    }
    for (int k = 0; k < 3; ++k) {
        const auto axis = static_cast<std::size_t>(k);
        bins_[axis] = static_cast<int>(counts[k]);
        reach_[axis] = static_cast<int>(std::floor(cutoff_ * counts[k] / widths[k])) + 1;
    }
}

void BinnedAtoms::placeAtoms() {
    const std::size_t n = structure_.size();
    atoms_.resize(n);
    firstOfBin_.assign(binIndex(bins_[0] - 1, bins_[1] - 1, bins_[2] - 1) + 2, 0);
    for (std::size_t i = 0; i < n; ++i) {
        const Vec3 f = reduced_.toFractional(structure_.position(i)).v;
        if (!(f.cwiseAbs().maxCoeff() < farthestCell)) {
            throw InputError(
                fmt::format("atom {} ({}) lies more than {:.0e} cells away; check its coordinates", i + 1,
                            structure_.elements[i].symbol(), farthestCell));
        }
        Atom& atom = atoms_[i];
        for (int k = 0; k < 3; ++k) {
            const auto axis = static_cast<std::size_t>(k);
            atom.cell[k] = static_cast<int>(std::floor(f[k]));
            atom.bin[axis] = std::min(static_cast<int>((f[k] - atom.cell[k]) * bins_[axis]), bins_[axis] - 1);
        }
        atom.wrapped = structure_.position(i) - reduced_.toCartesian({atom.cell.cast<double>()});
        ++firstOfBin_[binIndex(atom.bin[0], atom.bin[1], atom.bin[2]) + 1];
    }
    for (std::size_t bin = 1; bin < firstOfBin_.size(); ++bin)
        firstOfBin_[bin] += firstOfBin_[bin - 1];
    std::vector<std::size_t> next(firstOfBin_.begin(), firstOfBin_.end() - 1);
    binnedAtoms_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto& bin = atoms_[i].bin;
        binnedAtoms_[next[binIndex(bin[0], bin[1], bin[2])]++] = static_cast<std::int32_t>(i);
    }
}

void BinnedAtoms::collect(std::int32_t i, std::vector<NeighbourPair>& pairs) const {
    const auto& home = atoms_[static_cast<std::size_t>(i)].bin;
    // Bin b of the periodic row lies in image floor(b / bins) of the cell.
    const auto image = [this](int bin, std::size_t axis) {
        return bin >= 0 ? bin / bins_[axis] : -((bins_[axis] - 1 - bin) / bins_[axis]);
    };
    for (int x = home[0] - reach_[0]; x <= home[0] + reach_[0]; ++x) {
        const int ix = image(x, 0);
        for (int y = home[1] - reach_[1]; y <= home[1] + reach_[1]; ++y) {
            const int iy = image(y, 1);
            for (int z = home[2] - reach_[2]; z <= home[2] + reach_[2]; ++z) {
                const int iz = image(z, 2);
                const std::size_t bin = binIndex(x - ix * bins_[0], y - iy * bins_[1], z - iz * bins_[2]);
                if (firstOfBin_[bin] != firstOfBin_[bin + 1]) visitBin(i, bin, {ix, iy, iz}, pairs);
            }
        }
    }
}

void BinnedAtoms::visitBin(std::int32_t i, std::size_t bin, const IntVec3& reducedImage,
                           std::vector<NeighbourPair>& pairs) const {
    const Atom& atom = atoms_[static_cast<std::size_t>(i)];
    const Vec3 shift = reduced_.toCartesian({reducedImage.cast<double>()}) - atom.wrapped;
    const double cutoffSquared = cutoff_ * cutoff_;
    const bool homeImage = reducedImage.isZero();
    for (std::size_t k = firstOfBin_[bin]; k < firstOfBin_[bin + 1]; ++k) {
        const std::int32_t j = binnedAtoms_[k];
        const Atom& other = atoms_[static_cast<std::size_t>(j)];
        const Vec3 vector = other.wrapped + shift;
        const double squared = vector.squaredNorm();
        if (squared >= cutoffSquared || (homeImage && i == j)) continue;
        if (squared < samePoint * samePoint) throwSamePoint(i, j);
        const IntVec3 n = toOriginal_.transpose() * (reducedImage + atom.cell - other.cell);
        pairs.push_back({i, j, {n[0], n[1], n[2]}, vector, std::sqrt(squared)});
    }
}

void BinnedAtoms::throwSamePoint(std::int32_t i, std::int32_t j) const {
    const auto symbol = [this](std::int32_t atom) {
        return structure_.elements[static_cast<std::size_t>(atom)].symbol();
    };
    throw InputError(fmt::format("atoms {} ({}) and {} ({}) lie at the same point; remove one of them", i + 1,
                                 symbol(i), j + 1, symbol(j)));
}

/// Orders pairs by j, then image, in two integer comparisons: sorting whole pairs would dominate the search.
struct SortKey {
    SortKey(const NeighbourPair& pair, std::size_t at)
        : high(join(pair.j, pair.image[0])), low(join(pair.image[1], pair.image[2])), index(at) {}
    static std::uint64_t join(std::int32_t a, std::int32_t b) {
        const auto ordered = [](std::int32_t x) { return static_cast<std::uint32_t>(x) ^ 0x80000000u; };
        return static_cast<std::uint64_t>(ordered(a)) << 32 | ordered(b);
    }
    bool operator<(const SortKey& other) const {
        return high != other.high ? high < other.high : low < other.low;
    }

    std::uint64_t high, low;
    std::size_t index;
};

/// Throws InputError for an impossible cutoff; returns about how many pairs there will be.
double expectedPairs(const Structure& structure, double cutoff) {
    if (!(cutoff > 0.0) || !std::isfinite(cutoff)) {
        throw InputError(fmt::format("the neighbour cutoff is {} Å; it must be positive", cutoff));
    }
    const double n = static_cast<double>(structure.size());
    const double expected =
        n * n * 4.0 / 3.0 * units::pi * cutoff * cutoff * cutoff / structure.lattice.volume();
    if (expected > mostPairs) {
        throw InputError(
            fmt::format("a neighbour cutoff of {} Å gives {:.1e} pairs in this cell; choose a smaller one",
                        cutoff, expected));
    }
    return expected;
}

}  // namespace

std::vector<NeighbourPair> neighbourPairs(const Structure& structure, double cutoff) {
    const double expected = expectedPairs(structure, cutoff);
    std::vector<NeighbourPair> pairs;
    if (structure.size() == 0) return pairs;
    const BinnedAtoms atoms(structure, cutoff);
    pairs.reserve(static_cast<std::size_t>(1.2 * expected) + 16);
    std::vector<NeighbourPair> ofAtom;
    std::vector<SortKey> keys;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(structure.size()); ++i) {
        ofAtom.clear();
        atoms.collect(i, ofAtom);
        keys.clear();
        for (const NeighbourPair& pair : ofAtom)
            keys.emplace_back(pair, keys.size());
        std::sort(keys.begin(), keys.end());
        for (const SortKey& key : keys)
            pairs.push_back(ofAtom[key.index]);
    }
    return pairs;
}

}  // namespace ionscape::crystal
