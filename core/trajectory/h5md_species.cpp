// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/h5md_species.h"

#include <algorithm>

#include "core/io/structure_file.h"

namespace ionscape::trajectory {

namespace {

using crystal::Element;

std::vector<Element> fromSymbols(const Hdf5Access& hdf5, const std::string& path,
                                 const std::vector<std::string>& symbols) {
    std::vector<Element> elements;
    for (const auto& symbol : symbols) {
        const auto element = Element::find(symbol);
        if (!element)
            throw IoError(hdf5.file(), path + " holds \"" + symbol.substr(0, 40) + "\", which is no element");
        elements.push_back(*element);
    }
    return elements;
}

/// The names of an enumeration whose names are all symbols; empty otherwise.
std::map<std::int64_t, Element> namesOf(hid_t dataset, const Hdf5Access& hdf5) {
    const Handle type(H5Dget_type(dataset), hdf5.file(), "species are damaged");
    std::map<std::int64_t, Element> names;
    if (H5Tget_class(type) != H5T_ENUM) return names;
    const Handle base(H5Tget_super(type), hdf5.file(), "species are damaged");
    const int members = H5Tget_nmembers(type);
    const std::size_t width = std::max(H5Tget_size(base), sizeof(std::int64_t));
    for (int i = 0; i < members; ++i) {
        std::vector<unsigned char> raw(width);
        char* name = H5Tget_member_name(type, static_cast<unsigned>(i));
        const auto element = Element::find(name == nullptr ? "" : name);
        H5free_memory(name);
        if (!element) return {};
        hdf5.check(H5Tget_member_value(type, static_cast<unsigned>(i), raw.data()), "species are damaged");
        hdf5.check(H5Tconvert(base, H5T_NATIVE_INT64, 1, raw.data(), nullptr, H5P_DEFAULT),
                   "species are damaged");
        std::int64_t value = 0;
        std::copy_n(raw.data(), sizeof value, reinterpret_cast<unsigned char*>(&value));
        names.emplace(value, *element);
    }
    return names;
}

/// True for 0, 1, 2 … or 1, 2, 3 … without a gap: how programs number their own types.
bool countsTypes(const std::vector<std::int64_t>& values) {
    std::vector<std::int64_t> distinct = values;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.empty() || distinct.front() < 0 || distinct.front() > 1) return false;
    return distinct.back() - distinct.front() + 1 == static_cast<std::int64_t>(distinct.size());
}

std::vector<Element> fromTypes(const std::vector<std::int64_t>& values, const io::ImportOptions& options,
                               io::ImportQuestions& questions) {
    const auto lowest = static_cast<long>(*std::min_element(values.begin(), values.end()));
    std::vector<Element> elements;
    for (const auto value : values) {
        const auto element = io::elementOfType(options.types, static_cast<long>(value), lowest);
        if (!element) ++questions.types[static_cast<long>(value)];
        elements.push_back(element.value_or(Element()));
    }
    return elements;
}

std::vector<Element> fromAtomicNumbers(const Hdf5Access& hdf5, const std::string& path,
                                       const std::vector<std::int64_t>& values) {
    std::vector<Element> elements;
    for (const auto z : values) {
        if (z < 1 || z > Element::maxAtomicNumber) {
            throw IoError(hdf5.file(),
                          path + " holds " + std::to_string(z) + ", which is not an atomic number");
        }
        elements.push_back(Element::fromAtomicNumber(static_cast<int>(z)));
    }
    return elements;
}

}  // namespace

std::vector<Element> readSpecies(const Hdf5Access& hdf5, hid_t file, const std::string& group, bool ours,
                                 std::size_t particles, const io::ImportOptions& options,
                                 io::ImportQuestions& questions) {
    std::string path = group + "/species";
    if (!ours && !options.structure.empty()) {
        const auto structure = io::readStructure(options.structure);
        if (structure.size() == particles) return structure.elements;
        throw IoError(options.structure, "has " + std::to_string(structure.size()) +
                                             " atoms, the trajectory " + hdf5.file().string() + " has " +
                                             std::to_string(particles));
    }
    if (!ours && !hdf5.exists(file, path))
        return fromTypes(std::vector<std::int64_t>(particles, 1), options, questions);
    const bool series = hdf5.isGroup(file, path);
    if (series) path += "/value";
    const Handle dataset = hdf5.openDataset(file, path);
    const Handle type(H5Dget_type(dataset), hdf5.file(), path + " is damaged");
    if (H5Tget_class(type) == H5T_STRING) {
        if (series) throw IoError(hdf5.file(), path + ": species as text must not change with time");
        return fromSymbols(hdf5, path, hdf5.readStrings(file, path));
    }
    const auto values = hdf5.readIntegers(file, path, series);
    if (ours) return fromAtomicNumbers(hdf5, path, values);
    const auto names = namesOf(dataset, hdf5);
    const bool named = !names.empty() && std::all_of(values.begin(), values.end(), [&](std::int64_t value) {
        return names.count(value) > 0;
    });
    if (named) {
        std::vector<Element> elements;
        for (const auto value : values)
            elements.push_back(names.at(value));
        return elements;
    }
    return countsTypes(values) ? fromTypes(values, options, questions)
                               : fromAtomicNumbers(hdf5, path, values);
}

}  // namespace ionscape::trajectory
