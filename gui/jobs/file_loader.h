// SPDX-License-Identifier: GPL-3.0-or-later
// Opens run files and structure files on a helper thread.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/composition/recognise_host.h"
#include "core/workflow/run.h"
#include "gui/jobs/run_data.h"

namespace ionscape::gui {

/// A file as read: a run has frames, a structure file has none.
struct LoadedFile {
    QString path;
    std::shared_ptr<RunData> data;
    /// Settings of the run as far as its manifest tells.
    workflow::RunSpec spec;
    std::optional<workflow::RunSummary> summary;
    /// Why there is no summary although there are frames; empty otherwise.
    QString note;
    bool isRun = false;
    /// Host and composition of a structure file, where one of the hosts fits.
    std::optional<composition::RecognisedHost> recognised;
};

/// Reads `path` (H5MD run, CIF, POSCAR or extxyz); throws IoError and InputError. Synchronous; any thread.
LoadedFile loadFile(const QString& path, const std::stop_token& stop);

class FileLoader final : public QObject {
    Q_OBJECT

  public:
    explicit FileLoader(QObject* parent = nullptr);
    ~FileLoader() override;
    /// Starts to read; the answer comes as one of the signals. Files are read in the order asked for.
    void load(const QString& path);

  signals:
    void loaded(const ionscape::gui::LoadedFile& file);
    void failed(const QString& path, const QString& message);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::gui
