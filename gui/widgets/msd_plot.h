// SPDX-License-Identifier: GPL-3.0-or-later
// Mean squared displacement of every element against lag time, with the fit that gives D.
#pragma once

#include <optional>
#include <vector>

#include "core/transport/diffusion.h"
#include "gui/widgets/plot_widget.h"

class QCPGraph;
class QCPItemRect;

namespace ionscape::gui {

class MsdPlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Curve {
        crystal::Element element;
        transport::MsdCurve msd;
    };

    explicit MsdPlot(QWidget* parent = nullptr);
    /// \param mobile  drawn thickest, and the one the fit belongs to
    void setCurves(const std::vector<Curve>& curves, crystal::Element mobile,
                   const std::optional<transport::Diffusion>& fit);
    void clear();
    /// Double-logarithmic axes with a guide of slope 1 (diffusive regime).
    void setLogarithmic(bool on);
    bool isLogarithmic() const { return logarithmic_; }

    QString csv() const override;
    QString name() const override { return QStringLiteral("msd"); }
    std::size_t curveCount() const { return curves_.size(); }
    /// Text of the fit in the legend; empty without one.
    QString fitText() const;

  protected:
    void restyle(const QPalette& palette) override;

  private:
    std::vector<Curve> curves_;
    crystal::Element mobile_;
    std::optional<transport::Diffusion> fit_;
    bool logarithmic_ = false;
    QCPItemRect* window_ = nullptr;
    void rebuild();
    void addCurve(const Curve& curve);
    void addFit(double longestPs);
    void addSlopeGuide(double longestPs);
    void setRanges(double longestPs, double largest);
};

/// "(1.23 ± 0.10) × 10⁻⁵ cm²/s"
QString diffusionText(const transport::Diffusion& diffusion);

}  // namespace ionscape::gui
