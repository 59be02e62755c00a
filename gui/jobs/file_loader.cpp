// SPDX-License-Identifier: GPL-3.0-or-later
// Reading of files off the GUI thread.
#include "gui/jobs/file_loader.h"

#include <QFileInfo>
#include <QThreadPool>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "core/io/structure_file.h"
#include "core/trajectory/h5md.h"

namespace ionscape::gui {
namespace {

bool isRunFile(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == "h5" || suffix == "hdf5" || suffix == "h5md";
}

/// The run's settings, the member "spec" of our manifests. A file of another program has none.
workflow::RunSpec specFromManifest(const std::string& manifest) {
    if (manifest.empty()) return {};
    const auto json = nlohmann::json::parse(manifest, nullptr, false);
    if (!json.is_object()) return {};
    if (!json.contains("spec")) return {};
    return workflow::runSpecFromJson(json["spec"].dump());
}

LoadedFile loadRun(const QString& path, const std::stop_token& stop) {
    LoadedFile file;
    file.path = path;
    file.isRun = true;
    file.data = std::make_shared<RunData>();
    const std::filesystem::path native = path.toStdString();
    const trajectory::H5mdReader reader(native);
    file.spec = specFromManifest(reader.manifest());
    file.spec.output = native;
    file.data->setStructure(reader.initialStructure());
    file.data->setSpreadThreshold(file.spec.uncertainty.thresholdEvPerA);
    for (std::size_t i = 0; i < reader.frameCount(); ++i) {
        throwIfStopped(stop);
        file.data->append(reader.readFrame(i));
    }
    try {
        file.summary = workflow::analyzeRun(native, file.spec.mobileElement, std::nullopt);
    } catch (const Error& error) {
        file.note = QString::fromUtf8(error.what());
    }
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

}  // namespace

LoadedFile loadFile(const QString& path, const std::stop_token& stop) {
    if (isRunFile(path)) return loadRun(path, stop);
    LoadedFile file;
    file.path = path;
    file.data = std::make_shared<RunData>();
    const auto structure = io::readStructure(path.toStdString());
    file.data->setStructure(structure);
    file.recognised = recognise(structure);
    file.spec.structureFile = path.toStdString();
    return file;
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

void FileLoader::load(const QString& path) {
    impl_->pool.start([this, path, stop = impl_->stop.get_token()] {
        try {
            LoadedFile file = loadFile(path, stop);
            QMetaObject::invokeMethod(
                this, [this, file = std::move(file)] { emit loaded(file); }, Qt::QueuedConnection);
        } catch (const Cancelled&) {
            return;  // only the destructor stops a load: nobody is left to tell
        } catch (const std::exception& error) {
            const QString message = QString::fromUtf8(error.what());
            QMetaObject::invokeMethod(
                this, [this, path, message] { emit failed(path, message); }, Qt::QueuedConnection);
        }
    });
}

}  // namespace ionscape::gui
