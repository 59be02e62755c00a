// SPDX-License-Identifier: GPL-3.0-or-later
// Continued positions against the true walk; what cannot be told is refused with frame and atom.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/trajectory/unwrap.h"

using namespace ionscape;
using trajectory::Unwrapper;

namespace {

std::vector<crystal::Element> lithium(std::size_t count) {
    return std::vector<crystal::Element>(count, crystal::Element::fromSymbol("Li"));
}

VectorField wrapped(VectorField f) {
    f -= f.array().floor().matrix();
    return f;
}

std::string failure(Unwrapper& unwrapper, VectorField next) {
    try {
        unwrapper.apply(next);
        return {};
    } catch (const InputError& error) {
        return error.what();
    }
}

}  // namespace

class TestUnwrap : public QObject {
    Q_OBJECT

  private slots:
    void randomWalksComeBack() {
        RandomStream random(5);
        VectorField truth = VectorField::Zero(3, 20);
        for (auto& x : truth.reshaped())
            x = random.uniform();
        const VectorField start = truth;
        for (const auto wrapping : {io::Wrapping::Wrapped, io::Wrapping::Unknown}) {
            Unwrapper unwrapper(wrapping, lithium(20));
            truth = start;
            for (int frame = 0; frame < 2000; ++frame) {
                VectorField f = wrapped(truth);
                unwrapper.apply(f);
                QVERIFY((f - truth).cwiseAbs().maxCoeff() < 1e-9);
                for (auto& x : truth.reshaped())
                    x += 0.8 * (random.uniform() - 0.5);
            }
            QVERIFY((truth - start).cwiseAbs().maxCoeff() > 5.0);
            QVERIFY(unwrapper.wrapping() == io::Wrapping::Wrapped);
        }
    }

    void lateWrappingIsUnderstood() {
        // Atoms are put back only when they are far outside, as LAMMPS does between neighbour lists.
        Unwrapper unwrapper(io::Wrapping::Unknown, lithium(1));
        double image = 0.0;
        for (int frame = 0; frame < 300; ++frame) {
            const double truth = 0.5 + 0.04 * frame;
            if (truth - image > 1.1) image += 1.0;
            VectorField f = VectorField::Constant(3, 1, truth - image);
            unwrapper.apply(f);
            QVERIFY(std::abs(f(0, 0) - truth) < 1e-9);
        }
    }

    void unwrappedFilesAreRecognised() {
        RandomStream random(6);
        VectorField truth = VectorField::Zero(3, 4);
        truth(1, 2) = 2.0;  // no wrapping would leave atoms so far apart
        Unwrapper unwrapper(io::Wrapping::Unknown, lithium(4));
        for (int frame = 0; frame < 200; ++frame) {
            VectorField f = truth;
            unwrapper.apply(f);
            QVERIFY(f == truth);
            for (auto& x : truth.reshaped())
                x += 3.0 * (random.uniform() - 0.5);  // far more than half a cell
        }
        QVERIFY(unwrapper.wrapping() == io::Wrapping::Unwrapped);
    }

    void ambiguousStepsAreRefused() {
        for (const double step : {0.46, 0.5, 0.54, -0.48, 1.47}) {
            Unwrapper unwrapper(io::Wrapping::Wrapped, lithium(3));
            VectorField f = VectorField::Constant(3, 3, 0.25);
            unwrapper.apply(f);
            f = VectorField::Constant(3, 3, 0.25);
            unwrapper.apply(f);
            f(1, 2) += step;
            const auto message = failure(unwrapper, f);
            for (const char* part : {"frame 2", "atom 3 (Li)", "along b"})
                QVERIFY2(message.find(part) != std::string::npos, message.c_str());
        }
        Unwrapper told(io::Wrapping::Unwrapped, lithium(3));
        VectorField f = VectorField::Zero(3, 3);
        told.apply(f);
        f(0, 0) = 0.5;
        QVERIFY(failure(told, f).empty());
    }

    void contradictionsAreRefused() {
        // A jump that looks like a crossing, and later atoms where no wrapping leaves them.
        Unwrapper unwrapper(io::Wrapping::Unknown, lithium(1));
        double x = 0.1;
        std::string message;
        for (int frame = 0; frame < 20 && message.empty(); ++frame) {
            message = failure(unwrapper, VectorField::Constant(3, 1, x));
            x += 0.8;
        }
        QVERIFY2(message.find("--positions") != std::string::npos, message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestUnwrap)
#include "test_unwrap.moc"
