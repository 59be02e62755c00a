// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vasprun.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>

#include "core/base/error.h"
#include "core/io/text_reader.h"
#include "core/io/vasp_units.h"
#include "core/io/vasprun_steps.h"

namespace ionscape::io {

namespace {

using pugi::xml_node;

/// Values of one vasprun.xml with errors that name it.
class Vasprun {
  public:
    /// \param line  of the file on which what is read begins; 0 for the whole of it
    Vasprun(const std::filesystem::path& file, xml_node root, long line = 0)
        : file_(file), root_(root), line_(line) {}

    std::vector<LabelledStructure> frames() const {
        const auto elements = readElements();
        const int electronicLimit = readElectronicLimit();
        std::vector<LabelledStructure> frames;
        int step = 0;
        for (const xml_node calculation : root_.children("calculation")) {
            ++step;
            const xml_node energy = calculation.child("energy");
            if (!calculation.child("structure") || !energy) continue;  // the run ended in this step
            frames.push_back(readStep(calculation, elements, fmt::format("ionic step {}", step), true));
            const auto cycles =
                std::distance(calculation.children("scstep").begin(), calculation.children("scstep").end());
            if (electronicLimit > 0 && cycles >= electronicLimit) frames.back().info["converged"] = "no";
            frames.back().info["step"] = std::to_string(step);
        }
        if (frames.empty()) fail("no ionic step has both a structure and an energy");
        return frames;
    }

    VasprunHeader header() const { return {readElements(), readTimestep()}; }

    std::optional<LabelledStructure> step(const VasprunHeader& header, long number) const {
        const xml_node calculation = root_.child("calculation");
        if (!calculation.child("structure") || !calculation.child("energy")) return std::nullopt;
        auto frame =
            readStep(calculation, header.elements, fmt::format("ionic step {}", number), number == 1);
        if (const xml_node kinetic = named(calculation.child("energy"), "i", "kinetic"))
            frame.info["kinetic"] = fmt::format("{}", kinetic.text().as_double());
        return frame;
    }

  private:
    [[noreturn]] void fail(const std::string& what) const { throw IoError(file_, line_, what); }

    static xml_node named(xml_node parent, const char* tag, const char* name) {
        return parent.find_child_by_attribute(tag, "name", name);
    }

    std::vector<crystal::Element> readElements() const {
        const xml_node set = named(root_.child("atominfo"), "array", "atoms").child("set");
        std::vector<crystal::Element> elements;
        std::vector<std::string_view> fields;
        for (const xml_node row : set.children("rc")) {
            splitFields(row.child("c").child_value(), fields);
            const auto element = fields.empty() ? std::nullopt : crystal::Element::find(fields[0]);
            if (!element) {
                fail(fmt::format("atom {} has the unknown element {}", elements.size() + 1,
                                 inQuotes(row.child("c").child_value())));
            }
            elements.push_back(*element);
        }
        if (elements.empty())
            fail("it lists no atoms: it is not a vasprun.xml or breaks off at its beginning");
        return elements;
    }

    int readElectronicLimit() const {
        const xml_node electronic = named(root_.child("parameters"), "separator", "electronic");
        const xml_node convergence = named(electronic, "separator", "electronic convergence");
        return named(convergence, "i", "NELM").text().as_int(0);
    }

    /// Of molecular dynamics only: elsewhere POTIM scales steps that take no time.
    std::optional<double> readTimestep() const {
        const auto value = [this](const char* name) {
            return root_.find_node([name](xml_node node) {
                return std::strcmp(node.name(), "i") == 0 &&
                       std::strcmp(node.attribute("name").value(), name) == 0;
            });
        };
        const xml_node kind = value("IBRION"), step = value("POTIM");
        const double fs = step.text().as_double();
        if (!kind || kind.text().as_int(-1) != 0 || !(fs > 0.0 && fs < 1e6)) return std::nullopt;
        return fs;
    }

    Vec3 vector(xml_node row, const std::string& where) const {
        std::vector<std::string_view> fields;
        splitFields(row.child_value(), fields);
        if (fields.size() != 3) fail(fmt::format("{}: expected three numbers", where));
        Vec3 v;
        for (int i = 0; i < 3; ++i) {
            const auto value = parseNumber(fields[static_cast<std::size_t>(i)]);
            if (!value) {
                fail(fmt::format("{}: bad number {}", where, inQuotes(fields[static_cast<std::size_t>(i)])));
            }
            v[i] = *value;
        }
        return v;
    }

    /// The rows of a <varray> as columns.
    VectorField field(xml_node array, std::size_t rows, const std::string& where) const {
        VectorField result(3, static_cast<Eigen::Index>(rows));
        std::size_t row = 0;
        for (const xml_node v : array.children("v")) {
            if (row == rows) fail(fmt::format("{} has more than {} rows", where, rows));
            result.col(static_cast<Eigen::Index>(row++)) = vector(v, where);
        }
        if (row != rows) fail(fmt::format("{} has {} rows instead of {}", where, row, rows));
        return result;
    }

    double energyOf(xml_node energy, const char* name, const std::string& where) const {
        const auto value = [&]() -> std::optional<double> {
            std::vector<std::string_view> fields;
            splitFields(named(energy, "i", name).child_value(), fields);
            return fields.size() == 1 ? parseNumber(fields[0]) : std::nullopt;
        }();
        if (!value) fail(fmt::format("{} has no {}", where, name));
        return *value;
    }

    LabelledStructure readStep(xml_node calculation, const std::vector<crystal::Element>& elements,
                               const std::string& where, bool validated) const {
        LabelledStructure frame;
        const xml_node structure = calculation.child("structure");
        const VectorField basis =
            field(named(structure.child("crystal"), "varray", "basis"), 3, where + ", basis");
        const VectorField positions =
            field(named(structure, "varray", "positions"), elements.size(), where + ", positions");
        try {
            frame.structure.lattice = crystal::Lattice(basis.transpose());
            for (std::size_t i = 0; i < elements.size(); ++i) {
                frame.structure.append(elements[i], frame.structure.lattice.toCartesian(
                                                        {positions.col(static_cast<Eigen::Index>(i))}));
            }
            if (validated) frame.structure.validate();
        } catch (const InputError& error) {
            fail(fmt::format("{}: {}", where, error.what()));
        }
        // Some versions write a wrong e_0_energy for the step as a whole, and the energy of the last
        // electronic cycle lacks dispersion corrections: their difference to the free energy is right in the
        // latter.
        const xml_node total = calculation.child("energy");
        frame.energy = energyOf(total, "e_fr_energy", where);
        xml_node last;
        for (const xml_node cycle : calculation.children("scstep"))
            last = cycle.child("energy");
        if (last && named(last, "i", "e_0_energy")) {
            *frame.energy += energyOf(last, "e_0_energy", where) - energyOf(last, "e_fr_energy", where);
        } else {
            frame.energy = energyOf(total, "e_0_energy", where);
        }
        if (const xml_node forces = named(calculation, "varray", "forces"))
            frame.forces = field(forces, elements.size(), where + ", forces");
        if (const xml_node stress = named(calculation, "varray", "stress"))
            frame.stressGPa = field(stress, 3, where + ", stress").transpose() * vaspStressInGPa;
        return frame;
    }

    const std::filesystem::path& file_;
    xml_node root_;
    long line_;
};

}  // namespace

VasprunHeader parseVasprunHeader(const std::filesystem::path& file, const std::string& text) {
    pugi::xml_document document;
    document.load_buffer(text.data(), text.size());  // it ends within open tags
    const xml_node root = document.child("modeling");
    if (!root) throw IoError(file, "is not a vasprun.xml");
    return Vasprun(file, root).header();
}

std::optional<LabelledStructure> parseVasprunStep(const std::filesystem::path& file, const std::string& text,
                                                  long line, const VasprunHeader& header, long number) {
    pugi::xml_document document;
    const auto status = document.load_buffer(text.data(), text.size());
    if (!status) {
        throw IoError(file, line, fmt::format("ionic step {} is damaged: {}", number, status.description()));
    }
    return Vasprun(file, document, line).step(header, number);
}

std::vector<LabelledStructure> readVasprun(const std::filesystem::path& file) {
    const TextReader text(file);
    pugi::xml_document document;
    // A run that was killed leaves open tags: what was read before them stays in the document.
    const auto status = document.load_buffer(text.text().data(), text.text().size());
    const xml_node root = document.child("modeling");
    if (!root) {
        throw IoError(file, fmt::format("is not a vasprun.xml{}",
                                        status ? "" : fmt::format(" ({})", status.description())));
    }
    return Vasprun(file, root).frames();
}

}  // namespace ionscape::io
