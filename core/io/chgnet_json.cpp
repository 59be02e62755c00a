// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/chgnet_json.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/text_reader.h"
#include "core/io/vasp_units.h"

namespace ionscape::io {

namespace {

using Json = nlohmann::ordered_json;

Vec3 vectorOf(const Json& json) {
    if (!json.is_array() || json.size() != 3) throw InputError("three numbers are expected");
    return {json[0].get<double>(), json[1].get<double>(), json[2].get<double>()};
}

VectorField fieldOf(const Json& json, std::size_t rows, const char* what) {
    if (!json.is_array() || json.size() != rows) {
        throw InputError(fmt::format("{} has not the {} rows that the structure asks for", what, rows));
    }
    VectorField field(3, static_cast<Eigen::Index>(rows));
    for (std::size_t i = 0; i < rows; ++i)
        field.col(static_cast<Eigen::Index>(i)) = vectorOf(json[i]);
    return field;
}

/// A pymatgen structure as Structure.as_dict() gives it.
crystal::Structure structureOf(const Json& json) {
    crystal::Structure structure;
    structure.lattice =
        crystal::Lattice(fieldOf(json.at("lattice").at("matrix"), 3, "the lattice").transpose());
    for (const Json& site : json.at("sites")) {
        const Json& species = site.at("species");
        if (species.size() != 1 || std::abs(species[0].at("occu").get<double>() - 1.0) > 1e-8)
            throw InputError("a site is partially occupied; only ordered structures can be labelled");
        const auto symbol = species[0].at("element").get<std::string>();
        structure.append(crystal::Element::fromSymbol(symbol),
                         structure.lattice.toCartesian({vectorOf(site.at("abc"))}));
    }
    structure.validate();
    return structure;
}

/// The value of a key, or nullptr for absent, null and empty ones.
const Json* given(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null() || (found->is_array() && found->empty())) return nullptr;
    return &*found;
}

Eigen::VectorXd momentsOf(const Json& json, std::size_t atoms) {
    if (json.size() != atoms) throw InputError("there is not one magnetic moment an atom");
    Eigen::VectorXd moments(static_cast<Eigen::Index>(atoms));
    for (std::size_t i = 0; i < atoms; ++i) {
        const Json& value = json[i].is_array() ? json[i].at(0) : json[i];
        moments[static_cast<Eigen::Index>(i)] = value.is_null() ? NAN : value.get<double>();
    }
    return moments;
}

LabelledStructure frameOf(const Json& entry) {
    LabelledStructure frame;
    frame.structure = structureOf(entry.at("structure"));
    const std::size_t atoms = frame.structure.size();
    if (const Json* total = given(entry, "uncorrected_total_energy")) {
        frame.energy = total->get<double>();
    } else if (const Json* perAtom = given(entry, "energy_per_atom")) {
        frame.energy = perAtom->get<double>() * static_cast<double>(atoms);
    }
    if (const Json* force = given(entry, "force")) frame.forces = fieldOf(*force, atoms, "the force");
    if (const Json* stress = given(entry, "stress"))
        frame.stressGPa = fieldOf(*stress, 3, "the stress").transpose() * vaspStressInGPa;
    if (const Json* magmom = given(entry, "magmom")) frame.magmoms = momentsOf(*magmom, atoms);
    return frame;
}

/// One object a frame, from an object of lists over frames.
std::vector<std::pair<std::string, Json>> framesOfLists(const Json& root) {
    std::vector<std::pair<std::string, Json>> frames;
    for (std::size_t i = 0; i < root.at("structure").size(); ++i) {
        Json entry = Json::object();
        for (const char* key :
             {"structure", "uncorrected_total_energy", "energy_per_atom", "force", "stress", "magmom"}) {
            const Json* list = given(root, key);
            if (list && list->is_array()) entry[key] = list->at(i);
        }
        frames.emplace_back(std::to_string(i), std::move(entry));
    }
    return frames;
}

}  // namespace

std::vector<LabelledStructure> readChgnetJson(const std::filesystem::path& file) {
    const TextReader text(file);
    std::vector<LabelledStructure> frames;
    std::string place = "the file";
    const auto add = [&](const std::string& material, const std::string& name, const Json& entry) {
        place =
            material.empty() ? fmt::format("frame {}", name) : fmt::format("{}, frame {}", material, name);
        frames.push_back(frameOf(entry));
        if (!material.empty()) frames.back().info["material"] = material;
        frames.back().info["frame"] = name;
    };
    try {
        const Json root = Json::parse(text.text());
        if (!root.is_object()) throw InputError("an object of materials is expected");
        if (const Json* list = given(root, "structure"); list && list->is_array()) {
            for (const auto& [name, entry] : framesOfLists(root))
                add("", name, entry);
        } else {
            for (const auto& [material, entries] : root.items()) {
                for (const auto& [name, entry] : entries.items())
                    add(material, name, entry);
            }
        }
    } catch (const Json::exception& error) {
        throw IoError(file,
                      fmt::format("{}: is not labelled data as CHGNet trains from: {}", place, error.what()));
    } catch (const InputError& error) {
        throw IoError(file, fmt::format("{}: {}", place, error.what()));
    }
    if (frames.empty()) throw IoError(file, "holds no frame");
    return frames;
}

}  // namespace ionscape::io
