// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/outcar.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/io/text_reader.h"
#include "core/io/vasp_units.h"

namespace ionscape::io {

namespace {

class Outcar {
  public:
    explicit Outcar(const std::filesystem::path& file) : reader_(file) {}

    std::vector<LabelledStructure> read() {
        while (!reader_.atEnd())
            interpret(reader_.next("a line"));
        if (frames_.empty()) {
            throw IoError(reader_.file(),
                          "has no complete ionic step (elements, lattice, positions with "
                          "forces, and an energy): it is not an OUTCAR or breaks off early");
        }
        return std::move(frames_);
    }

  private:
    static bool has(std::string_view line, std::string_view text) {
        return line.find(text) != std::string_view::npos;
    }

    void interpret(std::string_view line) {
        if (has(line, "VRHFIN =")) {
            readElement(line);
        } else if (has(line, "ions per type =")) {
            readCounts(line);
        } else if (has(line, "direct lattice vectors")) {
            readLattice();
        } else if (has(line, "  in kB ")) {
            readStress(line);
        } else if (has(line, " magnetization (x)")) {
            readMagmoms();
        } else if (has(line, "POSITION") && has(line, "TOTAL-FORCE")) {
            readPositions();
        } else if (has(line, "FREE ENERGIE OF THE ION-ELECTRON SYSTEM")) {
            energyFollows_ = true;
        } else if (energyFollows_ && has(line, "energy(sigma->0)")) {
            energyFollows_ = false;
            finishStep(line);
        }
    }

    /// "   VRHFIN =Li: 1s2s2p"
    void readElement(std::string_view line) {
        const std::size_t begin = line.find('=') + 1;
        const std::size_t end = std::min(line.find(':', begin), line.size());
        std::vector<std::string_view> fields;
        splitFields(line.substr(begin, end - begin), fields);
        const auto element = fields.empty() ? std::nullopt : crystal::Element::find(fields[0]);
        if (!element)
            reader_.fail(fmt::format("unknown element {}", inQuotes(line.substr(begin, end - begin))));
        types_.push_back(*element);
    }

    void readCounts(std::string_view line) {
        std::vector<std::string_view> fields;
        splitFields(line.substr(line.find('=') + 1), fields);
        if (fields.size() != types_.size()) {
            reader_.fail(fmt::format("{} numbers of ions for {} elements", fields.size(), types_.size()));
        }
        elements_.clear();
        for (std::size_t t = 0; t < fields.size(); ++t) {
            const auto count = parseInteger(fields[t]);
            if (!count || *count < 1 || *count > 1000000) {
                reader_.fail(fmt::format("{} is not a number of ions", inQuotes(fields[t])));
            }
            elements_.insert(elements_.end(), static_cast<std::size_t>(*count), types_[t]);
        }
    }

    /// The first numbers of a line; VASP leaves no blank before a minus sign at times.
    std::vector<double> numbers(std::string_view line, std::size_t count, const char* where) {
        std::string spaced;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '-' && i > 0 && std::isdigit(static_cast<unsigned char>(line[i - 1])))
                spaced += ' ';
            spaced += line[i];
        }
        std::vector<std::string_view> fields;
        splitFields(spaced, fields);
        if (fields.size() < count) reader_.fail(fmt::format("{} needs {} numbers", where, count));
        std::vector<double> values;
        for (std::size_t i = 0; i < count; ++i)
            values.push_back(reader_.number(fields[i], where));
        return values;
    }

    void readLattice() {
        Mat3 rows;
        for (int i = 0; i < 3; ++i) {
            if (reader_.atEnd()) return;
            const auto v = numbers(reader_.next("a lattice vector"), 3, "the lattice vector");
            rows.row(i) = Vec3(v[0], v[1], v[2]).transpose();
        }
        try {
            lattice_ = crystal::Lattice(rows);
        } catch (const InputError& error) {
            reader_.fail(error.what());
        }
    }

    /// "  in kB      XX YY ZZ XY YZ ZX"
    void readStress(std::string_view line) {
        const auto v = numbers(line.substr(line.find("kB") + 2), 6, "the stress");
        Mat3 stress;
        stress << v[0], v[3], v[5], v[3], v[1], v[4], v[5], v[4], v[2];
        stress_ = stress * vaspStressInGPa;
    }

    /// A title, a line, then "ion s p d tot" rows.
    void readMagmoms() {
        Eigen::VectorXd moments(static_cast<Eigen::Index>(elements_.size()));
        Eigen::Index done = 0;
        std::vector<std::string_view> fields;
        while (!reader_.atEnd() && done < moments.size()) {
            splitFields(reader_.next("a magnetic moment"), fields);
            if (fields.size() < 2 || parseInteger(fields[0]) != done + 1) {
                if (done > 0) reader_.fail("the table of magnetic moments has a gap");
                if (++skipped_ > 8) break;
                continue;
            }
            moments[done++] = reader_.number(fields.back(), "the magnetic moment");
        }
        skipped_ = 0;
        if (done == moments.size() && done > 0) magmoms_ = moments;
    }

    void readPositions() {
        if (elements_.empty()) reader_.fail("positions come before the numbers of ions");
        const auto count = static_cast<Eigen::Index>(elements_.size());
        VectorField positions(3, count), forces(3, count);
        if (!reader_.atEnd()) reader_.next("a line of dashes");
        for (Eigen::Index i = 0; i < count; ++i) {
            if (reader_.atEnd()) return;  // broken off in the table: the step does not count
            const auto v = numbers(reader_.next("a position"), 6, "the position and force");
            positions.col(i) << v[0], v[1], v[2];
            forces.col(i) << v[3], v[4], v[5];
        }
        positions_ = positions;
        forces_ = forces;
        line_ = reader_.lineNumber();
    }

    void finishStep(std::string_view line) {
        if (!lattice_ || !positions_) return;
        LabelledStructure frame;
        frame.structure.lattice = *lattice_;
        frame.structure.elements = elements_;
        frame.structure.positions = *positions_;
        frame.energy = numbers(line.substr(line.rfind('=') + 1), 1, "the energy")[0];
        frame.forces = forces_;
        frame.stressGPa = stress_;
        frame.magmoms = magmoms_;
        frame.info["step"] = std::to_string(frames_.size() + 1);
        reader_.validate(frame.structure, line_);
        frames_.push_back(std::move(frame));
        positions_.reset();
        stress_.reset();
        magmoms_.reset();
    }

    TextReader reader_;
    std::vector<crystal::Element> types_, elements_;
    std::optional<crystal::Lattice> lattice_;
    std::optional<Mat3> stress_;
    std::optional<Eigen::VectorXd> magmoms_;
    std::optional<VectorField> positions_, forces_;
    bool energyFollows_ = false;
    int skipped_ = 0;
    long line_ = 0;
    std::vector<LabelledStructure> frames_;
};

}  // namespace

std::vector<LabelledStructure> readOutcar(const std::filesystem::path& file) {
    return Outcar(file).read();
}

}  // namespace ionscape::io
