// SPDX-License-Identifier: GPL-3.0-or-later
// A new host from a CIF: what the file says, what is proposed, and what the user knows better.
#pragma once

#include <QDialog>

#include "core/workflow/host_proposal.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace ionscape::gui {

class HostDialog final : public QDialog {
    Q_OBJECT

  public:
    /// Throws IoError when the file cannot be read as a crystal, naming the line.
    explicit HostDialog(const QString& file, QWidget* parent = nullptr);

    /// Why the host cannot be saved as it stands; empty when it can.
    QString problem() const { return problem_; }
    /// Writes the host into the user's data folder and emits created().
    void save();

  signals:
    void created(const QString& id);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    io::CifCrystal crystal_;
    QString file_, problem_;
    workflow::HostProposal proposal_;
    QLineEdit *id_, *title_, *reference_, *dopants_;
    QComboBox* mobile_;
    QGridLayout* states_;
    std::map<crystal::Element, QSpinBox*> stateBoxes_;
    std::map<crystal::Element, int> chosenStates_;  ///< by the user
    QTableWidget* sites_;
    QLabel *notes_, *status_;
    QPushButton* save_;
    void buildForm();
    void buildStates();
    void fillSites();
    void fillStates();
    void propose();
    workflow::ProposalOptions options() const;
};

/// Where a host of the user's own goes. Throws InputError when there is no such folder.
std::filesystem::path userHostFile(const std::string& id);

}  // namespace ionscape::gui
