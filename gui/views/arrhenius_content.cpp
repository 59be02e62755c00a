// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/arrhenius_content.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/formula.h"
#include "core/transport/arrhenius.h"
#include "core/transport/vtf.h"
#include "gui/views/text.h"

namespace ionscape::gui {
namespace arrhenius_content_detail {

constexpr double milli = 1e-3;

/// Amounts divided by their sum; empty when it is no formula.
std::map<crystal::Element, double> shares(const std::string& formula) {
    std::map<crystal::Element, double> result;
    try {
        double sum = 0.0;
        for (const auto& [element, amount] : composition::parseFormula(formula)) {
            result[element] += amount;
            sum += amount;
        }
        for (auto& [element, amount] : result)
            amount /= sum;
    } catch (const Error&) {
        result.clear();
    }
    return result;
}

constexpr double target = 300.0;  // K

transport::ArrheniusFit fitted(const std::vector<ArrheniusInput>& inputs, bool conductivity) {
    std::vector<transport::ArrheniusPoint> points;
    for (const ArrheniusInput& input : inputs) {
        transport::ArrheniusPoint point;
        point.temperature = input.temperature;
        point.value = conductivity ? input.sigma / milli : input.diffusion;  // core takes mS/cm
        point.error = conductivity ? input.sigmaError / milli : input.diffusionError;
        points.push_back(point);
    }
    return transport::fitArrhenius(
        points, conductivity ? transport::Activated::Conductivity : transport::Activated::Diffusion);
}

/// From above the hottest point down to the target, evenly in 1/T.
std::vector<double> curveTemperatures(const std::vector<ArrheniusInput>& inputs) {
    constexpr int steps = 80;
    const double first = 0.97 / inputs.front().temperature;
    const double last = std::max(1.03 / inputs.back().temperature, 1.0 / target);
    std::vector<double> temperatures;
    for (int i = 0; i <= steps; ++i)
        temperatures.push_back(1.0 / (first + (last - first) * i / steps));
    return temperatures;
}

/// What the plot shows of σ (mS/cm) or D at a temperature.
double plotted(double value, double temperature, bool conductivity) {
    return conductivity ? milli * value * temperature : value;
}

QString valueWithBand(const transport::Extrapolation& at) {
    const QString value = numberText(at.value, 3);
    if (!std::isfinite(at.lower95) || !std::isfinite(at.upper95)) return value;
    return QStringLiteral("%1 (%2 … %3)").arg(value, numberText(at.lower95, 2), numberText(at.upper95, 2));
}

void addFit(ArrheniusAnalysis& analysis, const std::vector<ArrheniusInput>& inputs, bool conductivity) {
    const auto fit = fitted(inputs, conductivity);
    auto& content = analysis.content;
    content.target = target;
    for (const double temperature : curveTemperatures(inputs)) {
        const auto at = fit.at(temperature);
        const double value = plotted(at.value, temperature, conductivity);
        const auto bound = [&](double limit) {
            return std::isfinite(limit) && limit > 0.0 ? plotted(limit, temperature, conductivity) : value;
        };
        content.fit.push_back({temperature, value, bound(at.lower95), bound(at.upper95)});
    }
    const bool certain = std::isfinite(fit.activationEnergyError);
    const QString energy = (certain ? withError(fit.activationEnergy, fit.activationEnergyError)
                                    : numberText(fit.activationEnergy, 3)) +
                           QStringLiteral(" eV");
    const QString note = QString::fromStdString(fit.note);
    content.note = QStringLiteral("E_a = ") + energy;
    analysis.numbers.push_back(
        {"activationEnergy", QStringLiteral("E_a"), energy,
         ArrheniusPlot::tr("Activation energy of the Arrhenius line through all points") +
             (note.isEmpty() ? QString() : QStringLiteral(". ") + note)});
    // The conductivity is what one asks for at room temperature, whatever is plotted.
    const auto sigma = conductivity ? fit.at(target) : fitted(inputs, true).at(target);
    analysis.numbers.push_back(
        {"sigma300", QStringLiteral("σ(300 K)"), valueWithBand(sigma) + QStringLiteral(" mS/cm"),
         ArrheniusPlot::tr("Extrapolated along the line, with the band that 95 % of repeated experiments "
                           "would leave")});
    if (fit.points.size() < 4) return;
    const auto vtf = transport::fitVtf(fit);
    for (const double temperature : curveTemperatures(inputs))
        if (temperature > 1.02 * vtf.vanishingTemperature)
            content.alternative.push_back(
                {temperature, plotted(vtf.at(temperature, fit.quantity), temperature, conductivity), 0.0,
                 0.0});
    analysis.numbers.push_back({"vtf", QStringLiteral("VTF"), QString::fromStdString(vtf.verdict),
                                ArrheniusPlot::tr("Vogel–Tammann–Fulcher law against Arrhenius, by "
                                                  "Akaike's criterion")});
}

}  // namespace arrhenius_content_detail

std::optional<ArrheniusInput> arrheniusInput(const JobRecord& record) {
    if (!record.summary || !record.summary->diffusion) return std::nullopt;
    const auto& summary = *record.summary;
    const auto& diffusion = *summary.diffusion;
    if (!(diffusion.coefficient > 0.0) || !(summary.meanTemperature > 0.0)) return std::nullopt;
    ArrheniusInput input;
    input.run = record.id;
    input.label = record.title;
    input.temperature = summary.meanTemperature;
    input.diffusion = diffusion.coefficient;
    input.diffusionError = diffusion.error;
    input.sigma = arrhenius_content_detail::milli * summary.conductivity;
    input.sigmaError = input.sigma * diffusion.error / diffusion.coefficient;
    return input;
}

ArrheniusInput arrheniusInput(int run, const QString& label, const transport::MotionFit& fit,
                              const TransportResult& result) {
    ArrheniusInput input;
    input.run = run;
    input.label = label;
    input.temperature = result.temperature;
    input.diffusion = fit.tracer.coefficient;
    input.diffusionError = fit.tracer.error;
    if (result.temperature > 0.0 && result.volume > 0.0) {
        const auto sigma = transport::conductivity(fit, result.motion.statistics, result.settings.charge,
                                                   result.temperature);
        input.sigma = arrhenius_content_detail::milli * sigma.nernstEinstein;
        input.sigmaError = arrhenius_content_detail::milli * sigma.nernstEinsteinError;
    }
    return input;
}

bool sameComposition(const JobRecord& first, const JobRecord& second) {
    if (first.id == second.id) return true;
    if (first.spec.mobileElement != second.spec.mobileElement) return false;
    const auto a = arrhenius_content_detail::shares(first.spec.formula);
    const auto b = arrhenius_content_detail::shares(second.spec.formula);
    if (a.empty() || a.size() != b.size()) return false;
    return std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
        return x.first == y.first && std::abs(x.second - y.second) < 1e-4;
    });
}

ArrheniusAnalysis analyseArrhenius(std::vector<ArrheniusInput> inputs, int current, bool conductivity) {
    using namespace arrhenius_content_detail;
    ArrheniusAnalysis analysis;
    std::erase_if(inputs, [&](const ArrheniusInput& input) {
        return !(input.temperature > 0.0) || !((conductivity ? input.sigma : input.diffusion) > 0.0);
    });
    std::sort(inputs.begin(), inputs.end(),
              [](const auto& a, const auto& b) { return a.temperature > b.temperature; });
    auto& content = analysis.content;
    content.quantity =
        conductivity ? ArrheniusPlot::tr("log₁₀ σT (S K/cm)") : ArrheniusPlot::tr("log₁₀ D* (cm²/s)");
    for (const ArrheniusInput& input : inputs) {
        ArrheniusPlot::Point point;
        point.temperature = input.temperature;
        point.value = conductivity ? input.sigma * input.temperature : input.diffusion;
        point.error = conductivity ? input.sigmaError * input.temperature : input.diffusionError;
        point.label = input.label;
        point.current = input.run == current;
        content.points.push_back(point);
    }
    // Replicas at one temperature are one point to the fit: the law needs two temperatures.
    const bool several = inputs.size() > 1 && inputs.front().temperature > 1.001 * inputs.back().temperature;
    if (several) {
        try {
            addFit(analysis, inputs, conductivity);
        } catch (const Error& error) {
            content.note = QString::fromUtf8(error.what());
        }
    }
    analysis.shown = std::move(inputs);
    return analysis;
}

}  // namespace ionscape::gui
