// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the Transport stage with their errors, and the fit window they hang on.
#pragma once

#include <QFrame>
#include <vector>

#include "core/transport/motion_fit.h"
#include "gui/jobs/transport_result.h"

class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QToolButton;

namespace ionscape::gui {

/// One number as shown and exported.
struct NumberRow {
    QString key;    ///< for tests and tables
    QString label;  ///< "D*"
    QString value;  ///< "(1.23 ± 0.10) × 10⁻⁵ cm²/s"; empty when there is none
    QString tip;
};

class TransportNumbers final : public QFrame {
    Q_OBJECT

  public:
    explicit TransportNumbers(QWidget* parent = nullptr);

    /// \param fit  null where the run is too short for one
    void show(const TransportResult& result, const transport::MotionFit* fit);
    void clear();
    /// Puts the fields without a signal; fs.
    void setWindow(const transport::FitWindow& window, double longestFs);
    transport::FitWindow window() const;
    /// Further rows, e.g. of the Arrhenius fit.
    void setExtra(const std::vector<NumberRow>& rows);
    /// Everything shown, in order, for reports.
    std::vector<NumberRow> rows() const;
    /// Text of a row; empty when it has none.
    QString value(const QString& key) const;
    QString warning() const;

  signals:
    void windowEdited(const ionscape::transport::FitWindow& window);
    void defaultWindowWanted();

  private:
    QDoubleSpinBox *begin_, *end_;
    QToolButton* default_;
    QWidget* table_;
    QGridLayout* grid_;
    QLabel* note_;
    std::vector<NumberRow> rows_, extra_;
    std::vector<std::pair<QLabel*, QLabel*>> labels_;  ///< name and value of each row
    void rebuild();
};

/// "1.23 ± 0.10", with as many digits as the error tells.
QString withError(double value, double error);

}  // namespace ionscape::gui
