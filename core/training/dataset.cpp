// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dataset.h"

#include <fmt/format.h>
#include <Eigen/Dense>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ionscape::training {

namespace {

/// Counts divided by their greatest common divisor, in order of atomic number: the same for a cell and its
/// supercell.
std::string compositionKey(const crystal::Structure& structure) {
    const auto counts = structure.elementCounts();
    int divisor = 0;
    for (const auto& [element, count] : counts)
        divisor = std::gcd(divisor, count);
    std::string key;
    for (const auto& [element, count] : counts)
        key += fmt::format("{}{} ", element.symbol(), count / divisor);
    if (!key.empty()) key.pop_back();
    return key;
}

}  // namespace

Dataset readDataset(const std::vector<std::filesystem::path>& files) {
    Dataset dataset;
    for (const auto& file : files) {
        std::size_t number = 0;
        for (auto& frame : io::readStructures(file)) {
            ++number;
            if (!frame.energy || !frame.forces) {
                throw InputError(fmt::format("{}: frame {} has no {}; training needs both energy and forces",
                                             file.string(), number, frame.energy ? "forces" : "energy"));
            }
            dataset.compositions.push_back(compositionKey(frame.structure));
            dataset.frames.push_back(std::move(frame));
        }
    }
    if (dataset.frames.empty()) throw InputError("the training data hold no frame");
    return dataset;
}

Split splitByComposition(const Dataset& dataset, std::uint64_t seed, int fold) {
    const std::set<std::string> distinct(dataset.compositions.begin(), dataset.compositions.end());
    if (distinct.size() < 3) {
        throw InputError(fmt::format(
            "the data hold {} composition(s); a split by composition needs at least 3", distinct.size()));
    }
    std::vector<std::string> names(distinct.begin(), distinct.end());
    RandomStream random(seed, "split");
    random.shuffle(names);
    const std::size_t held = std::max<std::size_t>(1, names.size() / 10);
    const auto at = [&](std::size_t i) { return names.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::set<std::string> test(at(held), at(2 * held));
    names.erase(at(held), at(2 * held));
    const std::size_t folds = names.size() / held;
    if (fold < 0 || static_cast<std::size_t>(fold) >= folds) {
        throw InputError(
            fmt::format("fold {} does not exist; these data have folds 0 to {}", fold, folds - 1));
    }
    const std::size_t first = static_cast<std::size_t>(fold) * held;
    const std::set<std::string> validation(at(first), at(first + held));
    Split split;
    for (std::size_t i = 0; i < dataset.frames.size(); ++i) {
        const std::string& name = dataset.compositions[i];
        (validation.contains(name) ? split.validation
         : test.contains(name)     ? split.test
                                   : split.training)
            .push_back(i);
    }
    return split;
}

Dataset subset(const Dataset& dataset, const std::vector<std::size_t>& indices) {
    Dataset result;
    for (const std::size_t i : indices) {
        result.frames.push_back(dataset.frames[i]);
        result.compositions.push_back(dataset.compositions[i]);
    }
    return result;
}

std::uint64_t fingerprintOf(const Dataset& dataset) {
    std::uint64_t hash = 14695981039346656037ULL;
    const auto add = [&hash](const void* data, std::size_t size) {
        const auto* bytes = static_cast<const unsigned char*>(data);
        for (std::size_t i = 0; i < size; ++i)
            hash = (hash ^ bytes[i]) * 1099511628211ULL;
    };
    const auto addField = [&add](const VectorField& field) {
        add(field.data(), sizeof(double) * static_cast<std::size_t>(field.size()));
    };
    for (const auto& frame : dataset.frames) {
        for (const auto element : frame.structure.elements) {
            const int z = element.atomicNumber();
            add(&z, sizeof z);
        }
        addField(frame.structure.positions);
        if (frame.energy) add(&*frame.energy, sizeof(double));
        if (frame.forces) addField(*frame.forces);
    }
    return hash;
}

std::vector<float> fitReferenceEnergies(const Dataset& dataset, const std::vector<double>& energies) {
    constexpr int elements = 94;
    Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(elements, elements);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(elements);
    for (std::size_t i = 0; i < dataset.frames.size(); ++i) {
        const auto& frame = dataset.frames[i];
        // Per atom, so that supercells do not outweigh primitive cells.
        Eigen::VectorXd fractions = Eigen::VectorXd::Zero(elements);
        for (const auto& [element, count] : frame.structure.elementCounts()) {
            if (element.atomicNumber() <= elements) fractions[element.atomicNumber() - 1] = count;
        }
        const double atoms = static_cast<double>(frame.structure.size());
        fractions /= atoms;
        normal += fractions * fractions.transpose();
        right += fractions * ((energies.empty() ? *frame.energy : energies[i]) / atoms);
    }
    normal +=
        Eigen::MatrixXd::Identity(elements, elements) * 1e-8 * static_cast<double>(dataset.frames.size());
    const Eigen::VectorXd solution = normal.ldlt().solve(right);
    std::vector<float> references(elements, 0.0f);
    for (int z = 0; z < elements; ++z) {
        if (normal(z, z) > 2e-8 * static_cast<double>(dataset.frames.size()))
            references[static_cast<std::size_t>(z)] = static_cast<float>(solution[z]);
    }
    return references;
}

}  // namespace ionscape::training
