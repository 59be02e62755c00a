// SPDX-License-Identifier: GPL-3.0-or-later
// Form, plot with the hull and table; the hull is put anew whenever competing phases come or go.
#include "gui/views/stability_panel.h"

#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/phase_csv.h"
#include "gui/jobs/ensemble_job.h"
#include "gui/jobs/potentials_library.h"
#include "gui/views/data_table.h"
#include "gui/views/decoration_fields.h"
#include "gui/views/form_fields.h"
#include "gui/views/number_item.h"
#include "gui/views/run_naming.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/hull_plot.h"
#include "gui/widgets/message_bar.h"

namespace ionscape::gui {

namespace stability_panel_detail {

constexpr double milli = 1e3;

HullPlot::Point plotPoint(const workflow::LineRow& row) {
    HullPlot::Point point;
    point.fraction = row.fraction;
    point.energy = milli * row.formationEnergy;
    point.mean = milli * row.meanFormationEnergy;
    point.spread = milli * row.spread;
    point.aboveHull = milli * row.aboveHull;
    point.formula = prettyFormula(QString::fromStdString(row.formula));
    point.products = QString::fromStdString(row.products);
    return point;
}

QLineEdit* formulaField(const QString& name, const char* objectName, const QString& hint) {
    auto* field = new QLineEdit;
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setToolTip(name);
    field->setPlaceholderText(hint);
    field->setMinimumWidth(70);
    return field;
}

}  // namespace stability_panel_detail

QString defaultStabilityFolder() {
    return documentsFolder("stability");
}

StabilityPanel::StabilityPanel(SpaceBrowser& browser, QWidget* parent)
    : QWidget(parent),
      browser_(browser),
      first_(
          stability_panel_detail::formulaField(tr("First end member"), "firstMember", tr("first formula"))),
      second_(stability_panel_detail::formulaField(tr("Second end member"), "secondMember",
                                                   tr("second formula"))),
      take_(new QToolButton),
      import_(new QToolButton),
      forget_(new QToolButton),
      points_(countField(2, 101, 5)),
      decorations_(countField(1, 1000, 3)),
      cell_(cellField(false)),
      potential_(potentialField()),
      tolerance_(toleranceField()),
      temperature_(realField(1.0, 5000.0, 800.0, 0, 100.0)),
      compute_(new QPushButton(tr("Compute"))),
      phases_(new QLabel),
      messages_(new MessageBar),
      plot_(new HullPlot),
      table_(new QTableWidget) {
    setAccessibleName(tr("Stability between two compositions"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(buildForm());
    layout->addWidget(buildPhases());
    layout->addWidget(messages_);
    layout->addWidget(new TaskStrip(task_));
    buildTable();
    plot_->setMinimumHeight(150);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->setObjectName("stabilityHalves");
    halves->setChildrenCollapsible(false);
    halves->addWidget(plot_);
    halves->addWidget(table_);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    layout->addWidget(halves, 1);
    connectParts();
    followSelection();
    table_->hide();
}

QWidget* StabilityPanel::buildForm() {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    take_->setObjectName("takeSelected");
    take_->setText(tr("Selected"));
    take_->setToolTip(tr("Takes the two compositions selected in the map or the table (Ctrl+click)"));
    points_->setObjectName("pointsField");
    points_->setAccessibleName(tr("Number of compositions"));
    points_->setToolTip(
        tr("Compositions from one end member to the other, both included. Each must fit into the "
           "cell in whole atoms."));
    points_->setSuffix(tr(" points"));
    decorations_->setObjectName("decorationsField");
    decorations_->setAccessibleName(tr("Arrangements of each composition"));
    decorations_->setToolTip(
        tr("Random arrangements of each composition: the lowest enters the hull, the others "
           "give the spread"));
    decorations_->setPrefix(tr("× "));
    decorations_->setSuffix(tr(" arr."));
    compute_->setObjectName("computeHull");
    compute_->setProperty("primary", true);
    auto* ends = new QHBoxLayout;
    ends->addWidget(first_, 1);
    ends->addWidget(new QLabel(QStringLiteral("–")));
    ends->addWidget(second_, 1);
    ends->addWidget(take_);
    auto* settings = new QHBoxLayout;
    settings->addWidget(points_);
    settings->addWidget(decorations_);
    settings->addWidget(cell_, 1);
    settings->addWidget(potential_, 1);
    settings->addWidget(tolerance_, 1);
    for (QHBoxLayout* row : {ends, settings}) {
        row->setSpacing(6);
        column->addLayout(row);
    }
    return widget;
}

QWidget* StabilityPanel::buildPhases() {
    auto* widget = new QWidget;
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    import_->setObjectName("importPhases");
    import_->setText(tr("Import competing phases…"));
    import_->setToolTip(
        tr("A table (CSV) with the columns formula, energy_per_atom or energy_per_formula_unit (eV), and "
           "label. The energies must come from the same potential: the differences are meV."));
    forget_->setObjectName("forgetPhases");
    forget_->setText(tr("Forget"));
    forget_->setToolTip(tr("Takes the imported phases off the hull"));
    phases_->setObjectName("phaseCount");
    phases_->setProperty("role", "muted");
    phases_->setMinimumWidth(1);
    phases_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    temperature_->setAccessibleName(tr("Temperature of the weights"));
    temperature_->setToolTip(tr("Temperature of the Boltzmann weights in the table"));
    temperature_->setSuffix(tr(" K"));
    row->addWidget(import_);
    row->addWidget(phases_, 1);
    row->addWidget(forget_);
    row->addWidget(temperature_);
    row->addWidget(compute_);
    return widget;
}

void StabilityPanel::buildTable() {
    table_->setObjectName("stabilityTable");
    table_->setAccessibleName(tr("Compositions of the line"));
    table_->setColumnCount(Columns);
    table_->setHorizontalHeaderLabels({tr("x"), tr("Formula"), tr("E_f (meV/atom)"), tr("E_hull (meV/atom)"),
                                       tr("Spread (meV/atom)"), tr("Weight"), tr("Decomposes into")});
    const auto tip = [this](int column, const QString& text) {
        table_->horizontalHeaderItem(column)->setToolTip(text);
    };
    tip(Fraction, tr("Share of the second end member, formula units"));
    tip(Formation, tr("Energy of formation from the two end members, lowest arrangement"));
    tip(AboveHull, tr("Above the convex hull; 0 for a stable composition"));
    tip(Spread, tr("Standard deviation over the arrangements"));
    tip(Weight, tr("Boltzmann weight exp(−E_hull/kT) at the temperature above, E_hull for one atom"));
    tip(Products, tr("The mixture of lowest energy at this composition"));
    setUpDataTable(*table_);
    setUpDenseRows(*table_);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setMinimumHeight(80);
    table_->horizontalHeader()->setStretchLastSection(true);
}

void StabilityPanel::connectParts() {
    connect(&browser_, &SpaceBrowser::selectionChanged, this, &StabilityPanel::followSelection);
    connect(take_, &QToolButton::clicked, this, &StabilityPanel::takeSelection);
    connect(compute_, &QPushButton::clicked, this, &StabilityPanel::compute);
    connect(import_, &QToolButton::clicked, this, &StabilityPanel::choosePhases);
    connect(forget_, &QToolButton::clicked, this, [this] {
        competing_.clear();
        updateHull();
    });
    for (QLineEdit* field : {first_, second_}) {
        connect(field, &QLineEdit::textChanged, this, &StabilityPanel::updateButtons);
        connect(field, &QLineEdit::returnPressed, compute_, &QPushButton::click);
    }
    connect(temperature_, &QDoubleSpinBox::valueChanged, this, &StabilityPanel::showWeights);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        const int row = table_->currentRow();
        plot_->setCurrent(row < 0 ? -1 : table_->item(row, Fraction)->data(Qt::UserRole).toInt());
    });
    connect(plot_, &HullPlot::chosen, this, [this](int index) {
        for (int row = 0; row < table_->rowCount(); ++row)
            if (table_->item(row, Fraction)->data(Qt::UserRole).toInt() == index) table_->selectRow(row);
    });
    connect(&task_, &BackgroundTask::started, this, &StabilityPanel::updateButtons);
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (outcome == TaskOutcome::Failed) messages_->showMessage(MessageBar::Kind::Error, message);
        if (outcome == TaskOutcome::Cancelled)
            messages_->showMessage(MessageBar::Kind::Information,
                                   tr("Stopped. Compute continues where it was: what is relaxed was kept."));
        if (stale_) updateHull();
        updateButtons();
    });
}

void StabilityPanel::setModels(const std::vector<potential::ModelEntry>& models) {
    fillPotentials(*potential_, models);
}

void StabilityPanel::setEndMembers(const QString& first, const QString& second) {
    first_->setText(first);
    second_->setText(second);
}

void StabilityPanel::takeSelection() {
    const auto& rows = browser_.selection();
    if (rows.size() < 2) return;
    setEndMembers(QString::fromStdString(browser_.table()->formula(rows.front())),
                  QString::fromStdString(browser_.table()->formula(rows.back())));
}

void StabilityPanel::followSelection() {
    // What was typed stays; setText() leaves a field unmodified.
    const bool typed = first_->isModified() || second_->isModified();
    if (browser_.selection().size() == 2 && !typed) takeSelection();
    updateButtons();
}

void StabilityPanel::updateButtons() {
    const bool named = !first_->text().trimmed().isEmpty() && !second_->text().trimmed().isEmpty();
    take_->setEnabled(browser_.selection().size() == 2);
    compute_->setEnabled(named && !task_.isBusy());
    compute_->setToolTip(
        named ? tr("Builds and relaxes every composition of the line; what was relaxed before is "
                   "taken from its file")
              : tr("Name both end members first"));
    forget_->setVisible(!competing_.empty());
    phases_->setText(competing_.empty() ? QString()
                                        : tr("%n phases", nullptr, static_cast<int>(competing_.size())));
    plot_->setEmptyHint(named
                            ? tr("Press Compute: energies between the end members appear here.")
                            : tr("Select two compositions in the map or the table (Ctrl+click), or type two "
                                 "formulas, then press Compute."));
}

workflow::PhaseLineSpec StabilityPanel::spec() const {
    workflow::PhaseLineSpec spec;
    spec.endMembers = {first_->text().trimmed().toStdString(), second_->text().trimmed().toStdString()};
    spec.points = points_->value();
    spec.each.host = browser_.host().id;
    spec.each.potential = potential_->currentData().toString().toStdString();
    spec.each.ensemble.members = static_cast<std::size_t>(decorations_->value());
    spec.each.relaxSettings = chosenTolerance(*tolerance_);
    return spec;
}

QString StabilityPanel::folder(const workflow::PhaseLineSpec& spec) const {
    // Whatever would make a relaxation another one makes another folder; compositions are files in it.
    const QString all = QStringLiteral("%1|%2|%3|%4")
                            .arg(QString::fromStdString(spec.each.host))
                            .arg(cell_->currentData().toInt())
                            .arg(spec.each.relaxSettings.forceTolerance)
                            .arg(potentialStamp(QString::fromStdString(spec.each.potential)));
    const QByteArray digest =
        QCryptographicHash::hash(all.toUtf8(), QCryptographicHash::Sha1).toHex().left(8);
    return QDir(defaultStabilityFolder())
        .filePath(QString::fromStdString(spec.each.host).section('/', -1) + '-' +
                  QString::fromLatin1(digest));
}

void StabilityPanel::compute() {
    workflow::PhaseLineSpec wanted = spec();
    const QString folder = this->folder(wanted);
    wanted.folder = folder.toStdString();
    const int cells = cell_->currentData().toInt();
    const std::array<QString, 2> members{first_->text().trimmed(), second_->text().trimmed()};
    messages_->dismiss();
    task_.start(
        [=, this, competing = competing_](const std::stop_token& stop, ProgressSink& progress) mutable {
            const auto host = composition::findHost(wanted.each.host);
            wanted.each.ensemble.supercell = chosenSupercell(host, wanted.endMembers.front(), cells);
            auto points = std::make_shared<std::vector<workflow::LinePoint>>(
                workflow::runPhaseLine(wanted, stop, progress));
            const auto report =
                std::make_shared<const workflow::LineReport>(workflow::lineReport(*points, competing));
            return [this, points, report, members] {
                line_ = std::move(*points);
                members_ = members;
                showReport(report);
            };
        });
}

void StabilityPanel::updateHull() {
    stale_ = task_.isBusy();
    updateButtons();
    if (stale_ || line_.empty()) return;
    task_.start([this, line = line_, competing = competing_](const std::stop_token&, ProgressSink&) {
        const auto report =
            std::make_shared<const workflow::LineReport>(workflow::lineReport(line, competing));
        return [this, report] { showReport(report); };
    });
}

void StabilityPanel::showReport(const Report& report) {
    report_ = report;
    std::vector<HullPlot::Point> points;
    for (const auto& row : report->rows)
        points.push_back(stability_panel_detail::plotPoint(row));
    auto hull = report->hull;
    for (auto& place : hull)
        place[1] *= stability_panel_detail::milli;
    const QLocale locale;
    table_->setSortingEnabled(false);
    table_->setRowCount(static_cast<int>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i) {
        const HullPlot::Point& point = points[i];
        const int row = static_cast<int>(i);
        const auto put = [&](int column, double value, int decimals) {
            const QString text =
                std::isnan(value) ? QStringLiteral("–") : locale.toString(value, 'f', decimals);
            table_->setItem(row, column, new NumberItem(text, value));
        };
        put(Fraction, point.fraction, 3);
        table_->item(row, Fraction)->setData(Qt::UserRole, row);
        table_->setItem(row, Formula, new QTableWidgetItem(point.formula));
        put(Formation, point.energy, 2);
        put(AboveHull, point.aboveHull, 2);
        put(Spread, point.spread, 2);
        auto* products = new QTableWidgetItem(point.products);
        products->setToolTip(point.products);
        table_->setItem(row, Products, products);
    }
    plot_->setContent(prettyFormula(members_[0]), prettyFormula(members_[1]), std::move(points), hull);
    showWeights();
    table_->setSortingEnabled(true);
    table_->sortByColumn(Fraction, Qt::AscendingOrder);
    table_->resizeColumnsToContents();
    table_->show();
}

void StabilityPanel::showWeights() {
    if (!report_) return;
    const auto weights = workflow::hullWeights(*report_, temperature_->value());
    const bool sorting = table_->isSortingEnabled();
    table_->setSortingEnabled(false);
    for (int row = 0; row < table_->rowCount(); ++row) {
        const auto i = static_cast<std::size_t>(table_->item(row, Fraction)->data(Qt::UserRole).toInt());
        table_->setItem(row, Weight, new NumberItem(QLocale().toString(weights[i], 'f', 3), weights[i]));
    }
    table_->setSortingEnabled(sorting);
}

void StabilityPanel::choosePhases() {
    auto* dialog = new QFileDialog(this, tr("Competing phases"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &StabilityPanel::importPhases);
    dialog->open();
}

void StabilityPanel::importPhases(const QString& path) {
    try {
        const auto phases = composition::readPhaseEntries(path.toStdString());
        competing_.insert(competing_.end(), phases.begin(), phases.end());
        messages_->dismiss();
        updateHull();
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
    }
}

}  // namespace ionscape::gui
