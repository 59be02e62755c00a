// SPDX-License-Identifier: GPL-3.0-or-later
// Fields with defaults and explanations; JSON is what a resume fills them from.
#include "gui/views/training_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QToolButton>

#include "gui/views/form_fields.h"
#include "gui/views/path_row.h"
#include "gui/views/run_naming.h"
#include "gui/views/training_options.h"

namespace ionscape::gui {

QString defaultTrainingFolder() {
    return documentsFolder("trainings");
}

TrainingForm::TrainingForm(QWidget* parent)
    : QWidget(parent),
      name_(new QLineEdit(tr("tuned"))),
      folder_(new QLineEdit(defaultTrainingFolder())),
      start_(new QComboBox),
      loss_(new QComboBox),
      epochs_(countField(1, 100000, 10)),
      batch_(countField(1, 4096, 8)),
      seed_(countField(0, 2147483647, 1)),
      splitSeed_(countField(0, 2147483647, 1)),
      threads_(countField(0, 256, 0)),
      rate_(realField(1e-6, 1.0, 1e-3, 6, 1e-4)),
      energy_(realField(0, 1e4, 2.0, 3, 0.5)),
      force_(realField(0, 1e4, 1.0, 3, 0.5)),
      stress_(realField(0, 1e4, 0.05, 3, 0.05)),
      clip_(realField(0, 1e4, 1.0, 2, 0.5)),
      references_(new QCheckBox(tr("Fit reference energies"))),
      more_(new QToolButton),
      options_(new TrainingOptions) {
    start_->setObjectName("startModel");
    name_->setObjectName("trainingName");
    threads_->setSpecialValueText(tr("all cores"));
    clip_->setSpecialValueText(tr("off"));
    loss_->addItem(tr("Huber (δ 0.1)"), "huber");
    loss_->addItem(tr("Mean square"), "mse");
    references_->setChecked(true);
    start_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    start_->setMinimumContentsLength(12);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* form = new QFormLayout;
    column->addLayout(form);
    form->setVerticalSpacing(5);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addRow(
        *form, tr("Start from"), start_,
        tr("Model whose weights are the beginning: fine-tuning. A new model starts from random weights and "
           "wants more data and ten times the epochs."));
    addRow(*form, tr("Name"), name_, tr("Name of the trained model"));
    addRow(*form, tr("Epochs"), epochs_, tr("Passes over the training set"));
    addRow(
        *form, tr("Learning rate"), rate_,
        tr("Step size of RAdam at the beginning; it falls along a cosine. 1e-3 to fine-tune, 3e-3 for a new "
           "model."));
    addRow(*form, tr("Batch"), batch_, tr("Frames per step"));
    addRow(*form, tr("Loss"), loss_,
           tr("Huber counts large errors linearly, so that a few bad labels do not rule"));
    addRow(*form, tr("Weight of E"), energy_, tr("Weight of errors in eV/atom"));
    addRow(*form, tr("Weight of F"), force_, tr("Weight of errors in eV/Å"));
    addRow(*form, tr("Weight of σ"), stress_, tr("Weight of errors in GPa"));
    addRow(*form, tr("Gradient clip"), clip_, tr("Largest norm of the gradient of a step"));
    addRow(
        *form, QString(), references_,
        tr("Fits the energy of each element to the training set, so that labels of another method (another "
           "zero of energy) can be learned"));
    addRow(*form, tr("Seed"), seed_, tr("Order of the frames and, for a new model, its first weights"));
    addRow(*form, tr("Split seed"), splitSeed_,
           tr("Which compositions validate and test: whole compositions are kept out of the training"));
    addRow(*form, tr("Threads"), threads_, tr("Compute threads; runs in progress share the machine"));
    addRow(
        *form, tr("Folder"), pathRow(folder_, tr("Choose a folder"), QFileDialog::Directory),
        tr("Each training gets a folder of its own here, with the best model, the state for a resume and a "
           "log"));
    more_->setObjectName("moreTrainingOptions");
    more_->setText(tr("More: optimiser, averaging, freezing, replay"));
    more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    more_->setAutoRaise(true);
    more_->setCheckable(true);
    column->addWidget(more_);
    column->addWidget(options_);
    connect(more_, &QToolButton::toggled, this, &TrainingForm::showOptions);
    showOptions(false);
    setModels({});
    connect(start_, &QComboBox::activated, this, &TrainingForm::startChanged);
}

void TrainingForm::addRow(QFormLayout& form, const QString& label, QWidget* widget, const QString& tip) {
    widget->setToolTip(tip);
    if (!label.isEmpty()) widget->setAccessibleName(label);
    form.addRow(label, widget);
}

void TrainingForm::showOptions(bool shown) {
    more_->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    options_->setVisible(shown);
}

void TrainingForm::setModels(const std::vector<potential::ModelEntry>& models) {
    const QVariant before = start_->currentData();
    start_->clear();
    start_->addItem(tr("a new small model"), QString());
    for (const auto& entry : models) {
        // Only these can be trained; the registry lists others, too.
        if (!entry.usable() || entry.description.info.architecture != "CHGNet") continue;
        if (!std::filesystem::is_regular_file(entry.file) || entry.file.extension() == ".json") continue;
        start_->addItem(QString::fromStdString(entry.id), QString::fromStdString(entry.file.string()));
    }
    start_->addItem(tr("another file…"), "?");
    // The first list decides for the embedded model, as fine-tuning is what most want; later ones keep the
    // choice.
    const bool first = !listed_ && !models.empty();
    listed_ = listed_ || first;
    if (first && before.toString().isEmpty() && !embeddedPotentialFile().isEmpty())
        setStart(embeddedPotentialFile());
    else
        setStart(before.toString());
}

void TrainingForm::setStart(const QString& file) {
    int index = start_->findData(file);
    if (index < 0) {
        index = start_->count() - 1;
        start_->insertItem(index, QFileInfo(file).fileName(), file);
    }
    start_->setCurrentIndex(index);
}

void TrainingForm::startChanged() {
    if (start_->currentData() != "?") return;
    start_->setCurrentIndex(0);
    auto* dialog = new QFileDialog(this, tr("Model to fine-tune"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("CHGNet models (%1)").arg("*.h5 *.pth.tar *.pth *.pt")});
    connect(dialog, &QFileDialog::fileSelected, this, &TrainingForm::setStart);
    dialog->open();
}

void TrainingForm::setEpochs(int epochs) {
    epochs_->setValue(epochs);
}

void TrainingForm::setFolder(const QString& folder) {
    folder_->setText(folder);
}

QString TrainingForm::name() const {
    const QString name = name_->text().trimmed();
    return name.isEmpty() ? tr("tuned") : name;
}

TrainingRequest TrainingForm::request() const {
    TrainingRequest request;
    request.name = name();
    request.start = start_->currentData().toString().toStdString();
    auto& s = request.settings;
    s.epochs = epochs_->value();
    s.batchSize = batch_->value();
    s.learningRate = rate_->value();
    s.loss = loss_->currentData() == "mse" ? training::Loss::MeanSquare : training::Loss::Huber;
    s.energyWeight = energy_->value();
    s.forceWeight = force_->value();
    s.stressWeight = stress_->value();
    s.gradientClip = clip_->value();
    s.fitReferences = references_->isChecked();
    s.seed = static_cast<std::uint64_t>(seed_->value());
    s.splitSeed = static_cast<std::uint64_t>(splitSeed_->value());
    s.threads = threads_->value();
    options_->apply(request);
    QString stem = request.name;
    stem.replace('/', '-').replace(' ', '-');
    const QString stamp = QDateTime::currentDateTime().toString("yyyyMMdd-HHmmss");
    request.folder = QDir(folder_->text()).filePath(stem + '-' + stamp).toStdString();
    request.form = toJson();
    return request;
}

QJsonObject TrainingForm::toJson() const {
    QJsonObject form{{"name", name()},
                     {"start", start_->currentData().toString()},
                     {"epochs", epochs_->value()},
                     {"batch", batch_->value()},
                     {"rate", rate_->value()},
                     {"loss", loss_->currentData().toString()},
                     {"energy_weight", energy_->value()},
                     {"force_weight", force_->value()},
                     {"stress_weight", stress_->value()},
                     {"clip", clip_->value()},
                     {"fit_references", references_->isChecked()},
                     {"seed", seed_->value()},
                     {"split_seed", splitSeed_->value()},
                     {"threads", threads_->value()}};
    const QJsonObject options = options_->toJson();
    for (auto field = options.begin(); field != options.end(); ++field)
        form.insert(field.key(), field.value());
    return form;
}

void TrainingForm::restore(const QJsonObject& form) {
    name_->setText(form["name"].toString(name()));
    setStart(form["start"].toString());
    epochs_->setValue(form["epochs"].toInt(epochs_->value()));
    batch_->setValue(form["batch"].toInt(batch_->value()));
    rate_->setValue(form["rate"].toDouble(rate_->value()));
    const int loss = loss_->findData(form["loss"].toString());
    if (loss >= 0) loss_->setCurrentIndex(loss);
    energy_->setValue(form["energy_weight"].toDouble(energy_->value()));
    force_->setValue(form["force_weight"].toDouble(force_->value()));
    stress_->setValue(form["stress_weight"].toDouble(stress_->value()));
    clip_->setValue(form["clip"].toDouble(clip_->value()));
    references_->setChecked(form["fit_references"].toBool(references_->isChecked()));
    seed_->setValue(form["seed"].toInt(seed_->value()));
    splitSeed_->setValue(form["split_seed"].toInt(splitSeed_->value()));
    threads_->setValue(form["threads"].toInt(threads_->value()));
    options_->restore(form);
}

}  // namespace ionscape::gui
