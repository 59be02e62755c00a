// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program: command line, language, theme, main window.
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTimer>
#include <QTranslator>
#include <cstdio>
#include <optional>

#include "core/base/error.h"
#include "core/base/version.h"
#include "core/potential/threads.h"
#include "core/workflow/run.h"
#include "gui/views/composition_panel.h"
#include "gui/views/main_window.h"
#include "gui/views/simulation_panel.h"
#include "gui/widgets/scene_widget.h"
#include "gui/widgets/theme.h"

namespace {

using ionscape::gui::MainWindow;

struct Options {
    QStringList files;
    QString language, formula, host;
    std::optional<double> temperature, lengthPs;
    bool run = false;
};

std::optional<double> positiveNumber(const QCommandLineParser& parser, const QCommandLineOption& option) {
    if (!parser.isSet(option)) return std::nullopt;
    bool valid = false;
    const double value = parser.value(option).toDouble(&valid);
    if (!valid || !(value > 0.0))
        throw ionscape::InputError("--" + option.names().constFirst().toStdString() +
                                   ": expected a positive number, got \"" +
                                   parser.value(option).toStdString() + "\"");
    return value;
}

Options parseCommandLine(const QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Ionscape, explorer of high-entropy solid electrolytes");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("file", "Runs (.h5) or structures (CIF, POSCAR, extxyz) to open.",
                                 "[file...]");
    const QCommandLineOption language("lang", "Language of the program: en or de.", "code");
    const QCommandLineOption host("host", "Host framework: an id or a JSON file.", "host", "lzsp");
    const QCommandLineOption run("run", "Start a run of the composition at once.");
    const QCommandLineOption formula("formula", "Composition to start with.", "formula");
    const QCommandLineOption temperature("temperature", "Temperature of the run, K.", "K");
    const QCommandLineOption length("ps", "Length of the run, ps.", "ps");
    parser.addOptions({language, host, run, formula, temperature, length});
    parser.process(application);
    Options options;
    options.files = parser.positionalArguments();
    options.language = parser.value(language);
    options.host = parser.value(host);
    options.formula = parser.value(formula);
    options.temperature = positiveNumber(parser, temperature);
    options.lengthPs = positiveNumber(parser, length);
    options.run = parser.isSet(run);
    return options;
}

/// Translators live as long as the application.
void installTranslations(QApplication& application, const QString& language) {
    const QLocale locale = language.isEmpty() ? QLocale() : QLocale(language);
    if (!language.isEmpty()) QLocale::setDefault(locale);
    // Singular and plural of the texts in the source; the language, where there is one, goes before it.
    auto* plurals = new QTranslator(&application);
    if (plurals->load(":/translations/ionscape_en.qm")) QApplication::installTranslator(plurals);
    auto* own = new QTranslator(&application);
    if (own->load(locale, "ionscape", "_", ":/translations")) QApplication::installTranslator(own);
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, "qtbase", "_", QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(qt);
}

void applyOptions(MainWindow& window, const Options& options) {
    if (options.temperature) window.simulationPanel()->setTemperature(*options.temperature);
    if (options.lengthPs) window.simulationPanel()->setLengthPs(*options.lengthPs);
    const bool understood =
        options.formula.isEmpty() || window.compositionPanel()->setFormula(options.formula);
    for (const QString& file : options.files)
        window.openFile(file);
    if (options.run && understood) window.startRun();
}

}  // namespace

int main(int argc, char** argv) {
    // VTK draws through GLX, which Wayland does not have: XWayland does.
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && !qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "xcb");
    ionscape::gui::SceneWidget::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName("Ionscape");
    QCoreApplication::setApplicationName("Ionscape");
    QCoreApplication::setApplicationVersion(QString::fromStdString(std::string(ionscape::versionString())));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    try {
        const Options options = parseCommandLine(application);
        installTranslations(application, options.language);
        ionscape::gui::applyTheme(ionscape::gui::themeFromName(QSettings().value("window/theme").toString()));
        ionscape::potential::configureThreads(0);
        MainWindow window(ionscape::workflow::runJob,
                          ionscape::composition::findHost(options.host.toStdString()));
        QApplication::setWindowIcon(QIcon(":/icons/ionscape.svg"));
        window.show();
        // After the first paint, so that the window stands before work begins.
        QTimer::singleShot(0, &window, [&] { applyOptions(window, options); });
        return QApplication::exec();
    } catch (const ionscape::Error& error) {
        std::fprintf(stderr, "ionscape: %s\n", error.what());
        return 2;
    }
}
