// SPDX-License-Identifier: GPL-3.0-or-later
// The run settings form.
#include "gui/views/simulation_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "gui/views/ladder_form.h"
#include "gui/views/path_row.h"
#include "gui/views/run_naming.h"

namespace ionscape::gui {
namespace {

QDoubleSpinBox* numberBox(double low, double high, double value, int decimals, double step,
                          const QString& suffix) {
    auto* box = new QDoubleSpinBox;
    box->setRange(low, high);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    box->setValue(value);
    box->setSuffix(suffix);
    box->setAlignment(Qt::AlignRight);
    return box;
}

void describe(QWidget* widget, const QString& name, const QString& tip) {
    widget->setAccessibleName(name);
    widget->setToolTip(tip);
}

}  // namespace

SimulationPanel::SimulationPanel(QWidget* parent)
    : QWidget(parent),
      temperature_(numberBox(1, 5000, 1000, 0, 50, " K")),
      length_(numberBox(0.01, 10000, 10, 2, 5, " ps")),
      seed_(new QSpinBox),
      threads_(new QSpinBox),
      thermostat_(new QComboBox),
      barostat_(new QComboBox),
      pressure_(numberBox(-50, 200, 0, 2, 0.1, QStringLiteral(" GPa"))),
      equilibration_(numberBox(0, 10000, 0, 2, 1, QStringLiteral(" ps"))),
      spreadAction_(new QComboBox),
      spreadThreshold_(numberBox(0, 100, 0, 2, 0.1, QStringLiteral(" eV/Å"))),
      relax_(new QCheckBox(tr("Relax first"))),
      relaxCell_(new QCheckBox(tr("with cell"))),
      potential_(new QLineEdit),
      folder_(new QLineEdit),
      more_(new QToolButton),
      ladderShown_(new QToolButton),
      ladder_(new LadderForm),
      run_(new QPushButton(tr("Run"))),
      stop_(new QPushButton(tr("Stop"))) {
    seed_->setRange(0, 2147483647);
    seed_->setValue(1);
    seed_->setAlignment(Qt::AlignRight);
    threads_->setRange(0, 256);
    threads_->setSpecialValueText(tr("all cores"));
    thermostat_->addItem(tr("Bussi"), "bussi");
    thermostat_->addItem(tr("Nosé–Hoover"), "nose-hoover");
    thermostat_->addItem(tr("Langevin"), "langevin");
    thermostat_->addItem(tr("Berendsen"), "berendsen");
    thermostat_->addItem(tr("none (NVE)"), "none");
    barostat_->addItem(tr("cell kept"), "none");
    barostat_->addItem(tr("stochastic cell rescaling"), "c-rescale");
    barostat_->addItem(tr("Berendsen"), "berendsen");
    thermostat_->setObjectName("thermostatField");
    barostat_->setObjectName("barostatField");
    pressure_->setObjectName("pressureField");
    equilibration_->setObjectName("equilibrationField");
    connect(barostat_, &QComboBox::currentIndexChanged, this, &SimulationPanel::updateBaths);
    connect(thermostat_, &QComboBox::currentIndexChanged, this, &SimulationPanel::updateBaths);
    spreadAction_->addItem(tr("warn"), "flag");
    spreadAction_->addItem(tr("stop the run"), "stop");
    spreadAction_->addItem(tr("ignore"), "none");
    relax_->setChecked(true);
    relaxCell_->setChecked(true);
    connect(relax_, &QCheckBox::toggled, relaxCell_, &QWidget::setEnabled);

    run_->setProperty("primary", true);
    run_->setObjectName("runButton");
    stop_->setObjectName("stopButton");
    stop_->setToolTip(tr("Stops the run in progress within one step; what was computed is kept (Ctrl+/)"));
    connect(run_, &QPushButton::clicked, this, &SimulationPanel::runRequested);
    connect(potential_, &QLineEdit::textChanged, this, [this] { emit potentialChanged(potential()); });
    connect(stop_, &QPushButton::clicked, this, &SimulationPanel::stopRequested);

    more_->setText(tr("More settings"));
    more_->setCheckable(true);
    more_->setAutoRaise(true);
    more_->setArrowType(Qt::RightArrow);
    more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    auto* basics = buildBasics();
    details_ = buildDetails();
    details_->hide();
    layout->addWidget(basics);
    layout->addWidget(more_);
    layout->addWidget(details_);
    ladderShown_->setText(tr("Temperature ladder"));
    ladderShown_->setObjectName("showLadder");
    ladderShown_->setToolTip(tr("Runs at several temperatures, for an Arrhenius plot"));
    ladderShown_->setCheckable(true);
    ladderShown_->setAutoRaise(true);
    ladderShown_->setArrowType(Qt::RightArrow);
    ladderShown_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    ladder_->hide();
    layout->addWidget(ladderShown_);
    layout->addWidget(ladder_);
    connect(ladderShown_, &QToolButton::toggled, this, [this](bool on) {
        ladderShown_->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        ladder_->setVisible(on);
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(run_, 1);
    buttons->addWidget(stop_);
    layout->addLayout(buttons);
    connect(more_, &QToolButton::toggled, this, [this](bool on) {
        more_->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        details_->setVisible(on);
    });
    setReady({});
    setBusy(false);
}

QWidget* SimulationPanel::buildBasics() {
    describe(temperature_, tr("Temperature"), tr("Temperature of the dynamics, K"));
    describe(length_, tr("Length"),
             tr("Simulated time, ps. 10 ps show whether lithium moves; a diffusion coefficient "
                "wants 100 ps and more."));
    describe(seed_, tr("Seed"),
             tr("Random decoration of the sites, start velocities and thermostat follow from it: "
                "the same seed gives the same run."));
    describe(relax_, tr("Relax first"), tr("Relaxes the atoms before the dynamics"));
    describe(relaxCell_, tr("Relax the cell too"), tr("Lets the cell vectors relax to zero stress as well"));
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    int column = 0;
    for (const auto& [label, box] : {std::pair<QString, QWidget*>{tr("Temperature"), temperature_},
                                     {tr("Length"), length_},
                                     {tr("Seed"), seed_}}) {
        auto* caption = new QLabel(label);
        caption->setProperty("role", "muted");
        caption->setBuddy(box);
        grid->addWidget(caption, 0, column);
        grid->addWidget(box, 1, column);
        grid->setColumnStretch(column++, 1);
    }
    return widget;
}

QWidget* SimulationPanel::buildDetails() {
    describe(
        thermostat_, tr("Thermostat"),
        tr("Bussi (stochastic velocity rescaling, 2007), Nosé–Hoover chains and Langevin (BAOAB) sample the "
           "canonical ensemble; Langevin's friction slows diffusion. Berendsen is the one of the reference "
           "study; none conserves energy."));
    describe(barostat_, tr("Barostat"),
             tr("Keeps the cell, or lets its size follow the pressure: stochastic cell rescaling (Bernetti & "
                "Bussi "
                "2020) samples the isothermal–isobaric ensemble, Berendsen only finds the mean volume."));
    describe(pressure_, tr("Pressure"), tr("Pressure that the barostat holds, GPa"));
    describe(equilibration_, tr("Equilibration"),
             tr("Dynamics before the run proper, ps; nothing of it is stored or analysed."));
    describe(potential_, tr("Potential"),
             tr("Name or file of a potential; the stage Potentials lists those at hand. Empty for the one "
                "shipped with the "
                "program"));
    potential_->setPlaceholderText(tr("embedded potential"));
    describe(threads_, tr("Threads"), tr("Compute threads of the potential"));
    describe(folder_, tr("Run folder"),
             tr("Every run gets a file of its own here; nothing is ever overwritten."));
    folder_->setText(defaultRunFolder());
    auto* widget = new QWidget;
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    auto* checks = new QWidget;
    auto* row = new QHBoxLayout(checks);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(relax_);
    row->addWidget(relaxCell_);
    row->addStretch();
    form->addRow(tr("Cell"), checks);
    form->addRow(tr("Equilibration"), equilibration_);
    form->addRow(tr("Thermostat"), thermostat_);
    auto* barostat = new QWidget;
    auto* barostatRow = new QHBoxLayout(barostat);
    barostatRow->setContentsMargins(0, 0, 0, 0);
    barostat_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    barostatRow->addWidget(barostat_, 1);
    barostatRow->addWidget(pressure_);
    form->addRow(tr("Barostat"), barostat);
    updateBaths();
    form->addRow(tr("Potential"),
                 pathRow(potential_, tr("Choose a model file"), QFileDialog::ExistingFile,
                         {tr("Potentials (*.h5 *.json *.pth.tar *.pth *.pt)"), tr("All files (*)")}));
    form->addRow(tr("Threads"), threads_);
    form->addRow(tr("Disagreement"), watchRow());
    form->addRow(tr("Folder"), pathRow(folder_, tr("Choose a folder"), QFileDialog::Directory));
    return widget;
}

void SimulationPanel::updateBaths() {
    // A barostat without a thermostat would heat the cell.
    const bool thermostatted = thermostat_->currentData() != "none";
    barostat_->setEnabled(thermostatted);
    pressure_->setEnabled(thermostatted && barostat_->currentData() != "none");
}

QWidget* SimulationPanel::watchRow() {
    describe(
        spreadAction_, tr("When the committee disagrees"),
        tr("What happens when the members of a committee of potentials disagree on the force on an atom by "
           "more than the threshold: nothing, a warning that the run keeps, or the end of the run. A single "
           "potential cannot disagree."));
    describe(spreadThreshold_, tr("Threshold of the force spread"),
             tr("Force spread above which the committee is not trusted, eV/Å; at zero, its own"));
    spreadThreshold_->setSpecialValueText(tr("its own"));
    auto* widget = new QWidget;
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(spreadAction_, 1);
    row->addWidget(spreadThreshold_);
    return widget;
}

void SimulationPanel::fill(workflow::RunSpec& spec) const {
    spec.seed = static_cast<std::uint64_t>(seed_->value());
    spec.relax = relax_->isChecked();
    spec.relaxSettings.cell =
        relaxCell_->isChecked() ? dynamics::CellFilter::Full : dynamics::CellFilter::Fixed;
    spec.md.thermostat = dynamics::thermostatFromName(thermostat_->currentData().toString().toStdString());
    spec.md.temperature = temperature_->value();
    spec.md.steps = std::llround(length_->value() * 1000.0 / spec.md.timestepFs);
    spec.md.equilibrationSteps = std::llround(equilibration_->value() * 1000.0 / spec.md.timestepFs);
    if (barostat_->isEnabled())
        spec.md.barostat.kind = dynamics::barostatFromName(barostat_->currentData().toString().toStdString());
    spec.md.barostat.pressureGPa = pressure_->value();
    spec.potential = potential_->text().trimmed().toStdString();
    spec.threads = threads_->value();
    spec.uncertainty.action =
        dynamics::spreadActionFromName(spreadAction_->currentData().toString().toStdString());
    spec.uncertainty.thresholdEvPerA = spreadThreshold_->value();
}

QString SimulationPanel::outputFolder() const {
    const QString folder = folder_->text().trimmed();
    return folder.isEmpty() ? defaultRunFolder() : folder;
}

void SimulationPanel::setTemperature(double kelvin) {
    temperature_->setValue(kelvin);
}
void SimulationPanel::setLengthPs(double ps) {
    length_->setValue(ps);
}

QString SimulationPanel::potential() const {
    return potential_->text().trimmed();
}
void SimulationPanel::setPotential(const QString& potential) {
    potential_->setText(potential);
}

void SimulationPanel::setReady(const QString& problem) {
    run_->setEnabled(problem.isEmpty());
    ladder_->setReady(problem);
    run_->setToolTip(problem.isEmpty() ? tr("Builds the cell, relaxes it and runs the dynamics (Ctrl+Enter)")
                                       : problem);
}

void SimulationPanel::setBusy(bool busy) {
    stop_->setEnabled(busy);
    run_->setText(busy ? tr("Queue run") : tr("Run"));
}

void SimulationPanel::save(QSettings& settings) const {
    settings.setValue("simulation/temperature", temperature_->value());
    settings.setValue("simulation/lengthPs", length_->value());
    settings.setValue("simulation/seed", seed_->value());
    settings.setValue("simulation/threads", threads_->value());
    settings.setValue("simulation/thermostat", thermostat_->currentData());
    settings.setValue("simulation/barostat", barostat_->currentData());
    settings.setValue("simulation/pressure", pressure_->value());
    settings.setValue("simulation/equilibration", equilibration_->value());
    settings.setValue("simulation/relax", relax_->isChecked());
    settings.setValue("simulation/relaxCell", relaxCell_->isChecked());
    settings.setValue("simulation/potential", potential_->text());
    settings.setValue("simulation/folder", folder_->text());
    settings.setValue("simulation/more", more_->isChecked());
    settings.setValue("ladder/shown", ladderShown_->isChecked());
    ladder_->save(settings);
    settings.setValue("simulation/spreadAction", spreadAction_->currentData());
    settings.setValue("simulation/spreadThreshold", spreadThreshold_->value());
}

void SimulationPanel::restore(const QSettings& settings) {
    temperature_->setValue(settings.value("simulation/temperature", temperature_->value()).toDouble());
    length_->setValue(settings.value("simulation/lengthPs", length_->value()).toDouble());
    seed_->setValue(settings.value("simulation/seed", seed_->value()).toInt());
    threads_->setValue(settings.value("simulation/threads", threads_->value()).toInt());
    const int thermostat = thermostat_->findData(settings.value("simulation/thermostat"));
    if (thermostat >= 0) thermostat_->setCurrentIndex(thermostat);
    const int barostat = barostat_->findData(settings.value("simulation/barostat"));
    if (barostat >= 0) barostat_->setCurrentIndex(barostat);
    pressure_->setValue(settings.value("simulation/pressure", pressure_->value()).toDouble());
    equilibration_->setValue(settings.value("simulation/equilibration", equilibration_->value()).toDouble());
    relax_->setChecked(settings.value("simulation/relax", true).toBool());
    relaxCell_->setChecked(settings.value("simulation/relaxCell", true).toBool());
    potential_->setText(settings.value("simulation/potential").toString());
    folder_->setText(settings.value("simulation/folder", folder_->text()).toString());
    more_->setChecked(settings.value("simulation/more", false).toBool());
    ladderShown_->setChecked(settings.value("ladder/shown", false).toBool());
    ladder_->restore(settings);
    const int action = spreadAction_->findData(settings.value("simulation/spreadAction"));
    if (action >= 0) spreadAction_->setCurrentIndex(action);
    spreadThreshold_->setValue(settings.value("simulation/spreadThreshold", 0.0).toDouble());
}

}  // namespace ionscape::gui
