// SPDX-License-Identifier: GPL-3.0-or-later
// Plots of the Learn stage on one selection: how good a model is above, why it says so below.
#pragma once

#include <QWidget>
#include <optional>

#include "gui/jobs/learning_job.h"

class QComboBox;
class QLabel;
class QTabWidget;

namespace ionscape::gui {

class BarPlot;
class CorrelationMap;
class CurvePlot;
class LearnDecorations;
class LearnRounds;
class LearnScreening;
class LearnTable;
class PointPlot;
class PredictionPlot;
class WaterfallPlot;

class LearnPlots final : public QWidget {
    Q_OBJECT

  public:
    explicit LearnPlots(QWidget* parent = nullptr);

    /// Any may be null. \param target  of which the table shows values
    void setContent(const LearningDataPtr& opened, const std::shared_ptr<const LearnedModel>& learned,
                    const std::string& target);
    /// A row of the data; its waterfall and rings, without a signal.
    void setSelected(std::optional<std::size_t> row);
    std::optional<std::size_t> selected() const { return selected_; }
    /// Of the dependence plot, index of the model's features.
    void setFeature(int feature);

    LearnTable* table() const { return table_; }
    LearnScreening* screening() const { return screening_; }
    LearnDecorations* decorations() const { return decorations_; }
    LearnRounds* rounds() const { return rounds_; }
    PredictionPlot* parity() const { return parity_; }
    PointPlot* residuals() const { return residuals_; }
    CurvePlot* calibration() const { return calibration_; }
    CurvePlot* history() const { return history_; }
    CorrelationMap* correlation() const { return correlation_; }
    QLabel* formula() const { return formula_; }
    WaterfallPlot* waterfall() const { return waterfall_; }
    CorrelationMap* interactions() const { return interactions_; }
    BarPlot* importance() const { return importance_; }
    BarPlot* equalContent() const { return equalContent_; }
    PointPlot* swarm() const { return swarm_; }
    PointPlot* dependence() const { return dependence_; }
    QTabWidget* upper() const { return upper_; }
    QTabWidget* lower() const { return lower_; }

  signals:
    void picked(std::size_t row);
    void problem(const QString& message);
    void note(const QString& message);

  private:
    static constexpr std::size_t mostFeatures = 20;  ///< in one plot
    QTabWidget *upper_, *lower_;
    LearnTable* table_;
    LearnScreening* screening_;
    LearnDecorations* decorations_;
    LearnRounds* rounds_;
    PredictionPlot* parity_;
    PointPlot* residuals_;
    CurvePlot *calibration_, *history_;
    CorrelationMap* correlation_;
    QLabel* formula_;
    WaterfallPlot* waterfall_;
    CorrelationMap* interactions_;
    BarPlot *importance_, *equalContent_;
    PointPlot *swarm_, *dependence_;
    QComboBox* feature_;
    LearningDataPtr data_;
    std::shared_ptr<const LearnedModel> learned_;
    std::optional<std::size_t> selected_;
    std::vector<int> order_;       ///< of the features, the most important first
    std::vector<int> equalOrder_;  ///< the most correlated at equal content first
    // Last, because its thread posts to the widgets above.
    BackgroundTask interactionTask_;
    void buildTabs();
    QWidget* formulaCard();
    QWidget* dependencePage();
    void connectParts();
    void showQuality();
    void showParity();
    void showResiduals();
    void showCurves();
    void showFormula();
    void showImportance();
    void showEqualContent();
    void showSwarm();
    void showDependence();
    void showCorrelation();
    void showWaterfall();
    /// Of the selected row; worked out only while its tab is open.
    void showInteractions();
    void fillInteractions(const Eigen::MatrixXd& values);
    QString describe(std::size_t row) const;
    QString quantity() const;
    std::optional<Eigen::Index> viewRow(std::size_t row) const;
};

/// "csm_Liavg (Å²)": name and unit of a feature.
QString featureText(const surrogate::Feature& feature);

}  // namespace ionscape::gui
