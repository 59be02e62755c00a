// SPDX-License-Identifier: GPL-3.0-or-later
// Left panel of the Learn stage: data, what is learnt and how, errors, and a prediction for a new
// composition.
#pragma once

#include <QWidget>

#include "gui/jobs/learning_job.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QSpinBox;
class QVBoxLayout;

namespace ionscape::gui {

class LearnForm final : public QWidget {
    Q_OBJECT

  public:
    explicit LearnForm(QWidget* parent = nullptr);

    workflow::FeatureKind features() const;
    void setFeatures(workflow::FeatureKind kind);
    workflow::SurrogateTrainingSpec spec() const;
    void setModel(const QString& id);
    void setTarget(const QString& name);
    void setSearchTrials(int trials);
    void setFolds(int folds);

    void showData(const QString& file, const workflow::LearningData& opened);
    void showMeasured(int failed);
    void showModel(const LearnedModel* learned);
    void showPrediction(const workflow::MobilityPrediction& prediction);
    /// The composition that "Predict" is about.
    void setComposition(const QString& formula);
    void setBusy(bool busy);
    void setPredicting(bool predicting);
    QString resultText() const;
    QString predictionText() const;
    QPushButton* trainButton() const { return train_; }
    QPushButton* predictButton() const { return predict_; }
    /// One for each dataset that comes with the program; they go when data are open.
    const std::vector<QPushButton*>& shippedButtons() const { return shipped_; }

    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void openRequested();
    void tableRequested();
    void shippedRequested(const QString& file);
    void trainRequested();
    void saveRequested();
    void loadRequested();
    void predictRequested();
    void featuresChanged();

  private:
    QLabel *data_, *measured_, *result_, *composition_, *prediction_;
    QComboBox *features_, *target_, *model_, *missing_, *validation_;
    QSpinBox *folds_, *trials_, *seed_;
    QCheckBox* balance_;
    QPushButton *open_, *table_, *train_, *save_, *load_, *predict_;
    std::vector<QPushButton*> shipped_;
    bool hasData_ = false, hasModel_ = false, busy_ = false, predicting_ = false;
    QString wantedTarget_;
    void buildData(QVBoxLayout& column);
    void buildSettings(QVBoxLayout& column);
    void buildResult(QVBoxLayout& column);
    void connectParts();
    void updateButtons();
};

/// A kind of model in the user's language.
QString modelTitle(const std::string& kind);
/// "high mobility" of a mean squared displacement at 1000 K, Å².
QString mobilityText(double msd);
/// "124 ± 18 Å²" with as many digits as the error deserves; the value alone where the error is not known.
QString valueText(double value, double error, const QString& unit);

}  // namespace ionscape::gui
