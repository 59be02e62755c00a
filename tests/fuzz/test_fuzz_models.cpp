// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged and hostile model files: each must open or be refused in one line, quickly and within the memory
// that docs/potentials.md states.
#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/potential/potential.h"
#include "core/potential/tensornet_config.h"

using namespace ionscape;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

/// Memory that opening a model file may take: this and 16 times the size of the file.
constexpr std::uintmax_t fixedBound = 256u << 20;

constexpr bool sanitized =
#if defined(__SANITIZE_ADDRESS__)
    true;
#else
    false;
#endif

std::string contentsOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// While one exists, the address space may grow by `bytes` and no further.
class MemoryLimit {
  public:
    explicit MemoryLimit(std::uintmax_t bytes) {
        getrlimit(RLIMIT_AS, &before_);
        std::ifstream statm("/proc/self/statm");
        std::uintmax_t pages = 0;
        if (sanitized || !(statm >> pages)) return;
        rlimit limit = before_;
        limit.rlim_cur = pages * static_cast<std::uintmax_t>(sysconf(_SC_PAGESIZE)) + bytes;
        setrlimit(RLIMIT_AS, &limit);
    }
    ~MemoryLimit() { setrlimit(RLIMIT_AS, &before_); }

  private:
    rlimit before_{};
};

/// An archive as torch.save writes it, with right checksums whatever the records hold.
using Records = std::map<std::string, std::string>;
void writeArchive(const fs::path& file, const Records& records) {
    fs::remove(file);
    zip_t* zip = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, bytes] : records) {
        zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        const auto index = zip_file_add(zip, ("state/" + name).c_str(), source, ZIP_FL_OVERWRITE);
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    zip_close(zip);
}

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i));
    return text;
}

std::string pickledText(const std::string& text) {
    return "X" + little(text.size(), 4) + text;
}

std::string pickledTuple(const std::vector<std::int64_t>& values) {
    std::string text = "(";
    for (const auto value : values)
        text += "J" + little(static_cast<std::uint64_t>(value), 4);
    return text + "t";
}

std::string pickledTensor(const std::string& key, const std::vector<std::int64_t>& shape) {
    std::vector<std::int64_t> strides(shape.size(), 1);
    std::int64_t count = 1;
    for (std::size_t d = shape.size(); d-- > 0;) {
        strides[d] = count;
        count *= shape[d];
    }
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + pickledText("storage") + "ctorch\nFloatStorage\n" +
           pickledText(key) + pickledText("cpu") + "J" + little(static_cast<std::uint64_t>(count), 4) +
           "tQK\x00"s + pickledTuple(shape) + pickledTuple(strides) +
           "\x89"
           "ccollections\nOrderedDict\n)RtR";
}

/// A small but whole TensorNet: the settings and the records of state.pt.
struct SmallTensorNet {
    std::string json;
    Records records;

    SmallTensorNet() {
        potential::TensorNetConfig config;
        config.elements = {crystal::Element::fromSymbol("Li"), crystal::Element::fromSymbol("O")};
        config.units = 4;
        config.blocks = 1;
        config.basis = potential::RadialBasis::SmoothBessel;
        config.radialFunctions = 3;
        json = R"({"@class": "Potential", "kwargs": {"model": {"@class": "TensorNet",
            "@module": "matgl.models._tensornet_pyg", "init_args": {"element_types": ["Li", "O"], "units": 4,
            "nblocks": 1, "max_n": 3, "rbf_type": "SphericalBessel", "use_smooth": true, "cutoff": 5.0,
            "is_intensive": false}}}})";
        RandomStream random(1);
        std::string pickle = "\x80\x02}(";
        int key = 0;
        for (const auto& array : potential::expectedWeights(config)) {
            std::size_t count = 1;
            for (const auto length : array.shape)
                count *= static_cast<std::size_t>(length);
            std::string bytes;
            for (std::size_t i = 0; i < count; ++i) {
                const auto value = static_cast<float>(random.normal());
                bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
            }
            const std::string name = std::to_string(key++);
            records["data/" + name] = bytes;
            pickle += pickledText("model." + array.name) + pickledTensor(name, array.shape);
        }
        records["data.pkl"] = pickle + "u.";
    }
};

std::string damagedOnce(std::string bytes, RandomStream& random) {
    if (bytes.empty()) return bytes;
    const std::size_t at = random.below(bytes.size());
    switch (random.below(6)) {
        case 0:
            return bytes.substr(0, at);
        case 1:  // a size that cannot be
            return bytes.replace(at, std::min<std::size_t>(8, bytes.size() - at), 8, '\xff');
        case 2:
            return bytes.replace(at, std::min<std::size_t>(4, bytes.size() - at), little(0x7fffffff, 4));
        case 3: {
            const std::size_t from = random.below(bytes.size());
            return bytes.insert(at, bytes.substr(from, random.below(64)));
        }
        default:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
            return bytes;
    }
}

std::string damaged(std::string bytes, RandomStream& random) {
    for (std::uint64_t i = 0, n = 1 + random.below(3); i < n; ++i)
        bytes = damagedOnce(std::move(bytes), random);
    return bytes;
}

}  // namespace

class TestFuzzModels : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void modelFiles();
    void checkpoints();
    void tensorNetState();
    void tensorNetSettings();
    void hostilePickles_data();
    void hostilePickles();

  private:
    enum class Outcome { Opened, Refused, Wrong };
    /// Opens `path`, which takes `size` bytes on disk, within the bounds. `Wrong` comes with a message.
    Outcome open(const fs::path& path, std::uintmax_t size, QString& message) const;
    /// Runs `make` for many seeds; each writes a damaged model and returns its path.
    void fuzz(int count, const char* name, const std::function<fs::path(RandomStream&)>& make);
    fs::path folder() const { return temporary_.path().toStdString(); }
    fs::path tensorNet(const SmallTensorNet& model) const;
    QTemporaryDir temporary_;
    int opened_ = 0, refused_ = 0;
};

TestFuzzModels::Outcome TestFuzzModels::open(const fs::path& path, std::uintmax_t size,
                                             QString& message) const {
    QElapsedTimer timer;
    timer.start();
    Outcome outcome = Outcome::Opened;
    try {
        const MemoryLimit limit(fixedBound + 16 * size);
        potential::openPotential(path.string(), 1);
    } catch (const Error& error) {
        message = error.what();
        outcome = message.contains('\n') || !message.contains(QString::fromStdString(folder().string()))
                      ? Outcome::Wrong
                      : Outcome::Refused;
    } catch (const std::exception& error) {
        message = QString("let out: ") + error.what();
        outcome = Outcome::Wrong;
    }
    if (timer.elapsed() > 20000) {
        message = "took more than 20 s";
        outcome = Outcome::Wrong;
    }
    return outcome;
}

void TestFuzzModels::fuzz(int count, const char* name, const std::function<fs::path(RandomStream&)>& make) {
    opened_ = refused_ = 0;
    for (int seed = 0; seed < count; ++seed) {
        RandomStream random(static_cast<std::uint64_t>(seed), name);
        const fs::path path = make(random);
        std::uintmax_t size = 0;
        if (fs::is_directory(path)) {
            for (const auto& entry : fs::directory_iterator(path))
                size += entry.file_size();
        } else {
            size = fs::file_size(path);
        }
        QString message;
        const Outcome outcome = open(path, size, message);
        QVERIFY2(outcome != Outcome::Wrong, qPrintable(QString("seed %1: %2").arg(seed).arg(message)));
        ++(outcome == Outcome::Opened ? opened_ : refused_);
    }
    qInfo("%d opened, %d refused", opened_, refused_);
}

fs::path TestFuzzModels::tensorNet(const SmallTensorNet& model) const {
    const fs::path path = folder() / "tensornet";
    fs::create_directories(path);
    write(path / "model.json", model.json);
    writeArchive(path / "state.pt", model.records);
    return path;
}

void TestFuzzModels::initTestCase() {
    // LibTorch starts its threads on the first call; their stacks are not what is measured.
    potential::openPotential(potential::embeddedPotentialPath(), 1);
    QString message;
    const auto outcome = open(tensorNet(SmallTensorNet()), 100000, message);
    QVERIFY2(outcome == Outcome::Opened, qPrintable(message));
}

void TestFuzzModels::modelFiles() {
    const std::string good = contentsOf(potential::embeddedPotentialPath());
    // Most of the file is numbers, where any bits are fine: aim at the rest as well.
    fuzz(250, "h5", [&](RandomStream& random) {
        std::string bytes = good;
        const std::size_t head = std::min<std::size_t>(bytes.size(), 16384);
        bytes = random.below(2) ? damaged(bytes, random)
                                : damaged(bytes.substr(0, head), random) + bytes.substr(head);
        const fs::path file = folder() / "model.h5";
        write(file, bytes);
        return file;
    });
    QVERIFY(opened_ > 20 && refused_ > 100);
}

void TestFuzzModels::checkpoints() {
    const fs::path source =
        IONSCAPE_SHARED "/models/chgnet-0.3.0-finetuned/H2@Au_bestE_epoch0_e39_f63_s119_m251.pth.tar";
    if (!fs::exists(source)) QSKIP("the reference folder ../shared is not here");
    const std::string good = contentsOf(source);
    fuzz(80, "pth.tar", [&](RandomStream& random) {
        const fs::path file = folder() / "model.pth.tar";
        write(file, damaged(good, random));
        return file;
    });
    QVERIFY(refused_ > 50);
}

void TestFuzzModels::tensorNetState() {
    const SmallTensorNet good;
    fuzz(500, "state", [&](RandomStream& random) {
        SmallTensorNet model = good;
        // The pickle with a right checksum, or the whole archive.
        std::string& pickle = model.records["data.pkl"];
        const bool inside = random.below(4) != 0;
        if (inside) pickle = damaged(pickle, random);
        const fs::path path = tensorNet(model);
        if (!inside) write(path / "state.pt", damaged(contentsOf(path / "state.pt"), random));
        return path;
    });
    QVERIFY(refused_ > 300);
}

void TestFuzzModels::tensorNetSettings() {
    const SmallTensorNet good;
    const std::vector<std::string> odd{
        "-1", "1e300", "4096", "null", "[]", "{}", "\"\"", "true", "99999999999999999999"};
    fuzz(400, "settings", [&](RandomStream& random) {
        SmallTensorNet model = good;
        if (random.below(2)) {
            model.json = damaged(model.json, random);
        } else {
            const std::size_t colon = model.json.find(": ", random.below(model.json.size()));
            if (colon != std::string::npos) {
                const std::size_t end = model.json.find_first_of(",}", colon);
                model.json.replace(colon + 2, end - colon - 2, odd[random.below(odd.size())]);
            }
        }
        return tensorNet(model);
    });
    QVERIFY(refused_ > 300);
}

void TestFuzzModels::hostilePickles_data() {
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& pickle, const char* reason) {
        QTest::newRow(name) << QByteArray(pickle.data(), static_cast<qsizetype>(pickle.size())) << reason;
    };
    row("a command",
        "cos\nsystem\n(X\x04\x00\x00\x00true"
        "tR."s,
        "os.system");
    row("millions of values", std::string(8000000, 'N') + ".", "values");
    row("millions of memos", "N" + std::string(8000000, '\x94') + ".", "values");
    std::string pushes = "}q\x00"s;
    for (int i = 0; i < 6000000; ++i)
        pushes += "h\x00"s;
    row("millions of references", pushes + ".", "values");
    row("too long", std::string(40u << 20, '0') + ".", "16 MiB");
    std::string repeated = "]";
    for (int i = 0; i < 100000; ++i)
        repeated += pickledTensor("0", {1000}) + "a";
    row("one storage, many tensors", repeated + ".", "");
    std::string nested;
    for (int i = 0; i < 400000; ++i)
        nested += ")\x85";
    row("nested", nested + ".", "");
    row("nothing", "", "ends");
}

void TestFuzzModels::hostilePickles() {
    QFETCH(QByteArray, pickle);
    QFETCH(QString, reason);
    SmallTensorNet model;
    model.records["data.pkl"] = pickle.toStdString();
    model.records["data/0"] = std::string(4000, '\0');
    const fs::path path = tensorNet(model);
    QString message;
    const Outcome outcome = open(path, fs::file_size(path / "state.pt"), message);
    QVERIFY2(outcome == Outcome::Refused, qPrintable(message));
    QVERIFY2(message.contains(reason), qPrintable(message));
}

QTEST_APPLESS_MAIN(TestFuzzModels)
#include "test_fuzz_models.moc"
