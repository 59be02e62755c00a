// SPDX-License-Identifier: GPL-3.0-or-later
// Opens runs, trajectories of other programs and structure files on a helper thread.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/base/error.h"
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
    /// Symbol of the ion whose motion is analysed; empty to take what is clear or to ask.
    std::string mobile{};
};

/// What has to be known of a trajectory of another program before it can be read.
struct LoadQuestions {
    io::ImportQuestions import{};
    /// Which of these ions is the mobile one, the likeliest first; empty when that is not asked.
    std::vector<std::string> mobile{};
    /// What has been answered already.
    io::ImportOptions answers{};
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
    bool foreign = false;  ///< a run of another program
    /// Of a run of ours that is held whole: frames read, so that what is added later can be followed.
    std::optional<std::size_t> followFrom;
    /// Host and composition of a structure file, where one of the hosts fits.
    std::optional<composition::RecognisedHost> recognised;
};

/// A trajectory of another program leaves open which ion is the mobile one.
class MobileIonUnclear : public InputError {
  public:
    explicit MobileIonUnclear(std::vector<std::string> elements)
        : InputError("the file does not say which ion is the mobile one"), elements_(std::move(elements)) {}
    /// The likeliest first.
    const std::vector<std::string>& elements() const { return elements_; }

  private:
    std::vector<std::string> elements_;
};

/// Reads a run or any trajectory or structure that the core reads. Long trajectories are thinned to what the
/// memory affords. Throws IoError, InputError, io::UnansweredQuestions, MobileIonUnclear and Cancelled.
/// Synchronous; any thread.
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
    void asked(const QString& path, const ionscape::gui::LoadQuestions& questions);
    /// While a long file is read, a few times a second.
    void progressed(const QString& path, int percent);
    void cancelled(const QString& path);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::gui
