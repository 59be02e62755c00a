// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles that go through the three rules; shape and sign tell them apart besides colour.
#include "gui/widgets/element_filter.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "gui/widgets/periodic_layout.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

class FilterTile final : public QAbstractButton {
  public:
    FilterTile(const composition::Species& species, QWidget* parent)
        : QAbstractButton(parent), species_(species) {
        setObjectName("filter-" + QString::fromStdString(std::string(species.element.symbol())));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setMinimumSize(26, 28);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        describe();
    }
    QSize sizeHint() const override { return {30, 30}; }

    ElementRule rule() const { return rule_; }
    void setRule(ElementRule rule) {
        rule_ = rule;
        describe();
        update();
    }
    crystal::Element element() const { return species_.element; }

    std::function<QColor(crystal::Element)> colour;
    std::function<QString(crystal::Element)> note;
    std::function<void()> onExclude;

    void describe() {
        const QString name = QString::fromStdString(std::string(species_.element.name()));
        const QString state = rule_ == ElementRule::Require   ? ElementFilter::tr("required")
                              : rule_ == ElementRule::Exclude ? ElementFilter::tr("excluded")
                                                              : ElementFilter::tr("allowed");
        setAccessibleName(ElementFilter::tr("%1: %2").arg(name, state));
        QString tip = ElementFilter::tr("<b>%1</b> %2 is %3.<br>")
                          .arg(name, speciesText(species_.element, species_.oxidationState), state);
        if (note) tip += note(species_.element) + QStringLiteral("<br>");
        setToolTip(tip + ElementFilter::tr("Click: allow, require, exclude in turn. Right click: exclude."));
    }

  protected:
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() == Qt::RightButton) {
            onExclude();
            event->accept();
            return;
        }
        QAbstractButton::mousePressEvent(event);
    }
    void contextMenuEvent(QContextMenuEvent* event) override { event->accept(); }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const ThemeColours theme = themeColours(palette());
        const QColor base = colour ? colour(species_.element) : valenceColour(species_.oxidationState);
        const QRectF tile = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
        QColor fill = base;
        fill.setAlphaF(rule_ == ElementRule::Require ? 0.9F : underMouse() ? 0.4F : 0.22F);
        if (rule_ == ElementRule::Exclude) fill = Qt::transparent;
        QPen edge(rule_ == ElementRule::Exclude ? theme.border : base, rule_ == ElementRule::Require ? 2 : 1);
        if (hasFocus()) edge = QPen(palette().color(QPalette::WindowText), 1.5);
        if (rule_ == ElementRule::Exclude) edge.setStyle(Qt::DashLine);
        painter.setPen(edge);
        painter.setBrush(fill);
        painter.drawRoundedRect(tile, 4, 4);
        QFont symbolFont = font();
        symbolFont.setBold(rule_ == ElementRule::Require);
        symbolFont.setStrikeOut(rule_ == ElementRule::Exclude);
        painter.setFont(symbolFont);
        const bool onDark = rule_ == ElementRule::Require && qGray(base.rgb()) < 160;
        painter.setPen(rule_ == ElementRule::Exclude   ? theme.muted
                       : onDark                        ? QColor(Qt::white)
                       : rule_ == ElementRule::Require ? QColor(Qt::black)
                                                       : palette().color(QPalette::WindowText));
        painter.drawText(tile, Qt::AlignCenter,
                         QString::fromStdString(std::string(species_.element.symbol())));
    }

  private:
    composition::Species species_;
    ElementRule rule_ = ElementRule::Allow;
};

ElementFilter::ElementFilter(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Elements that a composition must or must not hold"));
}

void ElementFilter::setSpecies(const std::vector<composition::Species>& species) {
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    delete layout();
    tiles_.clear();
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(1);
    std::vector<crystal::Element> elements;
    for (const auto& one : species)
        elements.push_back(one.element);
    const PeriodicLayout places = periodicLayout(elements);
    for (const auto& one : species) {
        auto* tile = new FilterTile(one, this);
        tile->onExclude = [this, element = one.element] {
            setRule(element,
                    rule(element) == ElementRule::Exclude ? ElementRule::Allow : ElementRule::Exclude);
        };
        connect(tile, &QAbstractButton::clicked, this, [this, element = one.element] {
            const ElementRule now = rule(element);
            setRule(element, now == ElementRule::Allow     ? ElementRule::Require
                             : now == ElementRule::Require ? ElementRule::Exclude
                                                           : ElementRule::Allow);
        });
        const auto cell = places.cells.at(one.element);
        grid->addWidget(tile, cell.row, cell.column);
        tiles_[one.element] = tile;
    }
    for (int column = 0; column < places.columns; ++column)
        grid->setColumnStretch(column, 1);
}

ElementRule ElementFilter::rule(crystal::Element element) const {
    const auto found = tiles_.find(element);
    return found == tiles_.end() ? ElementRule::Allow : found->second->rule();
}

void ElementFilter::setRule(crystal::Element element, ElementRule rule) {
    const auto found = tiles_.find(element);
    if (found == tiles_.end() || found->second->rule() == rule) return;
    found->second->setRule(rule);
    emit rulesChanged();
}

std::vector<crystal::Element> ElementFilter::elements(ElementRule rule) const {
    std::vector<crystal::Element> found;
    for (const auto& [element, tile] : tiles_)
        if (tile->rule() == rule) found.push_back(element);
    return found;
}

void ElementFilter::setRules(const std::vector<crystal::Element>& required,
                             const std::vector<crystal::Element>& excluded) {
    const auto contains = [](const auto& list, crystal::Element element) {
        return std::find(list.begin(), list.end(), element) != list.end();
    };
    for (const auto& [element, tile] : tiles_)
        tile->setRule(contains(required, element)   ? ElementRule::Require
                      : contains(excluded, element) ? ElementRule::Exclude
                                                    : ElementRule::Allow);
}

void ElementFilter::setColours(std::function<QColor(crystal::Element)> colour,
                               std::function<QString(crystal::Element)> note) {
    for (const auto& [element, tile] : tiles_) {
        tile->colour = colour;
        tile->note = note;
        tile->describe();
        tile->update();
    }
}

}  // namespace ionscape::gui
