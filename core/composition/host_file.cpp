// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a host from JSON, every error with the field it is in.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "core/base/error.h"
#include "core/composition/host.h"
#include "core/composition/host_checks.h"
#include "core/composition/symmetry_operation.h"

namespace ionscape::composition {
namespace {

using nlohmann::json;

constexpr double maximumCount = 1000.0;

/// A JSON value with the path that leads to it.
class Field {
  public:
    Field(const json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    [[noreturn]] void fail(const std::string& what) const {
        throw InputError(path_.empty() ? what : path_ + ": " + what);
    }

    /// Refuses members besides these, so that a misspelt one does not go unnoticed.
    void allowOnly(std::initializer_list<const char*> names) const {
        if (!value_->is_object()) fail("must be an object {...}");
        for (const auto& [name, ignored] : value_->items()) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                member(name, *value_)
                    .fail(fmt::format("is not a known field here; known: {}", fmt::join(names, ", ")));
            }
        }
    }

    std::optional<Field> find(const char* name) const {
        if (!value_->is_object()) fail("must be an object {...}");
        const auto found = value_->find(name);
        if (found == value_->end()) return std::nullopt;
        return member(name, *found);
    }

    Field at(const char* name) const {
        if (auto found = find(name)) return *found;
        member(name, *value_).fail("is missing");
    }

    std::string text() const {
        if (!value_->is_string() || value_->get_ref<const std::string&>().empty())
            fail("must be a text, not empty");
        return value_->get<std::string>();
    }

    double number(double low, double high) const {
        if (!value_->is_number()) fail("must be a number");
        const double number = value_->get<double>();
        if (!(number >= low && number <= high))
            fail(fmt::format("is {:g} but must lie in {:g} to {:g}", number, low, high));
        return number;
    }

    int integer(int low, int high) const {
        const double value = number(low, high);
        if (value != std::floor(value)) fail("must be a whole number");
        return static_cast<int>(value);
    }

    std::vector<Field> items() const {
        if (!value_->is_array() || value_->empty()) fail("must be a list [...], not empty");
        std::vector<Field> fields;
        for (std::size_t i = 0; i < value_->size(); ++i)
            fields.emplace_back((*value_)[i], fmt::format("{}[{}]", path_, i));
        return fields;
    }

    std::vector<Field> three() const {
        auto fields = items();
        if (fields.size() != 3) fail(fmt::format("must hold 3 entries, not {}", fields.size()));
        return fields;
    }

  private:
    Field member(const std::string& name, const json& value) const {
        return {value, path_.empty() ? name : path_ + "." + name};
    }

    const json* value_;
    std::string path_;
};

crystal::Lattice readCell(const Field& field) {
    field.allowOnly({"a", "b", "c", "alpha", "beta", "gamma"});
    const auto length = [&](const char* name) { return field.at(name).number(0.5, 1000.0); };
    const auto angle = [&](const char* name) { return field.at(name).number(1.0, 179.0); };
    const double a = length("a"), b = length("b"), c = length("c");
    const double alpha = angle("alpha"), beta = angle("beta"), gamma = angle("gamma");
    try {
        return crystal::Lattice::fromParameters(a, b, c, alpha, beta, gamma);
    } catch (const InputError& error) {
        field.fail(error.what());
    }
}

Vec3 readVector(const Field& field) {
    const auto entries = field.three();
    return {entries[0].number(-10.0, 10.0), entries[1].number(-10.0, 10.0), entries[2].number(-10.0, 10.0)};
}

HostSite readSite(const Field& field) {
    field.allowOnly({"label", "sublattice", "position", "wyckoff"});
    HostSite site;
    site.label = field.at("label").text();
    site.sublattice = field.at("sublattice").text();
    site.position.v = readVector(field.at("position"));
    if (const auto wyckoff = field.find("wyckoff")) {
        site.wyckoff = wyckoff->text();
        const bool digits = std::all_of(site.wyckoff.begin(), site.wyckoff.end() - 1,
                                        [](char c) { return c >= '0' && c <= '9'; });
        const char letter = site.wyckoff.back();
        if (!digits || site.wyckoff.size() < 2 || letter < 'a' || letter > 'z') {
            wyckoff->fail("must be a multiplicity and a letter such as \"8f\"");
        }
    }
    return site;
}

Species readSpecies(const Field& field) {
    Species species;
    const Field element = field.at("element");
    const std::string symbol = element.text();
    const auto known = crystal::Element::find(symbol);
    if (!known) element.fail(fmt::format("there is no element \"{}\"", symbol));
    species.element = *known;
    species.oxidationState = field.at("oxidationState").integer(-8, 8);
    return species;
}

Sublattice::Kind readKind(const Field& field) {
    const std::string kind = field.text();
    if (kind == "mixed") return Sublattice::Kind::Mixed;
    if (kind == "mobile") return Sublattice::Kind::Mobile;
    if (kind == "fixed") return Sublattice::Kind::Fixed;
    field.fail(fmt::format("\"{}\" must be \"mixed\", \"mobile\" or \"fixed\"", kind));
}

/// One entry of "species"; a default that is not given is -1 until the whole list is known.
void readOccupant(Sublattice& sublattice, const Field& entry) {
    switch (sublattice.kind) {
        case Sublattice::Kind::Fixed:
            entry.allowOnly({"element", "oxidationState", "amount"});
            sublattice.amounts.push_back(entry.at("amount").number(0.01, maximumCount));
            break;
        case Sublattice::Kind::Mixed: {
            entry.allowOnly({"element", "oxidationState", "default"});
            const auto count = entry.find("default");
            sublattice.defaultCounts.push_back(count ? count->integer(0, 1000) : -1);
            break;
        }
        case Sublattice::Kind::Mobile:
            entry.allowOnly({"element", "oxidationState"});
            break;
    }
    sublattice.species.push_back(readSpecies(entry));
}

void readMobileLimits(Sublattice& sublattice, const Field& field) {
    for (const char* name : {"minimumDistance", "capacity"}) {
        const auto value = field.find(name);
        if (!value) continue;
        if (sublattice.kind != Sublattice::Kind::Mobile) value->fail("is for a mobile sublattice only");
        (name[0] == 'm' ? sublattice.minimumDistance : sublattice.capacity) =
            value->number(0.01, name[0] == 'm' ? 10.0 : maximumCount);
    }
}

Sublattice readSublattice(const Field& field) {
    field.allowOnly({"name", "kind", "sitesPerFormulaUnit", "minimumDistance", "capacity", "species"});
    Sublattice sublattice;
    sublattice.name = field.at("name").text();
    sublattice.kind = readKind(field.at("kind"));
    sublattice.sitesPerFormulaUnit = field.at("sitesPerFormulaUnit").number(0.01, maximumCount);
    const auto entries = field.at("species").items();
    for (const Field& entry : entries)
        readOccupant(sublattice, entry);
    if (sublattice.kind == Sublattice::Kind::Mixed &&
        std::all_of(sublattice.defaultCounts.begin(), sublattice.defaultCounts.end(),
                    [](int count) { return count < 0; })) {
        sublattice.defaultCounts.clear();
    }
    for (int& count : sublattice.defaultCounts)
        count = std::max(count, 0);
    readMobileLimits(sublattice, field);
    if (sublattice.kind == Sublattice::Kind::Mobile) {
        if (entries.size() != 1) field.at("species").fail("a mobile sublattice holds exactly one ion");
        if (sublattice.species.front().oxidationState == 0) {
            entries.front().at("oxidationState").fail("the mobile ion must carry a charge");
        }
    }
    return sublattice;
}

Host readHost(const Field& root) {
    root.allowOnly({"format", "id", "title", "reference", "spaceGroup", "cell", "operations", "sites",
                    "primitive", "supercell", "sublattices", "protocol"});
    if (root.at("format").text() != "ionscape-host-1") root.at("format").fail("must be \"ionscape-host-1\"");
    Host host;
    host.id = root.at("id").text();
    host.title = root.at("title").text();
    host.reference = root.at("reference").text();
    host.spaceGroup = root.at("spaceGroup").text();
    host.conventionalLattice = readCell(root.at("cell"));
    for (const Field& entry : root.at("operations").items()) {
        const std::string triplet = entry.text();
        try {
            host.operations.push_back(parseOperation(triplet));
        } catch (const InputError& error) {
            entry.fail(error.what());
        }
    }
    if (host.operations.size() > 192)
        root.at("operations").fail("there are more than 192, the largest group");
    for (const Field& entry : root.at("sites").items())
        host.asymmetricSites.push_back(readSite(entry));
    const auto primitive = root.at("primitive").three();
    const auto supercell = root.at("supercell").three();
    for (int row = 0; row < 3; ++row) {
        const auto r = static_cast<std::size_t>(row);
        host.primitiveMatrix.row(row) = readVector(primitive[r]).transpose();
        const auto entries = supercell[r].three();
        for (int column = 0; column < 3; ++column) {
            host.supercellMatrix(row, column) = entries[static_cast<std::size_t>(column)].integer(-20, 20);
        }
    }
    for (const Field& entry : root.at("sublattices").items())
        host.sublattices.push_back(readSublattice(entry));
    if (const auto protocol = root.find("protocol")) {
        protocol->allowOnly({"temperature"});
        if (const auto temperature = protocol->find("temperature"))
            host.protocol.temperature = temperature->number(1.0, 10000.0);
    }
    checkHost(host);
    return host;
}

std::string readText(const std::filesystem::path& file) {
    std::error_code unreadable;  // opening it says so below
    if (std::filesystem::is_directory(file, unreadable)) throw IoError(file, "is a folder, not a host file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw IoError(file, "cannot be opened");
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad()) throw IoError(file, "cannot be read");
    return text;
}

}  // namespace

Host loadHost(const std::filesystem::path& file) {
    const std::string text = readText(file);
    json document;
    try {
        document = json::parse(text);
    } catch (const json::parse_error& error) {
        const auto end = text.begin() + static_cast<long>(std::min<std::size_t>(error.byte, text.size()));
        throw IoError(file, 1 + std::count(text.begin(), end, '\n'), "is not valid JSON here");
    } catch (const json::exception&) {
        throw IoError(file, "is not valid JSON: a number is out of range");
    }
    try {
        return readHost(Field(document, ""));
    } catch (const InputError& error) {
        throw IoError(file, error.what());
    }
}

}  // namespace ionscape::composition
