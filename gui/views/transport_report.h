// SPDX-License-Identifier: GPL-3.0-or-later
// A run on one page: picture, plots, numbers and where they come from, as PDF.
#pragma once

#include <QImage>
#include <QString>
#include <utility>
#include <vector>

#include "gui/jobs/job_controller.h"
#include "gui/views/transport_numbers.h"

namespace ionscape::gui {

struct ReportPage {
    QString title;
    QString subtitle;
    QImage picture;                                 ///< the 3D view; may be null
    std::vector<std::pair<QString, QImage>> plots;  ///< with their captions, two a row
    std::vector<NumberRow> numbers;
    QString note;                                         ///< warnings, in words
    std::vector<std::pair<QString, QString>> provenance;  ///< label and text
};

/// A4, one page. Throws IoError when it cannot be written; an existing file is replaced only by a whole one.
void writeReport(const QString& path, const ReportPage& page);

/// File, potential, settings and length of a run, as far as they are known, and the program's version.
std::vector<std::pair<QString, QString>> provenanceOf(const JobRecord& record, const TransportResult& result);

}  // namespace ionscape::gui
