// SPDX-License-Identifier: GPL-3.0-or-later
// Opens runs, trajectories of other programs and structure files on a helper thread.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/composition/recognise_host.h"
#include "core/io/import_options.h"
#include "core/workflow/run.h"
#include "gui/jobs/run_data.h"

namespace ionscape::gui {

/// A file and how it is to be read.
struct OpenRequest {
    QString path;
    /// Answers to what the file leaves open.
    io::ImportOptions import;
    /// Only the first structure of a file with many frames.
    bool firstFrameOnly = false;
};

/// A file as read: a run has frames, a structure file has none.
struct LoadedFile {
    QString path;
    std::shared_ptr<RunData> data;
    /// Settings of the run as far as its manifest tells.
    workflow::RunSpec spec;
    std::optional<workflow::RunSummary> summary;
    /// What the user should know: why there is no summary, or what was left out while reading.
    QString note;
    bool isRun = false;
    /// Host and composition of a structure file, where one of the hosts fits.
    std::optional<composition::RecognisedHost> recognised;
};

/// Reads a run or any trajectory or structure that the core reads. Long trajectories are thinned to what the
/// memory affords. Throws IoError, InputError, io::UnansweredQuestions and Cancelled. Synchronous; any
/// thread.
LoadedFile loadFile(const OpenRequest& request, const std::stop_token& stop, ProgressSink& progress);

class FileLoader final : public QObject {
    Q_OBJECT

  public:
    explicit FileLoader(QObject* parent = nullptr);
    ~FileLoader() override;
    /// Starts to read; the answer comes as one of the signals. Files are read in the order asked for.
    void load(const OpenRequest& request);
    /// Stops what is being read and drops what waits.
    void cancel();

  signals:
    void loaded(const ionscape::gui::LoadedFile& file);
    void failed(const QString& path, const QString& message);
    /// The file leaves something open: load it again with the answers.
    void asked(const QString& path, const ionscape::io::ImportQuestions& questions);
    /// While a long file is read, a few times a second.
    void progressed(const QString& path, int percent);
    void cancelled(const QString& path);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::gui
