// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/transport_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/trajectory/open_trajectory.h"
#include "core/transport/motion_fit.h"
#include "core/transport/radial_distribution.h"
#include "core/transport/stream_view.h"
#include "core/transport/van_hove.h"
#include "core/transport/vibration.h"

namespace ionscape::workflow {

namespace {

using crystal::Element;
using transport::TrajectoryView;

/// Longer curves are thinned evenly: nobody sees more, and spreadsheets stop at a million rows.
constexpr std::size_t mostCurveRows = 5000;
constexpr std::size_t fewestFramesForTables = 16;

/// Columns of equal length under headings that end in their unit.
class Columns {
  public:
    void add(const std::string& heading, std::vector<double> values) {
        headings_.push_back(heading);
        values_.push_back(std::move(values));
    }
    std::string csv(std::size_t mostRows = static_cast<std::size_t>(-1)) const {
        std::string text = fmt::format("{}\n", fmt::join(headings_, ","));
        const std::size_t rows = values_.empty() ? 0 : values_.front().size();
        const std::size_t stride = rows / mostRows + 1;
        for (std::size_t row = 0; row < rows; row += stride) {
            for (std::size_t c = 0; c < values_.size(); ++c)
                text += fmt::format("{}{:.8g}", c == 0 ? "" : ",", values_[c][row]);
            text += '\n';
        }
        return text;
    }

  private:
    std::vector<std::string> headings_;
    std::vector<std::vector<double>> values_;
};

std::vector<double> picoseconds(std::vector<double> femtoseconds) {
    for (auto& t : femtoseconds)
        t /= 1000.0;
    return femtoseconds;
}

std::vector<Element> elementsIn(const TrajectoryView& view) {
    auto elements = view.elements;
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    return elements;
}

std::string symbolOf(Element element) {
    return std::string(element.symbol());
}

std::vector<std::string> directionNames(const TrajectoryView& view) {
    std::vector<std::string> names{"xyz", "x", "y", "z", "xy", "yz", "zx"};
    if (!view.lattices.empty()) names.insert(names.end(), {"a", "b", "c", "ab", "bc", "ca"});
    return names;
}

std::string diffusionRow(const std::string& name, const transport::Diffusion& d) {
    std::string warning = d.warning;
    std::replace(warning.begin(), warning.end(), '"', '\'');
    return fmt::format("{},{},{:.8g},{:.4g},{:.8g},{:.8g},{:.4g},{:.4g},{:.4g},{:.4g},{:.4g},{:.4g},\"{}\"\n",
                       name, d.dimensions, d.coefficient, d.error, d.lower95, d.upper95, d.errorWalkers,
                       d.errorBootstrap, d.errorBlocks, d.errorIons, d.independentCarriers, d.logLogSlope,
                       warning);
}

/// msd.csv and diffusion.csv.
void addMotion(const TrajectoryView& view, Element mobile, const transport::FitWindow& window,
               std::vector<TransportTable>& tables) {
    Columns curves;
    std::string fits =
        "motion,dimensions,D_cm2_per_s,error_cm2_per_s,lower95_cm2_per_s,upper95_cm2_per_s,"
        "error_walkers_cm2_per_s,error_bootstrap_cm2_per_s,error_blocks_cm2_per_s,error_ions_cm2_per_s,"
        "independent_carriers,log_log_slope,warning\n";
    for (const auto element : elementsIn(view)) {
        const auto curve = transport::meanSquaredDisplacement(view, element);
        if (element == elementsIn(view).front()) curves.add("lag_ps", picoseconds(curve.lagFs));
        curves.add(fmt::format("msd_{}_A2", element.symbol()), curve.msd);
    }
    const std::string symbol = symbolOf(mobile);
    for (const auto& name : directionNames(view)) {
        const auto directions = transport::Directions::fromName(
            name, view.lattices.empty() ? crystal::Lattice() : view.lattice(0));
        const auto motion = transport::motionStatistics(view, mobile, directions);
        if (name != "xyz") curves.add(fmt::format("msd_{}_{}_A2", symbol, name), motion.msd.msd);
        curves.add(fmt::format("collective_{}_{}_A2", symbol, name), motion.collective.msd);
        const auto fit = transport::fitMotion(motion, window);
        fits += diffusionRow(fmt::format("tracer {} {}", symbol, name), fit.tracer);
        fits += diffusionRow(fmt::format("collective {} {}", symbol, name), fit.collective);
    }
    tables.push_back({"msd.csv", curves.csv(mostCurveRows)});
    tables.push_back({"diffusion.csv", fits});
}

std::string vanHoveCsv(const transport::VanHove& functions, const Eigen::MatrixXd& values, const char* unit) {
    Columns columns;
    columns.add("r_A", functions.radius);
    for (Eigen::Index c = 0; c < values.cols(); ++c) {
        const Eigen::VectorXd column = values.col(c);
        columns.add(fmt::format("{:g}_ps{}", functions.lagFs[static_cast<std::size_t>(c)] / 1000.0, unit),
                    {column.begin(), column.end()});
    }
    return columns.csv();
}

void addDisplacements(const TrajectoryView& view, Element mobile, std::vector<TransportTable>& tables) {
    const auto moments = transport::displacementMoments(view, mobile);
    Columns columns;
    columns.add("lag_ps", picoseconds(moments.lagFs));
    columns.add("r2_A2", moments.second);
    columns.add("r4_A4", moments.fourth);
    columns.add("alpha2", moments.nonGaussian);
    tables.push_back({"moments.csv", columns.csv()});

    transport::VanHoveSettings settings;
    settings.distinct = !view.lattices.empty();
    const auto functions = transport::vanHove(view, mobile, settings);
    tables.push_back({"vanhove_self.csv", vanHoveCsv(functions, functions.self, "_per_A")});
    if (settings.distinct)
        tables.push_back({"vanhove_distinct.csv", vanHoveCsv(functions, functions.distinct, "")});

    const auto ions = transport::ionDisplacements(view, mobile);
    Columns perIon;
    perIon.add("atom", std::vector<double>(ions.atoms.begin(), ions.atoms.end()));
    perIon.add("last_A", ions.last);
    perIon.add("largest_A", ions.largest);
    tables.push_back({"displacements.csv", perIon.csv()});
}

/// rdf.csv, bonds.csv and coordination.csv.
void addStructure(const TrajectoryView& view, Element mobile, std::vector<TransportTable>& tables) {
    Columns distributions;
    std::string bonds = "pair,cutoff_A,mean_length_A,spread_A,mean_coordination\n";
    std::string shares = "pair,neighbours,share\n";
    for (const auto other : elementsIn(view)) {
        const auto pair = fmt::format("{}-{}", mobile.symbol(), other.symbol());
        const auto rdf = transport::radialDistribution(view, mobile, other);
        if (other == elementsIn(view).front()) distributions.add("r_A", rdf.radius);
        distributions.add("g_" + pair, rdf.g);
        distributions.add("n_" + pair, rdf.coordination);
        double cutoff = 0.0;
        try {
            cutoff = transport::firstShellRadius(rdf);
        } catch (const InputError&) {
            continue;  // no shell, no bonds
        }
        const auto statistics = transport::bondStatistics(view, mobile, other, cutoff);
        bonds += fmt::format("{},{:.4g},{:.6g},{:.4g},{:.6g}\n", pair, cutoff, statistics.meanLength,
                             statistics.spread, statistics.meanCoordination);
        for (std::size_t n = 0; n < statistics.coordinationShare.size(); ++n) {
            if (statistics.coordinationShare[n] > 0.0)
                shares += fmt::format("{},{},{:.6g}\n", pair, n, statistics.coordinationShare[n]);
        }
    }
    tables.push_back({"rdf.csv", distributions.csv()});
    tables.push_back({"bonds.csv", bonds});
    tables.push_back({"coordination.csv", shares});
}

void addVibration(const TrajectoryView& view, Element mobile, std::vector<TransportTable>& tables) {
    const auto vibration = transport::vibration(view, mobile);
    Columns columns;
    columns.add("frequency_THz", vibration.frequencyTHz);
    columns.add("velocity_spectrum_per_THz", vibration.spectrum);
    tables.push_back({"spectrum.csv", columns.csv()});
    tables.push_back({"vibration.csv", fmt::format("attempt_frequency_THz,spread_THz,amplitude_A,warning\n"
                                                   "{:.6g},{:.4g},{:.6g},\"{}\"\n",
                                                   vibration.attemptFrequencyTHz, vibration.spreadTHz,
                                                   vibration.amplitude, vibration.warning)});
}

}  // namespace

std::vector<TransportTable> transportTables(const TrajectoryView& view, Element mobile,
                                            const transport::FitWindow& window) {
    if (view.positions.size() < fewestFramesForTables) {
        throw InputError(fmt::format("tables of the motion need {} frames, the trajectory has {}",
                                     fewestFramesForTables, view.positions.size()));
    }
    std::vector<TransportTable> tables;
    addMotion(view, mobile, window, tables);
    addDisplacements(view, mobile, tables);
    if (!view.lattices.empty()) addStructure(view, mobile, tables);
    addVibration(view, mobile, tables);
    return tables;
}

std::vector<std::filesystem::path> writeTransportTables(const std::filesystem::path& file,
                                                        const std::string& mobileElement,
                                                        const transport::FitWindow& window,
                                                        const std::filesystem::path& folder,
                                                        const TrajectoryInput& input) {
    const auto mobile = Element::fromSymbol(mobileElement);
    const auto source = trajectory::openTrajectory(file, input.import);
    transport::StreamOptions options;
    options.stride = input.stride;
    options.mobile = mobile;
    NoProgress silent;
    const auto motion =
        transport::streamView(*source, options, input.stop, input.progress ? *input.progress : silent);
    const auto tables = transportTables(motion.view, mobile, window);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw IoError(folder, "the folder cannot be made: " + error.message());
    std::vector<std::filesystem::path> written;
    for (const auto& table : tables) {
        written.push_back(folder / table.name);
        writeTextAtomically(written.back(), table.csv);
    }
    return written;
}

}  // namespace ionscape::workflow
