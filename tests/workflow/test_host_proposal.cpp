// SPDX-License-Identifier: GPL-3.0-or-later
// From CIFs with partial occupancies to hosts that build cells: sublattices, charges, supercells, refusals.
#include <Eigen/LU>
#include <QTest>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "core/base/error.h"
#include "core/builder/decorate.h"
#include "core/composition/host_writer.h"
#include "core/crystal/symmetry.h"
#include "core/workflow/host_proposal.h"

using namespace ionscape;
using composition::Host;
using composition::Sublattice;
using crystal::Element;
using workflow::HostProposal;
using workflow::ProposalOptions;

namespace {

std::string textOf(const char* name) {
    std::ifstream file(std::string(IONSCAPE_TEST_DATA "/hosts/") + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

HostProposal propose(const std::string& text, const ProposalOptions& options = {}) {
    const QTemporaryDir folder;
    const std::string file = folder.filePath("a.cif").toStdString();
    std::ofstream(file) << text;
    return workflow::proposeHost(io::readCifCrystal(file), options);
}

HostProposal proposeFile(const char* name, const ProposalOptions& options = {}) {
    return propose(textOf(name), options);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the test text lacks: " + from);
    return text.replace(at, from.size(), to);
}

template <class Work>
QString messageOf(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

bool hasNote(const HostProposal& proposal, const char* part) {
    return std::any_of(proposal.notes.begin(), proposal.notes.end(),
                       [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

std::map<std::string, int> states(const Host& host) {
    std::map<std::string, int> result;
    for (const Sublattice& sublattice : host.sublattices) {
        for (const auto& species : sublattice.species)
            result[std::string(species.element.symbol())] = species.oxidationState;
    }
    return result;
}

QString ownFormula(const Host& host) {
    return QString::fromStdString(composition::formulaText(
        composition::compositionFormula(host, composition::defaultComposition(host))));
}

/// Writes, reads and decorates the host; the cell's formula must be the host's.
void buildsCells(const HostProposal& proposal, int atoms) {
    const QTemporaryDir folder;
    const std::string file = folder.filePath("my-host.json").toStdString();
    composition::writeHost(file, workflow::finishedHost(proposal));
    const Host host = composition::findHost(file);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto cell = builder::decoratedSupercell(host, composition::defaultComposition(host), seed);
        QCOMPARE(static_cast<int>(cell.size()), atoms);
        QVERIFY(cell.lattice.faceDistances().minCoeff() > 0.75 * std::cbrt(cell.lattice.volume()));
        double charge = 0.0;
        for (const auto& [element, count] : cell.elementCounts())
            charge += count * states(host).at(std::string(element.symbol()));
        QCOMPARE(charge, 0.0);
    }
}

}  // namespace

class TestHostProposal : public QObject {
    Q_OBJECT

  private slots:
    void garnet();
    void argyrodite();
    void nasicon();
    void statesByValenceSums_data();
    void statesByValenceSums();
    void givenStatesAndDopants();
    void editedProposals();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();
};

void TestHostProposal::garnet() {
    const HostProposal proposal = proposeFile("llzo-like.cif");
    const Host& host = proposal.host;
    QCOMPARE(host.operations.size(), std::size_t{96});
    QCOMPARE(std::lround(1.0 / host.primitiveMatrix.determinant()), 2L);
    QCOMPARE(host.mixed().name, std::string("Zr"));
    QVERIFY((host.mixed().defaultCounts == std::vector<int>{3, 1}));
    QCOMPARE(host.mixed().sitesPerFormulaUnit, 2.0);
    QCOMPARE(host.sublattice("La").sitesPerFormulaUnit, 3.0);
    QCOMPARE(host.sublattice("O").sitesPerFormulaUnit, 12.0);
    QCOMPARE(host.mobile().sitesPerFormulaUnit, 15.0);
    QVERIFY(
        (states(host) == std::map<std::string, int>{{"Li", 1}, {"Zr", 4}, {"Ta", 5}, {"La", 3}, {"O", -2}}));
    QCOMPARE(ownFormula(host), QString("Li6.5Zr1.5Ta0.5La3O12"));
    QCOMPARE(proposal.mobileBalanced, 6.5);
    QVERIFY(std::abs(proposal.mobileInFile - (3 * 0.567 + 12 * 0.4)) < 1e-9);
    // 24d and 96h positions 1.63 Å apart exclude each other, those 2.36 Å apart do not.
    QVERIFY(host.mobile().minimumDistance > 1.63 && host.mobile().minimumDistance < 2.36);
    QVERIFY(hasNote(proposal, "come as near as 0.76"));
    buildsCells(proposal, 188);
}

void TestHostProposal::argyrodite() {
    const HostProposal proposal = proposeFile("argyrodite-like.cif");
    const Host& host = proposal.host;
    QVERIFY(hasNote(proposal, "P +5 as the file says"));
    // No mixed cations: P is made the primary one. S and Cl share both of their sites in equal parts.
    QCOMPARE(host.mixed().name, std::string("P"));
    QVERIFY(hasNote(proposal, "P was made the primary sublattice"));
    const auto mixed = host.mixedSublattices();
    QCOMPARE(mixed.size(), std::size_t{2});
    QCOMPARE(mixed[1]->sitesPerFormulaUnit, 2.0);
    QVERIFY((mixed[1]->defaultCounts == std::vector<int>{1, 1}));
    QCOMPARE(host.sublattice("S").sitesPerFormulaUnit, 4.0);
    QCOMPARE(
        composition::amountOf(composition::compositionFormula(host, composition::defaultComposition(host)),
                              Element::fromSymbol("Li")),
        6.0);
    QVERIFY(host.mobile().minimumDistance > 1.868 && host.mobile().minimumDistance < 2.217);
    QVERIFY(crystal::spaceGroup(host.primitiveCell()).number > 1);
    const auto cell = builder::decoratedSupercell(host, composition::defaultComposition(host), 1);
    buildsCells(proposal, static_cast<int>(cell.size()));
    QVERIFY(cell.size() >= 100 && cell.size() <= 250);
}

void TestHostProposal::nasicon() {
    // No type symbols: elements from the labels, states from bond valences.
    const HostProposal proposal = proposeFile("nasicon-like.cif");
    const Host& host = proposal.host;
    QCOMPARE(host.mobile().species.front().element.symbol(), std::string_view("Na"));
    QCOMPARE(ownFormula(host).contains("Na3"), true);
    // Si and P mix, Zr does not: the file's own mixing comes first.
    QCOMPARE(host.mixed().name, std::string("Si"));
    QVERIFY((host.mixed().defaultCounts == std::vector<int>{2, 1}));
    QVERIFY(hasNote(proposal, "Zr +4 chosen"));
    QCOMPARE(host.mobile().minimumDistance, 0.0);
    QCOMPARE(host.spaceGroup, std::string("R-3c"));
    for (const auto& site : proposal.sites) {
        if (site.label == "Zr1") QVERIFY(std::abs(site.valenceSum - 4.0) < 0.5);
        if (site.label == "O1" || site.label == "O2") QVERIFY(std::abs(site.valenceSum + 2.0) < 0.4);
        if (site.label == "Na1") QCOMPARE(site.multiplicity, 6);
    }
    buildsCells(
        proposal,
        static_cast<int>(builder::decoratedSupercell(host, composition::defaultComposition(host), 1).size()));
}

void TestHostProposal::statesByValenceSums_data() {
    QTest::addColumn<QString>("element");
    QTest::addColumn<double>("edge");  // of a perovskite cell with M in its corners, Å: M–O is half of it
    QTest::addColumn<double>("lithium");  // on four sites of the cell
    QTest::addColumn<int>("state");
    const auto row = [](const char* name, const char* element, double edge, double lithium, int state) {
        QTest::newRow(name) << QString(element) << edge << lithium << state;
    };
    row("neutral Sn4+", "Sn", 4.12, 2.0, 4);
    row("neutral Sn2+", "Sn", 4.64, 4.0, 2);
    row("neutral Sb5+", "Sb", 4.02, 1.0, 5);
    row("neutral Fe3+", "Fe", 4.02, 3.0, 3);
    row("neutral Fe2+ with short bonds", "Fe", 4.02, 4.0, 2);
    // Half a charge off either way: the lengths decide.
    row("short bonds", "Fe", 4.02, 3.5, 3);
    row("long bonds", "Fe", 4.50, 3.5, 2);
}

void TestHostProposal::statesByValenceSums() {
    QFETCH(QString, element);
    QFETCH(double, edge);
    QFETCH(double, lithium);
    QFETCH(int, state);
    const std::string a = QString::number(edge).toStdString();
    const std::string occupancy = QString::number(lithium / 4.0).toStdString();
    const HostProposal proposal =
        propose("data_x\n_cell_length_a " + a + "\n_cell_length_b " + a + "\n_cell_length_c " + a +
                "\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n"
                "_space_group_name_H-M_alt 'P m -3 m'\nloop_\n_atom_site_label\n_atom_site_fract_x\n"
                "_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n" +
                element.toStdString() + "1 0 0 0 1\nO1 0.5 0 0 1\nLi1 0.5 0.5 0.5 " + occupancy +
                "\nLi2 0.5 0.5 0 " + occupancy + "\n");
    QCOMPARE(states(proposal.host).at(element.toStdString()), state);
}

void TestHostProposal::givenStatesAndDopants() {
    ProposalOptions options;
    options.oxidationStates = {{Element::fromSymbol("Ta"), 4}};
    options.dopants = {{Element::fromSymbol("Nb"), 5}, {Element::fromSymbol("Zr"), 4}};
    const HostProposal proposal = proposeFile("llzo-like.cif", options);
    QCOMPARE(states(proposal.host).at("Ta"), 4);
    QVERIFY(hasNote(proposal, "Ta +4 as given"));
    QCOMPARE(proposal.mobileBalanced, 7.0);
    QVERIFY(hasNote(proposal, "charge balance asks for Li7"));
    // Zr is there already; Nb is new and not part of the host's own composition.
    QCOMPARE(proposal.host.mixed().species.size(), std::size_t{3});
    QVERIFY((proposal.host.mixed().defaultCounts == std::vector<int>{3, 1, 0}));
    options.mobile = Element::fromSymbol("Na");
    QVERIFY(messageOf([&] { proposeFile("llzo-like.cif", options); }).contains("no site holds Na alone"));
}

void TestHostProposal::editedProposals() {
    HostProposal proposal = proposeFile("llzo-like.cif");
    for (Sublattice& sublattice : proposal.host.sublattices) {
        if (sublattice.name == "La") sublattice.species[0].oxidationState = 1;
    }
    QVERIFY(messageOf([&] { workflow::finishedHost(proposal); }).isEmpty());  // Li12.5 of 15 sites
    for (Sublattice& sublattice : proposal.host.sublattices) {
        if (sublattice.name == "La") sublattice.species[0].oxidationState = 7;
    }
    const QString what = messageOf([&] { workflow::finishedHost(proposal); });
    QVERIFY2(what.contains("charge balance needs -5.5 Li"), qPrintable(what));
    proposal.host.asymmetricSites[0].sublattice = "Q";
    QVERIFY(messageOf([&] { workflow::finishedHost(proposal); }).contains("there is no sublattice \"Q\""));
}

void TestHostProposal::brokenFilesAreRefused_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* from, const char* to, const char* message) {
        QTest::addRow("%s -> %s", from, to) << QString(from) << QString(to) << QString(message);
    };
    row("0 0 0 0.25", "0 0 0 0.35", "a.cif:21: the occupancies on the site of 'Ta' add up to 1.1");
    row("0 0 0 0.25", "0 0 0 -0.25", "a.cif:21: site 'Ta' has the occupancy -0.25");
    row("0.1495 1", "0.1495 1.2", "a.cif:22: site 'O' has the occupancy 1.2");
    row("0.1495 1", "0.1495 0.9", "site O is filled to 0.9 only (O 0.9)");
    row("Ta Ta 0 0 0 0.25", "Li3 Li 0 0 0 0.25", "site Zr holds Zr 0.75 Li 0.25: the mobile ion Li needs");
    row("Zr Zr 0 0 0 0.75", "Ar Ar 0 0 0 0.75", "Ar has no common oxidation state");
    row("I a -3 d", "I a -3 x", "unknown space group");
}

void TestHostProposal::brokenFilesAreRefused() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    const std::string text = replaced(textOf("llzo-like.cif"), from.toStdString(), to.toStdString());
    const QString what = messageOf([&] { propose(text); });
    QVERIFY2(what.contains(message), qPrintable(what));
}

QTEST_APPLESS_MAIN(TestHostProposal)
#include "test_host_proposal.moc"
