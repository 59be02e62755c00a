// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/host_writer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/composition/host_checks.h"
#include "core/composition/symmetry_operation.h"

namespace ionscape::composition {
namespace {

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string number(double value) {
    std::string text = fmt::format("{:.7f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

template <class Row>
std::string list(const Row& row) {
    return fmt::format("[{}, {}, {}]", number(row[0]), number(row[1]), number(row[2]));
}

template <class Matrix>
std::string rows(const Matrix& m) {
    return fmt::format("[{}, {}, {}]", list(m.row(0)), list(m.row(1)), list(m.row(2)));
}

/// Quoted texts with commas, in lines of about 110 characters.
std::string wrapped(const std::vector<std::string>& texts, const std::string& indent) {
    constexpr std::size_t width = 110;
    std::string result, line = indent;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string item = quoted(texts[i]) + (i + 1 < texts.size() ? ", " : "");
        if (line.size() + item.size() > width) {
            line.erase(line.find_last_not_of(' ') + 1);
            result += line + "\n";
            line = indent;
        }
        line += item;
    }
    return result + line + "\n";
}

std::string speciesText(const Sublattice& sublattice, std::size_t i) {
    const Species& species = sublattice.species[i];
    std::string text = fmt::format("{{\"element\": \"{}\", \"oxidationState\": {}", species.element.symbol(),
                                   species.oxidationState);
    if (!sublattice.amounts.empty()) text += ", \"amount\": " + number(sublattice.amounts[i]);
    if (!sublattice.defaultCounts.empty())
        text += fmt::format(", \"default\": {}", sublattice.defaultCounts[i]);
    return text + "}";
}

std::string sublatticeText(const Sublattice& sublattice) {
    static constexpr const char* kinds[] = {"mixed", "mobile", "fixed"};
    std::string text = fmt::format(
        "    {{\n      \"name\": {}, \"kind\": \"{}\", \"sitesPerFormulaUnit\": {},", quoted(sublattice.name),
        kinds[static_cast<int>(sublattice.kind)], number(sublattice.sitesPerFormulaUnit));
    if (sublattice.minimumDistance > 0.0)
        text += fmt::format(" \"minimumDistance\": {},", number(sublattice.minimumDistance));
    if (sublattice.capacity > 0.0) text += fmt::format(" \"capacity\": {},", number(sublattice.capacity));
    text += "\n      \"species\": [\n";
    for (std::size_t i = 0; i < sublattice.species.size(); ++i) {
        text +=
            "        " + speciesText(sublattice, i) + (i + 1 < sublattice.species.size() ? "," : "") + "\n";
    }
    return text + "      ]\n    }";
}

std::string siteText(const HostSite& site) {
    std::string text =
        fmt::format("    {{\"label\": {}, \"sublattice\": {}, ", quoted(site.label), quoted(site.sublattice));
    if (!site.wyckoff.empty()) text += fmt::format("\"wyckoff\": {}, ", quoted(site.wyckoff));
    return text + "\"position\": " + list(site.position.v) + "}";
}

template <class Items, class Text>
std::string joined(const Items& items, Text&& text) {
    std::string result;
    for (const auto& item : items)
        result += (result.empty() ? "" : ",\n") + text(item);
    return result + "\n";
}

}  // namespace

std::string hostText(const Host& host) {
    checkHost(host);
    const Vec3 lengths = host.conventionalLattice.lengths(), angles = host.conventionalLattice.angles();
    std::vector<std::string> operations;
    for (const auto& operation : host.operations)
        operations.push_back(operationText(operation));
    std::string text = "{\n  \"format\": \"ionscape-host-1\",\n";
    for (const auto& [name, value] :
         {std::pair("id", host.id), std::pair("title", host.title), std::pair("reference", host.reference),
          std::pair("spaceGroup", host.spaceGroup)}) {
        text += fmt::format("  \"{}\": {},\n", name, quoted(value));
    }
    text += fmt::format(
        "  \"cell\": {{\"a\": {}, \"b\": {}, \"c\": {}, \"alpha\": {}, \"beta\": {}, \"gamma\": {}}},\n",
        number(lengths[0]), number(lengths[1]), number(lengths[2]), number(angles[0]), number(angles[1]),
        number(angles[2]));
    text += "  \"operations\": [\n" + wrapped(operations, "    ") + "  ],\n  \"sites\": [\n" +
            joined(host.asymmetricSites, siteText) + "  ],\n  \"primitive\": " + rows(host.primitiveMatrix) +
            ",\n  \"supercell\": " + rows(host.supercellMatrix.cast<double>()) + ",\n";
    text += fmt::format("  \"protocol\": {{\"temperature\": {}}},\n", number(host.protocol.temperature));
    return text + "  \"sublattices\": [\n" + joined(host.sublattices, sublatticeText) + "  ]\n}\n";
}

void writeHost(const std::filesystem::path& file, const Host& host) {
    writeTextAtomically(file, hostText(host));
}

}  // namespace ionscape::composition
