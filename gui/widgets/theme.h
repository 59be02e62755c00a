// SPDX-License-Identifier: GPL-3.0-or-later
// The program's light and dark palettes, its icons, and element colours that stay readable on them.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

#include "core/crystal/element.h"

namespace ionscape::gui {

enum class Theme { System, Light, Dark };

/// Sets Fusion, the palette and the style sheet of the application. System takes the side (light or dark)
/// that the desktop's own palette had when the program started.
void applyTheme(Theme theme);
/// "system", "light", "dark" for settings, and back (System for anything else).
QString themeName(Theme theme);
Theme themeFromName(const QString& name);

bool isDark(const QPalette& palette);

/// Colours with a meaning, for the palette in use. Good, warning and bad are told apart by colour-blind
/// people too.
struct ThemeColours {
    QColor accent, good, warning, bad, muted, card, border;
};
ThemeColours themeColours(const QPalette& palette);

/// The scene's colour of an element.
QColor elementColour(crystal::Element element);
/// The same, moved in lightness until it stands out from `background`: for lines and text.
QColor readableColour(const QColor& colour, const QColor& background);

/// Colours of the curves of a plot, told apart by colour-blind people too (Okabe & Ito); they repeat after
/// six.
QColor seriesColour(std::size_t index, const QColor& background);

/// Colour of a valence (2+ … 5+), from the Okabe–Ito set.
QColor valenceColour(int oxidationState);
/// "Zr⁴⁺" with Unicode superscripts.
QString speciesText(crystal::Element element, int oxidationState);

/// The icon resources/icons/<name>.svg in the palette's text colour.
QIcon themedIcon(const QString& name, const QPalette& palette);

}  // namespace ionscape::gui
