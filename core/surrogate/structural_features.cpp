// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/structural_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/surrogate/cell_analysis.h"

namespace ionscape::surrogate {
namespace {

using Value = std::optional<double>;
using Function = std::function<Value(const CellAnalysis&)>;

struct Column {
    Feature feature;
    Function value;
    bool quaternary = false, multinary = false;
};

using Columns = std::vector<Column>;

constexpr const char* fu = "Fu et al., npj Comput. Mater. 12, 178 (2026)";
constexpr const char* pinsky = "Pinsky & Avnir, Inorg. Chem. 37, 5575 (1998)";
constexpr const char* robinson = "Robinson, Gibbs & Ribbe, Science 172, 567 (1971)";
constexpr const char* altermatt = "Altermatt & Brown, Acta Cryst. B41, 240 (1985)";
constexpr const char* blatov = "Blatov & Shevchenko, Acta Cryst. A59, 34 (2003)";
constexpr const char* shannon = "Shannon, Acta Cryst. A32, 751 (1976)";
constexpr const char* allred = "Allred, J. Inorg. Nucl. Chem. 17, 215 (1961)";

Value meanOf(const SiteValues& values) {
    if (values.empty()) return std::nullopt;
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

Value deviationOf(const SiteValues& values) {
    const Value mean = meanOf(values);
    if (!mean) return std::nullopt;
    double sum = 0.0;
    for (const double value : values)
        sum += (value - *mean) * (value - *mean);
    return std::sqrt(sum / static_cast<double>(values.size()));
}

Value leastOf(const SiteValues& values) {
    if (values.empty()) return std::nullopt;
    return *std::min_element(values.begin(), values.end());
}

Value greatestOf(const SiteValues& values) {
    if (values.empty()) return std::nullopt;
    return *std::max_element(values.begin(), values.end());
}

void addCell(Columns& columns, const FeatureContext& context) {
    const std::string ion(context.mobile.element.symbol());
    columns.push_back(
        {{ion + "_content", "per f.u.", ion + " atoms per formula unit", fu},
         [](const CellAnalysis& c) { return static_cast<double>(c.kinds[0].sites) / c.formulaUnits; },
         true,
         true});
    columns.push_back({{"volume", "Å³ per f.u.", "volume of the cell per formula unit", fu},
                       [](const CellAnalysis& c) { return c.volume / c.formulaUnits; },
                       true,
                       false});
    columns.push_back({{"density", "g/cm³", "mass over volume of the cell", ""},
                       [](const CellAnalysis& c) { return c.density; }});
    const char* cell = context.host ? "of the host's conventional cell as it lies in the relaxed one"
                                    : "of the reduced cell of the primitive lattice";
    const char* lengths[] = {"a", "b", "c"};
    const char* angles[] = {"alpha", "beta", "gamma"};
    for (int axis = 0; axis < 3; ++axis) {
        columns.push_back({{lengths[axis], "Å", fmt::format("length {} {}", lengths[axis], cell), fu},
                           [axis](const CellAnalysis& c) -> Value {
                               if (!c.cell) return std::nullopt;
                               return c.cell->lengths[axis];
                           },
                           false,
                           true});
    }
    for (int axis = 0; axis < 3; ++axis) {
        columns.push_back({{angles[axis], "°", fmt::format("angle {} {}", angles[axis], cell), fu},
                           [axis](const CellAnalysis& c) -> Value {
                               if (!c.cell) return std::nullopt;
                               return c.cell->angles[axis];
                           },
                           false,
                           true});
    }
    columns.push_back({{"void_fraction", "",
                        "share of the cell outside of the framework's ions (without " + ion +
                            "): cations with Shannon's radius for the coordination found, anions for 6",
                        shannon},
                       [](const CellAnalysis& c) { return c.voidFraction; }});
}

void addMobile(Columns& columns, const FeatureContext& context) {
    const std::string ion(context.mobile.element.symbol());
    using Statistic = Value (*)(const SiteValues&);
    const struct {
        const char* suffix;
        const char* word;
        Statistic statistic;
    } statistics[] = {
        {"avg", "mean", meanOf}, {"sd", "standard deviation", deviationOf}, {"min", "smallest", leastOf}};
    for (const auto& [suffix, word, statistic] : statistics) {
        columns.push_back(
            {{fmt::format("dist_{}{}", ion, suffix), "Å",
              fmt::format("{} over {} of the distance to the nearest other {}", word, ion, ion), ""},
             [statistic](const CellAnalysis& c) { return statistic(c.mobileDistances); }});
    }
    for (const auto& [suffix, word, statistic] : statistics) {
        columns.push_back({{fmt::format("bottleneck_{}{}", ion, suffix), "Å²",
                            fmt::format("{} over neighbouring {} (at most 5 Å apart) of the smallest "
                                        "triangle of anions between them",
                                        word, ion),
                            blatov},
                           [statistic](const CellAnalysis& c) { return statistic(c.bottleneckAreas); }});
    }
}

/// Mean and standard deviation of something that the sites of kind `k` have.
void addSitePair(Columns& columns, std::size_t k, const std::string& stem, const std::string& kind,
                 const char* unit, const std::string& meaning, const char* reference,
                 SiteValues KindAnalysis::*member, bool published) {
    columns.push_back(
        {{fmt::format("{}_{}avg", stem, kind), unit, "mean over sites of " + meaning, reference},
         [k, member](const CellAnalysis& c) { return meanOf(c.kinds[k].*member); },
         published,
         published});
    columns.push_back(
        {{fmt::format("{}_{}sd", stem, kind), unit, "standard deviation over sites of " + meaning, reference},
         [k, member](const CellAnalysis& c) { return deviationOf(c.kinds[k].*member); },
         published,
         published});
}

void addKind(Columns& columns, std::size_t k, const std::string& name) {
    columns.push_back(
        {{"bond_" + name, "Å",
          fmt::format("first peak of the radial distribution of anions around {}, smeared by 0.5 Å", name),
          fu},
         [k](const CellAnalysis& c) { return c.kinds[k].bondLength; },
         true,
         false});
    addSitePair(
        columns, k, "csm", name, "",
        fmt::format("the symmetry measure of the polyhedron around {} (0 perfect, 100 worst) against the "
                    "nearest ideal shape of its coordination",
                    name),
        pinsky, &KindAnalysis::symmetryMeasure, true);
    addSitePair(columns, k, "cn", name, "",
                fmt::format("the coordination of {}: anions bonded by at least 0.038 of its valence", name),
                altermatt, &KindAnalysis::coordination, false);
    addSitePair(columns, k, "polyhedron", name, "Å³",
                fmt::format("the volume of the convex hull of the ligands of {}", name), "",
                &KindAnalysis::volume, false);
    addSitePair(columns, k, "angle_variance", name, "°²",
                fmt::format("the bond-angle variance of {} with four or six ligands", name), robinson,
                &KindAnalysis::angleVariance, false);
    addSitePair(columns, k, "elongation", name, "",
                fmt::format("the quadratic elongation of {} with four or six ligands", name), robinson,
                &KindAnalysis::elongation, false);
}

void addMixed(Columns& columns, const std::string& kind) {
    if (kind.empty()) return;
    columns.push_back({{"S_config", "R", fmt::format("−Σ x ln x of the species on {}", kind), fu},
                       [](const CellAnalysis& c) { return c.mixed.entropy; },
                       false,
                       true});
    const struct {
        const char* stem;
        const char* unit;
        std::string meaning;
        const char* reference;
        SiteValues MixedAnalysis::*member;
    } properties[] = {{"en", "", "Pauling's electronegativity", allred, &MixedAnalysis::electronegativity},
                      {"radius", "Å", "Shannon's radius in the most common coordination found", shannon,
                       &MixedAnalysis::radius},
                      {"valence", "e", "the oxidation state", "", &MixedAnalysis::valence},
                      {"en_valence", "e", "electronegativity times oxidation state", allred,
                       &MixedAnalysis::electronegativityValence}};
    using Statistic = Value (*)(const SiteValues&);
    const struct {
        const char* suffix;
        const char* word;
        Statistic statistic;
    } statistics[] = {{"avg", "mean", meanOf},
                      {"sd", "standard deviation", deviationOf},
                      {"min", "smallest value", leastOf},
                      {"max", "largest value", greatestOf}};
    for (const auto& property : properties) {
        for (const auto& [suffix, word, statistic] : statistics) {
            columns.push_back({{fmt::format("{}_{}{}", property.stem, kind, suffix), property.unit,
                                fmt::format("{} over the species on {} of {}", word, kind, property.meaning),
                                property.reference},
                               [statistic, member = property.member](const CellAnalysis& c) {
                                   return statistic(c.mixed.*member);
                               }});
        }
    }
}

Columns columnsOf(const FeatureContext& context) {
    Columns columns;
    addCell(columns, context);
    addMixed(columns, context.mixed);
    addKind(columns, 0, std::string(context.mobile.element.symbol()));
    for (std::size_t i = 0; i < context.centres.size(); ++i)
        addKind(columns, i + 1, context.centres[i].name);
    addMobile(columns, context);
    return columns;
}

}  // namespace

std::vector<Feature> structuralFeatureDefinitions(const FeatureContext& context) {
    std::vector<Feature> features;
    for (const Column& column : columnsOf(context))
        features.push_back(column.feature);
    return features;
}

FeatureRow structuralFeatures(const crystal::Structure& structure, const FeatureContext& context) {
    const CellAnalysis analysis = analyseCell(structure, context);
    FeatureRow row;
    for (const Column& column : columnsOf(context))
        row.push_back(column.value(analysis));
    return row;
}

std::vector<std::string> featureNames(const FeatureContext& context, FeatureSet set) {
    std::vector<std::string> names;
    for (const Column& column : columnsOf(context)) {
        if (set == FeatureSet::All || (set == FeatureSet::Quaternary ? column.quaternary : column.multinary))
            names.push_back(column.feature.name);
    }
    return names;
}

}  // namespace ionscape::surrogate
