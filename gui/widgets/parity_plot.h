// SPDX-License-Identifier: GPL-3.0-or-later
// Predicted against reference energies, forces and stresses, side by side, for one or two models.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "core/training/parity.h"
#include "gui/widgets/plot_widget.h"

class QCPAxisRect;
class QCPGraph;

namespace ionscape::gui {

class ParityPlot final : public PlotWidget {
    Q_OBJECT

  public:
    explicit ParityPlot(QWidget* parent = nullptr);

    struct Series {
        QString name;
        std::shared_ptr<const training::Parity> parity;
    };
    /// Panels with more points than the screen can show are thinned evenly.
    void setSeries(const std::vector<Series>& series);
    void clear() { setSeries({}); }
    /// Points drawn for a series: energies, forces, stresses.
    std::array<int, 3> pointCounts(std::size_t series) const;

    QString csv() const override;
    QString name() const override { return QStringLiteral("parity"); }

  protected:
    void restyle(const QPalette& palette) override;

  private:
    struct Panel {
        QCPAxisRect* rect = nullptr;
        QCPGraph* diagonal = nullptr;
        std::vector<QCPGraph*> graphs;
    };
    std::array<Panel, 3> panels_;
    std::vector<Series> series_;
    void showPanels();
    void fill(Panel& panel, training::Pairs training::Parity::*quantity);
};

}  // namespace ionscape::gui
