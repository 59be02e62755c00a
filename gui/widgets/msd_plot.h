// SPDX-License-Identifier: GPL-3.0-or-later
// Mean squared displacement of every element against lag time, with the fit that gives D.
#pragma once

#include <optional>
#include <vector>

#include "core/transport/diffusion.h"
#include "gui/widgets/plot_widget.h"

class QCPGraph;
class QCPItemRect;
class QCPItemText;
class QMouseEvent;

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
    /// Another fit of the same curves: cheap enough for every step of a drag.
    void setFit(const std::optional<transport::Diffusion>& fit);
    void clear();
    /// Lets the mouse drag the fit window: its edges, or all of it between them.
    void setWindowMovable(bool on);
    /// Double-logarithmic axes with a guide of slope 1 (diffusive regime).
    void setLogarithmic(bool on);
    bool isLogarithmic() const { return logarithmic_; }

    QString csv() const override;
    QString name() const override { return QStringLiteral("msd"); }
    std::size_t curveCount() const { return curves_.size(); }
    /// Text of the fit in the legend; empty without one.
    QString fitText() const;
    /// Place of a lag time in the plot, pixels of this widget.
    double pixelOf(double lagFs) const;

  signals:
    /// The user drags the fit window.
    void windowDragged(const ionscape::transport::FitWindow& window);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    std::vector<Curve> curves_;
    crystal::Element mobile_;
    std::optional<transport::Diffusion> fit_;
    bool logarithmic_ = false;
    QCPItemRect* window_ = nullptr;
    QCPGraph* line_ = nullptr;
    QCPItemText* label_ = nullptr;
    bool movable_ = false;
    double longestPs_ = 0.0;  ///< last lag drawn
    enum class Grip { None, Begin, End, All };
    Grip grip_ = Grip::None;
    double grippedAt_ = 0.0;  ///< ps, and the window then:
    transport::FitWindow gripped_;
    void rebuild();
    void addCurve(const Curve& curve);
    void removeFit();
    void addFit();
    Grip gripAt(double x) const;
    void startDrag(QMouseEvent* event);
    void drag(QMouseEvent* event);
    void addSlopeGuide(double longestPs);
    void setRanges(double longestPs, double largest);
};

/// "(1.23 ± 0.10) × 10⁻⁵ cm²/s"
QString diffusionText(const transport::Diffusion& diffusion);

}  // namespace ionscape::gui
