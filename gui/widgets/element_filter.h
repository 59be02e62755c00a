// SPDX-License-Identifier: GPL-3.0-or-later
// A periodic table whose elements are allowed, required or excluded by clicks.
#pragma once

#include <QWidget>
#include <functional>
#include <map>
#include <vector>

#include "core/composition/host.h"

namespace ionscape::gui {

enum class ElementRule { Allow, Require, Exclude };

class FilterTile;

class ElementFilter final : public QWidget {
    Q_OBJECT

  public:
    explicit ElementFilter(QWidget* parent = nullptr);
    void setSpecies(const std::vector<composition::Species>& species);
    ElementRule rule(crystal::Element element) const;
    /// Emits rulesChanged() when it is another.
    void setRule(crystal::Element element, ElementRule rule);
    /// The elements with this rule, by atomic number.
    std::vector<crystal::Element> elements(ElementRule rule) const;
    /// Without a signal; elements that are in neither list are allowed.
    void setRules(const std::vector<crystal::Element>& required,
                  const std::vector<crystal::Element>& excluded);
    /// Tiles are coloured by `colour` instead of the valence; null goes back. `note` is a line of the tool
    /// tip.
    void setColours(std::function<QColor(crystal::Element)> colour,
                    std::function<QString(crystal::Element)> note);

  signals:
    void rulesChanged();

  private:
    std::map<crystal::Element, FilterTile*> tiles_;
};

}  // namespace ionscape::gui
