// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/movie_writer.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/error.h"
#include "gui/views/structure_view.h"
#include "gui/widgets/playback_bar.h"

namespace ionscape::gui {

MovieWriter::MovieWriter(StructureView& view, QObject* parent) : QObject(parent), view_(view) {
    timer_.setInterval(0);
    connect(&timer_, &QTimer::timeout, this, &MovieWriter::writeOne);
    connect(&process_, &QProcess::finished, this, [this](int code) {
        // Without a movie the pictures are there all the same.
        emit finished(folder_, total_, code == 0 && QFileInfo::exists(movieFile()) ? movieFile() : QString());
    });
}

QString MovieWriter::movieFile() const {
    return QDir(folder_).filePath("movie.mp4");
}

void MovieWriter::start(const QString& folder, int width, int mostFrames) {
    if (isBusy()) throw InputError(tr("Another movie is being written.").toStdString());
    frames_ = view_.playback()->frameCount();
    // The bar counts one where nothing moves.
    if (frames_ < 2) throw InputError(tr("There are no frames to make a movie of.").toStdString());
    if (!QDir().mkpath(folder)) throw IoError(folder.toStdString(), "the folder cannot be made");
    folder_ = folder;
    width_ = width + width % 2;  // video codecs want even sides
    total_ = std::clamp(mostFrames, 1, frames_);
    next_ = 0;
    before_ = view_.playback()->frame();
    timer_.start();
}

void MovieWriter::stop() {
    timer_.stop();
    if (process_.state() != QProcess::NotRunning) process_.kill();
}

void MovieWriter::writeOne() {
    const int frame = total_ == 1 ? 0 : static_cast<int>(qint64(next_) * (frames_ - 1) / (total_ - 1));
    try {
        view_.goToFrame(frame);
        view_.savePicture(
            QDir(folder_).filePath(QStringLiteral("frame_%1.png").arg(next_, 5, 10, QChar('0'))), false,
            width_);
    } catch (const Error& error) {
        timer_.stop();
        emit failed(QString::fromUtf8(error.what()));
        return;
    }
    emit progressed(++next_, total_);
    if (next_ < total_) return;
    timer_.stop();
    view_.goToFrame(before_);
    join();
}

void MovieWriter::join() {
    const QString program = QStandardPaths::findExecutable("ffmpeg");
    if (program.isEmpty()) {
        emit finished(folder_, total_, {});
        return;
    }
    process_.setWorkingDirectory(folder_);
    process_.start(program, {"-y", "-framerate", "25", "-i", "frame_%05d.png", "-vf",
                             "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "movie.mp4"});
}

}  // namespace ionscape::gui
