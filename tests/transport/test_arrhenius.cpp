// SPDX-License-Identifier: GPL-3.0-or-later
// Activation energies of exact and of noisy points, their intervals, and VTF against Arrhenius.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/transport/vtf.h"

using namespace ionscape;
using namespace ionscape::transport;

namespace {

constexpr double energy = 0.25, prefactor = 2e-3;

double arrheniusD(double temperature) {
    return prefactor * std::exp(-energy / (units::boltzmann * temperature));
}

std::vector<ArrheniusPoint> exactPoints(const std::vector<double>& temperatures, double relativeError) {
    std::vector<ArrheniusPoint> points;
    for (const double t : temperatures)
        points.push_back({t, arrheniusD(t), relativeError * arrheniusD(t)});
    return points;
}

}  // namespace

class TestArrhenius : public QObject {
    Q_OBJECT

  private slots:
    void exactLine() {
        const auto fit = fitArrhenius(exactPoints({700, 900, 1100}, 0.1), Activated::Diffusion);
        QVERIFY(std::abs(fit.activationEnergy - energy) < 1e-12);
        QVERIFY(std::abs(fit.prefactor() / prefactor - 1.0) < 1e-12);
        QVERIFY(std::abs(fit.at(300.0).value / arrheniusD(300.0) - 1.0) < 1e-12);
        QVERIFY(fit.at(300.0).lower95 < fit.at(300.0).value && fit.at(300.0).value < fit.at(300.0).upper95);
        // Narrower among the points than beyond them.
        const auto width = [&](double t) { return std::log(fit.at(t).upper95 / fit.at(t).lower95); };
        QVERIFY(width(300.0) > 3.0 * width(900.0));
        QVERIFY(fit.note.empty());
    }

    void errorByPropagation() {
        const auto fit = fitArrhenius(exactPoints({600, 800, 1000, 1200}, 0.2), Activated::Diffusion);
        double mean = 0.0, spread = 0.0;
        for (const double t : {600.0, 800.0, 1000.0, 1200.0})
            mean += 0.25 / (units::boltzmann * t);
        for (const double t : {600.0, 800.0, 1000.0, 1200.0})
            spread += std::pow(1.0 / (units::boltzmann * t) - mean, 2);
        QVERIFY(std::abs(fit.activationEnergyError - 0.2 / std::sqrt(spread)) < 1e-12);
        // The draws are of the same width.
        const Eigen::ArrayXd draws = fit.draws.row(1).transpose();
        const double width = std::sqrt((draws - draws.mean()).square().mean());
        QVERIFY(std::abs(width / fit.activationEnergyError - 1.0) < 0.06);
    }

    /// E_a and the value at 300 K lie in their 95 % intervals in 90–99 % of 400 noisy ladders.
    void intervalsCover() {
        RandomStream random(31);
        constexpr int ladders = 400;
        int energies = 0, extrapolations = 0;
        for (int i = 0; i < ladders; ++i) {
            auto points = exactPoints({800, 900, 1000, 1100, 1200}, 0.15);
            for (auto& point : points) {
                const double noisy = point.value * std::exp(0.15 * random.normal());
                point.error *= noisy / point.value;
                point.value = noisy;
            }
            const auto fit = fitArrhenius(points, Activated::Diffusion);
            energies += std::abs(fit.activationEnergy - energy) < 1.96 * fit.activationEnergyError;
            const auto room = fit.at(300.0);
            extrapolations += room.lower95 < arrheniusD(300.0) && arrheniusD(300.0) < room.upper95;
        }
        qInfo("95 %% intervals hold E_a in %.3f, D(300 K) in %.3f of the ladders", energies / double(ladders),
              extrapolations / double(ladders));
        QVERIFY(energies > 0.90 * ladders && energies < 0.99 * ladders);
        QVERIFY(extrapolations > 0.90 * ladders && extrapolations < 0.99 * ladders);
    }

    void conductivityTimesTemperature() {
        std::vector<ArrheniusPoint> points;
        for (const double t : {700.0, 900.0, 1100.0}) {
            const double sigma = 1e5 / t * std::exp(-0.3 / (units::boltzmann * t));
            points.push_back({t, sigma, 0.1 * sigma});
        }
        const auto fit = fitArrhenius(points, Activated::Conductivity);
        QVERIFY(std::abs(fit.activationEnergy - 0.3) < 1e-12);
        QVERIFY(std::abs(fit.at(300.0).value - 1e5 / 300.0 * std::exp(-0.3 / (units::boltzmann * 300.0))) <
                1e-12);
    }

    void twoTemperaturesGiveNoError() {
        const auto fit = fitArrhenius(exactPoints({800, 1000}, 0.1), Activated::Diffusion);
        QVERIFY(std::abs(fit.activationEnergy - energy) < 1e-12);
        QVERIFY(std::isnan(fit.activationEnergyError));
        QVERIFY(std::isnan(fit.at(300.0).upper95));
        QVERIFY(fit.note.find("two temperatures") != std::string::npos);
    }

    void badPointsAreRefused() {
        QVERIFY_THROWS_EXCEPTION(InputError, fitArrhenius({}, Activated::Diffusion));
        auto points = exactPoints({800, 800.2}, 0.1);
        try {
            fitArrhenius(points, Activated::Diffusion);
            QFAIL("one temperature was accepted");
        } catch (const InputError& error) {
            QVERIFY(std::string(error.what()).find("two temperatures") != std::string::npos);
        }
        points = exactPoints({800, 900, 1000}, 0.1);
        points[1].value = -1e-7;
        try {
            fitArrhenius(points, Activated::Diffusion);
            QFAIL("a negative coefficient was accepted");
        } catch (const InputError& error) {
            QVERIFY(std::string(error.what()).find("900 K") != std::string::npos);
        }
    }

    void unknownErrorsComeFromTheScatter() {
        auto points = exactPoints({700, 800, 900, 1000}, 0.0);
        points[1].value *= 1.2;
        points[2].value /= 1.1;
        const auto fit = fitArrhenius(points, Activated::Diffusion);
        QVERIFY(fit.note.find("scatter") != std::string::npos);
        QVERIFY(std::isnan(fit.chiSquared));
        // The same scatter with errors far too small is enlarged to the same size.
        for (auto& point : points)
            point.error = 1e-3 * point.value;
        const auto known = fitArrhenius(points, Activated::Diffusion);
        QVERIFY(std::abs(known.activationEnergyError / fit.activationEnergyError - 1.0) < 1e-9);
        QVERIFY(known.note.find("enlarged") != std::string::npos);
    }

    void replicasAreJoined() {
        const std::vector<ArrheniusPoint> points{
            {1000.0, 2.0, 0.2}, {800.0, 0.5, 0.1}, {1000.3, 4.0, 0.8}, {999.9, 3.0, 0.3}};
        const auto joined = joinReplicas(points);
        QCOMPARE(joined.size(), std::size_t{2});
        QCOMPARE(joined[0].temperature, 800.0);
        QCOMPARE(joined[0].replicas, 1);
        QVERIFY(std::isnan(joined[0].spread));
        // Relative errors 10, 20 and 10 %: weights 100, 25, 100.
        QCOMPARE(joined[1].replicas, 3);
        QVERIFY(std::abs(joined[1].value - (200.0 + 100.0 + 300.0) / 225.0) < 1e-12);
        QVERIFY(std::abs(joined[1].spread - 1.0) < 1e-12);
        // The spread of the values exceeds their errors.
        const double mean = 600.0 / 225.0;
        const double scatter = (100.0 * std::pow(2.0 - mean, 2) + 25.0 * std::pow(4.0 - mean, 2) +
                                100.0 * std::pow(3.0 - mean, 2)) /
                               (2.0 * 225.0);
        QVERIFY(std::abs(joined[1].error - std::sqrt(scatter)) < 1e-12);
    }

    void vtfIsFoundAndArrheniusKept() {
        std::vector<ArrheniusPoint> curved;
        for (const double t : {300.0, 330.0, 360.0, 400.0, 450.0, 500.0}) {
            const double value = 1e-3 * std::exp(-0.08 / (units::boltzmann * (t - 180.0)));
            curved.push_back({t, value, 0.03 * value});
        }
        const auto vtf = fitVtf(fitArrhenius(curved, Activated::Diffusion));
        QVERIFY(std::abs(vtf.vanishingTemperature - 180.0) < 0.5);
        QVERIFY(std::abs(vtf.energy - 0.08) < 1e-3);
        QVERIFY(vtf.corrected);
        QVERIFY(vtf.verdict.find("support VTF") != std::string::npos);
        QVERIFY(std::abs(vtf.at(350.0, Activated::Diffusion) /
                             (1e-3 * std::exp(-0.08 / (units::boltzmann * 170.0))) -
                         1.0) < 0.01);
        QVERIFY_THROWS_EXCEPTION(InputError, vtf.at(150.0, Activated::Diffusion));

        const auto straight =
            fitVtf(fitArrhenius(exactPoints({700, 800, 900, 1000, 1100, 1200}, 0.1), Activated::Diffusion));
        QCOMPARE(straight.vanishingTemperature, 0.0);
        QVERIFY(straight.aicArrhenius < straight.aicVtf);
        QVERIFY(straight.verdict.find("support Arrhenius") != std::string::npos);
        QVERIFY_THROWS_EXCEPTION(
            InputError, fitVtf(fitArrhenius(exactPoints({700, 800, 900}, 0.1), Activated::Diffusion)));
    }
};

QTEST_APPLESS_MAIN(TestArrhenius)
#include "test_arrhenius.moc"
