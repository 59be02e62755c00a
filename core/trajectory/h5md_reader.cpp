// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/trajectory/h5md.h"
#include "core/trajectory/h5md_layout.h"
#include "core/trajectory/h5md_species.h"
#include "core/trajectory/hdf5_driver.h"

namespace ionscape::trajectory {

namespace {

struct UnitFactor {
    const char* name;
    double factor;
};
// Files of other programs: their usual units in ours; no unit at all is taken to be ours.
constexpr std::array<UnitFactor, 6> lengths{
    {{"", 1.0}, {"Angstrom", 1.0}, {"angstrom", 1.0}, {"\u00c5", 1.0}, {"nm", 10.0}, {"pm", 0.01}}};
constexpr std::array<UnitFactor, 4> times{{{"", 1.0}, {"fs", 1.0}, {"ps", 1e3}, {"ns", 1e6}}};
constexpr std::array<UnitFactor, 5> speeds{
    {{"", 1.0}, {"Angstrom fs-1", 1.0}, {"Angstrom ps-1", 1e-3}, {"nm ps-1", 1e-2}, {"pm fs-1", 0.01}}};
constexpr std::array<UnitFactor, 2> energies{{{"", 1.0}, {"eV", 1.0}}};
constexpr std::array<UnitFactor, 2> forces{{{"", 1.0}, {"eV Angstrom-1", 1.0}}};
constexpr std::array<UnitFactor, 2> temperatures{{{"", 1.0}, {"K", 1.0}}};

/// Runs a reading operation so that what a damaged file holds ends as an IoError, whoever noticed it.
template <class Operation>
auto guarded(const std::filesystem::path& file, Operation&& operation) {
    try {
        return operation();
    } catch (const io::UnansweredQuestions&) {
        throw;
    } catch (const InputError& error) {
        throw IoError(file, std::string("is damaged: ") + error.what());
    } catch (const std::bad_alloc&) {
        throw IoError(file, "is too large for this machine's memory, or damaged");
    } catch (const std::length_error&) {
        throw IoError(file, "is damaged: it claims an impossible size");
    }
}

}  // namespace

struct H5mdReader::Impl {
    Impl(const std::filesystem::path& path, io::ImportOptions answers)
        : store(path, JournaledFile::Mode::Read), hdf5(path, store.size()), options(std::move(answers)) {}

    void open();
    std::string particlesGroup() const;
    void openPositions(const std::string& group);
    void openIds(const std::string& group);
    std::vector<Eigen::Index> orderOf(std::size_t index) const;
    void readBox(const std::string& group);
    std::vector<std::int64_t> stepsOf(const std::string& group) const;
    std::vector<double> timesOf(const std::string& group) const;
    std::vector<double> timesFromSteps();
    std::vector<double> observable(const char* name, const std::array<UnitFactor, 2>& units) const;
    template <std::size_t N>
    double unitFactor(hid_t dataset, const std::array<UnitFactor, N>& table) const;
    std::vector<crystal::Element> elementsIn(const std::string& path) const;
    VectorField fieldIn(const std::string& path, std::size_t atoms) const;
    crystal::Structure structureIn(const std::string& group) const;
    crystal::Lattice latticeOf(std::size_t index) const;
    Frame frame(std::size_t index) const;
    void addImages(std::size_t index, Frame& result) const;
    std::string text(const char* name) const;
    std::optional<RestartState> restart() const;
    [[noreturn]] void damaged(const std::string& what) const {
        throw IoError(hdf5.file(), "is damaged: " + what);
    }

    JournaledFile store;
    Hdf5Access hdf5;
    io::ImportOptions options;
    io::ImportQuestions questions;
    bool ours = false;
    Handle file;
    Handle position, velocity, image, id;
    /// The atom that each id of a file that changes the order of atoms belongs to.
    std::unordered_map<std::int64_t, Eigen::Index> atomOfId;
    double positionUnit = 1.0, velocityUnit = 1.0;
    std::vector<crystal::Element> elements;
    std::vector<std::int64_t> steps;
    std::vector<double> times_, potential, kinetic, temperature, spreadMax, spreadMean;
    /// Nine numbers a cell; one cell for all frames or one each. Empty while the file holds no frame yet.
    std::vector<double> cells;
    std::size_t frames = 0;
};

template <std::size_t N>
double H5mdReader::Impl::unitFactor(hid_t dataset, const std::array<UnitFactor, N>& table) const {
    const std::string unit = hdf5.textAttribute(dataset, "unit");
    for (const auto& entry : table) {
        if (unit == entry.name) return entry.factor;
    }
    throw IoError(hdf5.file(), "uses the unit \"" + unit + "\", which is not known here");
}

void H5mdReader::Impl::open() {
    file = openHdf5(store);
    const Handle h5md = hdf5.openGroup(file, "h5md");
    std::array<int, 2> version{};
    hdf5.getAttribute(h5md, "version", H5T_NATIVE_INT, {2}, version.data());
    if (version[0] != 1)
        throw IoError(hdf5.file(), "has H5MD version " + std::to_string(version[0]) + "; 1 is needed");
    // A run that has not reached its first step has no particles yet.
    if (!hdf5.isGroup(file, "particles")) return;
    ours = hdf5.isGroup(file, layout::ours);
    const std::string group = particlesGroup();
    openPositions(group);
    readBox(group);
    potential = observable("potential_energy", energies);
    kinetic = observable("kinetic_energy", energies);
    temperature = observable("temperature", temperatures);
    spreadMax = observable("force_spread_max", forces);
    spreadMean = observable("force_spread_mean", forces);
    if (questions.any()) throw io::UnansweredQuestions(hdf5.file(), questions);
}

/// The one that was asked for, "all", or the first that has positions.
std::string H5mdReader::Impl::particlesGroup() const {
    if (!options.group.empty()) {
        const std::string chosen = "particles/" + options.group;
        if (!hdf5.isGroup(file, chosen)) throw IoError(hdf5.file(), "has no group " + chosen);
        return chosen;
    }
    if (hdf5.isGroup(file, layout::particles)) return layout::particles;
    const Handle parent = hdf5.openGroup(file, "particles");
    H5G_info_t info{};
    hdf5.check(H5Gget_info(parent, &info), "particles cannot be read");
    std::string first;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        std::array<char, 256> name{};
        if (H5Lget_name_by_idx(parent, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size(),
                               H5P_DEFAULT) <= 0)
            break;
        const std::string group = std::string("particles/") + name.data();
        if (first.empty()) first = group;
        if (hdf5.exists(file, group + "/position/value")) return group;
    }
    if (first.empty()) throw IoError(hdf5.file(), "holds no particles");
    return first;
}

void H5mdReader::Impl::openPositions(const std::string& group) {
    position = hdf5.openDataset(file, group + "/position/value");
    positionUnit = unitFactor(position, lengths);
    const Shape shape = hdf5.shape(position);
    if (shape.size() != 3 || shape[2] != 3)
        throw IoError(hdf5.file(), "positions are not frames of 3D vectors");
    elements = readSpecies(hdf5, file, group, ours, shape[1], options, questions);
    if (shape[1] != elements.size() || elements.empty())
        damaged("positions and species do not belong together");
    frames = shape[0];
    steps = stepsOf(group + "/position/step");
    if (ours || hdf5.exists(file, group + "/position/time")) {
        times_ = timesOf(group + "/position/time");
    } else {
        times_ = timesFromSteps();
    }
    // Another program may have been stopped between writing these: whole frames count only.
    frames = std::min({frames, steps.size(), times_.size()});
    for (auto [handle, name] : {std::pair{&velocity, "/velocity/value"}, {&image, "/image/value"}}) {
        if (!hdf5.exists(file, group + name)) continue;
        *handle = hdf5.openDataset(file, group + name);
        const Shape other = hdf5.shape(*handle);
        if (other.size() != 3 || other[0] < frames || other[1] != shape[1] || other[2] != 3) {
            damaged(std::string(name).substr(1) + " and positions do not belong together");
        }
    }
    if (velocity.valid()) velocityUnit = unitFactor(velocity, speeds);
    if (!ours) openIds(group);
}

std::vector<double> H5mdReader::Impl::timesFromSteps() {
    questions.timestep = !options.timestepFs;
    questions.timestepMeaning = "the time step of the simulation";
    std::vector<double> values;
    for (const auto step : steps)
        values.push_back(static_cast<double>(step) * options.timestepFs.value_or(1.0));
    return values;
}

/// Programs that work in parallel write the atoms of each frame in any order, with their ids beside them.
void H5mdReader::Impl::openIds(const std::string& group) {
    if (frames == 0 || !hdf5.exists(file, group + "/id/value")) return;
    id = hdf5.openDataset(file, group + "/id/value");
    const Shape shape = hdf5.shape(id);
    if (shape.size() != 2 || shape[0] < frames || shape[1] != elements.size())
        damaged("ids and positions do not belong together");
    const auto first = hdf5.readIntegerRow(id, 0);
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (!atomOfId.emplace(first[i], static_cast<Eigen::Index>(i)).second)
            damaged("the id " + std::to_string(first[i]) + " stands twice in frame 0");
    }
}

/// Which atom each column of the frame belongs to.
std::vector<Eigen::Index> H5mdReader::Impl::orderOf(std::size_t index) const {
    std::vector<Eigen::Index> order;
    std::vector<bool> seen(elements.size(), false);
    for (const auto number : hdf5.readIntegerRow(id, index)) {
        const auto found = atomOfId.find(number);
        if (found == atomOfId.end() || seen[static_cast<std::size_t>(found->second)]) {
            damaged("frame " + std::to_string(index) + " has an atom with the id " + std::to_string(number) +
                    (found == atomOfId.end() ? ", which frame 0 has not" : " twice"));
        }
        seen[static_cast<std::size_t>(found->second)] = true;
        order.push_back(found->second);
    }
    return order;
}

/// Explicit steps, or H5MD's short form for evenly spaced ones: a scalar with an optional offset.
std::vector<std::int64_t> H5mdReader::Impl::stepsOf(const std::string& path) const {
    const Handle dataset = hdf5.openDataset(file, path);
    auto values = hdf5.readIntegers(file, path);
    if (!hdf5.shape(dataset).empty() || values.empty()) return values;
    std::int64_t offset = 0;
    if (hdf5.hasAttribute(dataset, "offset"))
        hdf5.getAttribute(dataset, "offset", H5T_NATIVE_INT64, {}, &offset);
    const std::uint64_t increment = static_cast<std::uint64_t>(values[0]);
    values.resize(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        values[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(offset) + increment * i);
    }
    return values;
}

std::vector<double> H5mdReader::Impl::timesOf(const std::string& path) const {
    const Handle dataset = hdf5.openDataset(file, path);
    const double unit = unitFactor(dataset, times);
    auto values = hdf5.readDoubles(file, path);
    if (hdf5.shape(dataset).empty() && !values.empty()) {
        double offset = 0.0;
        if (hdf5.hasAttribute(dataset, "offset"))
            hdf5.getAttribute(dataset, "offset", H5T_NATIVE_DOUBLE, {}, &offset);
        const double increment = values[0];
        values.resize(frames);
        for (std::size_t i = 0; i < frames; ++i)
            values[i] = offset + increment * static_cast<double>(i);
    }
    for (auto& value : values)
        value *= unit;
    return values;
}

void H5mdReader::Impl::readBox(const std::string& group) {
    const std::string path = group + "/box/edges";
    if (!ours && !hdf5.exists(file, path))
        throw IoError(hdf5.file(), "has no box (" + path + "): only periodic crystals can be used");
    const bool series = hdf5.isGroup(file, path);
    const std::string valuePath = series ? path + "/value" : path;
    const Handle dataset = hdf5.openDataset(file, valuePath);
    const double unit = unitFactor(dataset, lengths);
    Shape shape = hdf5.shape(dataset);
    if (series && !shape.empty()) shape.erase(shape.begin());
    const auto values = hdf5.readDoubles(file, valuePath);
    // A cuboid box may be given by its three lengths.
    const bool cuboid = shape == Shape{3};
    if (!cuboid && shape != Shape{3, 3}) throw IoError(hdf5.file(), "needs a three-dimensional periodic box");
    const std::size_t width = cuboid ? 3 : 9;
    const std::size_t count = values.size() / width;
    if (series) frames = std::min(frames, count);
    cells.assign(count * 9, 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        cells[i / width * 9 + (cuboid ? i % 3 * 4 : i % 9)] = values[i] * unit;
    }
}

std::vector<double> H5mdReader::Impl::observable(const char* name,
                                                 const std::array<UnitFactor, 2>& units) const {
    const std::string path = std::string("observables/") + name + "/value";
    if (!hdf5.exists(file, path)) return {};
    const Handle dataset = hdf5.openDataset(file, path);
    auto values = hdf5.readDoubles(file, path);
    // Other programs may keep observables at other steps or units than the positions: those say nothing about
    // frames.
    const std::string unit = hdf5.textAttribute(dataset, "unit");
    const bool known =
        std::any_of(units.begin(), units.end(), [&](const auto& entry) { return unit == entry.name; });
    if (!known || hdf5.shape(dataset).size() != 1 || values.size() < frames) return {};
    return values;
}

std::vector<crystal::Element> H5mdReader::Impl::elementsIn(const std::string& path) const {
    std::vector<crystal::Element> result;
    for (const auto z : hdf5.readIntegers(file, path)) {
        if (z < 1 || z > crystal::Element::maxAtomicNumber) {
            throw IoError(hdf5.file(),
                          path + " holds " + std::to_string(z) + ", which is not an atomic number");
        }
        result.push_back(crystal::Element::fromAtomicNumber(static_cast<int>(z)));
    }
    return result;
}

VectorField H5mdReader::Impl::fieldIn(const std::string& path, std::size_t atoms) const {
    const auto values = hdf5.readDoubles(file, path);
    if (values.size() != 3 * atoms) damaged(path + " has the wrong size");
    return Eigen::Map<const VectorField>(values.data(), 3, static_cast<Eigen::Index>(atoms));
}

crystal::Structure H5mdReader::Impl::structureIn(const std::string& group) const {
    crystal::Structure result;
    result.elements = elementsIn(group + "/species");
    result.positions = fieldIn(group + "/position", result.size());
    result.lattice = crystal::Lattice(fieldIn(group + "/edges", 3).transpose());
    const std::string labels = group + "/site_label";
    if (hdf5.exists(file, labels)) result.siteLabels = hdf5.readStrings(file, labels);
    if (!result.siteLabels.empty() && result.siteLabels.size() != result.size())
        damaged(labels + " has the wrong size");
    if (result.size() == 0 || !result.positions.allFinite()) damaged(group + " is not a structure");
    return result;
}

crystal::Lattice H5mdReader::Impl::latticeOf(std::size_t index) const {
    if (cells.size() < 9) damaged("the box has no edges");
    const std::size_t at = cells.size() == 9 ? 0 : index * 9;
    if (at + 9 > cells.size()) damaged("frame " + std::to_string(index) + " has no box");
    return crystal::Lattice(Eigen::Map<const Mat3>(cells.data() + at).transpose());
}

Frame H5mdReader::Impl::frame(std::size_t index) const {
    if (index >= frames) {
        throw IoError(hdf5.file(), "has " + std::to_string(frames) + " frames; there is no frame " +
                                       std::to_string(index) + " (counting from 0)");
    }
    Frame result;
    result.step = steps[index];
    result.timeFs = times_[index];
    result.lattice = latticeOf(index);
    const auto atoms = static_cast<Eigen::Index>(elements.size());
    result.positions.resize(3, atoms);
    hdf5.readRow(position, H5T_NATIVE_DOUBLE, index, result.positions.data());
    result.positions *= positionUnit;
    if (image.valid()) addImages(index, result);
    if (velocity.valid()) {
        result.velocities.resize(3, atoms);
        hdf5.readRow(velocity, H5T_NATIVE_DOUBLE, index, result.velocities.data());
        result.velocities *= velocityUnit;
    }
    if (id.valid()) {
        const auto order = orderOf(index);
        for (auto* field : {&result.positions, &result.velocities}) {
            const VectorField shuffled = *field;
            for (Eigen::Index i = 0; i < shuffled.cols(); ++i)
                field->col(order[static_cast<std::size_t>(i)]) = shuffled.col(i);
        }
    }
    if (!result.positions.allFinite())
        damaged("frame " + std::to_string(index) + " holds positions that are no numbers");
    if (!potential.empty()) result.potentialEnergy = potential[index];
    if (!kinetic.empty()) result.kineticEnergy = kinetic[index];
    if (!temperature.empty()) result.temperature = temperature[index];
    if (!spreadMax.empty()) result.forceSpreadMax = spreadMax[index];
    if (!spreadMean.empty()) result.forceSpreadMean = spreadMean[index];
    return result;
}

/// Positions of other programs may be wrapped; H5MD then keeps the cell each atom is in.
void H5mdReader::Impl::addImages(std::size_t index, Frame& result) const {
    VectorField images(3, result.positions.cols());
    hdf5.readRow(image, H5T_NATIVE_DOUBLE, index, images.data());
    result.positions += result.lattice.rows().transpose() * images;
}

std::string H5mdReader::Impl::text(const char* name) const {
    const std::string path = std::string(layout::ours) + "/" + name;
    if (!hdf5.exists(file, path)) return {};
    const auto texts = hdf5.readStrings(file, path);
    if (texts.size() != 1) damaged(path + " is not one text");
    return texts.front();
}

std::optional<RestartState> H5mdReader::Impl::restart() const {
    if (!hdf5.exists(file, layout::restart)) return {};
    const Handle group = hdf5.openGroup(file, layout::restart);
    const std::string where = layout::restart;
    RestartState state;
    Frame& frame = state.frame;
    frame.positions = fieldIn(where + "/position", elements.size());
    if (hdf5.exists(group, "velocity")) frame.velocities = fieldIn(where + "/velocity", elements.size());
    frame.lattice = crystal::Lattice(fieldIn(where + "/edges", 3).transpose());
    hdf5.getAttribute(group, "step", H5T_NATIVE_INT64, {}, &frame.step);
    std::array<double, 4> scalars{};
    hdf5.getAttribute(group, "time_energies_temperature", H5T_NATIVE_DOUBLE, {4}, scalars.data());
    frame.timeFs = scalars[0];
    frame.potentialEnergy = scalars[1];
    frame.kineticEnergy = scalars[2];
    frame.temperature = scalars[3];
    if (hdf5.exists(group, "monitor")) state.monitor = hdf5.readDoubles(file, where + "/monitor");
    if (hdf5.exists(group, "bath")) state.bath = hdf5.readDoubles(file, where + "/bath");
    std::array<std::uint64_t, 6> words{};
    hdf5.getAttribute(group, "random", H5T_NATIVE_UINT64, {6}, words.data());
    if (words[4] != 0) {
        RandomStream::State random;
        std::copy_n(words.begin(), 4, random.words.begin());
        random.hasSpareNormal = words[5] != 0;
        hdf5.getAttribute(group, "spare_normal", H5T_NATIVE_DOUBLE, {}, &random.spareNormal);
        state.random = random;
    }
    if (!frame.positions.allFinite() || !frame.velocities.allFinite())
        damaged("the restart state holds no numbers");
    return state;
}

H5mdReader::H5mdReader(const std::filesystem::path& file, const io::ImportOptions& options) {
    const QuietHdf5 quiet;
    impl_ = std::make_unique<Impl>(file, options);
    const JournaledFile::ReadLock lock(impl_->store);
    guarded(file, [&] { impl_->open(); });
}

H5mdReader::~H5mdReader() {
    const QuietHdf5 quiet;
    impl_.reset();
}
H5mdReader::H5mdReader(H5mdReader&&) noexcept = default;
H5mdReader& H5mdReader::operator=(H5mdReader&&) noexcept = default;

std::size_t H5mdReader::frameCount() const {
    return impl_->frames;
}

bool H5mdReader::isOurs() const {
    return impl_->ours;
}

io::Wrapping H5mdReader::wrapping() const {
    return impl_->ours || impl_->image.valid() ? io::Wrapping::Unwrapped : io::Wrapping::Unknown;
}

crystal::Structure H5mdReader::initialStructure() const {
    if (auto stored = structure(layout::startStructure)) return *std::move(stored);
    const Frame first = readFrame(0);
    crystal::Structure result;
    result.lattice = first.lattice;
    result.elements = impl_->elements;
    result.positions = first.positions;
    return result;
}

Frame H5mdReader::readFrame(std::size_t index) const {
    const QuietHdf5 quiet;
    const JournaledFile::ReadLock lock(impl_->store);
    return guarded(impl_->hdf5.file(), [&] { return impl_->frame(index); });
}

std::vector<Frame> H5mdReader::readAll() const {
    std::vector<Frame> result;
    result.reserve(frameCount());
    for (std::size_t i = 0; i < frameCount(); ++i)
        result.push_back(readFrame(i));
    return result;
}

std::optional<crystal::Structure> H5mdReader::structure(const std::string& name) const {
    const QuietHdf5 quiet;
    const JournaledFile::ReadLock lock(impl_->store);
    const std::string group = std::string(layout::structures) + "/" + name;
    if (name.empty() || !impl_->hdf5.isGroup(impl_->file, group)) return {};
    return guarded(impl_->hdf5.file(), [&] { return impl_->structureIn(group); });
}

std::string H5mdReader::manifest() const {
    const QuietHdf5 quiet;
    const JournaledFile::ReadLock lock(impl_->store);
    return guarded(impl_->hdf5.file(), [&] { return impl_->text("manifest"); });
}

std::string H5mdReader::results() const {
    const QuietHdf5 quiet;
    const JournaledFile::ReadLock lock(impl_->store);
    return guarded(impl_->hdf5.file(), [&] { return impl_->text("results"); });
}

std::optional<RestartState> H5mdReader::restart() const {
    const QuietHdf5 quiet;
    const JournaledFile::ReadLock lock(impl_->store);
    return guarded(impl_->hdf5.file(), [&] { return impl_->restart(); });
}

}  // namespace ionscape::trajectory
