// SPDX-License-Identifier: GPL-3.0-or-later
// Every edit proposes anew, so that what is shown is what would be saved.
#include "gui/views/host_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <set>

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/composition/composition.h"
#include "core/composition/host_writer.h"
#include "gui/views/data_table.h"
#include "gui/views/form_fields.h"
#include "gui/views/text.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

namespace host_dialog_detail {

constexpr int stateColumns = 4;

/// "Hf 4, Sn4+": each an element and its oxidation state. Throws InputError.
std::vector<composition::Species> parseDopants(const QString& text) {
    static const QRegularExpression form(QStringLiteral("^\\s*([A-Z][a-z]?)\\s*([+-]?\\d)?([+-])?\\s*$"));
    std::vector<composition::Species> species;
    for (const QString& part : text.split(',', Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty()) continue;
        const auto match = form.match(part);
        const auto element = crystal::Element::find(match.captured(1).toStdString());
        if (!match.hasMatch() || !element || match.captured(2).isEmpty())
            throw InputError(
                HostDialog::tr("Further species: \"%1\" is not an element with its oxidation state, "
                               "such as Hf 4")
                    .arg(part.trimmed())
                    .toStdString());
        const int state = match.captured(2).toInt();
        species.push_back({*element, match.captured(3) == "-" ? -state : state});
    }
    return species;
}

QString idFrom(const QString& file) {
    QString id = QFileInfo(file).completeBaseName().toLower();
    id.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-"));
    id.remove(QRegularExpression(QStringLiteral("^-+|-+$")));
    return id.isEmpty() ? QStringLiteral("my-host") : id;
}

std::set<crystal::Element> elementsOf(const io::CifCrystal& crystal) {
    std::set<crystal::Element> elements;
    for (const auto& site : crystal.sites)
        elements.insert(site.element);
    return elements;
}

}  // namespace host_dialog_detail

std::filesystem::path userHostFile(const std::string& id) {
    const auto folder = userDataFolder();
    if (folder.empty()) throw InputError("there is no data folder for hosts: set HOME or XDG_DATA_HOME");
    return folder / "hosts" / (id + ".json");
}

HostDialog::HostDialog(const QString& file, QWidget* parent)
    : QDialog(parent),
      crystal_(io::readCifCrystal(file.toStdString())),
      file_(file),
      id_(new QLineEdit(host_dialog_detail::idFrom(file))),
      title_(new QLineEdit),
      reference_(new QLineEdit),
      dopants_(new QLineEdit),
      mobile_(new QComboBox),
      states_(nullptr),
      sites_(new QTableWidget),
      notes_(new QLabel),
      status_(new QLabel),
      save_(nullptr) {
    setWindowTitle(tr("New host from %1").arg(QFileInfo(file).fileName()));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(820, 640);
    buildForm();
    propose();
    title_->setText(QString::fromStdString(proposal_.host.title));
}

void HostDialog::buildForm() {
    auto* layout = new QVBoxLayout(this);
    auto* intro = new QLabel(tr(
        "Sites with the same species become one sublattice. Check the mobile ion and the oxidation states; "
        "with further species the first mixed site spans a composition space."));
    intro->setWordWrap(true);
    intro->setProperty("role", "muted");
    layout->addWidget(intro);
    auto* form = new QFormLayout;
    id_->setObjectName("hostId");
    dopants_->setObjectName("hostDopants");
    dopants_->setPlaceholderText(tr("e.g. Hf 4, Sn 4, Nb 5"));
    reference_->setPlaceholderText(tr("Where the structure is from"));
    form->addRow(tr("Short name"), id_);
    form->addRow(tr("Title"), title_);
    form->addRow(tr("Reference"), reference_);
    mobile_->setObjectName("hostMobile");
    mobile_->addItem(tr("found by itself"), QString());
    for (const auto element : host_dialog_detail::elementsOf(crystal_))
        mobile_->addItem(symbolText(element), symbolText(element));
    form->addRow(tr("Mobile ion"), mobile_);
    form->addRow(tr("Further species"), dopants_);
    layout->addLayout(form);
    buildStates();
    sites_->setObjectName("hostSites");
    sites_->setColumnCount(5);
    sites_->setHorizontalHeaderLabels(
        {tr("Site"), tr("Species"), tr("Multiplicity"), tr("Sublattice"), tr("Bond-valence sum")});
    setUpDataTable(*sites_);
    layout->addWidget(sites_, 1);
    notes_->setWordWrap(true);
    notes_->setTextFormat(Qt::RichText);
    notes_->setObjectName("hostNotes");
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(notes_);
    layout->addWidget(scroll, 1);
    status_->setWordWrap(true);
    status_->setObjectName("hostStatus");
    layout->addWidget(status_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    save_ = buttons->button(QDialogButtonBox::Save);
    save_->setText(tr("Save host"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &HostDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(mobile_, &QComboBox::currentIndexChanged, this, &HostDialog::propose);
    for (QLineEdit* edit : {id_, reference_, dopants_})
        connect(edit, &QLineEdit::editingFinished, this, &HostDialog::propose);
}

void HostDialog::buildStates() {
    auto* box = new QWidget;
    states_ = new QGridLayout(box);
    states_->setContentsMargins(0, 0, 0, 0);
    int index = 0;
    for (const auto element : host_dialog_detail::elementsOf(crystal_)) {
        auto* cell = new QWidget;
        auto* row = new QHBoxLayout(cell);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(new QLabel(symbolText(element)));
        auto* state = countField(-4, 8, 0);
        state->setObjectName("state-" + symbolText(element));
        state->setAccessibleName(tr("Oxidation state of %1").arg(symbolText(element)));
        state->setToolTip(tr("Proposed from common states, neutrality and bond-valence sums"));
        row->addWidget(state, 1);
        states_->addWidget(cell, index / host_dialog_detail::stateColumns,
                           index % host_dialog_detail::stateColumns);
        stateBoxes_[element] = state;
        connect(state, &QSpinBox::valueChanged, this, [this, element](int value) {
            chosenStates_[element] = value;
            propose();
        });
        ++index;
    }
    auto* heading = new QLabel(tr("Oxidation states"));
    heading->setProperty("role", "muted");
    layout()->addWidget(heading);
    layout()->addWidget(box);
}

workflow::ProposalOptions HostDialog::options() const {
    workflow::ProposalOptions options;
    options.id = id_->text().trimmed().toStdString();
    options.reference = reference_->text().trimmed().toStdString();
    const QString mobile = mobile_->currentData().toString();
    if (!mobile.isEmpty()) options.mobile = crystal::Element::fromSymbol(mobile.toStdString());
    options.oxidationStates = chosenStates_;
    options.dopants = host_dialog_detail::parseDopants(dopants_->text());
    return options;
}

void HostDialog::propose() {
    problem_.clear();
    try {
        proposal_ = workflow::proposeHost(crystal_, options());
        fillSites();
        fillStates();
        static_cast<void>(workflow::finishedHost(proposal_));
    } catch (const Error& error) {
        problem_ = QString::fromUtf8(error.what());
    }
    const ThemeColours colours = themeColours(palette());
    if (problem_.isEmpty()) {
        const auto own = composition::defaultComposition(proposal_.host);
        status_->setText(
            tr("<span style='color:%1'>✓</span> Charges balance: %2")
                .arg(colours.good.name(), formulaHtml(composition::compositionFormula(proposal_.host, own))));
    } else {
        status_->setText(QStringLiteral("<span style='color:%1'>%2</span>")
                             .arg(colours.bad.name(), problem_.toHtmlEscaped()));
    }
    save_->setEnabled(problem_.isEmpty());
}

void HostDialog::fillSites() {
    sites_->setRowCount(static_cast<int>(proposal_.sites.size()));
    int row = 0;
    for (const auto& site : proposal_.sites) {
        const QStringList cells{QString::fromStdString(site.label), QString::fromStdString(site.species),
                                QString::number(site.multiplicity), QString::fromStdString(site.sublattice),
                                QString::number(site.valenceSum, 'f', 2)};
        for (int column = 0; column < cells.size(); ++column)
            sites_->setItem(row, column, new QTableWidgetItem(cells[column]));
        ++row;
    }
    sites_->resizeColumnsToContents();
    QString html;
    for (const auto& note : proposal_.notes)
        html += QStringLiteral("• %1<br>").arg(QString::fromStdString(note).toHtmlEscaped());
    notes_->setText(html);
}

void HostDialog::fillStates() {
    for (const auto& sublattice : proposal_.host.sublattices)
        for (const auto& species : sublattice.species) {
            const auto box = stateBoxes_.find(species.element);
            if (box == stateBoxes_.end()) continue;
            const QSignalBlocker blocker(box->second);
            box->second->setValue(species.oxidationState);
        }
}

void HostDialog::keyPressEvent(QKeyEvent* event) {
    // Return in a field takes the edit over; it must not save.
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isReturn || qobject_cast<QPushButton*>(focusWidget()) != nullptr) QDialog::keyPressEvent(event);
}

void HostDialog::save() {
    propose();
    if (!problem_.isEmpty()) return;
    try {
        auto host = workflow::finishedHost(proposal_);
        if (!title_->text().trimmed().isEmpty()) host.title = title_->text().trimmed().toStdString();
        const auto file = userHostFile(host.id);
        for (const auto& known : composition::hostIds())
            if (known == host.id)
                throw InputError(tr("A host named %1 is there already: choose another short name.")
                                     .arg(QString::fromStdString(host.id))
                                     .toStdString());
        std::filesystem::create_directories(file.parent_path());
        composition::writeHost(file, host);
        emit created(QString::fromStdString(host.id));
        accept();
    } catch (const std::exception& error) {
        problem_ = QString::fromUtf8(error.what());
        status_->setText(QStringLiteral("<span style='color:%1'>%2</span>")
                             .arg(themeColours(palette()).bad.name(), problem_.toHtmlEscaped()));
    }
}

}  // namespace ionscape::gui
