// SPDX-License-Identifier: GPL-3.0-or-later
// Asks inline for what a trajectory of another program leaves open.
#pragma once

#include <QFrame>
#include <map>
#include <vector>

#include "gui/jobs/file_loader.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ionscape::gui {

class ImportForm final : public QFrame {
    Q_OBJECT

  public:
    explicit ImportForm(QWidget* parent = nullptr);
    /// Shows the form; while another file is asked about, this one waits for its turn.
    void ask(const QString& path, const ionscape::gui::LoadQuestions& questions);
    /// The file that is asked about; empty when the form is hidden.
    QString path() const;

  signals:
    /// The answers are complete.
    void answered(const ionscape::gui::OpenRequest& request);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Question {
        QString path;
        LoadQuestions questions;
    };
    std::vector<Question> waiting_;  ///< the first is shown
    QLabel* title_;
    QLabel* problem_;
    QFormLayout* fields_;
    QPushButton *open_, *first_;
    QDoubleSpinBox* timestep_ = nullptr;
    QLineEdit* structure_ = nullptr;
    QComboBox* mobile_ = nullptr;
    std::map<long, QLineEdit*> types_;

    void showFirst();
    void clearFields();
    void addFields(const LoadQuestions& questions);
    /// Checks the fields; false with a message where one is wrong.
    bool readAnswers(io::ImportOptions& options);
    void accept(bool firstFrameOnly);
    void dismiss();
};

}  // namespace ionscape::gui
