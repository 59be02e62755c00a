// SPDX-License-Identifier: GPL-3.0-or-later
// Classical potentials from their JSON description.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/units.h"
#include "core/potential/json_model.h"

namespace ionscape::potential {

namespace {

using crystal::Element;
using nlohmann::json;

/// More would fill the memory with neighbours, Å.
constexpr double largestCutoff = 50.0;

struct Unit {
    const char* name;
    double factor;
};
constexpr std::array<Unit, 4> energyUnits{
    {{"eV", 1.0},
     {"K", units::boltzmann},  // ε/k_B, as most Lennard-Jones parameters are printed
     {"kJ/mol", 1e3 * units::boltzmann / units::gasConstant},
     {"kcal/mol", 4.184e3 * units::boltzmann / units::gasConstant}}};
constexpr std::array<Unit, 3> lengthUnits{{{"angstrom", 1.0}, {"nm", 10.0}, {"pm", 0.01}}};

template <std::size_t N>
double factorOf(const JsonFields& fields, const std::array<Unit, N>& table, const std::string& name) {
    std::string known;
    for (const Unit& unit : table) {
        if (name == unit.name) return unit.factor;
        known += (known.empty() ? "" : ", ") + std::string(unit.name);
    }
    fields.fail("unknown unit \"" + name + "\"; use one of " + known);
}

class Reader {
  public:
    Reader(const std::filesystem::path& file, const json& object) : file_(file), fields_(file, object) {}

    ClassicalModel read() {
        fields_.text("architecture");
        model_.info.name = fields_.text("name");
        model_.info.origin = fields_.text("origin", "");
        model_.info.licence = fields_.text("licence", "");
        readUnits();
        readTruncation();
        readCharges();
        readLennardJones();
        readBuckingham();
        readCoulomb();
        fields_.finish();
        if (elements_.empty()) fields_.fail("names no element: it has neither charges nor pair terms");
        model_.info.elements.assign(elements_.begin(), elements_.end());
        model_.info.architecture = architecture();
        return model_;
    }

  private:
    Element element(const std::string& symbol) {
        const auto found = Element::find(symbol);
        if (!found) fields_.fail("there is no element \"" + symbol + "\"");
        elements_.insert(*found);
        return *found;
    }

    /// The two members of "elements" in the description of a pair.
    std::pair<Element, Element> pairOf(JsonFields& fields) {
        const json* names = fields.find("elements");
        if (names == nullptr || !names->is_array() || names->size() != 2 || !(*names)[0].is_string() ||
            !(*names)[1].is_string())
            fields.fail("\"elements\" of a pair must be a list of two symbols");
        return std::minmax(
            {element((*names)[0].get<std::string>()), element((*names)[1].get<std::string>())});
    }

    /// visit(fields, pair) for every entry of the list `name` in `owner`.
    template <class Visit>
    void forEachPair(JsonFields& owner, const std::string& section, Visit&& visit) {
        const json* list = owner.find("pairs");
        if (list == nullptr) return;
        if (!list->is_array()) fields_.fail("\"" + section + ".pairs\" must be a list");
        std::set<std::pair<Element, Element>> seen;
        for (const json& entry : *list) {
            JsonFields fields(file_, entry, section + ".pairs.");
            const auto pair = pairOf(fields);
            if (!seen.insert(pair).second) {
                fields.fail(fmt::format("the pair {}–{} is listed twice in \"{}\"", pair.first.symbol(),
                                        pair.second.symbol(), section));
            }
            visit(fields, pair);
            fields.finish();
        }
    }

    void readUnits() {
        const json* given = fields_.find("units");
        if (given == nullptr) return;
        JsonFields fields(file_, *given, "units.");
        energy_ = factorOf(fields_, energyUnits, fields.text("energy", "eV"));
        length_ = factorOf(fields_, lengthUnits, fields.text("length", "angstrom"));
        if (fields.text("charge", "e") != "e") fields_.fail("charges must be given in units of e");
        fields.finish();
    }

    double cutoff(JsonFields& fields, const char* name) {
        const double value = fields.number(name) * length_;
        if (!(value > 0.0 && value <= largestCutoff))
            fields.fail(fmt::format("\"{}\" must lie between 0 and {:g} Å", name, largestCutoff));
        return value;
    }

    void readTruncation() {
        model_.cutoff = cutoff(fields_, "cutoff");
        try {
            model_.truncation = truncationFromName(fields_.text("truncation", "shift"));
        } catch (const InputError& error) {
            fields_.fail(error.what());
        }
        if (model_.truncation == Truncation::Smooth)
            model_.fadeWidth = fields_.number("smoothing_width") * length_;
    }

    void readCharges() {
        const json* given = fields_.find("charges");
        if (given == nullptr) return;
        JsonFields fields(file_, *given, "charges.");
        for (const auto& [symbol, value] : given->items())
            model_.charges[element(symbol)] = fields.number(symbol.c_str());
    }

    PairTerms lennardJones(JsonFields& fields) {
        PairTerms terms;
        terms.epsilon = fields.number("epsilon") * energy_;
        terms.sigma = fields.number("sigma") * length_;
        if (terms.epsilon < 0.0 || terms.sigma <= 0.0)
            fields.fail("Lennard-Jones parameters must not be negative, sigma not zero");
        return terms;
    }

    void readLennardJones() {
        const json* given = fields_.find("lennard_jones");
        if (given == nullptr) return;
        hasLennardJones_ = true;
        JsonFields fields(file_, *given, "lennard_jones.");
        std::map<Element, PairTerms> own;
        if (fields.has("elements")) {
            const json& list = fields.object("elements");
            for (const auto& [symbol, value] : list.items()) {
                JsonFields entry(file_, value, "lennard_jones.elements." + symbol + ".");
                own[element(symbol)] = lennardJones(entry);
                entry.finish();
            }
            Mixing rule{};
            try {
                rule = mixingFromName(fields.text("mixing", "lorentz-berthelot"));
            } catch (const InputError& error) {
                fields.fail(error.what());
            }
            for (const auto& [first, a] : own)
                for (const auto& [second, b] : own)
                    model_.setPair(first, second, first == second ? a : mixed(a, b, rule));
        }
        forEachPair(fields, "lennard_jones", [&](JsonFields& entry, const auto& pair) {
            model_.setPair(pair.first, pair.second, lennardJones(entry));
        });
        fields.finish();
    }

    void readBuckingham() {
        const json* given = fields_.find("buckingham");
        if (given == nullptr) return;
        hasBuckingham_ = true;
        JsonFields fields(file_, *given, "buckingham.");
        forEachPair(fields, "buckingham", [&](JsonFields& entry, const auto& pair) {
            PairTerms& terms = model_.pairs[pair];
            terms.a = entry.number("A") * energy_;
            terms.rho = entry.number("rho") * length_;
            terms.c = entry.number("C", 0.0) * energy_ * std::pow(length_, 6);
            if (terms.a < 0.0 || terms.c < 0.0 || terms.rho <= 0.0)
                entry.fail("Buckingham parameters must not be negative, rho not zero");
        });
        fields.finish();
    }

    void readCoulomb() {
        const json* given = fields_.find("coulomb");
        if (given == nullptr) {
            if (!model_.charges.empty())
                fields_.fail("has charges but no \"coulomb\"; give {\"method\": \"ewald\"} or \"dsf\"");
            return;
        }
        JsonFields fields(file_, *given, "coulomb.");
        const std::string method = fields.text("method");
        if (method == "ewald") {
            model_.coulomb = CoulombMethod::Ewald;
            model_.ewaldAccuracy = fields.number("accuracy_eV_per_atom", 1e-6);
            if (!(model_.ewaldAccuracy >= 1e-12 && model_.ewaldAccuracy <= 0.1))
                fields.fail("\"coulomb.accuracy_eV_per_atom\" must lie between 1e-12 and 0.1");
        } else if (method == "dsf") {
            model_.coulomb = CoulombMethod::DampedShiftedForce;
            model_.dampingPerA = fields.number("damping", 0.2 * length_) / length_;
            model_.coulombCutoff = cutoff(fields, "cutoff");
        } else {
            fields.fail("unknown Coulomb method \"" + method + "\"; use ewald or dsf");
        }
        fields.finish();
    }

    std::string architecture() const {
        std::string name;
        const auto add = [&](const char* part) { name += (name.empty() ? "" : " + ") + std::string(part); };
        if (hasLennardJones_) add("Lennard-Jones");
        if (hasBuckingham_) add("Buckingham");
        if (model_.coulomb == CoulombMethod::Ewald) add("Coulomb (Ewald)");
        if (model_.coulomb == CoulombMethod::DampedShiftedForce) add("Coulomb (damped shifted force)");
        return name;
    }

    const std::filesystem::path& file_;
    JsonFields fields_;
    ClassicalModel model_;
    std::set<Element> elements_;
    double energy_ = 1.0, length_ = 1.0;
    bool hasLennardJones_ = false, hasBuckingham_ = false;
};

}  // namespace

ClassicalModel readClassicalModel(const std::filesystem::path& file, const json& object) {
    return Reader(file, object).read();
}

}  // namespace ionscape::potential
