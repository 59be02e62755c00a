// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers a stored run amounts to.
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/crystal/neighbour_list.h"
#include "core/trajectory/h5md.h"
#include "core/trajectory/open_trajectory.h"
#include "core/transport/stream_view.h"
#include "core/workflow/manifest.h"
#include "core/workflow/spread_json.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;

/// Longest P–O or Si–O distance that counts as a bond, Å.
constexpr double tetrahedronCutoff = 2.1;
constexpr int tetrahedronCorners = 4;
/// A mean MSD needs a lag within 20–80 % of the run, a fit three lags in its window.
constexpr std::size_t fewestFramesForMsd = 3;
constexpr std::size_t fewestLagsForFit = 3;

/// Formal charge of a mobile ion, e.
double ionCharge(crystal::Element element) {
    static constexpr std::array<std::pair<std::string_view, double>, 18> charges{{{"H", 1},
                                                                                  {"Li", 1},
                                                                                  {"Na", 1},
                                                                                  {"K", 1},
                                                                                  {"Rb", 1},
                                                                                  {"Cs", 1},
                                                                                  {"Cu", 1},
                                                                                  {"Ag", 1},
                                                                                  {"Mg", 2},
                                                                                  {"Ca", 2},
                                                                                  {"Zn", 2},
                                                                                  {"Al", 3},
                                                                                  {"F", -1},
                                                                                  {"Cl", -1},
                                                                                  {"Br", -1},
                                                                                  {"I", -1},
                                                                                  {"O", -2},
                                                                                  {"S", -2}}};
    std::string known;
    for (const auto& [symbol, charge] : charges) {
        if (symbol == element.symbol()) return charge;
        known += (known.empty() ? "" : ", ") + std::string(symbol);
    }
    throw InputError("the charge of mobile " + std::string(element.symbol()) + " is not known; use one of " +
                     known);
}

int countBrokenPolyhedra(const crystal::Structure& structure) {
    const auto isCentre = [&](std::size_t i) {
        return structure.elements[i].symbol() == "P" || structure.elements[i].symbol() == "Si";
    };
    const auto oxygen = crystal::Element::fromSymbol("O");
    std::vector<int> corners(structure.size(), 0);
    for (const auto& pair : crystal::neighbourPairs(structure, tetrahedronCutoff)) {
        if (structure.elements[static_cast<std::size_t>(pair.j)] == oxygen)
            ++corners[static_cast<std::size_t>(pair.i)];
    }
    int broken = 0;
    for (std::size_t i = 0; i < structure.size(); ++i)
        broken += isCentre(i) && corners[i] != tetrahedronCorners;
    return broken;
}

std::size_t lagsWithin(const transport::MsdCurve& curve, const transport::FitWindow& window) {
    return static_cast<std::size_t>(std::count_if(curve.lagFs.begin(), curve.lagFs.end(), [&](double lag) {
        return lag > 0.0 && lag >= window.beginFs && lag <= window.endFs;
    }));
}

/// MSD values of all elements, and the diffusion of the mobile one.
void analyseMotion(const transport::TrajectoryView& view, crystal::Element mobile,
                   const std::optional<transport::FitWindow>& window, double temperature,
                   RunSummary& summary) {
    std::vector<crystal::Element> elements = view.elements;
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    for (const auto element : elements) {
        const auto curve = transport::meanSquaredDisplacement(view, element);
        summary.msdValue[std::string(element.symbol())] = transport::meanMsdValue(curve);
        if (element != mobile) continue;
        const auto used = window.value_or(transport::defaultFitWindow(curve));
        if (!window && lagsWithin(curve, used) < fewestLagsForFit) continue;
        const auto motion = transport::motionStatistics(view, element);
        const auto fit = transport::fitMotion(motion, used);
        summary.diffusion = fit.tracer;
        summary.collective = fit.collective;
        summary.haven = fit.haven;
        summary.finiteSize = transport::finiteSizeNote(motion.volume, curve.ions);
        if (!(temperature > 0.0)) continue;
        const auto sigma = transport::conductivity(fit, motion, ionCharge(mobile), temperature);
        summary.conductivity = sigma.nernstEinstein;
        summary.conductivityError = sigma.nernstEinsteinError;
        summary.collectiveConductivity = sigma.collective;
        summary.collectiveConductivityError = sigma.collectiveError;
    }
}

std::optional<SpreadSummary> summariseSpread(const trajectory::H5mdReader& reader, const Manifest& manifest,
                                             double meanSpread) {
    SpreadSummary summary;
    summary.thresholdEvPerA = manifest.spec.uncertainty.thresholdEvPerA;
    summary.every = manifest.spec.uncertainty.every;
    if (const auto restart = reader.restart())
        summary.dynamics = dynamics::SpreadRecord::fromNumbers(restart->monitor);
    if (manifest.relaxation && manifest.relaxation->spread.evaluations > 0)
        summary.relaxation = manifest.relaxation->spread;
    if (summary.dynamics.evaluations == 0 && !summary.relaxation) return std::nullopt;
    summary.flagged =
        summary.dynamics.exceeded > 0 || (summary.relaxation && summary.relaxation->exceeded > 0);
    summary.mean = meanSpread;
    return summary;
}

/// What is wanted of all frames besides the positions.
struct FrameMeans {
    std::int64_t lastStep = 0;
    double lastTimeFs = 0.0;
    double firstEnergy = 0.0;
    double spread = 0.0;  ///< sum over `spreads` frames
    int spreads = 0;
    bool any = false;

    void add(const trajectory::Frame& frame) {
        if (!std::exchange(any, true)) firstEnergy = frame.potentialEnergy;
        lastStep = frame.step;
        lastTimeFs = frame.timeFs;
        if (!std::isfinite(frame.forceSpreadMean)) return;
        spread += frame.forceSpreadMean;
        ++spreads;
    }
};

transport::StreamedView readMotion(const std::filesystem::path& file, crystal::Element mobile,
                                   const TrajectoryInput& input, FrameMeans& means) {
    const auto source = trajectory::openTrajectory(file, input.import);
    transport::StreamOptions options;
    options.stride = input.stride;
    options.mobile = mobile;
    options.watch = [&means](const trajectory::Frame& frame) { means.add(frame); };
    NoProgress silent;
    try {
        return transport::streamView(*source, options, input.stop,
                                     input.progress != nullptr ? *input.progress : silent);
    } catch (const InputError& error) {
        throw InputError(file.string() + ": " + error.what());
    }
}

json havenJson(const transport::HavenRatio& h) {
    return {{"value", h.value}, {"error", h.error}, {"lower95", h.lower95}, {"upper95", h.upper95}};
}

json diffusionJson(const transport::Diffusion& d) {
    return {{"coefficient_cm2_per_s", d.coefficient},
            {"error_cm2_per_s", d.error},
            {"lower95_cm2_per_s", d.lower95},
            {"upper95_cm2_per_s", d.upper95},
            {"error_walkers_cm2_per_s", d.errorWalkers},
            {"error_bootstrap_cm2_per_s", d.errorBootstrap},
            {"error_blocks_cm2_per_s", d.errorBlocks},
            {"error_ions_cm2_per_s", d.errorIons},
            {"independent_carriers", d.independentCarriers},
            {"jumps", d.jumps},
            {"intercept_A2", d.intercept},
            {"fit_begin_ps", d.window.beginFs / 1000.0},
            {"fit_end_ps", d.window.endFs / 1000.0},
            {"log_log_slope", d.logLogSlope},
            {"warning", d.warning}};
}

}  // namespace

RunSummary analyzeRun(const std::filesystem::path& file, const std::string& mobileElement,
                      std::optional<transport::FitWindow> window, const TrajectoryInput& input) {
    const auto mobile = crystal::Element::fromSymbol(mobileElement);
    std::optional<trajectory::H5mdReader> ours;
    std::optional<Manifest> manifest;
    if (trajectory::trajectoryFormat(file) == trajectory::TrajectoryFormat::H5md) {
        ours.emplace(file, input.import);
        if (ours->frameCount() == 0) {
            throw InputError(file.string() +
                             ": holds no frame of molecular dynamics yet; continue the run first");
        }
        if (const auto text = ours->manifest(); !text.empty()) manifest = manifestFromJson(text, file);
    }
    FrameMeans means;
    const auto motion = readMotion(file, mobile, input, means);
    if (window && motion.framesRead < fewestFramesForMsd) {
        throw InputError(file.string() + ": the run is too short for a fit: it has " +
                         std::to_string(motion.framesRead) + " frames");
    }

    RunSummary summary;
    summary.formula = motion.last.formula();
    summary.atoms = motion.last.size();
    summary.steps = means.lastStep;
    summary.simulatedPs = means.lastTimeFs / 1000.0;
    summary.meanTemperature = motion.view.temperature;
    summary.volume = motion.view.volume;
    summary.notes = motion.notes;
    double energy = means.firstEnergy;
    double temperature = summary.meanTemperature;
    if (manifest) {
        if (manifest->relaxation) {
            energy = manifest->relaxation->energy;
            summary.relaxed = manifest->relaxation->converged;
        }
        summary.spread = summariseSpread(*ours, *manifest, means.spread / std::max(means.spreads, 1));
        // The bath's temperature is exact, the mean of a short run is not.
        const auto& md = manifest->spec.md;
        if (md.thermostat != dynamics::Thermostat::None) temperature = md.temperature;
    }
    summary.temperature = temperature;
    summary.energyPerAtom = energy / static_cast<double>(summary.atoms);
    summary.brokenPolyhedra = countBrokenPolyhedra(motion.last);
    if (motion.view.positions.size() >= fewestFramesForMsd)
        analyseMotion(motion.view, mobile, window, temperature, summary);
    return summary;
}

std::string toJson(const RunSummary& s) {
    json object = {{"formula", s.formula},
                   {"atoms", s.atoms},
                   {"steps", s.steps},
                   {"simulated_ps", s.simulatedPs},
                   {"mean_temperature_K", s.meanTemperature},
                   {"volume_A3", s.volume},
                   {"energy_eV_per_atom", s.energyPerAtom},
                   {"relaxed", s.relaxed},
                   {"msd_value_A2", s.msdValue},
                   {"diffusion", nullptr},
                   {"conductivity_mS_per_cm", nullptr},
                   {"conductivity_error_mS_per_cm", nullptr},
                   {"collective_diffusion", nullptr},
                   {"haven_ratio", nullptr},
                   {"collective_conductivity_mS_per_cm", nullptr},
                   {"collective_conductivity_error_mS_per_cm", nullptr},
                   {"temperature_K", s.temperature},
                   {"finite_size", s.finiteSize},
                   {"force_spread", s.spread ? toJson(*s.spread) : json(nullptr)},
                   {"broken_polyhedra", s.brokenPolyhedra},
                   {"notes", s.notes}};
    if (s.diffusion) {
        object["diffusion"] = diffusionJson(*s.diffusion);
        object["conductivity_mS_per_cm"] = s.conductivity;
        object["conductivity_error_mS_per_cm"] = s.conductivityError;
    }
    if (s.collective) {
        object["collective_diffusion"] = diffusionJson(*s.collective);
        object["collective_conductivity_mS_per_cm"] = s.collectiveConductivity;
        object["collective_conductivity_error_mS_per_cm"] = s.collectiveConductivityError;
    }
    if (s.haven) object["haven_ratio"] = havenJson(*s.haven);
    return object.dump(2);
}

}  // namespace ionscape::workflow
