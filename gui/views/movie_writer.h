// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the frames of a run as pictures, one at a time so that the window stays alive, and joins them by
// ffmpeg.
#pragma once

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace ionscape::gui {

class StructureView;

class MovieWriter final : public QObject {
    Q_OBJECT

  public:
    /// \param view  shows the run; must outlive the writer
    explicit MovieWriter(StructureView& view, QObject* parent = nullptr);

    /// Writes at most `mostFrames` evenly spread frames into the folder as frame_00000.png and on; then,
    /// where ffmpeg is installed, movie.mp4 beside them. Throws InputError while another movie is written or
    /// without frames, IoError when the folder cannot be made.
    void start(const QString& folder, int width, int mostFrames);
    void stop();
    bool isBusy() const { return timer_.isActive() || process_.state() != QProcess::NotRunning; }

  signals:
    void progressed(int done, int total);
    /// `movie` is the file made by ffmpeg, empty where there is none.
    void finished(const QString& folder, int pictures, const QString& movie);
    void failed(const QString& message);

  private:
    StructureView& view_;
    QTimer timer_;
    QProcess process_;
    QString folder_;
    int width_ = 0, next_ = 0, total_ = 0, frames_ = 0, before_ = 0;
    void writeOne();
    void join();
    QString movieFile() const;
};

}  // namespace ionscape::gui
