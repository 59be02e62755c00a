// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/learn_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/resources.h"
#include "core/surrogate/ranking.h"
#include "gui/views/form_fields.h"
#include "gui/views/text.h"

namespace ionscape::gui {
namespace learn_form_detail {

QLabel* textLabel(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QComboBox* choiceBox(const char* name) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    return box;
}

QLabel* heading(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("role", "heading");
    return label;
}

QString metricsRow(const QString& name, const surrogate::Metrics& m, bool whole = true) {
    const auto number = [](double value) { return numberText(value, 3); };
    QString row =
        QStringLiteral("<tr><td>%1</td><td align='right'>&nbsp;%2</td><td align='right'>&nbsp;%3</td>")
            .arg(name, number(m.rmse), number(m.mae));
    row += whole ? QStringLiteral("<td align='right'>&nbsp;%1</td><td align='right'>&nbsp;%2</td></tr>")
                       .arg(QLocale().toString(m.r2, 'f', 2), QLocale().toString(m.spearman, 'f', 2))
                 : QStringLiteral("<td></td><td></td></tr>");
    return row;
}

}  // namespace learn_form_detail

QString modelTitle(const std::string& kind) {
    const QString id = QString::fromStdString(kind);
    if (id == "gradient-boosting") return LearnForm::tr("Gradient boosting");
    if (id == "random-forest") return LearnForm::tr("Random forest");
    if (id == "gaussian-process") return LearnForm::tr("Gaussian process");
    if (id == "sisso") return LearnForm::tr("SISSO (a formula)");
    if (id == "nearest-neighbours") return LearnForm::tr("Nearest neighbours");
    if (id == "ridge") return LearnForm::tr("Ridge regression");
    if (id == "mean") return LearnForm::tr("Mean (baseline)");
    for (const auto& one : surrogate::regressorKinds())
        if (one.id == kind) return QString::fromStdString(one.title);
    return id;
}

QString mobilityText(double msd) {
    const auto mobility = surrogate::mobilityClass(msd);
    return mobility == surrogate::MobilityClass::High     ? LearnForm::tr("high mobility")
           : mobility == surrogate::MobilityClass::Medium ? LearnForm::tr("medium mobility")
                                                          : LearnForm::tr("low mobility");
}

QString valueText(double value, double error, const QString& unit) {
    const QString tail = unit.isEmpty() ? QString() : ' ' + unit;
    if (!std::isfinite(value)) return QStringLiteral("–");
    if (!std::isfinite(error) || error <= 0.0) return numberText(value, 3) + tail;
    const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 8);
    if (decimals >= 7) return numberText(value, 3) + QStringLiteral(" ± ") + numberText(error, 2) + tail;
    return QLocale().toString(value, 'f', decimals) + QStringLiteral(" ± ") +
           QLocale().toString(error, 'f', decimals) + tail;
}

LearnForm::LearnForm(QWidget* parent)
    : QWidget(parent),
      data_(learn_form_detail::textLabel("learnData")),
      measured_(learn_form_detail::textLabel("learnMeasured")),
      result_(learn_form_detail::textLabel("learnResult")),
      composition_(learn_form_detail::textLabel("learnComposition")),
      prediction_(learn_form_detail::textLabel("learnPrediction")),
      features_(learn_form_detail::choiceBox("learnFeatures")),
      target_(learn_form_detail::choiceBox("learnTarget")),
      model_(learn_form_detail::choiceBox("learnModel")),
      missing_(learn_form_detail::choiceBox("learnMissing")),
      validation_(learn_form_detail::choiceBox("learnValidation")),
      folds_(countField(2, 50, 5)),
      trials_(countField(0, 500, 0)),
      seed_(countField(0, 1000000, 1)),
      balance_(new QCheckBox(tr("even out the targets"))),
      open_(new QPushButton(tr("Open dataset…"))),
      table_(new QPushButton(tr("Open table…"))),
      train_(new QPushButton(tr("Train"))),
      save_(new QPushButton(tr("Save model…"))),
      load_(new QPushButton(tr("Load model…"))),
      predict_(new QPushButton(tr("Predict"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    buildData(*column);
    buildSettings(*column);
    buildResult(*column);
    column->addStretch();
    connectParts();
    showModel(nullptr);
    setComposition({});
    data_->setText(
        tr("No data are open. A campaign writes a dataset (dataset.h5); a table of your own "
           "measurements may be a CSV file."));
    updateButtons();
}

void LearnForm::buildData(QVBoxLayout& column) {
    column.addWidget(learn_form_detail::heading(tr("Data")));
    column.addWidget(data_);
    auto* buttons = new QHBoxLayout;
    open_->setObjectName("openLearnData");
    open_->setToolTip(
        tr("Opens the dataset of a campaign: relaxed cells with their mean squared displacements"));
    table_->setObjectName("openLearnTable");
    table_->setToolTip(tr("Opens a CSV file with compositions and measured or published values"));
    buttons->addWidget(open_);
    buttons->addWidget(table_);
    column.addLayout(buttons);
    for (const auto& file : listResources("datasets", ".h5")) {
        const QString path = QString::fromStdString(file.string());
        auto* button = new QPushButton(
            tr("Open %1, which comes with Ionscape").arg(QFileInfo(path).baseName().toUpper()));
        button->setObjectName("openShippedData");
        button->setProperty("primary", true);
        button->setToolTip(path);
        connect(button, &QPushButton::clicked, this, [this, path] { emit shippedRequested(path); });
        column.addWidget(button);
        shipped_.push_back(button);
    }
    measured_->setProperty("role", "muted");
    column.addWidget(measured_);
    measured_->hide();
}

void LearnForm::buildSettings(QVBoxLayout& column) {
    column.addWidget(learn_form_detail::heading(tr("Model")));
    using workflow::FeatureKind;
    const auto addKind = [this](const QString& text, FeatureKind kind, const QString& tip) {
        features_->addItem(text, static_cast<int>(kind));
        features_->setItemData(features_->count() - 1, tip, Qt::ToolTipRole);
    };
    addKind(
        tr("Cell: published set"), FeatureKind::Multinary,
        tr("Li content, cell parameters, S_config, mean and spread of the symmetry measures of the relaxed "
           "cell (Fu et al. 2026, multinary model)"));
    addKind(tr("Cell: with bond lengths"), FeatureKind::Quaternary,
            tr("Li content, volume, bond lengths, mean and spread of the symmetry measures (Fu et al. 2026, "
               "quaternary model)"));
    addKind(tr("Cell: everything"), FeatureKind::AllOfCell,
            tr("All features that are measured on a relaxed cell"));
    addKind(tr("Composition alone"), FeatureKind::Composition,
            tr("Descriptors of the composition: no cell is needed, so all of a space can be predicted"));
    for (const auto& kind : surrogate::regressorKinds()) {
        model_->addItem(modelTitle(kind.id), QString::fromStdString(kind.id));
        model_->setItemData(model_->count() - 1, QString::fromStdString(kind.meaning), Qt::ToolTipRole);
    }
    model_->setCurrentIndex(
        model_->findData(QString::fromStdString(workflow::SurrogateTrainingSpec().model)));
    using surrogate::MissingValues;
    missing_->addItem(tr("an error"), static_cast<int>(MissingValues::Refuse));
    missing_->addItem(tr("mean and a flag"), static_cast<int>(MissingValues::MeanAndIndicator));
    missing_->setToolTip(
        tr("What a missing feature is, such as the distortion around Li in a cell without Li: "
           "an error, or the mean of the others with a further feature that says so"));
    using workflow::Validation;
    validation_->addItem(tr("random parts"), static_cast<int>(Validation::Folds));
    validation_->addItem(tr("leave an occupancy type out"), static_cast<int>(Validation::LeaveTypeOut));
    validation_->addItem(tr("leave an element out"), static_cast<int>(Validation::LeaveElementOut));
    validation_->setToolTip(tr("How the model is tested on rows that it has not seen"));
    folds_->setToolTip(tr("Random parts of the data, each predicted from the others"));
    trials_->setObjectName("learnTrials");
    trials_->setSpecialValueText(tr("none"));
    trials_->setToolTip(tr("Random settings that are tried besides the usual ones; the best is kept"));
    seed_->setToolTip(tr("The same seed gives the same parts, settings and model"));
    balance_->setToolTip(
        tr("Leaves rows out where targets crowd, so that rare values count as much as common "
           "ones (Fu et al. 2026)"));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(4);
    form->addRow(tr("Target"), target_);
    form->addRow(tr("Features"), features_);
    form->addRow(tr("Model"), model_);
    form->addRow(tr("Gaps are"), missing_);
    form->addRow(tr("Tested on"), validation_);
    form->addRow(tr("Parts"), folds_);
    form->addRow(tr("Search"), trials_);
    form->addRow(tr("Seed"), seed_);
    form->addRow(QString(), balance_);
    column.addLayout(form);
    train_->setObjectName("trainSurrogate");
    train_->setProperty("primary", true);
    column.addWidget(train_);
}

void LearnForm::buildResult(QVBoxLayout& column) {
    column.addWidget(result_);
    auto* buttons = new QHBoxLayout;
    save_->setObjectName("saveSurrogate");
    load_->setObjectName("loadSurrogate");
    buttons->addWidget(save_);
    buttons->addWidget(load_);
    column.addLayout(buttons);
    column.addWidget(learn_form_detail::heading(tr("New composition")));
    column.addWidget(composition_);
    predict_->setObjectName("predictMobility");
    predict_->setToolTip(
        tr("Builds and relaxes the composition of the Compose stage with the potential chosen "
           "there, measures its cell and asks the model"));
    column.addWidget(predict_);
    column.addWidget(prediction_);
    prediction_->hide();
}

void LearnForm::connectParts() {
    connect(open_, &QPushButton::clicked, this, &LearnForm::openRequested);
    connect(table_, &QPushButton::clicked, this, &LearnForm::tableRequested);
    connect(train_, &QPushButton::clicked, this, &LearnForm::trainRequested);
    connect(save_, &QPushButton::clicked, this, &LearnForm::saveRequested);
    connect(load_, &QPushButton::clicked, this, &LearnForm::loadRequested);
    connect(predict_, &QPushButton::clicked, this, &LearnForm::predictRequested);
    connect(features_, &QComboBox::currentIndexChanged, this, &LearnForm::featuresChanged);
    connect(validation_, &QComboBox::currentIndexChanged, this, &LearnForm::updateButtons);
}

workflow::FeatureKind LearnForm::features() const {
    return static_cast<workflow::FeatureKind>(features_->currentData().toInt());
}

void LearnForm::setFeatures(workflow::FeatureKind kind) {
    features_->setCurrentIndex(features_->findData(static_cast<int>(kind)));
}

workflow::SurrogateTrainingSpec LearnForm::spec() const {
    workflow::SurrogateTrainingSpec spec;
    spec.model = model_->currentData().toString().toStdString();
    spec.target = target_->currentData().toString().toStdString();
    spec.missing = static_cast<surrogate::MissingValues>(missing_->currentData().toInt());
    spec.validation = static_cast<workflow::Validation>(validation_->currentData().toInt());
    spec.folds = folds_->value();
    spec.searchTrials = trials_->value();
    spec.balance = balance_->isChecked();
    spec.seed = static_cast<std::uint64_t>(seed_->value());
    return spec;
}

void LearnForm::setModel(const QString& id) {
    if (const int index = model_->findData(id); index >= 0) model_->setCurrentIndex(index);
}

void LearnForm::setTarget(const QString& name) {
    wantedTarget_ = name;
    if (const int index = target_->findData(name); index >= 0) target_->setCurrentIndex(index);
}

void LearnForm::setSearchTrials(int trials) {
    trials_->setValue(trials);
}

void LearnForm::setFolds(int folds) {
    folds_->setValue(folds);
}

void LearnForm::showData(const QString& file, const workflow::LearningData& opened) {
    hasData_ = true;
    for (auto* button : shipped_)
        button->hide();
    int cells = 0, problems = 0;
    for (const auto& row : opened.rows) {
        cells += row.cell.size() > 0 ? 1 : 0;
        problems += row.problem.empty() ? 0 : 1;
    }
    QString text = QStringLiteral("<b>%1</b><br>").arg(QFileInfo(file).fileName().toHtmlEscaped());
    text += tr("%n row(s)", nullptr, static_cast<int>(opened.rows.size())) + QStringLiteral(", ") +
            tr("%n relaxed cell(s)", nullptr, cells);
    if (problems > 0) text += QStringLiteral(", ") + tr("%n with a problem", nullptr, problems);
    const QString source = QString::fromStdString(opened.source);
    if (source != QFileInfo(file).fileName())
        text += QStringLiteral("<br>") + source.section(QStringLiteral(" (SHA"), 0, 0).toHtmlEscaped();
    data_->setText(text);
    data_->setToolTip(file + '\n' + source);
    const QString before = target_->currentData().toString();
    target_->clear();
    for (const auto& target : opened.targets) {
        const QString name = QString::fromStdString(target.definition.name);
        target_->addItem(tr("%1 (%2 rows)").arg(name).arg(opened.usable(target)), name);
        target_->setItemData(target_->count() - 1, QString::fromStdString(target.definition.meaning),
                             Qt::ToolTipRole);
    }
    setTarget(before.isEmpty() ? wantedTarget_ : before);
    measured_->hide();
    updateButtons();
}

void LearnForm::showMeasured(int failed) {
    measured_->setVisible(failed > 0);
    measured_->setText(tr("%n row(s) have no such features; the table says why.", nullptr, failed));
}

void LearnForm::showModel(const LearnedModel* learned) {
    hasModel_ = learned != nullptr;
    result_->setVisible(hasModel_);
    prediction_->hide();
    updateButtons();
    if (!hasModel_) return;
    const auto& card = learned->model->card();
    const QString unit = QString::fromStdString(card.target.unit);
    QString text = QStringLiteral("<b>%1</b>: %2<br>")
                       .arg(modelTitle(learned->model->regressor().kind()),
                            tr("%1 from %n row(s)", nullptr, static_cast<int>(card.trainingRows))
                                .arg(QString::fromStdString(card.target.name)));
    text += QStringLiteral(
                "<table cellspacing='2'><tr><td>%1</td><td align='right'>&nbsp;RMSE</td>"
                "<td align='right'>&nbsp;%2</td><td align='right'>&nbsp;R²</td>"
                "<td align='right'>&nbsp;ρ</td></tr>")
                .arg(unit, tr("MAE"));
    using learn_form_detail::metricsRow;
    if (learned->trained) {
        text += metricsRow(tr("test"), learned->trained->validation.metrics);
    } else if (card.validation) {
        text += metricsRow(tr("test"), *card.validation);
    }
    text += metricsRow(tr("training"), card.training);
    if (learned->trained) {
        text += metricsRow(tr("mean alone"), learned->trained->meanBaseline, false);
        text += metricsRow(tr("content alone"), learned->trained->contentBaseline, false);
    }
    result_->setText(text + QStringLiteral("</table>"));
    result_->setToolTip(tr("RMSE: root mean square error, MAE: mean absolute error, ρ: Spearman's rank "
                           "correlation. Test: rows that the model had not seen. Mean alone: what predicting "
                           "the mean gives on the same rows; content alone: a straight line through the "
                           "content of the mobile ion.\n%1")
                            .arg(QString::fromStdString(card.target.meaning)));
}

void LearnForm::showPrediction(const workflow::MobilityPrediction& p) {
    const QString unit = QString::fromStdString(p.target.unit);
    QString text =
        QStringLiteral("<b>%1: %2</b>")
            .arg(QString::fromStdString(p.target.name), valueText(p.mean, p.standardDeviation, unit));
    if (workflow::hasMobilityClasses(p.target)) text += QStringLiteral("<br>") + mobilityText(p.mean);
    if (std::isfinite(p.half90))
        text += QStringLiteral("<br>") + tr("90 % interval ± %1 %2").arg(numberText(p.half90, 2), unit);
    text += QStringLiteral("<br>") +
            (p.distance > 1.0 ? tr("<b>Outside of the training data</b>: %1 times as far as usual neighbours")
                              : tr("Within the training data (distance %1 of 1)"))
                .arg(numberText(p.distance, 2));
    if (p.spread)
        text += QStringLiteral("<br>") + tr("decorations ± %1 %2").arg(numberText(*p.spread, 2), unit);
    if (!p.warning.empty()) text += QStringLiteral("<br>") + QString::fromStdString(p.warning);
    text += QStringLiteral("<br>") + tr("took %1").arg(durationText(p.seconds));
    if (!p.potential.empty()) text += QStringLiteral(" · ") + QString::fromStdString(p.potential);
    prediction_->setText(text);
    prediction_->show();
}

void LearnForm::setComposition(const QString& formula) {
    composition_->setText(formula.isEmpty() ? tr("Compose one on the Compose stage.")
                                            : prettyFormula(formula));
}

void LearnForm::setBusy(bool busy) {
    busy_ = busy;
    updateButtons();
}

void LearnForm::setPredicting(bool predicting) {
    predicting_ = predicting;
    updateButtons();
}

void LearnForm::updateButtons() {
    for (QPushButton* button : {open_, table_, load_})
        button->setEnabled(!busy_);
    for (auto* button : shipped_)
        button->setEnabled(!busy_);
    train_->setEnabled(hasData_ && !busy_);
    save_->setEnabled(hasModel_);
    predict_->setEnabled(hasModel_ && !predicting_);
    folds_->setEnabled(validation_->currentIndex() == 0);
}

QString LearnForm::resultText() const {
    return result_->text();
}

QString LearnForm::predictionText() const {
    return prediction_->text();
}

void LearnForm::save(QSettings& settings) const {
    settings.setValue("learn/features", features_->currentData());
    settings.setValue("learn/model", model_->currentData());
    settings.setValue("learn/target",
                      target_->count() > 0 ? target_->currentData() : QVariant(wantedTarget_));
    settings.setValue("learn/seed", seed_->value());
    settings.setValue("learn/trials", trials_->value());
}

void LearnForm::restore(const QSettings& settings) {
    const int kind = features_->findData(settings.value("learn/features"));
    if (kind >= 0) features_->setCurrentIndex(kind);
    setModel(settings.value("learn/model").toString());
    wantedTarget_ = settings.value("learn/target").toString();
    seed_->setValue(settings.value("learn/seed", 1).toInt());
    trials_->setValue(settings.value("learn/trials", 0).toInt());
}

}  // namespace ionscape::gui
