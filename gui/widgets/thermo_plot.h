// SPDX-License-Identifier: GPL-3.0-or-later
// Temperature and potential energy against time; forces and energy against step while the cell relaxes.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;

namespace ionscape::gui {

class ThermoPlot final : public PlotWidget {
    Q_OBJECT

  public:
    explicit ThermoPlot(QWidget* parent = nullptr);

    void clear();
    /// Points of the relaxation; vectors of equal length (steps, eV/atom, eV/Å).
    void appendRelaxation(const std::vector<double>& step, const std::vector<double>& energy,
                          const std::vector<double>& maxForce);
    /// Points of the dynamics; vectors of equal length (ps, K, eV/atom). The first ones replace the
    /// relaxation's.
    void appendDynamics(const std::vector<double>& timePs, const std::vector<double>& temperature,
                        const std::vector<double>& energy);
    /// The thermostat's set temperature, drawn as a line; 0 for none.
    void setTargetTemperature(double kelvin);

    QString csv() const override;
    QString name() const override {
        return showsDynamics_ ? QStringLiteral("thermo") : QStringLiteral("relaxation");
    }
    int pointCount() const;
    bool showsDynamics() const { return showsDynamics_; }

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QCPAxisRect *upperRect_ = nullptr, *lowerRect_ = nullptr;
    QCPGraph *upper_ = nullptr, *lower_ = nullptr;
    QCPItemStraightLine* target_ = nullptr;
    double targetTemperature_ = 0.0;
    bool showsDynamics_ = false;
    void append(const std::vector<double>& x, const std::vector<double>& upper,
                const std::vector<double>& lower);
    void setLabels();
    void rescale();
};

}  // namespace ionscape::gui
