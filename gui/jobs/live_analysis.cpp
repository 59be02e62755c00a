// SPDX-License-Identifier: GPL-3.0-or-later
// A one-thread pool that analyses the latest frames, never more than one request behind.
#include "gui/jobs/live_analysis.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace ionscape::gui {
namespace {

constexpr int intervalMs = 500;
/// The helper may use this share of one core, so that it does not slow the engine.
constexpr double dutyCycle = 0.2;
/// … but a curve is never older than this many intervals, however busy the machine is.
constexpr int longestRest = 6;
/// Longer runs are thinned: a curve of this many lags is as smooth as the screen can show.
constexpr std::size_t mostFrames = 4000;
constexpr std::size_t fewestFrames = 4;

std::vector<crystal::Element> elementsOf(const std::vector<crystal::Element>& atoms,
                                         crystal::Element mobile) {
    std::vector<crystal::Element> order;
    for (const crystal::Element element : atoms)
        if (std::find(order.begin(), order.end(), element) == order.end()) order.push_back(element);
    std::stable_partition(order.begin(), order.end(), [mobile](crystal::Element e) { return e == mobile; });
    return order;
}

}  // namespace

AnalysisResult analyse(const RunData& data, crystal::Element mobile) {
    AnalysisResult result;
    result.mobile = mobile;
    const std::size_t stride = data.frameCount() / mostFrames + 1;
    const auto pointers = data.frames(stride);
    result.frames = pointers.size();
    if (pointers.size() < fewestFrames) return result;

    std::vector<trajectory::Frame> frames;
    frames.reserve(pointers.size());
    // A run's last frame may lie off the grid of stored steps (it is written when the run ends or is
    // stopped).
    const double interval = pointers[1]->timeFs - pointers[0]->timeFs;
    for (const auto& frame : pointers) {
        const double expected = pointers[0]->timeFs + interval * static_cast<double>(frames.size());
        if (std::abs(frame->timeFs - expected) > 1e-3 * interval) break;
        frames.push_back(*frame);
    }
    if (frames.size() < fewestFrames) return result;

    transport::TrajectoryView view = transport::makeTrajectoryView(data.structure(), frames);
    transport::removeFrameworkDrift(view, mobile);
    result.meanTemperature = view.temperature;
    result.volume = view.volume;
    for (const crystal::Element element : elementsOf(view.elements, mobile))
        result.curves.push_back({element, transport::meanSquaredDisplacement(view, element)});
    if (result.curves.empty() || result.curves.front().element != mobile) return result;

    const transport::MsdCurve& curve = result.curves.front().msd;
    result.msdValue = transport::meanMsdValue(curve);
    try {
        result.diffusion =
            transport::tracerDiffusion(curve, transport::defaultFitWindow(curve), frames.size());
        result.conductivity = transport::nernstEinsteinConductivity(result.diffusion->coefficient, curve.ions,
                                                                    1.0, view.volume, view.temperature);
    } catch (const InputError&) {
        result.diffusion.reset();  // the run is still too short for a fit: the curve alone is shown
    }
    return result;
}

struct LiveAnalysis::Impl {
    QThreadPool pool;
    QTimer timer;
    std::shared_ptr<RunData> data;
    crystal::Element mobile;
    std::uint64_t analysed = 0;
    /// Counts follow() calls: an answer for a run that is no longer followed is dropped.
    int generation = 0;
    bool working = false;
    int restTicks = 0;
};

LiveAnalysis::LiveAnalysis(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>()) {
    impl_->pool.setMaxThreadCount(1);
    impl_->timer.setInterval(intervalMs);
    connect(&impl_->timer, &QTimer::timeout, this, [this] { tick(); });
    impl_->timer.start();
}

LiveAnalysis::~LiveAnalysis() {
    impl_->pool.waitForDone();
}

void LiveAnalysis::follow(std::shared_ptr<RunData> data, crystal::Element mobile) {
    impl_->data = std::move(data);
    impl_->mobile = mobile;
    impl_->analysed = 0;
    impl_->restTicks = 0;
    ++impl_->generation;
    tick();
}

void LiveAnalysis::tick() {
    if (!impl_->data || impl_->working) return;
    if (impl_->restTicks > 0) {
        --impl_->restTicks;
        return;
    }
    const std::uint64_t version = impl_->data->version();
    if (version == impl_->analysed || impl_->data->frameCount() < fewestFrames) return;
    impl_->analysed = version;
    impl_->working = true;
    impl_->pool.start([this, data = impl_->data, mobile = impl_->mobile, generation = impl_->generation] {
        QElapsedTimer clock;
        clock.start();
        AnalysisResult result;
        try {
            result = analyse(*data, mobile);
        } catch (const Error&) {
            result.curves.clear();  // frames unevenly spaced, or no ion of that element: nothing to plot
        }
        const double restMs = static_cast<double>(clock.elapsed()) * (1.0 / dutyCycle - 1.0);
        QMetaObject::invokeMethod(
            this,
            [this, generation, restMs, result = std::move(result)] {
                impl_->working = false;
                impl_->restTicks = std::min(static_cast<int>(restMs / intervalMs), longestRest);
                if (generation == impl_->generation && !result.curves.empty()) emit resultReady(result);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace ionscape::gui
