// SPDX-License-Identifier: GPL-3.0-or-later
// Element buttons and their places in the table.
#include "gui/widgets/periodic_picker.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <functional>
#include <set>

#include "gui/widgets/periodic_layout.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

/// A tile with symbol, charge and (when chosen) count, coloured by valence.
class ElementButton final : public QAbstractButton {
  public:
    ElementButton(const composition::Species& species, QWidget* parent)
        : QAbstractButton(parent), species_(species) {
        setObjectName("element-" + QString::fromStdString(std::string(species.element.symbol())));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setMinimumSize(26, 30);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
    }
    void setCount(int count, int total) {
        count_ = count;
        const QString name = QString::fromStdString(std::string(species_.element.name()));
        setAccessibleName(PeriodicPicker::tr("%1, charge %2+, %3 of %4 sites")
                              .arg(name)
                              .arg(species_.oxidationState)
                              .arg(count)
                              .arg(total));
        setToolTip(
            PeriodicPicker::tr("<b>%1</b> %2<br>Click adds one; when all %3 sites are taken, it replaces "
                               "one of the most abundant element.<br>Right click or Shift+click takes one "
                               "away.")
                .arg(name, speciesText(species_.element, species_.oxidationState))
                .arg(total));
        update();
    }
    crystal::Element element() const { return species_.element; }
    QSize sizeHint() const override { return {30, 32}; }

    std::function<void()> onRemove;

  protected:
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() == Qt::RightButton || (event->modifiers() & Qt::ShiftModifier)) {
            onRemove();
            event->accept();
            return;
        }
        QAbstractButton::mousePressEvent(event);
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor valence = valenceColour(species_.oxidationState);
        QColor fill = valence;
        fill.setAlphaF(count_ > 0 ? 0.85f : (underMouse() ? 0.32f : 0.16f));
        const QRectF tile = QRectF(rect()).adjusted(1, 1, -1, -1);
        painter.setPen(hasFocus() ? QPen(palette().color(QPalette::WindowText), 1.5) : QPen(valence, 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(tile, 4, 4);

        painter.setPen(count_ > 0 ? QColor(Qt::white) : palette().color(QPalette::WindowText));
        QFont symbolFont = font();
        symbolFont.setWeight(count_ > 0 ? QFont::Bold : QFont::Normal);
        painter.setFont(symbolFont);
        const QString symbol = QString::fromStdString(std::string(species_.element.symbol()));
        if (count_ == 0) {
            painter.drawText(tile, Qt::AlignCenter, symbol);
            return;
        }
        painter.drawText(tile.adjusted(0, 1, 0, -tile.height() * 0.36), Qt::AlignCenter, symbol);
        symbolFont.setWeight(QFont::Normal);
        symbolFont.setPointSizeF(font().pointSizeF() * 0.82);
        painter.setFont(symbolFont);
        painter.drawText(tile.adjusted(0, tile.height() * 0.5, 0, -1), Qt::AlignCenter,
                         QString::number(count_));
    }

  private:
    composition::Species species_;
    int count_ = 0;
};

PeriodicPicker::PeriodicPicker(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Elements of the mixed site"));
}

void PeriodicPicker::setSpecies(const std::vector<composition::Species>& unordered) {
    std::vector<composition::Species> species = unordered;
    std::sort(species.begin(), species.end(),
              [](const auto& a, const auto& b) { return a.element < b.element; });
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    delete layout();
    buttons_.clear();
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);

    std::vector<crystal::Element> elements;
    for (const auto& one : species)
        elements.push_back(one.element);
    const PeriodicLayout places = periodicLayout(elements);
    for (const auto& one : species) {
        auto* button = new ElementButton(one, this);
        button->setCount(0, 0);
        button->onRemove = [this, element = one.element] { emit removeRequested(element); };
        connect(button, &QAbstractButton::clicked, this,
                [this, element = one.element] { emit addRequested(element); });
        const auto cell = places.cells.at(one.element);
        grid->addWidget(button, cell.row, cell.column);
        buttons_[one.element] = button;
    }
    for (int column = 0; column < places.columns; ++column)
        grid->setColumnStretch(column, 1);
    addValenceKey(species, places.rows, places.columns);
}

void PeriodicPicker::addValenceKey(const std::vector<composition::Species>& species, int row, int columns) {
    std::set<int> valences;
    for (const auto& one : species)
        valences.insert(one.oxidationState);
    QStringList parts;
    for (const int valence : valences)
        parts
            << QString("<span style='color:%1'>■</span> %2+").arg(valenceColour(valence).name()).arg(valence);
    auto* key = new QLabel(parts.join("&nbsp;&nbsp; "), this);
    key->setToolTip(
        tr("Colour of the oxidation state. Higher valences on M leave fewer Li: "
           "Li per formula unit = 3 + Σ n(4 − z)."));
    key->setAlignment(Qt::AlignRight);
    static_cast<QGridLayout*>(layout())->addWidget(key, row, 0, 1, std::max(columns, 1));
}

void PeriodicPicker::setCounts(const std::map<crystal::Element, int>& counts, int total) {
    for (const auto& [element, button] : buttons_) {
        const auto it = counts.find(element);
        button->setCount(it == counts.end() ? 0 : it->second, total);
    }
}

}  // namespace ionscape::gui
