// SPDX-License-Identifier: GPL-3.0-or-later
// Reading of files off the GUI thread.
#include "gui/jobs/file_loader.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "core/io/structure_file.h"
#include "core/trajectory/h5md.h"
#include "core/trajectory/open_trajectory.h"

namespace ionscape::gui {
namespace {

constexpr int reportIntervalMs = 200;
/// Positions of a trajectory that are held for the views, bytes.
constexpr std::size_t mostBytes = std::size_t{256} << 20;

/// The run's settings, the member "spec" of our manifests. A file of another program has none.
workflow::RunSpec specFromManifest(const std::string& manifest) {
    if (manifest.empty()) return {};
    const auto json = nlohmann::json::parse(manifest, nullptr, false);
    if (!json.is_object()) return {};
    if (!json.contains("spec")) return {};
    return workflow::runSpecFromJson(json["spec"].dump());
}

/// The ion that moves in a trajectory of another program. Throws MobileIonUnclear unless exactly one of the
/// usual ones is there.
std::string mobileIon(const crystal::Structure& structure) {
    const auto present = [&](const std::string& symbol) {
        return !structure.atomsOf(crystal::Element::fromSymbol(symbol)).empty();
    };
    std::vector<std::string> usual, all;
    for (const char* symbol : {"Li", "Na", "K", "Ag", "Cu"})
        if (present(symbol)) usual.emplace_back(symbol);
    if (usual.size() == 1) return usual.front();
    all = usual;
    for (const char* symbol : {"Mg", "Zn", "Ca", "Al", "H", "F", "O"})
        if (present(symbol)) all.emplace_back(symbol);
    for (const auto element : structure.elements) {
        const std::string symbol(element.symbol());
        if (std::find(all.begin(), all.end(), symbol) == all.end()) all.push_back(symbol);
    }
    if (all.size() == 1) return all.front();
    throw MobileIonUnclear(all);
}

/// Frames held for the views: every second one is dropped whenever they become too many.
class ThinnedFrames {
  public:
    void add(const trajectory::Frame& frame) {
        if (read_++ % stride_ != 0) return;
        frames_.push_back(frame);
        frames_.back().velocities = VectorField(3, 0);
        const auto bytes = static_cast<std::size_t>(frame.positions.size()) * sizeof(double) + sizeof frame;
        if (frames_.size() < 4 || frames_.size() * bytes <= mostBytes) return;
        std::vector<trajectory::Frame> half;
        for (std::size_t i = 0; i < frames_.size(); i += 2)
            half.push_back(std::move(frames_[i]));
        frames_ = std::move(half);
        stride_ *= 2;
    }
    void moveTo(RunData& data) {
        for (auto& frame : frames_) {
            data.append(frame);
            frame.positions.resize(3, 0);
        }
    }
    std::size_t stride() const { return stride_; }
    std::size_t read() const { return read_; }

  private:
    std::vector<trajectory::Frame> frames_;
    std::size_t read_ = 0, stride_ = 1;
};

/// Half of the whole, from `begin` of 1000 on.
class HalfProgress final : public ProgressSink {
  public:
    HalfProgress(ProgressSink& whole, std::int64_t begin) : whole_(whole), begin_(begin) {}
    void report(std::string_view stage, std::int64_t done, std::int64_t total,
                std::string_view detail) override {
        if (total > 0) whole_.report(stage, begin_ + 500 * done / total, 1000, detail);
    }

  private:
    ProgressSink& whole_;
    std::int64_t begin_;
};

LoadedFile loadMotion(const OpenRequest& request, const std::stop_token& stop, ProgressSink& progress) {
    LoadedFile file;
    file.path = request.path;
    file.isRun = true;
    file.data = std::make_shared<RunData>();
    const std::filesystem::path native = request.path.toStdString();
    if (trajectory::trajectoryFormat(native) == trajectory::TrajectoryFormat::H5md) {
        const trajectory::H5mdReader reader(native, request.import);
        file.spec = specFromManifest(reader.manifest());
    }
    const auto source = trajectory::openTrajectory(native, request.import);
    file.spec.output = native;
    const bool ours = !file.spec.formula.empty() || !file.spec.structureFile.empty();
    file.foreign = !ours;
    if (!request.mobile.empty())
        file.spec.mobileElement = request.mobile;
    else if (!ours)
        file.spec.mobileElement = mobileIon(source->initial());
    file.data->setStructure(source->initial());
    file.data->setSpreadThreshold(file.spec.uncertainty.thresholdEvPerA);
    ThinnedFrames frames;
    trajectory::Frame frame;
    while (source->next(frame)) {
        throwIfStopped(stop);
        frames.add(frame);
        progress.report("read", static_cast<std::int64_t>(500.0 * source->fractionRead()), 1000, {});
    }
    frames.moveTo(*file.data);
    if (ours && frames.stride() == 1) file.followFrom = frames.read();
    QStringList notes;
    if (frames.stride() > 1)
        notes << FileLoader::tr("The trajectory is long: one frame in %1 is shown.").arg(frames.stride());
    try {
        HalfProgress second(progress, 500);
        file.summary = workflow::analyzeRun(native, file.spec.mobileElement, std::nullopt,
                                            {request.import, 1, stop, &second});
        for (const auto& note : file.summary->notes)
            notes << QString::fromStdString(note);
    } catch (const Error& error) {
        notes << QString::fromUtf8(error.what());
    }
    file.note = notes.join('\n');
    return file;
}

/// A host file that is broken is no reason not to open a structure: it is reported where hosts are listed.
std::optional<composition::RecognisedHost> recognise(const crystal::Structure& structure) {
    std::vector<composition::Host> hosts;
    for (const auto& id : composition::hostIds()) {
        try {
            hosts.push_back(composition::findHost(id));
        } catch (const Error&) {
            continue;
        }
    }
    return composition::recogniseHost(hosts, structure);
}

LoadedFile loadStructure(const OpenRequest& request, crystal::Structure structure) {
    LoadedFile file;
    file.path = request.path;
    file.data = std::make_shared<RunData>();
    file.data->setStructure(structure);
    file.recognised = recognise(structure);
    file.spec.structureFile = request.path.toStdString();
    return file;
}

/// Passes on a few reports a second.
class ThrottledProgress final : public ProgressSink {
  public:
    explicit ThrottledProgress(std::function<void(int)> tell) : tell_(std::move(tell)) { clock_.start(); }
    void report(std::string_view, std::int64_t done, std::int64_t total, std::string_view) override {
        if (total <= 0 || clock_.elapsed() < reportIntervalMs) return;
        clock_.restart();
        tell_(static_cast<int>(100 * done / total));
    }

  private:
    std::function<void(int)> tell_;
    QElapsedTimer clock_;
};

}  // namespace

LoadedFile loadFile(const OpenRequest& request, const std::stop_token& stop, ProgressSink& progress) {
    const std::filesystem::path native = request.path.toStdString();
    const bool moves = trajectory::looksLikeTrajectory(native);
    if (moves && !request.firstFrameOnly) return loadMotion(request, stop, progress);
    if (!moves) return loadStructure(request, io::readStructure(native));
    io::ImportOptions options = request.import;
    if (!options.timestepFs) options.timestepFs = 1.0;  // one frame needs no time
    return loadStructure(request, trajectory::openTrajectory(native, options)->initial());
}

struct FileLoader::Impl {
    QThreadPool pool;
    std::stop_source stop;
};

FileLoader::FileLoader(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>()) {
    impl_->pool.setMaxThreadCount(1);
}

FileLoader::~FileLoader() {
    impl_->stop.request_stop();
    impl_->pool.clear();
    impl_->pool.waitForDone();
}

void FileLoader::cancel() {
    impl_->stop.request_stop();
    impl_->stop = std::stop_source();
    impl_->pool.clear();
}

void FileLoader::load(const OpenRequest& request) {
    impl_->pool.start([this, request, stop = impl_->stop.get_token()] {
        const auto tell = [this](auto signal) {
            QMetaObject::invokeMethod(this, signal, Qt::QueuedConnection);
        };
        const QString path = request.path;
        ThrottledProgress progress(
            [&](int percent) { tell([this, path, percent] { emit progressed(path, percent); }); });
        try {
            tell([this, file = loadFile(request, stop, progress)] { emit loaded(file); });
        } catch (const Cancelled&) {
            tell([this, path] { emit cancelled(path); });
        } catch (const io::UnansweredQuestions& error) {
            const LoadQuestions questions{error.questions(), {}, request.import};
            tell([this, path, questions] { emit asked(path, questions); });
        } catch (const MobileIonUnclear& error) {
            const LoadQuestions questions{{}, error.elements(), request.import};
            tell([this, path, questions] { emit asked(path, questions); });
        } catch (const std::exception& error) {
            const QString message = QString::fromUtf8(error.what());
            tell([this, path, message] { emit failed(path, message); });
        }
    });
}

}  // namespace ionscape::gui
