// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-bench-window: frames a second of the 3D view, and how long numbers and plots take to follow the
// fit window. Run it under a display; LIBGL_ALWAYS_SOFTWARE=1 measures the software renderer.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <QWindow>

#include "core/base/random.h"
#include "core/crystal/supercell.h"
#include "gui/scene/pathway_layers.h"
#include "gui/views/structure_view.h"
#include "gui/views/transport_numbers.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_settings.h"
#include "gui/views/transport_stage.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/scene_widget.h"
#include "gui/widgets/theme.h"
#include "tests/bench/bench_systems.h"
#include "tests/gui/views/hopping_run.h"

namespace ionscape::bench {

namespace {

/// A density as winding as that of a run, on a grid of 96³ that is stretched over the block.
std::shared_ptr<const transport::PeriodicGrid> channels(const crystal::Structure& cell,
                                                        const crystal::Lattice& block) {
    auto field = std::make_shared<transport::PeriodicGrid>();
    field->lattice = cell.lattice;
    field->shape = {96, 96, 96};
    field->values.resize(96UL * 96UL * 96UL);
    constexpr double width = 0.6;  // Å
    const auto ions = cell.atomsOf(crystal::Element::fromSymbol("Li"));
    for (std::size_t i = 0; i < field->values.size(); ++i) {
        const auto at = field->fractional(i);
        for (const std::size_t ion : ions) {
            const Vec3 apart = at.v - cell.lattice.toFractional(cell.position(ion)).v;
            const double d = cell.lattice.toCartesian({Vec3(apart - apart.array().round().matrix())}).norm();
            field->values[i] += std::exp(-0.5 * d * d / (width * width));
        }
    }
    field->lattice = block;
    return field;
}

bool exposed(QWidget& widget) {
    QDeadlineTimer patience(10000);
    while (!patience.hasExpired() && (!widget.windowHandle() || !widget.windowHandle()->isExposed()))
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    QApplication::processEvents();
    return !patience.hasExpired();
}

enum class Marks { Surfaces, Volume };

/// 2,560 atoms with bonds in a 4 × 2 × 2 block of cells, two surfaces through all of it, orbiting.
void orbit(benchmark::State& state, Marks marks) {
    const auto& block = cell(2560);
    gui::SceneWidget widget;
    widget.resize(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
    widget.show();
    if (!exposed(widget)) {
        state.SkipWithError("no display");
        return;
    }
    auto& scene = widget.scene();
    scene.setStructure(block);
    auto options = scene.pathways().options();
    options.levels = {{0.25, {0.2, 0.4, 0.6}, 0.25}, {0.6, {0.4, 0.7, 0.4}, 0.5}};
    options.volume = marks == Marks::Volume;
    scene.pathways().setOptions(options);
    scene::Pathways pathways;
    static const auto density = channels(cell(160), block.lattice);
    pathways.density = density;
    scene.pathways().set(pathways);
    bool swapped = false;
    QObject::connect(&widget, &QOpenGLWidget::frameSwapped, [&swapped] { swapped = true; });
    const auto paint = [&] {
        swapped = false;
        widget.requestRender();
        while (!swapped)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    };
    paint();
    // As the mouse does it.
    QPointF at(400.0, 300.0);
    const auto send = [&](QEvent::Type type, Qt::MouseButton button) {
        QMouseEvent event(type, at, widget.mapToGlobal(at), button, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&widget, &event);
    };
    send(QEvent::MouseButtonPress, Qt::LeftButton);
    for (auto _ : state) {
        at += QPointF(6.0, 2.0);
        send(QEvent::MouseMove, Qt::NoButton);
        paint();
    }
    send(QEvent::MouseButtonRelease, Qt::LeftButton);
    state.counters["atoms"] = static_cast<double>(scene.atomGlyphCount());
    state.counters["bonds"] = static_cast<double>(scene.bondCount());
    state.counters["triangles"] = static_cast<double>(scene.pathways().surfaceTriangles());
    state.counters["fps"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// A long run of 30 ions and a small framework, with three other temperatures for the activation energy.
class Stage {
  public:
    Stage() {
        auto* layout = new QVBoxLayout(&window_);
        layout->addWidget(&view_, 1);
        layout->addWidget(stage_.plots(), 1);
        layout->addWidget(stage_.panel(), 1);
        window_.resize(1200, 1100);
        window_.show();
        exposed(window_);
        for (const double temperature : {600.0, 700.0, 900.0}) {
            gui::HoppingRun other;
            other.temperature = temperature;
            other.chance = 0.03 * std::exp(-3000.0 * (1.0 / temperature - 1.0 / 800.0));
            other.frames = 10;
            controller_.addOpened(other.spec(), "rung", other.data(), other.summary());
        }
        const int id = controller_.addOpened(gui::HoppingRun{}.spec(), "long", walk(), std::nullopt);
        view_.showRun(controller_.find(id)->data, "long");
        stage_.setRun(id);
        stage_.setActive(true);
        while (!stage_.job().result() || stage_.job().task().isBusy())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    ~Stage() { view_.setParent(nullptr); }

    /// As the mouse does it: the signal of the plot, then all events until nothing is left to paint.
    void drag(double beginFs, double endFs) {
        emit stage_.plots()->msd()->windowDragged({beginFs, endFs});
        for (int i = 0; i < 4; ++i)
            QApplication::processEvents();
    }
    double lastFs() { return stage_.job().result()->motion.statistics.msd.lagFs.back(); }
    bool complete() {
        const auto* numbers = stage_.numbers();
        return stage_.fit() && !numbers->value("sigma").isEmpty() &&
               !numbers->value("activationEnergy").isEmpty();
    }

  private:
    gui::JobController controller_{
        [](const auto&, const auto&, auto&, auto&) { return workflow::RunSummary{}; }};
    gui::StructureView view_;
    gui::TransportStage stage_{view_, controller_};
    QWidget window_;

    static std::shared_ptr<gui::RunData> walk() {
        constexpr int frames = 100000, ions = 30;
        crystal::Structure start;
        start.lattice = crystal::Lattice(16.0 * Mat3::Identity());
        RandomStream random(1);
        for (int i = 0; i < ions + 4; ++i)
            start.append(crystal::Element::fromSymbol(i < ions ? "Li" : "Zr"),
                         16.0 * Vec3(random.uniform(), random.uniform(), random.uniform()), "");
        auto data = std::make_shared<gui::RunData>();
        data->setStructure(start);
        trajectory::Frame frame;
        frame.lattice = start.lattice;
        frame.positions = start.positions;
        frame.temperature = 800.0;
        for (int t = 0; t < frames; ++t) {
            frame.step = t;
            frame.timeFs = 10.0 * t;
            data->append(frame);
            for (Eigen::Index k = 0; k < 3 * ions; ++k)
                frame.positions.data()[k] += 0.1 * (random.uniform() - 0.5);
        }
        return data;
    }
};

std::unique_ptr<Stage> stageOnce;

void refit(benchmark::State& state) {
    if (!stageOnce) stageOnce = std::make_unique<Stage>();
    Stage& stage = *stageOnce;
    double end = 0.3;
    double slowest = 0.0;
    for (auto _ : state) {
        end = end > 0.8 ? 0.3 : end + 0.01;
        QElapsedTimer clock;
        clock.start();
        stage.drag(0.1 * stage.lastFs(), end * stage.lastFs());
        slowest = std::max(slowest, 1e-6 * static_cast<double>(clock.nsecsElapsed()));
    }
    state.counters["slowest_ms"] = slowest;
    if (!stage.complete()) state.SkipWithError("D, σ or E_a is missing");
}

}  // namespace

}  // namespace ionscape::bench

int main(int argc, char** argv) {
    using namespace ionscape;
    benchmark::Initialize(&argc, argv);
    gui::SceneWidget::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    gui::applyTheme(gui::Theme::Light);
    const auto sizes = [](auto* one) {
        one->Args({1000, 700})
            ->Args({1900, 1000})
            ->Unit(benchmark::kMillisecond)
            ->UseRealTime()
            ->MeasureProcessCPUTime();
    };
    sizes(benchmark::RegisterBenchmark("orbit/2560atoms/surfaces", bench::orbit, bench::Marks::Surfaces));
    sizes(benchmark::RegisterBenchmark("orbit/2560atoms/volume", bench::orbit, bench::Marks::Volume));
    benchmark::RegisterBenchmark("refit/100000frames/30ions", bench::refit)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->MeasureProcessCPUTime();
    benchmark::RunSpecifiedBenchmarks();
    bench::stageOnce.reset();  // before the application
    benchmark::Shutdown();
}
