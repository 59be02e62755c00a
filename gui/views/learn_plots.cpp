// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of the Learn stage and what connects them; learn_content.cpp fills them.
#include "gui/views/learn_plots.h"

#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "gui/views/learn_decorations.h"
#include "gui/views/learn_rounds.h"
#include "gui/views/learn_screening.h"
#include "gui/views/learn_table.h"
#include "gui/widgets/bar_plot.h"
#include "gui/widgets/correlation_map.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/point_plot.h"
#include "gui/widgets/prediction_plot.h"
#include "gui/widgets/waterfall_plot.h"

namespace ionscape::gui {

LearnPlots::LearnPlots(QWidget* parent)
    : QWidget(parent),
      upper_(new QTabWidget),
      lower_(new QTabWidget),
      table_(new LearnTable),
      screening_(new LearnScreening),
      decorations_(new LearnDecorations),
      rounds_(new LearnRounds),
      parity_(new PredictionPlot),
      residuals_(new PointPlot("residuals", tr("Residuals by element"))),
      calibration_(new CurvePlot("calibration", {tr("Share of targets that an interval should hold"),
                                                 tr("Share that it holds"),
                                                 {},
                                                 QStringLiteral("nominal")})),
      history_(
          new CurvePlot("learning-curve",
                        {tr("Rows learnt from"), tr("RMSE of rows not seen"), {}, QStringLiteral("rows")})),
      correlation_(new CorrelationMap(tr("Pearson's r"), "correlation")),
      formula_(new QLabel),
      waterfall_(new WaterfallPlot),
      interactions_(new CorrelationMap({}, "interactions")),
      importance_(new BarPlot("importance", tr("Importance of the features"))),
      equalContent_(new BarPlot("equal-content", tr("Correlations at equal content of mobile ions"))),
      swarm_(new PointPlot("shap", tr("SHAP values of all rows"))),
      dependence_(new PointPlot("dependence", tr("SHAP value against feature"))),
      feature_(new QComboBox) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    buildTabs();
    auto* halves = new QSplitter(Qt::Vertical);
    halves->setObjectName("learnHalves");
    halves->addWidget(upper_);
    halves->addWidget(lower_);
    halves->setChildrenCollapsible(false);
    halves->setSizes({560, 420});
    layout->addWidget(halves);
    setMinimumWidth(420);
    connectParts();
    showWaterfall();
}

void LearnPlots::buildTabs() {
    const QString later = tr("Train a model first.");
    correlation_->setEmptyHint(
        tr("Correlations of the features with each other and with the target appear here."));
    interactions_->setToolTip(
        tr("Diagonal: what a feature does by itself. Elsewhere: half of what two features do together. A row "
           "sums to the SHAP value of its feature."));
    residuals_->setEmptyHint(later);
    calibration_->setEmptyHint(later);
    calibration_->setAccessibleName(tr("Calibration of the errors"));
    history_->setEmptyHint(later);
    history_->setAccessibleName(tr("Learning curve"));
    importance_->setEmptyHint(later);
    swarm_->setEmptyHint(later);
    dependence_->setEmptyHint(later);
    importance_->setToolTip(tr(
        "Mean |SHAP|: by how much a feature moves predictions on average. Permutation: by how much the RMSE "
        "on rows not seen grows when its values are shuffled among them."));
    equalContent_->setToolTip(tr(
        "Correlation of each feature with the target after straight lines through the content of mobile "
        "ions are taken from both: what else than the content counts. Bars between the dashed lines may be "
        "chance."));
    for (QTabWidget* tabs : {upper_, lower_}) {
        tabs->setDocumentMode(true);
        tabs->tabBar()->setDrawBase(false);
        tabs->setUsesScrollButtons(true);
        tabs->tabBar()->setExpanding(false);
    }
    upper_->setObjectName("learnUpper");
    upper_->addTab(parity_, tr("Prediction"));
    upper_->addTab(table_, tr("Data"));
    upper_->addTab(screening_, tr("Screening"));
    upper_->addTab(rounds_, tr("Next round"));
    upper_->addTab(residuals_, tr("Residuals"));
    upper_->addTab(calibration_, tr("Calibration"));
    upper_->addTab(history_, tr("Learning curve"));
    upper_->addTab(correlation_, tr("Correlation"));
    upper_->addTab(formulaCard(), tr("Formula"));
    lower_->setObjectName("learnLower");
    lower_->addTab(waterfall_, tr("Waterfall"));
    lower_->addTab(importance_, tr("Importance"));
    lower_->addTab(swarm_, tr("SHAP values"));
    lower_->addTab(dependencePage(), tr("Dependence"));
    lower_->addTab(interactions_, tr("Interactions"));
    lower_->addTab(equalContent_, tr("At equal content"));
    lower_->addTab(decorations_, tr("Decorations"));
}

QWidget* LearnPlots::formulaCard() {
    formula_->setObjectName("learnFormula");
    formula_->setWordWrap(true);
    formula_->setTextFormat(Qt::RichText);
    formula_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    formula_->setMargin(16);
    formula_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(formula_);
    return scroll;
}

QWidget* LearnPlots::dependencePage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(4, 4, 4, 0);
    column->setSpacing(2);
    feature_->setObjectName("dependenceFeature");
    feature_->setAccessibleName(tr("Feature of the dependence plot"));
    column->addWidget(feature_);
    column->addWidget(dependence_, 1);
    return page;
}

void LearnPlots::connectParts() {
    connect(parity_, &PredictionPlot::picked, this, &LearnPlots::picked);
    connect(table_, &LearnTable::picked, this, &LearnPlots::picked);
    connect(screening_, &LearnScreening::picked, this, &LearnPlots::picked);
    connect(screening_, &LearnScreening::problem, this, &LearnPlots::problem);
    connect(decorations_, &LearnDecorations::problem, this, &LearnPlots::problem);
    connect(screening_, &LearnScreening::note, this, &LearnPlots::note);
    connect(rounds_, &LearnRounds::picked, this, &LearnPlots::picked);
    connect(rounds_, &LearnRounds::problem, this, &LearnPlots::problem);
    connect(rounds_, &LearnRounds::note, this, &LearnPlots::note);
    for (PointPlot* plot : {residuals_, swarm_, dependence_})
        connect(plot, &PointPlot::picked, this, &LearnPlots::picked);
    connect(feature_, &QComboBox::currentIndexChanged, this, &LearnPlots::showDependence);
    for (BarPlot* bars : {importance_, equalContent_})
        connect(bars, &BarPlot::picked, this, [this, bars](int bar) {
            setFeature((bars == importance_ ? order_ : equalOrder_).at(static_cast<std::size_t>(bar)));
            lower_->setCurrentWidget(dependence_->parentWidget());
        });
    connect(lower_, &QTabWidget::currentChanged, this, &LearnPlots::showInteractions);
    connect(&interactionTask_, &BackgroundTask::ended, this, [this](TaskOutcome outcome) {
        // Another row may have been selected meanwhile.
        if (outcome != TaskOutcome::Failed && interactions_->isEmpty()) showInteractions();
    });
    connect(correlation_, &CorrelationMap::picked, this, [this](int first, int second) {
        // The last one is the target.
        const int feature = first < feature_->count() ? first : second;
        if (feature < feature_->count()) setFeature(feature);
    });
}

void LearnPlots::setFeature(int feature) {
    feature_->setCurrentIndex(feature_->findData(feature));
}

void LearnPlots::setContent(const LearningDataPtr& opened, const std::shared_ptr<const LearnedModel>& learned,
                            const std::string& target) {
    if (opened != data_) selected_.reset();
    data_ = opened;
    learned_ = learned && !learned->view.rows.empty() ? learned : nullptr;
    table_->setContent(data_, learned_, target);
    screening_->setContent(data_, learned_);
    showQuality();
    showFormula();
    showImportance();
    showEqualContent();
    showSwarm();
    {
        const QSignalBlocker quiet(feature_);
        feature_->clear();
        for (const int feature : order_) {
            const auto& one = learned_->view.table.features[static_cast<std::size_t>(feature)];
            feature_->addItem(featureText(one), feature);
            feature_->setItemData(feature_->count() - 1, QString::fromStdString(one.meaning),
                                  Qt::ToolTipRole);
        }
        feature_->setCurrentIndex(order_.empty() ? -1 : 0);
    }
    showDependence();
    showCorrelation();
    setSelected(selected_);
}

void LearnPlots::setSelected(std::optional<std::size_t> row) {
    selected_ = row;
    table_->setSelected(row);
    screening_->setSelected(row);
    parity_->setSelected(row);
    for (PointPlot* plot : {residuals_, swarm_, dependence_})
        plot->setSelected(row);
    showWaterfall();
    showInteractions();
}

}  // namespace ionscape::gui
