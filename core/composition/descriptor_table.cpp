// SPDX-License-Identifier: GPL-3.0-or-later
// The definitions of the descriptors, each with its formula and source; docs/space.md shows the same table.
#include <fmt/format.h>

#include <cmath>

#include "core/composition/descriptor_data.h"

namespace ionscape::composition {
namespace {

using Function = std::function<double(const DescriptorInput&)>;
using Property = double SpeciesData::*;

constexpr const char* shannon = "radii: R. D. Shannon, Acta Cryst. A32, 751 (1976)";
constexpr const char* pauling =
    "electronegativities: Pauling's scale, A. L. Allred, J. Inorg. Nucl. Chem. 17, 215 (1961)";
constexpr const char* fu = "Fu et al., npj Comput. Mater. 12, 178 (2026)";
constexpr const char* ouyang = "B. Ouyang et al., Nat. Commun. 12, 5752 (2021)";

void add(DescriptorData& data, Column column, Function function) {
    data.columns.push_back(std::move(column));
    data.functions.push_back(std::move(function));
}

Function meanOf(Property property) {
    return [property](const DescriptorInput& in) { return in.mean(property); };
}

Function varianceOf(Property property) {
    return [property](const DescriptorInput& in) { return in.variance(property); };
}

/// sqrt(Σ x (1 − p/p̄)²) or its square.
double relativeVariance(const DescriptorInput& in, Property property) {
    const double middle = in.mean(property);
    return in.variance(property) / (middle * middle);
}

std::string undefinedWithout(const char* what, const std::string& species) {
    return species.empty() ? std::string() : fmt::format("no {} is tabulated for {}", what, species);
}

double entropyOf(const DescriptorInput& in) {
    double entropy = 0.0;
    for (const int count : in.row.counts) {
        const double x = count / in.total;
        entropy -= x * std::log(x);
    }
    return entropy;
}

void addBalance(DescriptorData& data, const Host& host) {
    const std::string ion(host.mobile().species.front().element.symbol());
    add(data,
        {"mobile",
         ion + " content",
         "per f.u.",
         "n = −Σ z(framework) / z(" + ion + ")",
         fu,
         {"n_mobile", "mobile_content"},
         4,
         {},
         false,
         {}},
        [](const DescriptorInput& in) { return in.mobile; });
    add(data,
        {"vacancy",
         "Vacant mobile sites",
         "",
         "1 − n / N(sites)",
         fu,
         {"vacancies", "vacancy_fraction"},
         4,
         {},
         false,
         {}},
        [](const DescriptorInput& in) { return 1.0 - in.mobile / in.data.capacity; });
    add(data,
        {"S_config",
         "Configurational entropy",
         "R",
         "−Σ x ln x",
         fu,
         {"entropy", "Sconfig"},
         3,
         {},
         false,
         {}},
        entropyOf);
    add(data,
        {"S_total",
         "Entropy of all mixed sublattices",
         "R per f.u.",
         "Σ N(sites) · −Σ x ln x",
         fu,
         {},
         3,
         {},
         false,
         {}},
        [](const DescriptorInput& in) {
            return in.data.mixedSites * entropyOf(in) + in.data.furtherEntropy;
        });
    add(data,
        {"entropy_class",
         "Entropy class",
         "",
         "high: S ≥ 1.5 R, medium: S ≥ R, else low",
         fu,
         {"class"},
         0,
         {"low", "medium", "high"},
         false,
         {}},
        [](const DescriptorInput& in) { return static_cast<double>(entropyClass(entropyOf(in))); });
    add(data, {"species", "Number of mixed species", "", "N", {}, {"n_species"}, 0, {}, false, {}},
        [](const DescriptorInput& in) { return static_cast<double>(in.row.counts.size()); });
}

void addRadii(DescriptorData& data) {
    const std::string undefined = undefinedWithout("ionic radius", data.missingRadii);
    std::string source = fmt::format("{}, coordination {}", shannon, data.coordination);
    if (!data.approximateRadii.empty()) {
        source += fmt::format("; of the nearest coordination or oxidation state tabulated: {}",
                              data.approximateRadii);
    }
    add(data, {"r_mean", "Mean ionic radius", "Å", "r̄ = Σ x r", source, {"radius"}, 4, {}, false, undefined},
        meanOf(&SpeciesData::radius));
    add(data,
        {"r_var", "Variance of the ionic radius", "Å²", "Σ x (r − r̄)²", source, {}, 5, {}, false, undefined},
        varianceOf(&SpeciesData::radius));
    add(data,
        {"delta",
         "Size mismatch",
         "",
         "δ = √(Σ x (1 − r/r̄)²)",
         "Y. Zhang et al., Adv. Eng. Mater. 10, 534 (2008); " + source,
         {"δ", "size_mismatch"},
         4,
         {},
         false,
         undefined},
        [](const DescriptorInput& in) { return std::sqrt(relativeVariance(in, &SpeciesData::radius)); });
    std::string noRatio = undefined;
    if (noRatio.empty() && std::isnan(data.counterIonRadius))
        noRatio = "no fixed ion surrounds the mixed sites";
    if (noRatio.empty() && data.properties.front().charge < 0.0)
        noRatio = "the mixed sublattice holds anions";
    add(data,
        {"radius_ratio",
         "Radius ratio to the anion",
         "",
         "r̄ / r(anion)",
         std::string("0.414 to 0.732 favours octahedra: L. Pauling, J. Am. Chem. Soc. 51, 1010 (1929); ") +
             source + ", anion in coordination 6",
         {"octahedral_factor"},
         3,
         {},
         false,
         noRatio},
        [](const DescriptorInput& in) { return in.mean(&SpeciesData::radius) / in.data.counterIonRadius; });
}

void addChemistry(DescriptorData& data) {
    const std::string undefined = undefinedWithout("electronegativity", data.missingElectronegativities);
    add(data,
        {"chi_mean",
         "Mean electronegativity",
         "",
         "χ̄ = Σ x χ",
         pauling,
         {"χ", "chi", "electronegativity"},
         3,
         {},
         false,
         undefined},
        meanOf(&SpeciesData::electronegativity));
    add(data,
        {"chi_var",
         "Variance of electronegativity",
         "",
         "Σ x (χ − χ̄)²",
         pauling,
         {},
         4,
         {},
         false,
         undefined},
        varianceOf(&SpeciesData::electronegativity));
    add(data,
        {"delta_chi",
         "Electronegativity spread",
         "",
         "Δχ = √(Σ x (χ − χ̄)²)",
         std::string("S. Fang et al., J. Non-Cryst. Solids 321, 120 (2003); ") + pauling,
         {"Δχ", "chi_spread"},
         3,
         {},
         false,
         undefined},
        [](const DescriptorInput& in) { return std::sqrt(in.variance(&SpeciesData::electronegativity)); });
    const char* valence = "oxidation states: the host file";
    add(data, {"z_mean", "Mean valence", "e", "z̄ = Σ x z", valence, {"valence"}, 3, {}, false, {}},
        meanOf(&SpeciesData::charge));
    add(data, {"z_var", "Variance of the valence", "e²", "Σ x (z − z̄)²", valence, {}, 4, {}, false, {}},
        varianceOf(&SpeciesData::charge));
    const char* mass = "masses: IUPAC 2021";
    add(data, {"mass_mean", "Mean atomic mass", "amu", "m̄ = Σ x m", mass, {"mass"}, 2, {}, false, {}},
        meanOf(&SpeciesData::mass));
    add(data,
        {"gamma",
         "Mass variance",
         "",
         "Γ = Σ x (1 − m/m̄)²",
         "phonon scattering by mass disorder: P. G. Klemens, Proc. Phys. Soc. A 68, 1113 (1955)",
         {"Γ", "mass_variance"},
         4,
         {},
         false,
         {}},
        [](const DescriptorInput& in) { return relativeVariance(in, &SpeciesData::mass); });
    add(data,
        {"density",
         "Density in the host's cell",
         "g/cm³",
         "ρ = m(f.u.) / V(host)",
         "the host's cell, not relaxed for the composition",
         {"rho", "ρ"},
         3,
         {},
         false,
         {}},
        [](const DescriptorInput& in) {
            constexpr double gramPerCubicCentimetre = 1.66053906660;  // amu/Å³, CODATA 2018
            return gramPerCubicCentimetre * in.formulaMass() / in.data.volume;
        });
}

void addNasicon(DescriptorData& data) {
    const std::string noFramework =
        data.nasiconCentres.empty() ? "the host is not built as a NASICON, AₙM₂(TX₄)₃" : "";
    double amount = 0.0, first = 0.0, second = 0.0;
    for (const auto& [charge, n] : data.nasiconCentres) {
        amount += n;
        first += n * charge;
        second += n * charge * charge;
    }
    const double chargeVariance = amount > 0.0 ? second / amount - first * first / (amount * amount) : 0.0;
    add(data,
        {"nasicon_t1",
         "NASICON tolerance factor t₁",
         "",
         "t₁ = ∛n + Var z(T)",
         std::string(ouyang) + ", for Na₁₋₄M₂(TO₄)₃; with Li it is an extrapolation",
         {"t1"},
         3,
         {},
         false,
         noFramework},
        [chargeVariance](const DescriptorInput& in) { return std::cbrt(in.mobile) + chargeVariance; });
    std::string noSize = noFramework;
    if (noSize.empty()) noSize = undefinedWithout("ionic radius", data.missingRadii);
    if (noSize.empty()) noSize = undefinedWithout("electronegativity", data.missingElectronegativities);
    add(data,
        {"nasicon_size",
         "NASICON size factor t₂/E²",
         "Å",
         "t₂/E² = (χ̄ − χ(A)) √(Σ x (r − r̄)²)",
         std::string(ouyang) + ": small values go with stability; the Ewald energy E needs a relaxed cell",
         {"t2_size"},
         4,
         {},
         false,
         noSize},
        [](const DescriptorInput& in) {
            return (in.mean(&SpeciesData::electronegativity) - in.data.ion.electronegativity) *
                   std::sqrt(in.variance(&SpeciesData::radius));
        });
}

void addSupply(DescriptorData& data) {
    std::string noPrice = undefinedWithout("price", data.missingPrices);
    if (noPrice.empty() && std::isnan(data.fixedCost))
        noPrice = "no price is tabulated for an element of the framework";
    add(data,
        {"price",
         "Price of the elements",
         "USD/kg",
         "Σ n m p / Σ n m",
         "Wikipedia, Prices of chemical elements (2020-09-08; most of 2019 and 2020): tells cheap from dear, "
         "no more",
         {"cost"},
         0,
         {},
         false,
         noPrice},
        [](const DescriptorInput& in) {
            const double cost = in.data.fixedCost + in.data.mixedSites * in.mean(&SpeciesData::cost) +
                                in.mobile * in.data.ion.cost;
            return cost / in.formulaMass();
        });
    add(data,
        {"critical",
         "Critical raw materials on the mixed sites",
         "",
         "Σ x (in the list)",
         "Regulation (EU) 2024/1252, Annex II",
         {"supply_risk"},
         3,
         {},
         false,
         {}},
        meanOf(&SpeciesData::critical));
    add(data,
        {"hazard",
         "Carcinogen rank",
         "",
         "greatest of the elements: 3 = IARC group 1, 2 = 2A, 1 = 2B, 0 = none",
         "IARC Monographs, volumes 86 to 131, inorganic compounds in the oxidation state of the host",
         {"iarc"},
         0,
         {},
         false,
         {}},
        [](const DescriptorInput& in) {
            return std::max({in.data.fixedHazard, in.data.ion.hazard, in.greatest(&SpeciesData::hazard)});
        });
}

}  // namespace

void defineDescriptors(DescriptorData& data) {
    addBalance(data, data.host);
    addRadii(data);
    addChemistry(data);
    addNasicon(data);
    addSupply(data);
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < data.columns.size(); ++i) {
        if (!data.columns[i].undefined.empty())
            data.functions[i] = [none](const DescriptorInput&) { return none; };
    }
}

}  // namespace ionscape::composition
