// SPDX-License-Identifier: GPL-3.0-or-later
// What the plots hold, what they export, and that they survive a change of palette.
#include <QFile>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/thermo_plot.h"

using namespace ionscape;
using gui::MsdPlot;
using gui::ThermoPlot;

namespace {

MsdPlot::Curve line(const char* symbol, double slopePerPs, int lags) {
    MsdPlot::Curve curve{crystal::Element::fromSymbol(symbol), {}};
    curve.msd.ions = 1;
    for (int i = 0; i < lags; ++i) {
        curve.msd.lagFs.push_back(500.0 * i);
        curve.msd.msd.push_back(slopePerPs * 0.5 * i);
    }
    return curve;
}

transport::Diffusion fit(double coefficient) {
    transport::Diffusion diffusion;
    diffusion.coefficient = coefficient;
    diffusion.error = coefficient / 10.0;
    diffusion.window = {500.0, 1500.0};
    return diffusion;
}

/// Share of pixels that differ from the corner's colour.
double inkedShare(const QImage& image) {
    const QRgb background = image.pixel(1, 1);
    long inked = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            inked += image.pixel(x, y) != background;
    return static_cast<double>(inked) / (static_cast<double>(image.width()) * image.height());
}

}  // namespace

class TestPlotWidgets : public QObject {
    Q_OBJECT

  private slots:
    void msdStartsEmptyAndFills() {
        MsdPlot plot;
        QVERIFY(plot.isEmpty());
        plot.setCurves({line("Li", 6.0, 5), line("O", 0.1, 5)}, crystal::Element::fromSymbol("Li"),
                       std::nullopt);
        QVERIFY(!plot.isEmpty());
        QCOMPARE(plot.curveCount(), std::size_t(2));
        QVERIFY(plot.fitText().isEmpty());
        plot.clear();
        QVERIFY(plot.isEmpty());
    }

    void msdTableHasUnitsAndEveryLag() {
        MsdPlot plot;
        plot.setCurves({line("Li", 6.0, 3), line("O", 0.5, 3)}, crystal::Element::fromSymbol("Li"),
                       std::nullopt);
        QCOMPARE(plot.csv(), QString("lag_ps,msd_Li_A2,msd_O_A2\n0,0,0\n0.5,3,0.25\n1,6,0.5\n"));
    }

    void fitStandsInTheLegendWithItsError() {
        QLocale::setDefault(QLocale::c());
        MsdPlot plot;
        plot.setCurves({line("Li", 6.0, 5)}, crystal::Element::fromSymbol("Li"), fit(1.234e-5));
        QCOMPARE(plot.fitText(), QString("D*(Li) = (1.23 ± 0.12) × 10⁻⁵ cm²/s"));
    }

    void thermoReplacesRelaxationByDynamics() {
        ThermoPlot plot;
        plot.appendRelaxation({0, 1, 2}, {-7.0, -7.1, -7.2}, {2.0, 1.0, 0.5});
        QCOMPARE(plot.pointCount(), 3);
        QVERIFY(!plot.showsDynamics());
        plot.appendDynamics({0.0, 0.01}, {1000.0, 990.0}, {-7.0, -6.9});
        QVERIFY(plot.showsDynamics());
        QCOMPARE(plot.pointCount(), 2);
        plot.appendRelaxation({3}, {-7.2}, {0.1});
        QCOMPARE(plot.pointCount(), 2);
        plot.appendDynamics({0.02}, {1010.0}, {-6.95});
        QCOMPARE(plot.csv(),
                 QString("time_ps,temperature_K,potential_energy_eV_per_atom\n0,1000,-7\n0.01,990,-6.9\n"
                         "0.02,1010,-6.95\n"));
    }

    void exportsPictureDocumentAndTable() {
        QTemporaryDir folder;
        MsdPlot plot;
        plot.setCurves({line("Li", 6.0, 40)}, crystal::Element::fromSymbol("Li"), fit(1e-5));
        plot.exportTo(folder.filePath("msd.csv"));
        QFile table(folder.filePath("msd.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(table.readAll()), plot.csv());

        plot.exportTo(folder.filePath("msd.png"));
        const QImage picture(folder.filePath("msd.png"));
        QVERIFY(picture.width() >= 900);
        QCOMPARE(QColor(picture.pixel(1, 1)), QColor(Qt::white));
        QVERIFY(inkedShare(picture) > 0.01);

        plot.exportTo(folder.filePath("msd.pdf"));
        QFile document(folder.filePath("msd.pdf"));
        QVERIFY(document.open(QIODevice::ReadOnly));
        QVERIFY(document.read(5) == "%PDF-");
        QVERIFY_EXCEPTION_THROWN(plot.exportTo(folder.filePath("msd.doc")), InputError);
        QVERIFY_EXCEPTION_THROWN(plot.exportTo(folder.filePath("missing/msd.csv")), IoError);
    }

    void logarithmicAxesKeepTheData() {
        MsdPlot plot;
        plot.setCurves({line("Li", 6.0, 20)}, crystal::Element::fromSymbol("Li"), fit(1e-5));
        const QString before = plot.csv();
        plot.setLogarithmic(true);
        QVERIFY(plot.isLogarithmic());
        QCOMPARE(plot.csv(), before);
        plot.resize(400, 300);
        QVERIFY(inkedShare(plot.grab().toImage()) > 0.01);
    }

    void followsThePalette() {
        MsdPlot plot;
        plot.resize(400, 300);
        plot.setCurves({line("Li", 6.0, 20)}, crystal::Element::fromSymbol("Li"), std::nullopt);
        gui::applyTheme(gui::Theme::Dark);
        const QColor dark = plot.grab().toImage().pixelColor(2, 2);
        gui::applyTheme(gui::Theme::Light);
        const QColor light = plot.grab().toImage().pixelColor(2, 2);
        QVERIFY(dark.lightness() < 64);
        QVERIFY(light.lightness() > 192);
    }

    void readableColourStandsOut() {
        const QColor onWhite = gui::readableColour(QColor("#fff4a0"), Qt::white);
        QVERIFY(onWhite.lightness() < QColor("#fff4a0").lightness());
        QCOMPARE(gui::readableColour(QColor("#202020"), Qt::white), QColor("#202020"));
    }
};

QTEST_MAIN(TestPlotWidgets)
#include "test_plot_widgets.moc"
