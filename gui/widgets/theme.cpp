// SPDX-License-Identifier: GPL-3.0-or-later
// Palettes, style sheet and icons.
#include "gui/widgets/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QPixmap>
#include <QStyleFactory>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "gui/scene/structure_scene.h"

/// The linker drops resources of a static library unless they are asked for, outside any namespace.
static void loadIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace ionscape::gui {
namespace {

QPalette makePalette(bool dark) {
    const QColor window(dark ? "#1f2227" : "#f4f5f7");
    const QColor base(dark ? "#17191d" : "#ffffff");
    const QColor text(dark ? "#e7e9ec" : "#1c2026");
    const QColor button(dark ? "#2c3037" : "#ffffff");
    const QColor accent(dark ? "#5b9bff" : "#1f5fd0");
    const QColor disabled(dark ? "#737b86" : "#8f97a3");
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, dark ? QColor("#1c1f24") : QColor("#f8f9fb"));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, button);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::ToolTipBase, dark ? QColor("#2c3037") : QColor("#ffffff"));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, disabled);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, dark ? QColor("#101216") : QColor("#ffffff"));
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::BrightText, Qt::red);
    palette.setColor(QPalette::Mid, dark ? QColor("#3b414a") : QColor("#cfd4db"));
    palette.setColor(QPalette::Midlight, dark ? QColor("#343941") : QColor("#e4e7eb"));
    palette.setColor(QPalette::Dark, dark ? QColor("#121417") : QColor("#b3bac4"));
    palette.setColor(QPalette::Shadow, dark ? QColor("#000000") : QColor("#8a929d"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, dark ? QColor("#3b414a") : QColor("#cfd4db"));
    return palette;
}

QString styleSheet(const QPalette& palette) {
    const ThemeColours colours = themeColours(palette);
    return QString(R"(
QFrame[card="true"] { background: %1; border: 1px solid %2; border-radius: 6px; }
QFrame[card="true"][selected="true"] { border: 1px solid %3; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="muted"] { color: %4; }
QLabel[role="error"] { color: %5; }
QToolTip { background: %1; color: %6; border: 1px solid %2; padding: 4px; }
QPushButton[primary="true"] { background: %3; color: %7; border: 1px solid %3; border-radius: 4px; padding: 5px 16px;
                              font-weight: 600; }
QPushButton[primary="true"]:hover { background: %8; }
QPushButton[primary="true"]:disabled { background: %2; color: %4; border-color: %2; }
QDockWidget::title { padding: 5px 8px; background: %9; border-bottom: 1px solid %2; text-align: left; }
QMainWindow::separator { background: %9; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: %3; }
QToolBar { border: none; spacing: 2px; padding: 2px; }
QToolBar#stageRail { border-right: 1px solid %2; spacing: 4px; padding: 6px 2px; }
QToolBar#stageRail QToolButton { padding: 6px 2px; border: 1px solid transparent; border-radius: 6px; }
QToolBar#stageRail QToolButton:hover { background: %1; }
QToolBar#stageRail QToolButton:checked { background: %1; border-color: %2; color: %3; }
QToolBar#stageRail QToolButton:focus { border-color: %3; }
QScrollArea { border: none; }
)")
        .arg(colours.card.name(), colours.border.name(), colours.accent.name(), colours.muted.name(),
             colours.bad.name(), palette.color(QPalette::WindowText).name(),
             palette.color(QPalette::HighlightedText).name(), colours.accent.lighter(112).name(),
             palette.color(QPalette::Window).name());
}

/// WCAG 2.1 relative luminance.
double luminance(const QColor& colour) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace

void applyTheme(Theme theme) {
    // The first call sees the desktop's palette; later calls would see our own.
    static const bool systemIsDark = isDark(QApplication::palette());
    const bool dark = theme == Theme::Dark || (theme == Theme::System && systemIsDark);
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    const QPalette palette = makePalette(dark);
    QApplication::setPalette(palette);
    qApp->setStyleSheet(styleSheet(palette));
}

QString themeName(Theme theme) {
    return theme == Theme::Light ? "light" : theme == Theme::Dark ? "dark" : "system";
}

Theme themeFromName(const QString& name) {
    return name == "light" ? Theme::Light : name == "dark" ? Theme::Dark : Theme::System;
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

ThemeColours themeColours(const QPalette& palette) {
    const bool dark = isDark(palette);
    ThemeColours colours;
    colours.accent = palette.color(QPalette::Highlight);
    colours.good = QColor(dark ? "#45c48f" : "#007a55");
    colours.warning = QColor(dark ? "#f0b429" : "#9a6200");
    colours.bad = QColor(dark ? "#ff7b6b" : "#c0321f");
    colours.muted = QColor(dark ? "#9ba4b0" : "#5a6371");
    colours.card = QColor(dark ? "#262a30" : "#ffffff");
    colours.border = QColor(dark ? "#3b414a" : "#d8dce2");
    return colours;
}

QColor elementColour(crystal::Element element) {
    const auto rgb = scene::elementColour(element);
    return QColor::fromRgbF(static_cast<float>(rgb[0]), static_cast<float>(rgb[1]),
                            static_cast<float>(rgb[2]));
}

QColor readableColour(const QColor& colour, const QColor& background) {
    constexpr double enough = 2.6;
    const bool darkBackground = luminance(background) < 0.2;
    QColor result = colour;
    for (int i = 0; i < 40 && contrast(result, background) < enough; ++i) {
        float h = 0, s = 0, l = 0;
        result.getHslF(&h, &s, &l);
        result.setHslF(h < 0 ? 0 : h, s, std::clamp(l + (darkBackground ? 0.03f : -0.03f), 0.0f, 1.0f));
    }
    return result;
}

QColor seriesColour(std::size_t index, const QColor& background) {
    static const std::array<QColor, 6> colours{QColor("#0072b2"), QColor("#d55e00"), QColor("#009e73"),
                                               QColor("#cc79a7"), QColor("#e69f00"), QColor("#56b4e9")};
    return readableColour(colours[index % colours.size()], background);
}

QColor valenceColour(int oxidationState) {
    switch (oxidationState) {
        case 1:
            return QColor("#cc79a7");
        case 2:
            return QColor("#0072b2");
        case 3:
            return QColor("#009e73");
        case 4:
            return QColor("#7a818c");
        case 5:
            return QColor("#d55e00");
        default:
            return QColor("#b8860b");
    }
}

QString speciesText(crystal::Element element, int oxidationState) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text =
        QString::fromUtf8(element.symbol().data(), static_cast<qsizetype>(element.symbol().size()));
    const int magnitude = std::abs(oxidationState);
    if (magnitude > 1) text += digits.at(magnitude % 10);
    if (oxidationState != 0) text += oxidationState > 0 ? QStringLiteral("⁺") : QStringLiteral("⁻");
    return text;
}

QIcon themedIcon(const QString& name, const QPalette& palette) {
    [[maybe_unused]] static const bool loaded = (loadIcons(), true);
    QFile file(":/icons/" + name + ".svg");
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray source = file.readAll();
    QIcon icon;
    const auto add = [&](const QColor& colour, QIcon::Mode mode) {
        QByteArray svg = source;
        svg.replace("currentColor", colour.name().toUtf8());
        for (const int size : {16, 24, 32, 48}) {
            QBuffer buffer(&svg);
            QImageReader reader(&buffer, "svg");
            reader.setScaledSize({size, size});
            icon.addPixmap(QPixmap::fromImage(reader.read()), mode);
        }
    };
    add(palette.color(QPalette::Active, QPalette::ButtonText), QIcon::Normal);
    add(palette.color(QPalette::Disabled, QPalette::ButtonText), QIcon::Disabled);
    return icon;
}

}  // namespace ionscape::gui
