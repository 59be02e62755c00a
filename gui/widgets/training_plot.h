// SPDX-License-Identifier: GPL-3.0-or-later
// Loss and validation errors of a training against the epoch.
#pragma once

#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPAxisRect;
class QCPGraph;

namespace ionscape::gui {

class TrainingPlot final : public PlotWidget {
    Q_OBJECT

  public:
    explicit TrainingPlot(QWidget* parent = nullptr);

    struct Point {
        int epoch = 0;           ///< 0: the model that the training starts from
        double loss = 0.0;       ///< not drawn for epoch 0
        double forceMae = 0.0;   ///< eV/Å, validation
        double energyMae = 0.0;  ///< meV/atom, validation
        bool best = false;
        /// eV/Å, on the held-out part of the replayed data: what is forgotten.
        std::optional<double> replayForceMae = {};
    };
    void append(const Point& point);
    void clear();
    /// Fixes the right end of the axis; 0 lets it follow the data.
    void setEpochs(int epochs);
    int pointCount() const { return static_cast<int>(points_.size()); }

    QString csv() const override;
    QString name() const override { return QStringLiteral("training"); }

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QCPAxisRect *upper_ = nullptr, *lower_ = nullptr;
    QCPGraph *loss_ = nullptr, *force_ = nullptr, *energy_ = nullptr, *best_ = nullptr;
    QCPGraph* replay_ = nullptr;
    std::vector<Point> points_;
    int epochs_ = 0;
    void rescale();
};

}  // namespace ionscape::gui
