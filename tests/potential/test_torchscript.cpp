// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript potentials: small modules with the interface of each package's exports and an analytic pair
// energy inside, against the same energy computed here.
#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/crystal/neighbour_list.h"
#include "core/potential/torchscript_potential.h"

using namespace ionscape;
using crystal::Structure;
using potential::TorchScriptPotential;
using Extra = torch::jit::ExtraFilesMap;

namespace {

constexpr double cutoff = 4.5;

// E = 1/2 Σ k_ij (1 − r/rc)³ over directed pairs, k_ij = 1 + t_i + 2 t_i t_j + t_j, with t the index of the
// element in the model's own order: Zr, O, Li.
const std::vector<std::string> order{"Zr", "O", "Li"};

std::string energyCode(const char* types) {
    return std::string("    t = ") + types +
           R"(.to(vec.dtype)
    ti = t[i]
    tj = t[j]
    r = vec.norm(2, 1)
    phi = (1.0 + ti + 2.0 * ti * tj + tj) * torch.pow(1.0 - r / 4.5, 3.0)
    per_atom = torch.zeros([t.size(0)], dtype=vec.dtype).index_add(0, i, 0.5 * phi)
)";
}

const std::string strained = R"(    strain = torch.zeros([3, 3], dtype=pos.dtype).requires_grad_(True)
    sym = 0.5 * (strain + strain.t())
    p = pos + torch.mm(pos, sym)
    c = cell + torch.mm(cell, sym)
)";

const std::string gradients = R"(
    energy = per_atom.sum()
    grads = torch.autograd.grad([energy], [pos, strain])
    dpos = grads[0]
    dstrain = grads[1]
    assert dpos is not None
    assert dstrain is not None
)";

std::string nequipCode(bool stress) {
    return "def forward(self, data: Dict[str, Tensor]) -> Dict[str, Tensor]:\n"
           "    pos = data['pos'].requires_grad_(True)\n"
           "    cell = data['cell'].view(3, 3)\n" +
           strained +
           "    i = data['edge_index'][0]\n    j = data['edge_index'][1]\n"
           "    vec = p[j] - p[i] + torch.mm(data['edge_cell_shift'], c)\n" +
           energyCode("data['atom_types']") + gradients +
           "    out = {'atomic_energy': per_atom.view(-1, 1), 'total_energy': energy.view(1, 1), 'forces': "
           "-dpos}\n" +
           (stress ? "    out['virial'] = -dstrain.view(1, 3, 3)\n" : "") + "    return out\n";
}

const std::string sevenNetCode =
    "def forward(self, data: Dict[str, Tensor]) -> Dict[str, Tensor]:\n"
    "    vec = data['edge_vec']\n"
    "    i = data['edge_index'][0]\n    j = data['edge_index'][1]\n" +
    energyCode("data['x']") +
    "    data['atomic_energy'] = per_atom\n"
    "    data['inferred_total_energy'] = per_atom.sum()\n"
    "    return data\n";

std::string maceCode(bool forLammps) {
    return std::string("def forward(self, data: Dict[str, Tensor], ") +
           (forLammps ? "local_or_ghost: Tensor, compute_virials: bool = False"
                      : "training: bool = False, compute_force: bool = True, compute_virials: bool = False, "
                        "compute_stress: bool = False") +
           ") -> Dict[str, Optional[Tensor]]:\n"
           "    pos = data['positions'].requires_grad_(True)\n"
           "    cell = data['cell']\n" +
           strained +
           "    i = data['edge_index'][0]\n    j = data['edge_index'][1]\n"
           "    vec = p[j] - p[i] + torch.mm(data['unit_shifts'], c)\n" +
           energyCode("data['node_attrs'].argmax(1)") +
           (forLammps ? "    per_atom = per_atom * local_or_ghost\n" : "") + gradients +
           (forLammps ? R"(
    virials: Optional[Tensor] = None
    if compute_virials:
        virials = -dstrain.view(1, 3, 3)
    forces: Optional[Tensor] = -dpos
    total: Optional[Tensor] = energy.view(1)
    return {'total_energy_local': total, 'node_energy': per_atom, 'forces': forces, 'virials': virials}
)"
                      : R"(
    stress: Optional[Tensor] = None
    if compute_stress:
        stress = dstrain.view(1, 3, 3) / torch.abs(torch.det(cell))
    forces: Optional[Tensor] = -dpos
    total: Optional[Tensor] = energy.view(1)
    return {'energy': total, 'node_energy': per_atom, 'forces': forces, 'stress': stress}
)");
}

Structure testStructure() {
    Structure s;
    Mat3 rows;
    rows << 4.3, 0.2, -0.3, 0.9, 4.6, 0.4, -0.5, 1.1, 4.1;
    s.lattice = crystal::Lattice(rows);
    RandomStream random(3);
    const char* symbols[] = {"Li", "O", "Zr", "O"};
    for (int i = 0; i < 4; ++i) {
        const Vec3 corner(0.5 * (i & 1), 0.5 * ((i >> 1) & 1), 0.25 * i);
        const Vec3 jitter = 0.05 * Vec3(random.normal(), random.normal(), random.normal());
        s.append(crystal::Element::fromSymbol(symbols[i]), s.lattice.toCartesian({corner + jitter}));
    }
    s.positions.col(2) += s.lattice.vector(0) * 2.0;  // atoms may be stored outside the cell
    return s;
}

potential::Evaluation analytic(const Structure& s) {
    const auto typeOf = [&](std::int32_t atom) {
        const auto symbol = s.elements[static_cast<std::size_t>(atom)].symbol();
        return static_cast<double>(std::find(order.begin(), order.end(), symbol) - order.begin());
    };
    potential::Evaluation e;
    e.forces = VectorField::Zero(3, static_cast<Eigen::Index>(s.size()));
    Mat3 virial = Mat3::Zero();
    for (const auto& pair : crystal::neighbourPairs(s, cutoff)) {
        const double ti = typeOf(pair.i), tj = typeOf(pair.j);
        const double k = 1 + ti + 2 * ti * tj + tj, x = 1 - pair.distance / cutoff;
        e.energy += 0.5 * k * x * x * x;
        const Vec3 gradient = -1.5 * k * x * x / cutoff * pair.vector / pair.distance;
        e.forces.col(pair.i) += gradient;
        e.forces.col(pair.j) -= gradient;
        virial += pair.vector * gradient.transpose();
    }
    e.stressGPa = virial / s.lattice.volume() * units::eVPerAngstrom3InGPa;
    return e;
}

}  // namespace

class TestTorchScript : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void exportsGiveTheAnalyticAnswer_data();
    void exportsGiveTheAnalyticAnswer();
    void pairCutoffsAreKept();
    void missingElementIsRefusedByName();
    void stressIsRefusedWhereThereIsNone();
    void refusals_data();
    void refusals();

  private:
    std::string save(const QString& name, const std::string& code, const Extra& extra,
                     at::ScalarType dtype = at::kDouble, bool mace = false) const;
    /// The message of the error that opening `file` gives.
    static QString refusal(const std::string& file);
    QTemporaryDir folder_;
};

namespace {

const Extra deployed{{"nequip_version", "0.6.1"},  {"r_max", "4.5"},
                     {"n_species", "3"},           {"type_names", "Zr O Li"},
                     {"default_dtype", "float64"}, {"model_dtype", "float32"}};
const Extra compiled{{"num_types", "3"}, {"r_max", "4.5"}, {"type_names", "Zr O Li"}, {"allow_tf32", "0"}};
const Extra sevenNet{{"chemical_symbols_to_index", "Zr O Li "},
                     {"cutoff", "4.5"},
                     {"num_species", "3"},
                     {"model_type", "E3_equivariant_model"},
                     {"version", "0.11"},
                     {"dtype", "single"},
                     {"flashTP", "no"},
                     {"oeq", "no"}};

Extra with(Extra extra, const std::string& key, const std::string& value) {
    extra[key] = value;
    return extra;
}

}  // namespace

std::string TestTorchScript::save(const QString& name, const std::string& code, const Extra& extra,
                                  at::ScalarType dtype, bool mace) const {
    torch::jit::Module module("Model");
    if (mace) {
        module.register_buffer("atomic_numbers", at::tensor(std::vector<std::int64_t>{40, 8, 3}, at::kLong));
        module.register_buffer("r_max", at::tensor(std::vector<double>{cutoff}, at::kDouble).to(dtype)[0]);
    }
    module.define(code);
    const std::string file = folder_.filePath(name).toStdString();
    module.save(file, extra);
    return file;
}

QString TestTorchScript::refusal(const std::string& file) {
    try {
        TorchScriptPotential potential(file);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

void TestTorchScript::exportsGiveTheAnalyticAnswer_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<double>("tolerance");
    const auto row = [](const char* name, const std::string& file, const char* architecture,
                        double tolerance) {
        QTest::newRow(name) << QString::fromStdString(file) << architecture << tolerance;
    };
    const double exact = 1e-9, single = 2e-5;
    row("nequip-deploy", save("deployed.pth", nequipCode(true), deployed), "NequIP/Allegro", exact);
    row("nequip-deploy, float32",
        save("deployed32.pth", nequipCode(true), with(deployed, "default_dtype", "float32")),
        "NequIP/Allegro", single);
    row("nequip-compile", save("model.nequip.pth", nequipCode(true), compiled), "NequIP/Allegro", exact);
    row("SevenNet", save("deployed_serial.pt", sevenNetCode, sevenNet), "SevenNet", single);
    row("MACE for LAMMPS", save("mace-lammps.pt", maceCode(true), {}, at::kDouble, true), "MACE", exact);
    row("MACE compiled, float32", save("mace_compiled.model", maceCode(false), {}, at::kFloat, true), "MACE",
        single);
}

void TestTorchScript::exportsGiveTheAnalyticAnswer() {
    QFETCH(QString, file);
    QFETCH(QString, architecture);
    QFETCH(double, tolerance);
    TorchScriptPotential model(file.toStdString());
    QCOMPARE(QString::fromStdString(model.info().architecture), architecture);
    QCOMPARE(model.info().cutoff, cutoff);
    QCOMPARE(model.info().elements.size(), order.size());
    QCOMPARE(model.info().elements[0].symbol(), std::string_view("Zr"));
    QCOMPARE(QString::fromStdString(model.dtype()), tolerance < 1e-7 ? "float64" : "float32");
    const Structure s = testStructure();
    const auto expected = analytic(s);
    for (int repeat = 0; repeat < 2; ++repeat) {
        const auto result = model.evaluate(s, {.stress = true});
        const double scale = expected.forces.cwiseAbs().maxCoeff();
        QVERIFY(std::abs(result.energy - expected.energy) < tolerance * std::abs(expected.energy));
        QVERIFY((result.forces - expected.forces).cwiseAbs().maxCoeff() < tolerance * std::max(1.0, scale));
        QVERIFY((*result.stressGPa - *expected.stressGPa).cwiseAbs().maxCoeff() <
                tolerance * expected.stressGPa->norm());
    }
    const auto plain = model.evaluate(s, {});
    QVERIFY(!plain.stressGPa);
    QVERIFY((plain.forces - expected.forces).cwiseAbs().maxCoeff() < 2e-5);
}

void TestTorchScript::pairCutoffsAreKept() {
    // Only pairs of O (type 1) with O are left, within 3.2 Å.
    TorchScriptPotential model(
        save("allegro.nequip.pth", nequipCode(true),
             with(compiled, "per_edge_type_cutoff", "0.1 0.1 0.1 0.1 3.2 0.1 0.1 0.1 0.1")));
    const Structure s = testStructure();
    double expected = 0.0;
    for (const auto& pair : crystal::neighbourPairs(s, 3.2)) {
        const auto isOxygen = [&](std::int32_t atom) {
            return s.elements[static_cast<std::size_t>(atom)].symbol() == "O";
        };
        if (isOxygen(pair.i) && isOxygen(pair.j)) expected += 2.5 * std::pow(1 - pair.distance / cutoff, 3);
    }
    QVERIFY(expected > 0.0);
    QVERIFY(std::abs(model.evaluate(s, {}).energy - expected) < 1e-9);
}

void TestTorchScript::missingElementIsRefusedByName() {
    TorchScriptPotential model(save("missing.pt", sevenNetCode, sevenNet));
    Structure s = testStructure();
    s.elements[1] = crystal::Element::fromSymbol("Nb");
    try {
        model.evaluate(s, {});
        QFAIL("a model without niobium evaluated it");
    } catch (const ModelError& error) {
        QVERIFY2(QString(error.what()).contains("niobium"), error.what());
    }
}

void TestTorchScript::stressIsRefusedWhereThereIsNone() {
    TorchScriptPotential model(save("forces-only.pth", nequipCode(false), deployed));
    const Structure s = testStructure();
    QVERIFY(std::abs(model.evaluate(s, {}).energy - analytic(s).energy) < 1e-9);
    try {
        model.evaluate(s, {.stress = true});
        QFAIL("a stress came out of a model that has none");
    } catch (const ModelError& error) {
        QVERIFY2(QString(error.what()).contains("StressForceOutput"), error.what());
    }
}

void TestTorchScript::refusals_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& file, const char* reason) {
        QTest::newRow(name) << QString::fromStdString(file) << reason;
    };
    row("unknown module", save("unknown.pt", "def forward(self, x: Tensor) -> Tensor:\n    return x\n", {}),
        "NequIP/Allegro, SevenNet or MACE");
    row("types that are no elements",
        save("types.pth", nequipCode(true), with(deployed, "type_names", "Zr O H_water")), "H_water");
    row("number type", save("half.pth", nequipCode(true), with(deployed, "default_dtype", "float16")),
        "float16");
    row("cutoff", save("range.pth", nequipCode(true), with(deployed, "r_max", "nan")), "r_max");
    row("parallel SevenNet", save("parallel.pt", sevenNetCode, with(sevenNet, "comm_size", "128")),
        "parallel");
    row("FlashTP", save("flash.pt", sevenNetCode, with(sevenNet, "flashTP", "yes")), "flashTP");
    row("other SevenNet", save("other.pt", sevenNetCode, with(sevenNet, "model_type", "new")), "'new'");
    row("MACE of another kind", save("mliap.pt", sevenNetCode, {}, at::kDouble, true), "local_or_ghost");
    const std::string torn = save("torn.pt", sevenNetCode, sevenNet);
    std::filesystem::resize_file(torn, std::filesystem::file_size(torn) / 2);
    row("truncated", torn, "truncated");
}

void TestTorchScript::refusals() {
    QFETCH(QString, file);
    QFETCH(QString, reason);
    const QString message = refusal(file.toStdString());
    QVERIFY2(message.contains(reason), qPrintable(message));
    QVERIFY2(message.startsWith(file) && !message.contains('\n'), qPrintable(message));
}

QTEST_APPLESS_MAIN(TestTorchScript)
#include "test_torchscript.moc"
