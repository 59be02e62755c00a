// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/version.h"
#include "core/trajectory/h5md.h"
#include "core/trajectory/h5md_layout.h"
#include "core/trajectory/hdf5_driver.h"

namespace ionscape::trajectory {

namespace {

/// Uncommitted frames are kept in memory; beyond this a flush happens by itself.
constexpr std::uint64_t largestBuffer = 64U << 20;
constexpr hsize_t scalarChunkRows = 1024;

/// A chunk of about 256 kB: one frame is found quickly and the index stays small.
hsize_t frameChunkRows(hsize_t atoms) {
    return std::clamp<hsize_t>((256U << 10) / (24 * atoms), 1, 64);
}

using RowMajor3 = Eigen::Matrix<double, 3, 3, Eigen::RowMajor>;

struct Observable {
    const char* name;
    const char* unit;
    double Frame::*value;
};
constexpr std::array<Observable, 5> observables{
    {{"potential_energy", "eV", &Frame::potentialEnergy},
     {"kinetic_energy", "eV", &Frame::kineticEnergy},
     {"temperature", "K", &Frame::temperature},
     {"force_spread_max", "eV Angstrom-1", &Frame::forceSpreadMax},
     {"force_spread_mean", "eV Angstrom-1", &Frame::forceSpreadMean}}};
/// Those before are in every file, those from here on in the runs of a committee.
constexpr std::size_t firstOfCommittee = 3;

}  // namespace

struct H5mdWriter::Impl {
    Impl(const std::filesystem::path& path, Mode mode, bool overwrite)
        : store(path, mode == Mode::Create ? JournaledFile::Mode::Create : JournaledFile::Mode::Update,
                overwrite),
          hdf5(path, store.size()) {}

    void createSkeleton();
    void openExisting();
    void createSeries(const crystal::Structure& initial);
    void createVelocity();
    void createObservable(std::size_t index);
    void openSeries();
    void cutAfterRestart();
    void setLength(hsize_t rows);
    void checkFrame(const Frame& frame, const char* what) const;
    void commit();
    void writeCell(hid_t group, const crystal::Structure& structure) const;
    Handle timeDependent(const std::string& path, const char* unit, const Shape& row, hsize_t rows);

    JournaledFile store;
    Hdf5Access hdf5;
    // Closed from the bottom up, before the store they write to.
    Handle file;
    Handle position, velocity, edges, step, time;
    std::array<Handle, observables.size()> series;
    std::vector<crystal::Element> elements;
    hsize_t frames = 0;
    std::int64_t lastStep = 0;
    bool begun = false;
};

void H5mdWriter::Impl::createSkeleton() {
    // Committed while still empty, so that a full disk is reported at once.
    file = createHdf5(store);
    const Handle h5md = hdf5.makeGroup(file, "h5md");
    const std::array<int, 2> version{1, 1};
    hdf5.setAttribute(h5md, "version", H5T_NATIVE_INT, {2}, version.data());
    const Handle author = hdf5.makeGroup(file, "h5md/author");
    hdf5.setAttribute(author, "name", std::string("Ionscape"));
    const Handle creator = hdf5.makeGroup(file, "h5md/creator");
    hdf5.setAttribute(creator, "name", std::string("Ionscape"));
    hdf5.setAttribute(creator, "version", std::string(versionString()));

    const Handle group = hdf5.makeGroup(file, layout::ours);
    createIdentity(hdf5, group);
    commit();
    locateIdentity(hdf5, file, layout::ours, store);
}

void H5mdWriter::Impl::openExisting() {
    file = openHdf5(store);
    locateIdentity(hdf5, file, layout::ours, store);
    if (!hdf5.exists(file, std::string(layout::position) + "/value")) return;
    for (const auto z : hdf5.readIntegers(file, std::string(layout::particles) + "/species")) {
        if (z < 1 || z > crystal::Element::maxAtomicNumber)
            throw IoError(hdf5.file(), "holds an unknown element");
        elements.push_back(crystal::Element::fromAtomicNumber(static_cast<int>(z)));
    }
    openSeries();
    cutAfterRestart();
    begun = true;
}

void H5mdWriter::Impl::openSeries() {
    const std::string where = layout::position;
    position = hdf5.openDataset(file, where + "/value");
    step = hdf5.openDataset(file, where + "/step");
    time = hdf5.openDataset(file, where + "/time");
    edges = hdf5.openDataset(file, std::string(layout::edges) + "/value");
    const std::string velocityPath = std::string(layout::velocity) + "/value";
    if (hdf5.exists(file, velocityPath)) velocity = hdf5.openDataset(file, velocityPath);
    for (std::size_t i = 0; i < observables.size(); ++i) {
        const std::string path = std::string("observables/") + observables[i].name + "/value";
        if (i >= firstOfCommittee && !hdf5.exists(file, path)) continue;
        series[i] = hdf5.openDataset(file, path);
    }
    const Shape shape = hdf5.shape(position);
    if (shape.size() != 3 || shape[1] != elements.size() || shape[2] != 3 || elements.empty()) {
        throw IoError(hdf5.file(), "is damaged: positions and species do not belong together");
    }
    frames = shape[0];
    std::vector<const Handle*> all{&step, &time, &edges};
    for (const Handle& dataset : series) {
        if (dataset.valid()) all.push_back(&dataset);
    }
    for (const Handle* dataset : all) {
        if (hdf5.shape(*dataset).at(0) != frames)
            throw IoError(hdf5.file(), "is damaged: frames are incomplete");
    }
}

void H5mdWriter::Impl::cutAfterRestart() {
    const auto steps = hdf5.readIntegers(file, std::string(layout::position) + "/step");
    hsize_t keep = steps.size();
    if (hdf5.exists(file, layout::restart)) {
        const Handle group = hdf5.openGroup(file, layout::restart);
        std::int64_t last = 0;
        hdf5.getAttribute(group, "step", H5T_NATIVE_INT64, {}, &last);
        while (keep > 0 && steps[keep - 1] > last)
            --keep;
    }
    if (keep < frames) setLength(keep);
    frames = keep;
    if (keep > 0) lastStep = steps[keep - 1];
}

void H5mdWriter::Impl::setLength(hsize_t rows) {
    for (const Handle* dataset : {&position, &velocity, &edges, &step, &time}) {
        if (dataset->valid()) hdf5.setLength(*dataset, rows);
    }
    for (const Handle& dataset : series) {
        if (dataset.valid()) hdf5.setLength(dataset, rows);
    }
}

/// A group with `value` and, shared by all of them through hard links, the step and time of the positions.
Handle H5mdWriter::Impl::timeDependent(const std::string& path, const char* unit, const Shape& row,
                                       hsize_t rows) {
    const Handle group = hdf5.makeGroup(file, path);
    Handle value = hdf5.makeSeries(group, "value", H5T_IEEE_F64LE, row, rows);
    hdf5.setAttribute(value, "unit", std::string(unit));
    for (const char* name : {"step", "time"}) {
        if (path == layout::position) break;
        const std::string target = std::string(layout::position) + "/" + name;
        hdf5.check(H5Lcreate_hard(file, target.c_str(), group, name, H5P_DEFAULT, H5P_DEFAULT),
                   "HDF5 failed");
    }
    return value;
}

void H5mdWriter::Impl::createSeries(const crystal::Structure& initial) {
    elements = initial.elements;
    const hsize_t atoms = elements.size();
    const Handle group = hdf5.makeGroup(file, layout::particles);
    std::vector<int> numbers;
    for (const auto element : elements)
        numbers.push_back(element.atomicNumber());
    const Handle species = hdf5.writeDataset(group, "species", H5T_NATIVE_INT, {atoms}, numbers.data());
    hdf5.setAttribute(species, "note", std::string("atomic numbers"));
    const Eigen::VectorXd masses = initial.masses();
    const Handle mass = hdf5.writeDataset(group, "mass", H5T_NATIVE_DOUBLE, {atoms}, masses.data());
    hdf5.setAttribute(mass, "unit", std::string("u"));

    const Handle box = hdf5.makeGroup(file, std::string(layout::particles) + "/box");
    const int dimension = 3;
    hdf5.setAttribute(box, "dimension", H5T_NATIVE_INT, {}, &dimension);
    const Handle word(H5Tcopy(H5T_C_S1), hdf5.file(), "HDF5 failed");
    hdf5.check(H5Tset_size(word, 8), "HDF5 failed");
    hdf5.setAttribute(box, "boundary", word, {3}, "periodicperiodicperiodic");

    position = timeDependent(layout::position, "Angstrom", {atoms, 3}, frameChunkRows(atoms));
    const Handle where = hdf5.openGroup(file, layout::position);
    step = hdf5.makeSeries(where, "step", H5T_STD_I64LE, {}, scalarChunkRows);
    time = hdf5.makeSeries(where, "time", H5T_IEEE_F64LE, {}, scalarChunkRows);
    hdf5.setAttribute(time, "unit", std::string("fs"));
    edges = timeDependent(layout::edges, "Angstrom", {3, 3}, scalarChunkRows);
    for (std::size_t i = 0; i < firstOfCommittee; ++i)
        createObservable(i);
    begun = true;
}

void H5mdWriter::Impl::createObservable(std::size_t index) {
    const Observable& observable = observables[index];
    series[index] =
        timeDependent(std::string("observables/") + observable.name, observable.unit, {}, scalarChunkRows);
}

void H5mdWriter::Impl::createVelocity() {
    const hsize_t atoms = elements.size();
    velocity = timeDependent(layout::velocity, "Angstrom fs-1", {atoms, 3}, frameChunkRows(atoms));
}

void H5mdWriter::Impl::checkFrame(const Frame& frame, const char* what) const {
    const auto atoms = static_cast<Eigen::Index>(elements.size());
    if (frame.positions.cols() != atoms ||
        (frame.velocities.cols() != 0 && frame.velocities.cols() != atoms)) {
        throw InputError(hdf5.file().string() + ": " + what + " at step " + std::to_string(frame.step) +
                         " has " + std::to_string(frame.positions.cols()) + " atoms, the run " +
                         std::to_string(atoms));
    }
}

void H5mdWriter::Impl::commit() {
    hdf5.check(H5Fflush(file, H5F_SCOPE_GLOBAL), "cannot be written");
    store.commit();
}

void H5mdWriter::Impl::writeCell(hid_t group, const crystal::Structure& structure) const {
    const hsize_t atoms = structure.size();
    std::vector<int> numbers;
    for (const auto element : structure.elements)
        numbers.push_back(element.atomicNumber());
    hdf5.writeDataset(group, "species", H5T_NATIVE_INT, {atoms}, numbers.data());
    const Handle value =
        hdf5.writeDataset(group, "position", H5T_NATIVE_DOUBLE, {atoms, 3}, structure.positions.data());
    hdf5.setAttribute(value, "unit", std::string("Angstrom"));
    const RowMajor3 rows = structure.lattice.rows();
    const Handle cell = hdf5.writeDataset(group, "edges", H5T_NATIVE_DOUBLE, {3, 3}, rows.data());
    hdf5.setAttribute(cell, "unit", std::string("Angstrom"));
    if (!structure.siteLabels.empty()) hdf5.writeStrings(group, "site_label", structure.siteLabels);
}

H5mdWriter::H5mdWriter(const std::filesystem::path& file, Mode mode, bool overwrite) {
    const QuietHdf5 quiet;
    impl_ = std::make_unique<Impl>(file, mode, overwrite);
    if (mode == Mode::Create) {
        impl_->createSkeleton();
    } else {
        impl_->openExisting();
    }
}

H5mdWriter::~H5mdWriter() {
    if (!impl_) return;
    const QuietHdf5 quiet;
    try {
        impl_->commit();
    } catch (const std::exception&) {
        // A destructor cannot report: callers who want to know call flush(). The last good flush stays
        // readable.
    }
    impl_.reset();
}

void H5mdWriter::writeManifest(const std::string& json) {
    const QuietHdf5 quiet;
    impl_->hdf5.writeStrings(impl_->hdf5.openGroup(impl_->file, layout::ours), "manifest", {json});
}

void H5mdWriter::writeResults(const std::string& json) {
    const QuietHdf5 quiet;
    impl_->hdf5.writeStrings(impl_->hdf5.openGroup(impl_->file, layout::ours), "results", {json});
}

void H5mdWriter::writeStructure(const std::string& name, const crystal::Structure& structure) {
    const QuietHdf5 quiet;
    if (name.empty() || name.find('/') != std::string::npos || name == ".") {
        throw InputError("\"" + name + "\" cannot name a structure in " + file().string());
    }
    if (structure.size() == 0 || structure.positions.cols() != static_cast<Eigen::Index>(structure.size()) ||
        (!structure.siteLabels.empty() && structure.siteLabels.size() != structure.size())) {
        throw InputError("structure \"" + name + "\" for " + file().string() + " is empty or inconsistent");
    }
    const auto& hdf5 = impl_->hdf5;
    const std::string path = std::string(layout::structures) + "/" + name;
    if (hdf5.exists(impl_->file, path)) {
        hdf5.check(H5Ldelete(impl_->file, path.c_str(), H5P_DEFAULT), path + " cannot be replaced");
    }
    impl_->writeCell(hdf5.makeGroup(impl_->file, path), structure);
}

void H5mdWriter::writeRestart(const RestartState& state) {
    const QuietHdf5 quiet;
    const Frame& frame = state.frame;
    impl_->checkFrame(frame, "the restart state");
    const auto& hdf5 = impl_->hdf5;
    const Handle group = hdf5.makeGroup(impl_->file, layout::restart);
    const auto put = [&](const char* name, const Shape& shape, const double* data) {
        // Opened without the checks for foreign files: a chunk that was never flushed has no place yet.
        const Handle old = hdf5.exists(group, name)
                               ? Handle(H5Dopen2(group, name, H5P_DEFAULT), hdf5.file(), "cannot be written")
                               : Handle();
        if (old.valid() && hdf5.shape(old) == shape) {
            hdf5.check(H5Dwrite(old, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data),
                       "cannot be written");
        } else {
            hdf5.writeDataset(group, name, H5T_NATIVE_DOUBLE, shape, data);
        }
    };
    const hsize_t atoms = impl_->elements.size();
    const RowMajor3 rows = frame.lattice.rows();
    put("edges", {3, 3}, rows.data());
    put("position", {atoms, 3}, frame.positions.data());
    if (frame.velocities.cols() > 0) {
        put("velocity", {atoms, 3}, frame.velocities.data());
    } else if (hdf5.exists(group, "velocity")) {
        hdf5.check(H5Ldelete(group, "velocity", H5P_DEFAULT), "velocities cannot be replaced");
    }
    if (!state.monitor.empty()) put("monitor", {state.monitor.size()}, state.monitor.data());
    if (!state.bath.empty()) put("bath", {state.bath.size()}, state.bath.data());
    const std::array<double, 4> scalars{frame.timeFs, frame.potentialEnergy, frame.kineticEnergy,
                                        frame.temperature};
    hdf5.setAttribute(group, "step", H5T_NATIVE_INT64, {}, &frame.step);
    hdf5.setAttribute(group, "time_energies_temperature", H5T_NATIVE_DOUBLE, {4}, scalars.data());
    // Four words of the generator, whether there is a random stream, whether a spare normal deviate waits.
    std::array<std::uint64_t, 6> words{};
    double spare = 0.0;
    if (state.random) {
        std::copy(state.random->words.begin(), state.random->words.end(), words.begin());
        words[4] = 1;
        words[5] = state.random->hasSpareNormal ? 1 : 0;
        spare = state.random->spareNormal;
    }
    hdf5.setAttribute(group, "random", H5T_NATIVE_UINT64, {6}, words.data());
    hdf5.setAttribute(group, "spare_normal", H5T_NATIVE_DOUBLE, {}, &spare);
}

void H5mdWriter::begin(const crystal::Structure& initial) {
    const QuietHdf5 quiet;
    if (impl_->begun) {
        if (initial.elements != impl_->elements) {
            throw InputError(file().string() + ": the run continued holds other atoms than this structure");
        }
        return;
    }
    writeStructure(layout::startStructure, initial);
    impl_->createSeries(initial);
}

void H5mdWriter::write(const Frame& frame) {
    const QuietHdf5 quiet;
    Impl& self = *impl_;
    if (!self.begun) throw InputError(file().string() + ": a frame was written before the run began");
    self.checkFrame(frame, "the frame");
    if (self.frames == 0 && frame.velocities.cols() > 0 && !self.velocity.valid()) self.createVelocity();
    if (self.frames == 0 && std::isfinite(frame.forceSpreadMax) && !self.series[firstOfCommittee].valid()) {
        for (std::size_t i = firstOfCommittee; i < observables.size(); ++i)
            self.createObservable(i);
    }
    if (self.velocity.valid() != (frame.velocities.cols() > 0)) {
        throw InputError(file().string() + ": either all frames of a run have velocities or none");
    }
    if (self.frames > 0 && frame.step <= self.lastStep) {
        throw InputError(file().string() + ": step " + std::to_string(frame.step) + " does not follow step " +
                         std::to_string(self.lastStep));
    }
    const hsize_t atoms = self.elements.size();
    const RowMajor3 rows = frame.lattice.rows();
    const auto add = [&](const Handle& dataset, hid_t type, const Shape& row, const void* data) {
        self.hdf5.appendRow(dataset, type, row, self.frames, data);
    };
    add(self.position, H5T_NATIVE_DOUBLE, {atoms, 3}, frame.positions.data());
    if (self.velocity.valid()) add(self.velocity, H5T_NATIVE_DOUBLE, {atoms, 3}, frame.velocities.data());
    add(self.edges, H5T_NATIVE_DOUBLE, {3, 3}, rows.data());
    add(self.step, H5T_NATIVE_INT64, {}, &frame.step);
    add(self.time, H5T_NATIVE_DOUBLE, {}, &frame.timeFs);
    for (std::size_t i = 0; i < observables.size(); ++i) {
        if (self.series[i].valid())
            add(self.series[i], H5T_NATIVE_DOUBLE, {}, &(frame.*observables[i].value));
    }
    ++self.frames;
    self.lastStep = frame.step;
    if (self.store.pendingBytes() > largestBuffer) self.commit();
}

void H5mdWriter::flush() {
    const QuietHdf5 quiet;
    impl_->commit();
}

const std::filesystem::path& H5mdWriter::file() const {
    return impl_->store.path();
}

}  // namespace ionscape::trajectory
