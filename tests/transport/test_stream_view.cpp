// SPDX-License-Identifier: GPL-3.0-or-later
// A streamed view equals the one made from all frames; bounded memory changes what is kept, not its numbers.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/transport/stream_view.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Element;
using trajectory::Frame;

namespace {

const Element lithium = Element::fromSymbol("Li");

/// Frames in memory as a source.
class ListSource final : public trajectory::FrameSource {
  public:
    ListSource(crystal::Structure initial, std::vector<Frame> frames)
        : initial_(std::move(initial)), frames_(std::move(frames)) {}
    const crystal::Structure& initial() const override { return initial_; }
    bool next(Frame& frame) override {
        if (at_ == frames_.size()) return false;
        frame = frames_[at_++];
        return true;
    }
    double fractionRead() const override {
        return static_cast<double>(at_) / static_cast<double>(frames_.size());
    }
    bool hasTemperature() const override { return true; }
    std::vector<std::string> notes() const override { return {"from a list"}; }

  private:
    crystal::Structure initial_;
    std::vector<Frame> frames_;
    std::size_t at_ = 0;
};

struct Walk {
    crystal::Structure structure;
    std::vector<Frame> frames;
    ListSource source() const { return {structure, frames}; }
};

/// Lithium walks, the framework vibrates, everything drifts.
Walk walk(int count) {
    Walk result;
    result.structure.lattice = crystal::Lattice(Mat3(20.0 * Mat3::Identity()));
    RandomStream random(3);
    for (int i = 0; i < 12; ++i)
        result.structure.append(Element::fromSymbol(i % 4 == 0 ? "Li" : "O"), Vec3(i, 2.0 * i, 3.0));
    VectorField positions = result.structure.positions;
    for (int t = 0; t < count; ++t) {
        Frame frame;
        frame.step = 10 * t;
        frame.timeFs = 20.0 * t;
        frame.lattice = result.structure.lattice;
        frame.positions = positions;
        for (Eigen::Index i = 0; i < 12; ++i) {
            if (i % 4 != 0)
                frame.positions.col(i) += 0.1 * Vec3(random.normal(), random.normal(), random.normal());
        }
        frame.positions.colwise() += Vec3(0.01 * t, 0.0, -0.02 * t);
        frame.temperature = 900.0 + t;
        result.frames.push_back(frame);
        for (Eigen::Index i = 0; i < 12; i += 4)
            positions.col(i) += 0.3 * Vec3(random.normal(), random.normal(), random.normal());
    }
    return result;
}

StreamedView stream(const Walk& walk, const StreamOptions& options) {
    auto source = walk.source();
    NoProgress silent;
    return streamView(source, options, {}, silent);
}

}  // namespace

class TestStreamView : public QObject {
    Q_OBJECT

  private slots:
    void equalsTheViewOfAllFrames() {
        const Walk w = walk(200);
        TrajectoryView whole = makeTrajectoryView(w.structure, w.frames);
        removeFrameworkDrift(whole, lithium);
        StreamOptions options;
        options.mobile = lithium;
        int watched = 0;
        options.watch = [&watched](const Frame&) { ++watched; };
        const auto streamed = stream(w, options);
        QCOMPARE(watched, 200);
        QCOMPARE(streamed.framesRead, std::size_t{200});
        QCOMPARE(streamed.notes, std::vector<std::string>{"from a list"});
        QVERIFY(std::abs(streamed.view.frameIntervalFs - 20.0) < 1e-12);
        QVERIFY(std::abs(streamed.view.temperature - whole.temperature) < 1e-9);
        QVERIFY(std::abs(streamed.view.volume - 8000.0) < 1e-6);
        for (std::size_t t = 0; t < 200; ++t)
            QVERIFY((streamed.view.positions[t] - whole.positions[t]).cwiseAbs().maxCoeff() < 1e-11);
        QVERIFY(streamed.last.positions == w.frames.back().positions);
    }

    void boundedMemoryKeepsTheMobileIons() {
        const Walk w = walk(200);
        TrajectoryView whole = makeTrajectoryView(w.structure, w.frames);
        removeFrameworkDrift(whole, lithium);
        StreamOptions options;
        options.mobile = lithium;
        options.memoryBytes = 200 * (3 * 3 * sizeof(double) + sizeof(VectorField)) + sizeof(crystal::Lattice);
        const auto ions = stream(w, options);
        QVERIFY(ions.onlyMobile && ions.stride == 1);
        QCOMPARE(ions.view.elements, std::vector<Element>(3, lithium));
        const auto expected = meanSquaredDisplacement(whole, lithium);
        const auto curve = meanSquaredDisplacement(ions.view, lithium);
        for (std::size_t m = 0; m < expected.msd.size(); ++m)
            QVERIFY(std::abs(curve.msd[m] - expected.msd[m]) < 1e-9);
        options.memoryBytes /= 3;
        const auto thinned = stream(w, options);
        QVERIFY(thinned.onlyMobile);
        QCOMPARE(thinned.stride, std::size_t{4});
        QCOMPARE(thinned.view.positions.size(), std::size_t{50});
        QCOMPARE(thinned.view.frameIntervalFs, 80.0);
        QCOMPARE(thinned.notes.size(), std::size_t{3});
        for (std::size_t t = 0; t < 50; ++t)
            QVERIFY(thinned.view.positions[t] == ions.view.positions[4 * t]);
    }

    void changingCellsAreKept() {
        Walk w = walk(40);
        QCOMPARE(stream(w, {}).view.lattices.size(), std::size_t{1});
        for (std::size_t t = 25; t < 40; ++t)
            w.frames[t].lattice =
                crystal::Lattice(Mat3((20.0 + 0.01 * static_cast<double>(t)) * Mat3::Identity()));
        StreamOptions options;
        options.stride = 2;
        const auto streamed = stream(w, options);
        QCOMPARE(streamed.view.lattices.size(), std::size_t{20});
        for (std::size_t t = 0; t < 20; ++t)
            QVERIFY(streamed.view.lattice(t).rows() == w.frames[2 * t].lattice.rows());
        // Thinned together with the positions.
        options.stride = 1;
        options.memoryBytes = 6000;
        const auto thinned = stream(w, options);
        QVERIFY(thinned.stride > 1);
        QCOMPARE(thinned.view.lattices.size(), thinned.view.positions.size());
        for (std::size_t t = 0; t < thinned.view.lattices.size(); ++t)
            QVERIFY(thinned.view.lattice(t).rows() == w.frames[thinned.stride * t].lattice.rows());
    }

    void strideTakesEveryNth() {
        StreamOptions options;
        options.stride = 7;
        const Walk w = walk(50);
        const auto streamed = stream(w, options);
        QCOMPARE(streamed.view.positions.size(), std::size_t{8});
        QVERIFY(streamed.view.positions[3] == w.frames[21].positions);
        QVERIFY(std::abs(streamed.view.frameIntervalFs - 140.0) < 1e-12);
    }

    void unevenTimesAreRefusedButALastFrameOffTheGridIsLeftOut() {
        Walk w = walk(30);
        w.frames.back().timeFs -= 5.0;
        const auto streamed = stream(w, {});
        QCOMPARE(streamed.view.positions.size(), std::size_t{29});
        QVERIFY(streamed.notes.at(1).find("frame 29 (step 290)") != std::string::npos);
        w = walk(30);
        w.frames[12].timeFs += 5.0;
        try {
            stream(w, {});
            QFAIL("uneven times were taken");
        } catch (const InputError& error) {
            QVERIFY(std::string(error.what()).find("frame 12 (step 120)") != std::string::npos);
        }
        // Times printed with few digits are even enough.
        w = walk(30);
        for (std::size_t t = 0; t < 30; ++t)
            w.frames[t].timeFs = std::round(static_cast<double>(t) * 33.3333);
        QCOMPARE(stream(w, {}).framesRead, std::size_t{30});
    }

    void cancelledAndWithoutIons() {
        const Walk w = walk(5);
        auto source = w.source();
        NoProgress silent;
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, streamView(source, {}, stop.get_token(), silent));
        StreamOptions options;
        options.mobile = Element::fromSymbol("Na");
        QVERIFY_THROWS_EXCEPTION(InputError, stream(w, options));
    }
};

QTEST_APPLESS_MAIN(TestStreamView)
#include "test_stream_view.moc"
