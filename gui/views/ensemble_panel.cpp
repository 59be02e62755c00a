// SPDX-License-Identifier: GPL-3.0-or-later
// Form, table of members, summary line and what can be done with the members.
#include "gui/views/ensemble_panel.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "gui/views/data_table.h"
#include "gui/views/decoration_fields.h"
#include "gui/views/form_fields.h"
#include "gui/views/number_item.h"
#include "gui/views/run_naming.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/message_bar.h"

namespace ionscape::gui {

namespace ensemble_panel_detail {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

NumberItem* item(const QString& text, double value, const QString& tip = {}) {
    auto* cell = new NumberItem(text, value);
    cell->setToolTip(tip);
    return cell;
}

/// "mean ± spread": without a spread for a single value.
QString meanText(const MeanSpread& values, double factor, int decimals) {
    const QLocale locale;
    const QString mean = locale.toString(factor * values.mean, 'f', decimals);
    if (values.n < 2) return mean;
    return QStringLiteral("%1 ± %2").arg(mean,
                                         locale.toString(factor * values.standardDeviation, 'f', decimals));
}

}  // namespace ensemble_panel_detail

QString defaultEnsembleFolder() {
    return documentsFolder("ensembles");
}

EnsemblePanel::EnsemblePanel(SpaceBrowser& browser, QWidget* parent)
    : QWidget(parent),
      browser_(browser),
      subject_(new QLabel),
      summary_(new QLabel),
      hint_(new QLabel),
      method_(new QComboBox),
      cell_(cellField(true)),
      potential_(potentialField()),
      tolerance_(toleranceField()),
      members_(countField(1, 10000, 10)),
      seed_(countField(0, 999999, 1)),
      temperature_(realField(1.0, 5000.0, browser.host().protocol.temperature, 0, 100.0)),
      distinct_(new QCheckBox(tr("Distinct"))),
      build_(new QPushButton(tr("Build"))),
      relax_(new QPushButton(tr("Relax all"))),
      show_(new QPushButton(tr("Show in 3D"))),
      run_(new QPushButton(tr("Run all"))),
      export_(new QToolButton),
      messages_(new MessageBar),
      table_(new QTableWidget),
      job_(defaultEnsembleFolder()) {
    setAccessibleName(tr("Ensemble of decorations"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(buildForm());
    layout->addWidget(messages_);
    layout->addWidget(new TaskStrip(job_.task()));
    buildTable();
    hint_->setProperty("role", "muted");
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setWordWrap(true);
    layout->addWidget(hint_, 1);
    layout->addWidget(table_, 1);
    summary_->setObjectName("ensembleSummary");
    summary_->setWordWrap(true);
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(summary_);
    layout->addWidget(buildButtons());
    connectParts();
    fillMembers();
}

QWidget* EnsemblePanel::buildForm() {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    subject_->setObjectName("ensembleSubject");
    subject_->setProperty("role", "heading");
    subject_->setMinimumWidth(1);
    subject_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    method_->setObjectName("methodField");
    method_->setAccessibleName(tr("How members are made"));
    method_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    method_->setMinimumContentsLength(6);
    const auto add = [this](EnsembleMethod method, const QString& text, const QString& tip) {
        method_->addItem(text, static_cast<int>(method));
        method_->setItemData(method_->count() - 1, tip, Qt::ToolTipRole);
    };
    add(EnsembleMethod::Random, tr("Random"), tr("Drawn uniformly from all arrangements"));
    add(EnsembleMethod::Ewald, tr("Ewald-ranked"),
        tr("Of 1000 random ones those of lowest electrostatic energy of the formal charges"));
    add(EnsembleMethod::Quasirandom, tr("Quasirandom (SQS)"),
        tr("Pair correlations as near to the random alloy's as annealing brings them"));
    add(EnsembleMethod::Enumeration, tr("All distinct"),
        tr("Every arrangement that symmetry does not make the same as another; for small cells"));
    members_->setObjectName("membersField");
    members_->setAccessibleName(tr("Number of members"));
    members_->setPrefix(tr("n = "));
    seed_->setObjectName("seedField");
    seed_->setAccessibleName(tr("Seed of the first member"));
    seed_->setPrefix(tr("seed "));
    seed_->setToolTip(
        tr("Seed of the first member; the next ones have the next seeds. The same seed gives the "
           "same member."));
    distinct_->setObjectName("distinctBox");
    distinct_->setToolTip(tr("Leave out arrangements that symmetry makes the same as an earlier one"));
    build_->setObjectName("buildEnsemble");
    build_->setProperty("primary", true);
    auto* first = new QHBoxLayout;
    first->addWidget(subject_, 1);
    first->addWidget(distinct_);
    first->addWidget(build_);
    auto* second = new QHBoxLayout;
    second->addWidget(method_, 2);
    second->addWidget(members_);
    second->addWidget(seed_);
    second->addWidget(cell_, 2);
    for (QHBoxLayout* row : {first, second}) {
        row->setSpacing(6);
        column->addLayout(row);
    }
    return widget;
}

void EnsemblePanel::buildTable() {
    table_->setObjectName("ensembleTable");
    table_->setAccessibleName(tr("Members of the ensemble"));
    table_->setColumnCount(Columns);
    table_->setHorizontalHeaderLabels({tr("#"), tr("Seed"), tr("Score"), tr("Mult."), tr("E (eV/atom)"),
                                       tr("ΔE (meV/atom)"), tr("V (Å³)"), tr("Weight"), tr("State")});
    const auto tip = [this](int column, const QString& text) {
        table_->horizontalHeaderItem(column)->setToolTip(text);
    };
    tip(Multiplicity,
        tr("Equivalent arrangements that this one stands for; empty where symmetry was not asked"));
    tip(Energy, tr("Energy of the relaxed cell"));
    tip(Above, tr("Above the lowest member relaxed so far"));
    tip(Volume, tr("Volume of the relaxed cell"));
    tip(Weight, tr("Boltzmann weight of the cell at the temperature below"));
    setUpDataTable(*table_);
    setUpDenseRows(*table_);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setMinimumHeight(90);
    // The summary wraps, and a scroll area asks such a layout for its preferred height: not the table's.
    table_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    table_->horizontalHeader()->setStretchLastSection(true);
}

QWidget* EnsemblePanel::buildButtons() {
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    relax_->setObjectName("relaxEnsemble");
    show_->setObjectName("showMember");
    run_->setObjectName("runEnsemble");
    export_->setObjectName("exportEnsemble");
    relax_->setToolTip(
        tr("Relaxes atoms and cell of every member. Members relaxed before are taken from their "
           "file, so that stopping loses nothing."));
    show_->setToolTip(tr("Shows the selected member in the 3D view (also double click)"));
    run_->setToolTip(
        tr("One molecular dynamics run for each member, with the settings of the Compose stage"));
    temperature_->setObjectName("temperatureField");
    temperature_->setAccessibleName(tr("Temperature of the Boltzmann weights"));
    temperature_->setToolTip(temperature_->accessibleName());
    temperature_->setSuffix(tr(" K"));
    export_->setText(tr("Export…"));
    export_->setToolTip(tr("Writes the cells, relaxed where they are"));
    export_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(export_);
    menu->addAction(tr("One extended XYZ file…"), this, [this] { exportAs(true); });
    menu->addAction(tr("CIF files in a folder…"), this, [this] { exportAs(false); });
    export_->setMenu(menu);
    grid->addWidget(relax_, 0, 0);
    grid->addWidget(potential_, 0, 1);
    grid->addWidget(tolerance_, 0, 2);
    grid->addWidget(temperature_, 0, 3);
    grid->addWidget(show_, 1, 0);
    grid->addWidget(run_, 1, 1);
    grid->addWidget(export_, 1, 2, 1, 2);
    grid->setColumnStretch(1, 1);
    export_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return widget;
}

void EnsemblePanel::connectParts() {
    connect(&browser_, &SpaceBrowser::selectionChanged, this, &EnsemblePanel::updateButtons);
    connect(&browser_, &SpaceBrowser::changed, this, &EnsemblePanel::updateButtons);
    connect(method_, &QComboBox::currentIndexChanged, this, &EnsemblePanel::updateButtons);
    connect(build_, &QPushButton::clicked, this, &EnsemblePanel::build);
    connect(relax_, &QPushButton::clicked, this, &EnsemblePanel::relax);
    connect(show_, &QPushButton::clicked, this, &EnsemblePanel::showMember);
    connect(run_, &QPushButton::clicked, this, &EnsemblePanel::runAll);
    connect(table_, &QTableWidget::itemDoubleClicked, this, &EnsemblePanel::showMember);
    connect(table_, &QTableWidget::itemSelectionChanged, this, &EnsemblePanel::updateButtons);
    connect(temperature_, &QDoubleSpinBox::valueChanged, this, &EnsemblePanel::showRecords);
    connect(&job_, &EnsembleJob::built, this, &EnsemblePanel::fillMembers);
    connect(&job_, &EnsembleJob::recordsChanged, this, &EnsemblePanel::showRecords);
    connect(&job_.task(), &BackgroundTask::started, this, &EnsemblePanel::updateButtons);
    connect(&job_.task(), &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (outcome == TaskOutcome::Failed) messages_->showMessage(MessageBar::Kind::Error, message);
        if (outcome == TaskOutcome::Cancelled && !job_.records().empty())
            messages_->showMessage(MessageBar::Kind::Information,
                                   tr("Stopped. Relax all continues with the members that are left."));
        updateButtons();
    });
}

void EnsemblePanel::setModels(const std::vector<potential::ModelEntry>& models) {
    fillPotentials(*potential_, models);
}

std::string EnsemblePanel::formula() const {
    const auto row = browser_.current();
    return row && *row < browser_.table()->rows() ? browser_.table()->formula(*row) : std::string();
}

void EnsemblePanel::updateButtons() {
    const bool busy = job_.task().isBusy(), built = !job_.members().empty();
    const QString current = prettyFormula(QString::fromStdString(formula()));
    const QString shown = prettyFormula(QString::fromStdString(job_.request().formula));
    subject_->setText(built && (current.isEmpty() || current == shown) ? shown
                      : built ? tr("%1 (built: %2)").arg(current, shown)
                              : current);
    subject_->setToolTip(subject_->text());
    hint_->setVisible(!built);
    table_->setVisible(built);
    hint_->setText(
        current.isEmpty()
            ? tr("Click a composition in the map or the table first; its arrangements are made here.")
            : tr("Press Build to arrange the ions of %1 in several ways.").arg(current));
    build_->setEnabled(!busy && !current.isEmpty());
    build_->setToolTip(current.isEmpty() ? tr("Select a composition first")
                                         : tr("Makes the members for %1").arg(current));
    for (QWidget* widget : std::initializer_list<QWidget*>{relax_, run_, export_})
        widget->setEnabled(built && !busy);
    show_->setEnabled(currentMember().has_value());
    const auto method = static_cast<EnsembleMethod>(method_->currentData().toInt());
    distinct_->setEnabled(method != EnsembleMethod::Enumeration);
    method_->setToolTip(method_->currentData(Qt::ToolTipRole).toString());
    seed_->setEnabled(method != EnsembleMethod::Enumeration);
}

void EnsemblePanel::build() {
    EnsembleRequest request;
    request.host = browser_.host().id;
    request.formula = formula();
    if (request.formula.empty()) return;
    request.settings.method = static_cast<EnsembleMethod>(method_->currentData().toInt());
    request.settings.members = static_cast<std::size_t>(members_->value());
    request.settings.seed = static_cast<std::uint64_t>(seed_->value());
    request.settings.distinct = distinct_->isEnabled() && distinct_->isChecked();
    request.cells = cell_->currentData().toInt();
    messages_->dismiss();
    job_.build(request);
}

void EnsemblePanel::relax() {
    messages_->dismiss();
    job_.relax(potential_->currentData().toString(), chosenTolerance(*tolerance_));
}

void EnsemblePanel::fillMembers() {
    using ensemble_panel_detail::item;
    using ensemble_panel_detail::none;
    const QLocale locale;
    table_->setSortingEnabled(false);
    table_->setRowCount(static_cast<int>(job_.members().size()));
    const EnsembleMethod method = job_.request().settings.method;
    QTableWidgetItem* score = table_->horizontalHeaderItem(Score);
    score->setText(method == EnsembleMethod::Ewald ? tr("E Ewald (eV)") : tr("SQS score"));
    score->setToolTip(method == EnsembleMethod::Ewald
                          ? tr("Electrostatic energy of the cell with formal charges; lower is better")
                          : tr("Distance of the pair correlations from the random alloy's; lower is better"));
    const bool scored = !job_.members().empty() && job_.members().front().score.has_value();
    table_->setColumnHidden(Score, !scored);
    table_->setColumnHidden(Multiplicity, job_.members().empty() || job_.members().front().multiplicity == 0);
    table_->setColumnHidden(Seed, method == EnsembleMethod::Enumeration);
    for (std::size_t i = 0; i < job_.members().size(); ++i) {
        const auto& member = job_.members()[i];
        const int row = static_cast<int>(i);
        auto* number = item(locale.toString(row + 1), row);
        number->setData(Qt::UserRole, row);
        table_->setItem(row, Member, number);
        table_->setItem(row, Seed, item(QString::number(member.seed), static_cast<double>(member.seed)));
        table_->setItem(
            row, Score,
            member.score ? item(locale.toString(*member.score, 'g', 7), *member.score) : item({}, none));
        const auto multiplicity = static_cast<qulonglong>(member.multiplicity);
        table_->setItem(row, Multiplicity,
                        item(multiplicity == 0 ? QString() : locale.toString(multiplicity),
                             static_cast<double>(multiplicity)));
    }
    showRecords();
    table_->setSortingEnabled(true);
    table_->sortByColumn(Member, Qt::AscendingOrder);
    table_->resizeColumnsToContents();
    if (table_->rowCount() > 0) table_->selectRow(0);
}

void EnsemblePanel::showRecords() {
    using ensemble_panel_detail::item;
    using ensemble_panel_detail::none;
    const QLocale locale;
    const auto& records = job_.records();
    const auto summary = job_.summary();
    const auto thermal =
        workflow::thermalMean(records, job_.atoms(), job_.request().settings.method, temperature_->value());
    table_->setSortingEnabled(false);
    for (int row = 0; row < table_->rowCount(); ++row) {
        const auto i = static_cast<std::size_t>(table_->item(row, Member)->data(Qt::UserRole).toInt());
        const workflow::MemberRecord* r = i < records.size() ? &records[i] : nullptr;
        const bool numbers = r != nullptr && r->failure.empty();
        const double above = numbers && summary.energyPerAtom
                                 ? 1e3 * (r->energyPerAtom - summary.energyPerAtom->minimum)
                                 : none;
        const double weight = numbers && thermal ? thermal->weights[i] : none;
        const auto put = [&](int column, double value, int decimals) {
            table_->setItem(
                row, column,
                item(std::isnan(value) ? QString() : locale.toString(value, 'f', decimals), value));
        };
        put(Energy, numbers ? r->energyPerAtom : none, 5);
        put(Above, above, 2);
        put(Volume, numbers ? r->volume : none, 2);
        put(Weight, weight, 3);
        QString state = tr("built"), tip;
        if (r != nullptr && !numbers) {
            state = tr("failed");
            tip = QString::fromStdString(r->failure);
        } else if (numbers) {
            state = r->converged ? tr("relaxed") : tr("not converged");
            tip = tr("%1 steps, largest force %2 eV/Å, largest stress %3 GPa")
                      .arg(r->steps)
                      .arg(locale.toString(r->maxForce, 'f', 3), locale.toString(r->maxStressGPa, 'f', 3));
        }
        auto* cell = new QTableWidgetItem(state);
        cell->setToolTip(tip);
        table_->setItem(row, State, cell);
    }
    table_->setSortingEnabled(true);
    table_->setColumnHidden(Weight, !thermal);
    showSummary(summary, thermal);
    updateButtons();
}

void EnsemblePanel::showSummary(const workflow::EnsembleSummary& summary,
                                const std::optional<workflow::ThermalMean>& thermal) {
    using ensemble_panel_detail::meanText;
    const QLocale locale;
    QStringList parts;
    if (summary.energyPerAtom) {
        parts << tr("E %1 meV/atom").arg(meanText(*summary.energyPerAtom, 1e3, 1))
              << tr("V %1 Å³").arg(meanText(*summary.volume, 1.0, 1))
              << tr("n = %1").arg(summary.energyPerAtom->n);
        if (thermal)
            parts << tr("Boltzmann %1 K: E %2 meV/atom, V %3 Å³")
                         .arg(QString::number(temperature_->value(), 'f', 0),
                              locale.toString(1e3 * thermal->energyPerAtom, 'f', 1),
                              locale.toString(thermal->volume, 'f', 1));
    }
    if (summary.failed > 0) parts << tr("%1 failed").arg(summary.failed);
    if (summary.unfinished > 0) parts << tr("%1 not converged, left out").arg(summary.unfinished);
    if (parts.isEmpty() && !job_.members().empty())
        parts << tr("%1 members of %2 atoms").arg(job_.members().size()).arg(job_.atoms());
    summary_->setText(parts.join(QStringLiteral(" · ")));
    summary_->setToolTip(tr("Mean ± standard deviation over the members whose relaxation converged"));
    summary_->setVisible(!parts.isEmpty());
}

std::optional<std::size_t> EnsemblePanel::currentMember() const {
    const int row = table_->currentRow();
    if (row < 0 || table_->item(row, Member) == nullptr || job_.members().empty()) return std::nullopt;
    return static_cast<std::size_t>(table_->item(row, Member)->data(Qt::UserRole).toInt());
}

void EnsemblePanel::showMember() {
    const auto member = currentMember();
    if (!member) return;
    guarded([&] {
        const QString formula = prettyFormula(QString::fromStdString(job_.request().formula));
        const QString title =
            (job_.isRelaxed(*member) ? tr("%1, member %2 (relaxed)") : tr("%1, member %2 (not relaxed yet)"))
                .arg(formula)
                .arg(*member + 1);
        emit showRequested(job_.structure(*member), title);
    });
}

void EnsemblePanel::runAll() {
    guarded([this] { emit runRequested(job_.writeForRuns()); });
}

void EnsemblePanel::exportAs(bool oneFile) {
    auto* dialog = new QFileDialog(this, oneFile ? tr("Export the members") : tr("Folder for the CIF files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (oneFile) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix("extxyz");
        dialog->setNameFilters({tr("Extended XYZ (*.extxyz *.xyz)")});
        dialog->selectFile(QString::fromStdString(job_.request().formula) + ".extxyz");
    } else {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this, oneFile](const QString& path) {
        guarded([&] {
            if (oneFile)
                job_.exportExtxyz(path.toStdString());
            else
                job_.exportCif(path.toStdString());
            messages_->showMessage(MessageBar::Kind::Information,
                                   tr("Written: %1").arg(QDir::toNativeSeparators(path)));
        });
    });
    dialog->open();
}

void EnsemblePanel::guarded(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
    }
}

}  // namespace ionscape::gui
