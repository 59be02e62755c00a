<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>DecorationFields</name>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>Which cell is decorated: the host&apos;s cell for molecular dynamics, or the most compact one of so many primitive cells. Small cells are quick, and have few arrangements.</source>
        <translation>Welche Zelle besetzt wird: die Zelle des Wirtsgitters für die Molekulardynamik oder die kompakteste aus so vielen primitiven Zellen. Kleine Zellen rechnen schnell und haben wenige Anordnungen.</translation>
    </message>
    <message>
        <source>MD cell</source>
        <translation>MD-Zelle</translation>
    </message>
    <message>
        <source>smallest cell</source>
        <translation>kleinste Zelle</translation>
    </message>
    <message>
        <source>%1 × primitive</source>
        <translation>%1 × primitiv</translation>
    </message>
    <message>
        <source>Tolerance of the relaxation</source>
        <translation>Toleranz der Relaxation</translation>
    </message>
    <message>
        <source>%1 eV/Å</source>
        <translation>%1 eV/Å</translation>
    </message>
    <message>
        <source>Potential</source>
        <translation>Potential</translation>
    </message>
    <message>
        <source>The potential that relaxes the cells and gives energies</source>
        <translation>Das Potential, das die Zellen relaxiert und die Energien liefert</translation>
    </message>
    <message>
        <source>embedded potential</source>
        <translation>eingebautes Potential</translation>
    </message>
    <message>
        <source>Relaxation ends when no force is larger than this. A coarse one is quicker and leaves the energy too high: good for a first look, not for a hull.</source>
        <translation>Die Relaxation endet, wenn keine Kraft größer als dies ist. Eine grobe Grenze ist schneller und lässt die Energie zu hoch: gut für einen ersten Blick, nicht für eine Hülle.</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ArrheniusPlot</name>
    <message>
        <source>Activation energy of the Arrhenius line through all points</source>
        <translation>Aktivierungsenergie der Arrhenius-Geraden durch alle Punkte</translation>
    </message>
    <message>
        <source>Extrapolated along the line, with the band that 95 % of repeated experiments would leave</source>
        <translation>Entlang der Geraden extrapoliert, mit dem Band, das 95 % wiederholter Experimente ließen</translation>
    </message>
    <message>
        <source>Vogel–Tammann–Fulcher law against Arrhenius, by Akaike&apos;s criterion</source>
        <translation>Vogel–Tammann–Fulcher-Gesetz gegen Arrhenius, nach Akaikes Kriterium</translation>
    </message>
    <message>
        <source>log₁₀ σT (S K/cm)</source>
        <translation>log₁₀ σT (S K/cm)</translation>
    </message>
    <message>
        <source>log₁₀ D* (cm²/s)</source>
        <translation>log₁₀ D* (cm²/s)</translation>
    </message>
    <message>
        <source>Arrhenius plot</source>
        <translation>Arrhenius-Diagramm</translation>
    </message>
    <message>
        <source>Points come from all runs of this composition in the list. The line is fitted to them with their errors; beyond them it is dashed, with the band that 95 % of repeated experiments would leave.</source>
        <translation>Die Punkte stammen von allen Läufen dieser Zusammensetzung in der Liste. Die Gerade ist mit deren Fehlern angepasst; jenseits der Punkte ist sie gestrichelt, mit dem Band, das 95 % wiederholter Experimente ließen.</translation>
    </message>
    <message>
        <source>1000 / T (1/K)</source>
        <translation>1000 / T (1/K)</translation>
    </message>
    <message>
        <source>°C</source>
        <translation>°C</translation>
    </message>
    <message>
        <source>Runs of one composition at several temperatures make the Arrhenius plot: run it at another temperature, or open such runs.</source>
        <translation>Läufe einer Zusammensetzung bei mehreren Temperaturen ergeben das Arrhenius-Diagramm: bei einer anderen Temperatur rechnen oder solche Läufe öffnen.</translation>
    </message>
    <message>
        <source>%1 K </source>
        <translation>%1 K </translation>
    </message>
    <message>
        <source>%1
%2 K · %3 ± %4</source>
        <translation>%1
%2 K · %3 ± %4</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::CompareTray</name>
    <message>
        <source>Select compositions in the map or the table and press Compare.</source>
        <translation>Zusammensetzungen in der Karte oder der Tabelle auswählen und „Vergleichen“ drücken.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::CompositionCard</name>
    <message>
        <source>Open in 3D</source>
        <translation>In 3D öffnen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Star: keeps the composition in sight, here and in filters (star)</source>
        <translation>Stern: behält die Zusammensetzung im Blick, hier und in Filtern (star)</translation>
    </message>
    <message>
        <source>Take away from the comparison</source>
        <translation>Aus dem Vergleich nehmen</translation>
    </message>
    <message>
        <source>Builds the cell and shows it (double click in map or table)</source>
        <translation>Baut die Zelle und zeigt sie (Doppelklick in Karte oder Tabelle)</translation>
    </message>
    <message>
        <source>Builds, relaxes and runs dynamics with the settings of the Compose stage</source>
        <translation>Baut und relaxiert die Zelle und rechnet die Dynamik mit den Einstellungen des Bereichs „Entwerfen“</translation>
    </message>
    <message>
        <source>Puts the selected compositions side by side</source>
        <translation>Stellt die ausgewählten Zusammensetzungen nebeneinander</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Select a composition</source>
        <translation>Eine Zusammensetzung auswählen</translation>
    </message>
    <message>
        <source>Click a point of the map or a row of the table.&lt;br&gt;Draw around points to select several.</source>
        <translation>Einen Punkt der Karte oder eine Zeile der Tabelle anklicken.&lt;br&gt;Punkte umfahren, um mehrere auszuwählen.</translation>
    </message>
    <message>
        <source>HE</source>
        <translation>HE</translation>
    </message>
    <message>
        <source>ME</source>
        <translation>ME</translation>
    </message>
    <message>
        <source>LE</source>
        <translation>NE</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::CompositionPanel</name>
    <message>
        <source>Preset composition</source>
        <translation>Vorgegebene Zusammensetzung</translation>
    </message>
    <message>
        <source>Compositions of the literature to start from</source>
        <translation>Zusammensetzungen aus der Literatur als Ausgangspunkt</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>A formula of the host; Return takes it over. Amounts on the mixed site are multiples of 1/%1 of its sites.</source>
        <translation>Eine Formel des Wirtsgitters; die Eingabetaste übernimmt sie. Anteile auf dem gemischten Platz sind Vielfache von 1/%1 seiner Plätze.</translation>
    </message>
    <message>
        <source>LZHSTNSP — Zr₄Hf₃Sn₃Ti₃Nb₃, the published best</source>
        <translation>LZHSTNSP — Zr₄Hf₃Sn₃Ti₃Nb₃, das Beste der Literatur</translation>
    </message>
    <message>
        <source>LZSP — Li₃Zr₂Si₂PO₁₂, pristine</source>
        <translation>LZSP — Li₃Zr₂Si₂PO₁₂, undotiert</translation>
    </message>
    <message>
        <source>LZSHSSP — Zr₄Sc₄Hf₄Sn₄, type 4-1, rich in Li</source>
        <translation>LZSHSSP — Zr₄Sc₄Hf₄Sn₄, Typ 4-1, reich an Li</translation>
    </message>
    <message>
        <source>Own composition</source>
        <translation>Eigene Zusammensetzung</translation>
    </message>
    <message>
        <source>Host framework</source>
        <translation>Wirtsgerüst</translation>
    </message>
    <message>
        <source>The framework whose sites are filled</source>
        <translation>Das Gerüst, dessen Plätze besetzt werden</translation>
    </message>
    <message>
        <source>%1 site: %2 positions</source>
        <translation>Platz %1: %2 Positionen</translation>
    </message>
    <message>
        <source>Type a formula, e.g. %1</source>
        <translation>Eine Formel eingeben, z. B. %1</translation>
    </message>
    <message>
        <source>New host from a CIF…</source>
        <translation>Neues Wirtsgitter aus CIF …</translation>
    </message>
    <message>
        <source>change of the composition</source>
        <translation>(Änderung der Zusammensetzung)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::CompositionSummary</name>
    <message>
        <source>No element chosen: click one above.</source>
        <translation>Kein Element gewählt: oben eines anklicken.</translation>
    </message>
    <message>
        <source>%1 of %2 sites filled: add %3 more.</source>
        <translation>%1 von %2 Plätzen besetzt: noch %3 hinzufügen.</translation>
    </message>
    <message>
        <source>%1 of %2 sites filled: take %3 away.</source>
        <translation>%1 von %2 Plätzen besetzt: %3 wegnehmen.</translation>
    </message>
    <message>
        <source>Neutrality would need %1 %2 per formula unit: use fewer elements of high valence.</source>
        <translation>Neutral wäre es mit %1 %2 je Formeleinheit: weniger Elemente hoher Wertigkeit verwenden.</translation>
    </message>
    <message>
        <source>Neutrality would need %1 %2 per formula unit, but there are only %3 sites: use elements of higher valence.</source>
        <translation>Neutral wäre es mit %1 %2 je Formeleinheit, es gibt aber nur %3 Plätze: Elemente höherer Wertigkeit verwenden.</translation>
    </message>
    <message>
        <source>Formula unit of the host with the mobile ion from charge balance</source>
        <translation>Formeleinheit des Wirtsgitters; das bewegliche Ion folgt aus der Ladungsbilanz</translation>
    </message>
    <message>
        <source>Per formula unit, from charge balance: Li = 3 + Σ n_M (4 − z_M) for LZSP</source>
        <translation>Je Formeleinheit, aus der Ladungsbilanz: Li = 3 + Σ n_M (4 − z_M) für LZSP</translation>
    </message>
    <message>
        <source>S_config = −R Σ x ln x over the mixed site. High entropy from 1.5 R, medium from 1 R (Fu et al., npj Comput. Mater. 12, 178 (2026)).</source>
        <translation>S_config = −R Σ x ln x über den gemischten Platz. Hohe Entropie ab 1,5 R, mittlere ab 1 R (Fu et al., npj Comput. Mater. 12, 178 (2026)).</translation>
    </message>
    <message>
        <source>S = %1 R</source>
        <translation>S = %1 R</translation>
    </message>
    <message>
        <source>High entropy</source>
        <translation>Hohe Entropie</translation>
    </message>
    <message>
        <source>Medium entropy</source>
        <translation>Mittlere Entropie</translation>
    </message>
    <message>
        <source>Low entropy</source>
        <translation>Niedrige Entropie</translation>
    </message>
    <message>
        <source>✓ Charges balance, all %1 sites filled</source>
        <translation>✓ Ladungen ausgeglichen, alle %1 Plätze besetzt</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::CsvColumnsDialog</name>
    <message>
        <source>learn the decadic logarithm</source>
        <translation>den dekadischen Logarithmus lernen</translation>
    </message>
    <message>
        <source>Columns of %1</source>
        <translation>Spalten von %1</translation>
    </message>
    <message>
        <source>Paths of relaxed cells (CIF, POSCAR, extxyz), seen from the folder of the table</source>
        <translation>Pfade relaxierter Zellen (CIF, POSCAR, extxyz), vom Ordner der Tabelle aus</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>Zusammensetzung</translation>
    </message>
    <message>
        <source>Value to learn</source>
        <translation>Zu lernender Wert</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Error of the value</source>
        <translation>Fehler des Werts</translation>
    </message>
    <message>
        <source>Structure file</source>
        <translation>Strukturdatei</translation>
    </message>
    <message>
        <source>Occupancy type</source>
        <translation>Besetzungstyp</translation>
    </message>
    <message>
        <source>– none –</source>
        <translation>– keine –</translation>
    </message>
    <message>
        <source>%1 of %2 rows can be used.</source>
        <translation>%1 von %2 Zeilen sind verwendbar.</translation>
    </message>
    <message>
        <source>First problem: %1</source>
        <translation>Erstes Problem: %1</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ElementFilter</name>
    <message>
        <source>required</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; %2 is %3.&lt;br&gt;</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; %2 ist %3.&lt;br&gt;</translation>
    </message>
    <message>
        <source>Click: allow, require, exclude in turn. Right click: exclude.</source>
        <translation>Klick: reihum erlauben, verlangen, ausschließen. Rechtsklick: ausschließen.</translation>
    </message>
    <message>
        <source>Elements that a composition must or must not hold</source>
        <translation>Elemente, die eine Zusammensetzung enthalten muss oder nicht enthalten darf</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ElementLegend</name>
    <message>
        <source>Element colours: %1</source>
        <translation>Farben der Elemente: %1</translation>
    </message>
    <message>
        <source>Click an element to hide or show it</source>
        <translation>Ein Klick blendet ein Element aus oder wieder ein</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::EnsembleJob</name>
    <message>
        <source>this folder cannot be created; see whether the disk is full or read-only</source>
        <translation>dieser Ordner lässt sich nicht anlegen; prüfen, ob der Datenträger voll oder schreibgeschützt ist</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::EnsemblePanel</name>
    <message>
        <source>Distinct</source>
        <translation>Nur verschiedene</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Bauen</translation>
    </message>
    <message>
        <source>Relax all</source>
        <translation>Alle relaxieren</translation>
    </message>
    <message>
        <source>Show in 3D</source>
        <translation>In 3D zeigen</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Alle starten</translation>
    </message>
    <message>
        <source>Ensemble of decorations</source>
        <translation>Ensemble von Anordnungen</translation>
    </message>
    <message>
        <source>How members are made</source>
        <translation>Wie die Mitglieder entstehen</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Drawn uniformly from all arrangements</source>
        <translation>Gleichverteilt aus allen Anordnungen gezogen</translation>
    </message>
    <message>
        <source>Ewald-ranked</source>
        <translation>Nach Ewald-Energie</translation>
    </message>
    <message>
        <source>Of 1000 random ones those of lowest electrostatic energy of the formal charges</source>
        <translation>Von 1000 zufälligen die mit der niedrigsten elektrostatischen Energie der formalen Ladungen</translation>
    </message>
    <message>
        <source>Quasirandom (SQS)</source>
        <translation>Quasizufällig (SQS)</translation>
    </message>
    <message>
        <source>Pair correlations as near to the random alloy&apos;s as annealing brings them</source>
        <translation>Paarkorrelationen so nahe an denen der zufälligen Legierung, wie simuliertes Abkühlen sie bringt</translation>
    </message>
    <message>
        <source>All distinct</source>
        <translation>Alle verschiedenen</translation>
    </message>
    <message>
        <source>Every arrangement that symmetry does not make the same as another; for small cells</source>
        <translation>Jede Anordnung, die nicht durch Symmetrie einer anderen gleicht; für kleine Zellen</translation>
    </message>
    <message>
        <source>Number of members</source>
        <translation>Anzahl der Mitglieder</translation>
    </message>
    <message>
        <source>Seed of the first member</source>
        <translation>Startwert des ersten Mitglieds</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>Startwert </translation>
    </message>
    <message>
        <source>Seed of the first member; the next ones have the next seeds. The same seed gives the same member.</source>
        <translation>Startwert des ersten Mitglieds; die nächsten haben die nächsten Startwerte. Gleicher Startwert, gleiches Mitglied.</translation>
    </message>
    <message>
        <source>Leave out arrangements that symmetry makes the same as an earlier one</source>
        <translation>Anordnungen weglassen, die durch Symmetrie einer früheren gleichen</translation>
    </message>
    <message>
        <source>Members of the ensemble</source>
        <translation>Mitglieder des Ensembles</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Mult.</source>
        <translation>Mult.</translation>
    </message>
    <message>
        <source>E (eV/atom)</source>
        <translation>E (eV/Atom)</translation>
    </message>
    <message>
        <source>ΔE (meV/atom)</source>
        <translation>ΔE (meV/Atom)</translation>
    </message>
    <message>
        <source>V (Å³)</source>
        <translation>V (Å³)</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Equivalent arrangements that this one stands for; empty where symmetry was not asked</source>
        <translation>Gleichwertige Anordnungen, für die diese steht; leer, wo nicht nach der Symmetrie gefragt wurde</translation>
    </message>
    <message>
        <source>Energy of the relaxed cell</source>
        <translation>Energie der relaxierten Zelle</translation>
    </message>
    <message>
        <source>Above the lowest member relaxed so far</source>
        <translation>Über dem niedrigsten bisher relaxierten Mitglied</translation>
    </message>
    <message>
        <source>Volume of the relaxed cell</source>
        <translation>Volumen der relaxierten Zelle</translation>
    </message>
    <message>
        <source>Boltzmann weight of the cell at the temperature below</source>
        <translation>Boltzmann-Gewicht der Zelle bei der Temperatur unten</translation>
    </message>
    <message>
        <source>Relaxes atoms and cell of every member. Members relaxed before are taken from their file, so that stopping loses nothing.</source>
        <translation>Relaxiert Atome und Zelle jedes Mitglieds. Bereits relaxierte Mitglieder kommen aus ihrer Datei, sodass beim Anhalten nichts verloren geht.</translation>
    </message>
    <message>
        <source>Shows the selected member in the 3D view (also double click)</source>
        <translation>Zeigt das ausgewählte Mitglied in der 3D-Ansicht (auch Doppelklick)</translation>
    </message>
    <message>
        <source>One molecular dynamics run for each member, with the settings of the Compose stage</source>
        <translation>Ein Molekulardynamik-Lauf für jedes Mitglied, mit den Einstellungen des Bereichs „Entwerfen“</translation>
    </message>
    <message>
        <source>Temperature of the Boltzmann weights</source>
        <translation>Temperatur der Boltzmann-Gewichte</translation>
    </message>
    <message>
        <source> K</source>
        <translation> K</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Writes the cells, relaxed where they are</source>
        <translation>Schreibt die Zellen, relaxiert, soweit sie es sind</translation>
    </message>
    <message>
        <source>One extended XYZ file…</source>
        <translation>Eine Datei in erweitertem XYZ …</translation>
    </message>
    <message>
        <source>CIF files in a folder…</source>
        <translation>CIF-Dateien in einem Ordner …</translation>
    </message>
    <message>
        <source>Stopped. Relax all continues with the members that are left.</source>
        <translation>Angehalten. „Alle relaxieren“ macht mit den übrigen Mitgliedern weiter.</translation>
    </message>
    <message>
        <source>%1 (built: %2)</source>
        <translation>%1 (gebaut: %2)</translation>
    </message>
    <message>
        <source>Click a composition in the map or the table first; its arrangements are made here.</source>
        <translation>Zuerst eine Zusammensetzung in der Karte oder der Tabelle anklicken; ihre Anordnungen entstehen hier.</translation>
    </message>
    <message>
        <source>Press Build to arrange the ions of %1 in several ways.</source>
        <translation>„Bauen“ drücken, um die Ionen von %1 auf mehrere Arten anzuordnen.</translation>
    </message>
    <message>
        <source>Select a composition first</source>
        <translation>Zuerst eine Zusammensetzung auswählen</translation>
    </message>
    <message>
        <source>Makes the members for %1</source>
        <translation>Erzeugt die Mitglieder für %1</translation>
    </message>
    <message>
        <source>E Ewald (eV)</source>
        <translation>E Ewald (eV)</translation>
    </message>
    <message>
        <source>SQS score</source>
        <translation>SQS-Bewertung</translation>
    </message>
    <message>
        <source>Electrostatic energy of the cell with formal charges; lower is better</source>
        <translation>Elektrostatische Energie der Zelle mit formalen Ladungen; niedriger ist besser</translation>
    </message>
    <message>
        <source>Distance of the pair correlations from the random alloy&apos;s; lower is better</source>
        <translation>Abstand der Paarkorrelationen von denen der zufälligen Legierung; niedriger ist besser</translation>
    </message>
    <message>
        <source>built</source>
        <translation>gebaut</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>relaxed</source>
        <translation>relaxiert</translation>
    </message>
    <message>
        <source>not converged</source>
        <translation>nicht konvergiert</translation>
    </message>
    <message>
        <source>%1 steps, largest force %2 eV/Å, largest stress %3 GPa</source>
        <translation>%1 Schritte, größte Kraft %2 eV/Å, größte Spannung %3 GPa</translation>
    </message>
    <message>
        <source>E %1 meV/atom</source>
        <translation>E %1 meV/Atom</translation>
    </message>
    <message>
        <source>V %1 Å³</source>
        <translation>V %1 Å³</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>Boltzmann %1 K: E %2 meV/atom, V %3 Å³</source>
        <translation>Boltzmann %1 K: E %2 meV/Atom, V %3 Å³</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 not converged, left out</source>
        <translation>%1 nicht konvergiert, weggelassen</translation>
    </message>
    <message>
        <source>%1 members of %2 atoms</source>
        <translation>%1 Mitglieder mit %2 Atomen</translation>
    </message>
    <message>
        <source>Mean ± standard deviation over the members whose relaxation converged</source>
        <translation>Mittelwert ± Standardabweichung über die Mitglieder, deren Relaxation konvergiert ist</translation>
    </message>
    <message>
        <source>%1, member %2 (relaxed)</source>
        <translation>%1, Mitglied %2 (relaxiert)</translation>
    </message>
    <message>
        <source>%1, member %2 (not relaxed yet)</source>
        <translation>%1, Mitglied %2 (noch nicht relaxiert)</translation>
    </message>
    <message>
        <source>Export the members</source>
        <translation>Mitglieder exportieren</translation>
    </message>
    <message>
        <source>Folder for the CIF files</source>
        <translation>Ordner für die CIF-Dateien</translation>
    </message>
    <message>
        <source>Extended XYZ (*.extxyz *.xyz)</source>
        <translation>Erweitertes XYZ (*.extxyz *.xyz)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>n = </source>
        <translation>n = </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::FileLoader</name>
    <message>
        <source>The trajectory is long: one frame in %1 is shown.</source>
        <translation>Die Trajektorie ist lang: von %1 Bildern wird eines gezeigt.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::FurtherSites</name>
    <message>
        <source>%1 site: %2 positions</source>
        <translation>Platz %1: %2 Positionen</translation>
    </message>
    <message>
        <source>Takes the sites that the others leave</source>
        <translation>Belegt die Plätze, die die anderen frei lassen</translation>
    </message>
    <message>
        <source>Number of %1 of %2 sites</source>
        <translation>Anzahl %1 auf %2 Plätzen</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::HistogramPlot</name>
    <message>
        <source>Histogram of %1</source>
        <translation>Histogramm: %1</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Share (%)</source>
        <translation>Anteil (%)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::HopCard</name>
    <message>
        <source>Find barrier (NEB)</source>
        <translation>Barriere suchen (NEB)</translation>
    </message>
    <message>
        <source>Barrier of a hop</source>
        <translation>Barriere eines Sprungs</translation>
    </message>
    <message>
        <source>Images between the ends</source>
        <translation>Bilder zwischen den Enden</translation>
    </message>
    <message>
        <source>Show path</source>
        <translation>Pfad zeigen</translation>
    </message>
    <message>
        <source>The images of the path in the 3D view, to be played like a run</source>
        <translation>Die Bilder des Pfads in der 3D-Ansicht, abspielbar wie ein Lauf</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>All images (extended XYZ) or the energy profile (CSV)</source>
        <translation>Alle Bilder (Extended XYZ) oder das Energieprofil (CSV)</translation>
    </message>
    <message>
        <source>Relaxes both ends at the cell of the run, then the path between them (nudged elastic band with a climbing image); potential: %1</source>
        <translation>Relaxiert beide Enden in der Zelle des Laufs, dann den Pfad zwischen ihnen (Nudged Elastic Band mit kletterndem Bild); Potential: %1</translation>
    </message>
    <message>
        <source>the embedded one</source>
        <translation>das mitgelieferte</translation>
    </message>
    <message>
        <source>Select a jump (in the table, the graph or 3D), or click an ion or a site and then the site it should hop to.</source>
        <translation>Einen Sprung auswählen (in Tabelle, Graph oder 3D), oder ein Ion oder einen Platz anklicken und dann den Platz, zu dem es springen soll.</translation>
    </message>
    <message>
        <source>%1: %2 eV forth, %3 eV back</source>
        <translation>%1: %2 eV hin, %3 eV zurück</translation>
    </message>
    <message>
        <source> (step %1, largest force %2 eV/Å)</source>
        <translation> (Schritt %1, größte Kraft %2 eV/Å)</translation>
    </message>
    <message>
        <source> (not converged: %1 eV/Å are left)</source>
        <translation> (nicht konvergiert: %1 eV/Å bleiben)</translation>
    </message>
    <message>
        <source>Potential: %1. From the frame at %2 ps; next ion %3 Å from the target. %4</source>
        <translation>Potential: %1. Vom Bild bei %2 ps; nächstes Ion %3 Å vom Ziel. %4</translation>
    </message>
    <message>
        <source>The highest image climbed to the saddle.</source>
        <translation>Das höchste Bild ist auf den Sattel geklettert.</translation>
    </message>
    <message>
        <source>No image has climbed: the saddle lies between images.</source>
        <translation>Kein Bild ist geklettert: der Sattel liegt zwischen Bildern.</translation>
    </message>
    <message>
        <source> (no saddle on the way: one end is hardly a state of its own at rest)</source>
        <translation> (kein Sattel auf dem Weg: ein Ende ist in Ruhe kaum ein eigener Zustand)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::HopJob</name>
    <message>
        <source>This jump is no longer there: select it again.</source>
        <translation>Diesen Sprung gibt es nicht mehr: bitte neu auswählen.</translation>
    </message>
    <message>
        <source>The frames of this jump are gone: select it again.</source>
        <translation>Die Bilder dieses Sprungs sind nicht mehr da: bitte neu auswählen.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::HostDialog</name>
    <message>
        <source>Further species: &quot;%1&quot; is not an element with its oxidation state, such as Hf 4</source>
        <translation>Weitere Spezies: „%1“ ist kein Element mit Oxidationszahl wie etwa Hf 4</translation>
    </message>
    <message>
        <source>New host from %1</source>
        <translation>Neues Wirtsgitter aus %1</translation>
    </message>
    <message>
        <source>Sites with the same species become one sublattice. Check the mobile ion and the oxidation states; with further species the first mixed site spans a composition space.</source>
        <translation>Plätze mit denselben Spezies werden zu einem Untergitter. Das bewegliche Ion und die Oxidationszahlen prüfen; mit weiteren Spezies spannt der erste gemischte Platz einen Zusammensetzungsraum auf.</translation>
    </message>
    <message>
        <source>e.g. Hf 4, Sn 4, Nb 5</source>
        <translation>z. B. Hf 4, Sn 4, Nb 5</translation>
    </message>
    <message>
        <source>Where the structure is from</source>
        <translation>Woher die Struktur stammt</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>Kurzname</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Literaturangabe</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>selbst ermittelt</translation>
    </message>
    <message>
        <source>Mobile ion</source>
        <translation>Bewegliches Ion</translation>
    </message>
    <message>
        <source>Further species</source>
        <translation>Weitere Spezies</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Spezies</translation>
    </message>
    <message>
        <source>Multiplicity</source>
        <translation>Zähligkeit</translation>
    </message>
    <message>
        <source>Sublattice</source>
        <translation>Untergitter</translation>
    </message>
    <message>
        <source>Bond-valence sum</source>
        <translation>Bindungsvalenzsumme</translation>
    </message>
    <message>
        <source>Save host</source>
        <translation>Wirtsgitter speichern</translation>
    </message>
    <message>
        <source>Oxidation state of %1</source>
        <translation>Oxidationszahl von %1</translation>
    </message>
    <message>
        <source>Proposed from common states, neutrality and bond-valence sums</source>
        <translation>Vorgeschlagen nach üblichen Oxidationszahlen, Neutralität und Bindungsvalenzsummen</translation>
    </message>
    <message>
        <source>Oxidation states</source>
        <translation>Oxidationszahlen</translation>
    </message>
    <message>
        <source>&lt;span style=&apos;color:%1&apos;&gt;✓&lt;/span&gt; Charges balance: %2</source>
        <translation>&lt;span style=&apos;color:%1&apos;&gt;✓&lt;/span&gt; Ladungen ausgeglichen: %2</translation>
    </message>
    <message>
        <source>A host named %1 is there already: choose another short name.</source>
        <translation>Ein Wirtsgitter namens %1 gibt es schon: einen anderen Kurznamen wählen.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::HullPlot</name>
    <message>
        <source>Formation energies and the convex hull</source>
        <translation>Bildungsenergien und die konvexe Hülle</translation>
    </message>
    <message>
        <source>convex hull</source>
        <translation>konvexe Hülle</translation>
    </message>
    <message>
        <source>lowest arrangement</source>
        <translation>niedrigste Anordnung</translation>
    </message>
    <message>
        <source>mean ± spread</source>
        <translation>Mittel ± Streuung</translation>
    </message>
    <message>
        <source>E of formation (meV/atom)</source>
        <translation>Bildungsenergie (meV/Atom)</translation>
    </message>
    <message>
        <source>x in (1−x) %1 + x %2</source>
        <translation>x in (1−x) %1 + x %2</translation>
    </message>
    <message>
        <source>E of formation %1 meV/atom</source>
        <translation>Bildungsenergie %1 meV/Atom</translation>
    </message>
    <message>
        <source>above the hull %1 meV/atom</source>
        <translation>über der konvexen Hülle %1 meV/Atom</translation>
    </message>
    <message>
        <source>mean %1 ± %2 meV/atom</source>
        <translation>Mittel %1 ± %2 meV/Atom</translation>
    </message>
    <message>
        <source>E_f (meV/atom)</source>
        <translation>E_f (meV/Atom)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ImportForm</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>First frame only</source>
        <translation>Nur das erste Bild</translation>
    </message>
    <message>
        <source>Shows the first structure of the file without its motion</source>
        <translation>Zeigt die erste Struktur der Datei ohne ihre Bewegung</translation>
    </message>
    <message>
        <source>Do not open</source>
        <translation>Nicht öffnen</translation>
    </message>
    <message>
        <source>Questions about a trajectory</source>
        <translation>Fragen zu einer Trajektorie</translation>
    </message>
    <message>
        <source>%1 does not tell everything that is needed:</source>
        <translation>%1 sagt nicht alles, was gebraucht wird:</translation>
    </message>
    <message>
        <source>A structure file with the same atoms in the same order</source>
        <translation>Eine Strukturdatei mit denselben Atomen in derselben Reihenfolge</translation>
    </message>
    <message>
        <source>Structure with the cell</source>
        <translation>Struktur mit der Zelle</translation>
    </message>
    <message>
        <source>Choose the structure</source>
        <translation>Struktur wählen</translation>
    </message>
    <message>
        <source>element</source>
        <translation>Element</translation>
    </message>
    <message numerus="yes">
        <source>Atom type %1 (%n atoms)</source>
        <translation>
            <numerusform>Atomtyp %1 (%n Atom)</numerusform>
            <numerusform>Atomtyp %1 (%n Atome)</numerusform>
        </translation>
    </message>
    <message>
        <source> fs</source>
        <translation> fs</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Time between two step numbers</source>
        <translation>Zeit zwischen zwei Schrittnummern</translation>
    </message>
    <message>
        <source>Write the symbol of an element for type %1, such as Li</source>
        <translation>Das Symbol eines Elements für Typ %1 angeben, etwa Li</translation>
    </message>
    <message>
        <source>Give the time step; it is above zero</source>
        <translation>Den Zeitschritt angeben; er ist größer als null</translation>
    </message>
    <message>
        <source>Choose a structure file</source>
        <translation>Eine Strukturdatei wählen</translation>
    </message>
    <message>
        <source>The ion whose motion is analysed; the Transport stage can take another one</source>
        <translation>Das Ion, dessen Bewegung ausgewertet wird; unter Transport lässt sich ein anderes wählen</translation>
    </message>
    <message>
        <source>Mobile ion</source>
        <translation>Bewegliches Ion</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::JobCard</name>
    <message>
        <source>Stop this run; what was computed is kept</source>
        <translation>Diesen Lauf anhalten; Berechnetes bleibt erhalten</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>Datei in ihrem Ordner zeigen</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>waits for the run before it</source>
        <translation>wartet auf den Lauf davor</translation>
    </message>
    <message>
        <source>%1 ps simulated</source>
        <translation>%1 ps simuliert</translation>
    </message>
    <message>
        <source>largest force %1 eV/Å</source>
        <translation>größte Kraft %1 eV/Å</translation>
    </message>
    <message>
        <source>force spread %1 eV/Å</source>
        <translation>Kraftstreuung %1 eV/Å</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::JobsPanel</name>
    <message>
        <source>Queued</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Relaxing</source>
        <translation>Relaxiert</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>No run yet. Choose a composition and press Run.</source>
        <translation>Noch kein Lauf. Zusammensetzung wählen und „Starten“ drücken.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::JumpGraph</name>
    <message>
        <source>Sites and jumps as a graph</source>
        <translation>Plätze und Sprünge als Graph</translation>
    </message>
    <message>
        <source>Sites and the jumps between them appear here after the analysis.</source>
        <translation>Plätze und die Sprünge zwischen ihnen erscheinen hier nach der Auswertung.</translation>
    </message>
    <message>
        <source>fractional %1</source>
        <translation>%1, fraktionell</translation>
    </message>
    <message>
        <source>Site %1: %2 ions</source>
        <translation>Platz %1: %2 Ionen</translation>
    </message>
    <message>
        <source>%1 → %2: %3 jumps/ns, %4 Å</source>
        <translation>%1 → %2: %3 Sprünge/ns, %4 Å</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::JumpTable</name>
    <message>
        <source>Jumps between sites</source>
        <translation>Sprünge zwischen Plätzen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Jumps</source>
        <translation>Sprünge</translation>
    </message>
    <message>
        <source>Rate (1/ns)</source>
        <translation>Rate (1/ns)</translation>
    </message>
    <message>
        <source>E (eV)</source>
        <translation>E (eV)</translation>
    </message>
    <message>
        <source>Distance (Å)</source>
        <translation>Abstand (Å)</translation>
    </message>
    <message>
        <source>Jumps per ion in the first site and time, with one standard deviation of Poisson counts</source>
        <translation>Sprünge je Ion auf dem ersten Platz und Zeit, mit einer Standardabweichung der Poisson-Zählung</translation>
    </message>
    <message>
        <source>−kT ln(rate/ν₀): the barrier that the rate stands for at the temperature of the run</source>
        <translation>−kT ln(Rate/ν₀): die Barriere, für die die Rate bei der Temperatur des Laufs steht</translation>
    </message>
    <message>
        <source>ν₀ = %1 THz, measured: mean frequency of the ions&apos; vibrations in this run</source>
        <translation>ν₀ = %1 THz, gemessen: mittlere Frequenz der Schwingungen der Ionen in diesem Lauf</translation>
    </message>
    <message>
        <source>ν₀ = %1 THz, assumed</source>
        <translation>ν₀ = %1 THz, angenommen</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LadderForm</name>
    <message>
        <source>“%1” is no temperature: write them as 800, 900, 1000</source>
        <translation>„%1“ ist keine Temperatur: schreiben Sie etwa 800, 900, 1000</translation>
    </message>
    <message>
        <source>Run ladder</source>
        <translation>Leiter starten</translation>
    </message>
    <message>
        <source>Temperatures of the rungs, K, separated by commas</source>
        <translation>Temperaturen der Sprossen, K, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Decorations (seeds) at each temperature, from the seed above on</source>
        <translation>Anordnungen (Startwerte) je Temperatur, vom Startwert oben an</translation>
    </message>
    <message>
        <source>Rungs at once; they share the threads</source>
        <translation>Sprossen gleichzeitig; sie teilen sich die Threads</translation>
    </message>
    <message>
        <source>A rung ends early when the error of D* is below this part of it and nothing speaks against the fit; 0: all run to the length above</source>
        <translation>Eine Sprosse endet früher, wenn der Fehler von D* unter diesem Teil davon liegt und nichts gegen die Anpassung spricht; 0: alle laufen bis zur Länge oben</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Time between looks at D*; the Arrhenius plot follows</source>
        <translation>Zeit zwischen zwei Blicken auf D*; das Arrhenius-Diagramm folgt</translation>
    </message>
    <message>
        <source>Folder below the run folder. A folder that holds rungs of the same settings is continued, also after a crash.</source>
        <translation>Ordner unter dem der Läufe. Ein Ordner mit Sprossen der gleichen Einstellungen wird fortgesetzt, auch nach einem Absturz.</translation>
    </message>
    <message>
        <source>named by the composition</source>
        <translation>nach der Zusammensetzung benannt</translation>
    </message>
    <message>
        <source>Runs every temperature; length, seed and settings are those above</source>
        <translation>Rechnet jede Temperatur; Länge, Startwert und Einstellungen sind die von oben</translation>
    </message>
    <message>
        <source>T (K)</source>
        <translation>T (K)</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>gleichzeitig</translation>
    </message>
    <message>
        <source>End below</source>
        <translation>Ende unter</translation>
    </message>
    <message>
        <source>look every</source>
        <translation>Blick alle</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnDecorations</name>
    <message>
        <source>Predict decorations</source>
        <translation>Dekorationen vorhersagen</translation>
    </message>
    <message>
        <source>One composition can be built in many ways. Here its decorations are relaxed and predicted, to see what the arrangement of the atoms alone does.</source>
        <translation>Eine Zusammensetzung lässt sich auf viele Arten bauen. Hier werden ihre Dekorationen relaxiert und vorhergesagt, um zu sehen, was allein die Anordnung der Atome ausmacht.</translation>
    </message>
    <message>
        <source>Number of random decorations</source>
        <translation>Anzahl zufälliger Dekorationen</translation>
    </message>
    <message>
        <source>Random decorations. Each takes some seconds; the published test takes 1000. Those that were relaxed before are not computed again.</source>
        <translation>Zufällige Dekorationen. Jede braucht einige Sekunden; der veröffentlichte Test nimmt 1000. Was schon relaxiert wurde, wird nicht noch einmal gerechnet.</translation>
    </message>
    <message>
        <source>No composition</source>
        <translation>Keine Zusammensetzung</translation>
    </message>
    <message>
        <source>Predicted %1</source>
        <translation>%1, vorhergesagt</translation>
    </message>
    <message>
        <source>Predicted %1 (%2)</source>
        <translation>%1, vorhergesagt (%2)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 ± %3 %4 over %n decorations; 5 to 95 %: %5 to %6 %4.</source>
        <translation>
            <numerusform>%1: %2 ± %3 %4 über %n Dekoration; 5 bis 95 %: %5 bis %6 %4.</numerusform>
            <numerusform>%1: %2 ± %3 %4 über %n Dekorationen; 5 bis 95 %: %5 bis %6 %4.</numerusform>
        </translation>
    </message>
    <message>
        <source>Correlation with the energy: %1.</source>
        <translation>Korrelation mit der Energie: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n lie outside the training data.</source>
        <translation>
            <numerusform>%n liegt außerhalb der Trainingsdaten.</numerusform>
            <numerusform>%n liegen außerhalb der Trainingsdaten.</numerusform>
        </translation>
    </message>
    <message>
        <source>That is less than the error of one prediction, %1 %2: single decorations cannot be ranked.</source>
        <translation>Das ist weniger als der Fehler einer Vorhersage, %1 %2: Einzelne Dekorationen lassen sich nicht ordnen.</translation>
    </message>
    <message>
        <source>The error of one prediction is %1 %2.</source>
        <translation>Der Fehler einer Vorhersage ist %1 %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n could not be predicted.</source>
        <translation>
            <numerusform>%n ließ sich nicht vorhersagen.</numerusform>
            <numerusform>%n ließen sich nicht vorhersagen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnForm</name>
    <message>
        <source>Gradient boosting</source>
        <translation>Gradient Boosting</translation>
    </message>
    <message>
        <source>Random forest</source>
        <translation>Random Forest</translation>
    </message>
    <message>
        <source>Gaussian process</source>
        <translation>Gauß-Prozess</translation>
    </message>
    <message>
        <source>SISSO (a formula)</source>
        <translation>SISSO (eine Formel)</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>Nächste Nachbarn</translation>
    </message>
    <message>
        <source>Ridge regression</source>
        <translation>Ridge-Regression</translation>
    </message>
    <message>
        <source>Mean (baseline)</source>
        <translation>Mittelwert (Vergleich)</translation>
    </message>
    <message>
        <source>even out the targets</source>
        <translation>Zielwerte ausgleichen</translation>
    </message>
    <message>
        <source>Open dataset…</source>
        <translation>Datensatz öffnen…</translation>
    </message>
    <message>
        <source>Open table…</source>
        <translation>Tabelle öffnen…</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Save model…</source>
        <translation>Modell sichern…</translation>
    </message>
    <message>
        <source>Load model…</source>
        <translation>Modell laden…</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>No data are open. A campaign writes a dataset (dataset.h5); a table of your own measurements may be a CSV file.</source>
        <translation>Es sind keine Daten geöffnet. Eine Kampagne schreibt einen Datensatz (dataset.h5); eine Tabelle eigener Messungen kann eine CSV-Datei sein.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Opens the dataset of a campaign: relaxed cells with their mean squared displacements</source>
        <translation>Öffnet den Datensatz einer Kampagne: relaxierte Zellen mit ihren mittleren quadratischen Verschiebungen</translation>
    </message>
    <message>
        <source>Opens a CSV file with compositions and measured or published values</source>
        <translation>Öffnet eine CSV-Datei mit Zusammensetzungen und gemessenen oder veröffentlichten Werten</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Cell: published set</source>
        <translation>Zelle: veröffentlichter Satz</translation>
    </message>
    <message>
        <source>Li content, cell parameters, S_config, mean and spread of the symmetry measures of the relaxed cell (Fu et al. 2026, multinary model)</source>
        <translation>Li-Gehalt, Zellparameter, S_config, Mittel und Streuung der Symmetriemaße der relaxierten Zelle (Fu et al. 2026, multinäres Modell)</translation>
    </message>
    <message>
        <source>Cell: with bond lengths</source>
        <translation>Zelle: mit Bindungslängen</translation>
    </message>
    <message>
        <source>Li content, volume, bond lengths, mean and spread of the symmetry measures (Fu et al. 2026, quaternary model)</source>
        <translation>Li-Gehalt, Volumen, Bindungslängen, Mittel und Streuung der Symmetriemaße (Fu et al. 2026, quaternäres Modell)</translation>
    </message>
    <message>
        <source>Cell: everything</source>
        <translation>Zelle: alles</translation>
    </message>
    <message>
        <source>All features that are measured on a relaxed cell</source>
        <translation>Alle Merkmale, die an einer relaxierten Zelle gemessen werden</translation>
    </message>
    <message>
        <source>Composition alone</source>
        <translation>Nur Zusammensetzung</translation>
    </message>
    <message>
        <source>Descriptors of the composition: no cell is needed, so all of a space can be predicted</source>
        <translation>Deskriptoren der Zusammensetzung: Es braucht keine Zelle, so lässt sich ein ganzer Raum vorhersagen</translation>
    </message>
    <message>
        <source>an error</source>
        <translation>ein Fehler</translation>
    </message>
    <message>
        <source>mean and a flag</source>
        <translation>Mittel mit Kennzeichen</translation>
    </message>
    <message>
        <source>What a missing feature is, such as the distortion around Li in a cell without Li: an error, or the mean of the others with a further feature that says so</source>
        <translation>Was ein fehlendes Merkmal ist, etwa die Verzerrung um Li in einer Zelle ohne Li: ein Fehler oder das Mittel der übrigen mit einem weiteren Merkmal, das es sagt</translation>
    </message>
    <message>
        <source>random parts</source>
        <translation>zufälligen Teilen</translation>
    </message>
    <message>
        <source>leave an occupancy type out</source>
        <translation>ausgelassenem Besetzungstyp</translation>
    </message>
    <message>
        <source>leave an element out</source>
        <translation>ausgelassenem Element</translation>
    </message>
    <message>
        <source>How the model is tested on rows that it has not seen</source>
        <translation>Wie das Modell an Zeilen geprüft wird, die es nicht gesehen hat</translation>
    </message>
    <message>
        <source>Random parts of the data, each predicted from the others</source>
        <translation>Zufällige Teile der Daten, jeder aus den übrigen vorhergesagt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Random settings that are tried besides the usual ones; the best is kept</source>
        <translation>Zufällige Einstellungen, die neben den üblichen versucht werden; die beste bleibt</translation>
    </message>
    <message>
        <source>The same seed gives the same parts, settings and model</source>
        <translation>Gleicher Startwert ergibt gleiche Teile, Einstellungen und gleiches Modell</translation>
    </message>
    <message>
        <source>Leaves rows out where targets crowd, so that rare values count as much as common ones (Fu et al. 2026)</source>
        <translation>Lässt Zeilen aus, wo sich Zielwerte drängen, damit seltene Werte so viel zählen wie häufige (Fu et al. 2026)</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Zielgröße</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Gaps are</source>
        <translation>Lücken sind</translation>
    </message>
    <message>
        <source>Tested on</source>
        <translation>Geprüft an</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>New composition</source>
        <translation>Neue Zusammensetzung</translation>
    </message>
    <message>
        <source>Builds and relaxes the composition of the Compose stage with the potential chosen there, measures its cell and asks the model</source>
        <translation>Baut und relaxiert die Zusammensetzung der Stufe Zusammensetzen mit dem dort gewählten Potential, misst ihre Zelle und fragt das Modell</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n relaxed cell(s)</source>
        <translation>
            <numerusform>%n relaxierte Zelle</numerusform>
            <numerusform>%n relaxierte Zellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n mit Problem</numerusform>
            <numerusform>%n mit Problem</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2 rows)</source>
        <translation>%1 (%2 Zeilen)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) have no such features; the table says why.</source>
        <translation>
            <numerusform>%n Zeile hat keine solchen Merkmale; die Tabelle sagt, warum.</numerusform>
            <numerusform>%n Zeilen haben keine solchen Merkmale; die Tabelle sagt, warum.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 from %n row(s)</source>
        <translation>
            <numerusform>%1 aus %n Zeile</numerusform>
            <numerusform>%1 aus %n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>mean alone</source>
        <translation>nur Mittelwert</translation>
    </message>
    <message>
        <source>content alone</source>
        <translation>nur Gehalt</translation>
    </message>
    <message>
        <source>RMSE: root mean square error, MAE: mean absolute error, ρ: Spearman&apos;s rank correlation. Test: rows that the model had not seen. Mean alone: what predicting the mean gives on the same rows; content alone: a straight line through the content of the mobile ion.
%1</source>
        <translation>RMSE: Wurzel des mittleren quadratischen Fehlers, MAE: mittlerer absoluter Fehler, ρ: Rangkorrelation nach Spearman. Test: Zeilen, die das Modell nicht gesehen hat. Nur Mittelwert: was die Vorhersage des Mittelwerts an denselben Zeilen ergibt; nur Gehalt: eine Gerade durch den Gehalt des beweglichen Ions.
%1</translation>
    </message>
    <message>
        <source>high mobility</source>
        <translation>hohe Beweglichkeit</translation>
    </message>
    <message>
        <source>medium mobility</source>
        <translation>mittlere Beweglichkeit</translation>
    </message>
    <message>
        <source>low mobility</source>
        <translation>geringe Beweglichkeit</translation>
    </message>
    <message>
        <source>90 % interval ± %1 %2</source>
        <translation>90-%-Intervall ± %1 %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;Outside of the training data&lt;/b&gt;: %1 times as far as usual neighbours</source>
        <translation>&lt;b&gt;Außerhalb der Trainingsdaten&lt;/b&gt;: %1-mal so weit wie übliche Nachbarn</translation>
    </message>
    <message>
        <source>Within the training data (distance %1 of 1)</source>
        <translation>Innerhalb der Trainingsdaten (Abstand %1 von 1)</translation>
    </message>
    <message>
        <source>decorations ± %1 %2</source>
        <translation>Dekorationen ± %1 %2</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>dauerte %1</translation>
    </message>
    <message>
        <source>Compose one on the Compose stage.</source>
        <translation>Stellen Sie auf der ersten Stufe eine zusammen.</translation>
    </message>
    <message>
        <source>Open %1, which comes with Ionscape</source>
        <translation>%1 öffnen (liegt Ionscape bei)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnPlots</name>
    <message>
        <source>predicted %1</source>
        <translation>vorhergesagt %1</translation>
    </message>
    <message>
        <source>Test: RMSE %1 %3, on rows that the model had not seen. Training: RMSE %2 %3. Bars are one standard deviation.</source>
        <translation>Test: RMSE %1 %3 an Zeilen, die das Modell nicht gesehen hat. Training: RMSE %2 %3. Balken sind eine Standardabweichung.</translation>
    </message>
    <message>
        <source>Predicted − simulated, %1</source>
        <translation>Vorhergesagt − simuliert, %1</translation>
    </message>
    <message>
        <source>simulated, %1</source>
        <translation>simuliert, %1</translation>
    </message>
    <message>
        <source>ideal</source>
        <translation>ideal</translation>
    </message>
    <message>
        <source>rows not seen</source>
        <translation>ungesehene Zeilen</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>± spread of draws</source>
        <translation>± Streuung der Ziehungen</translation>
    </message>
    <message>
        <source>mean alone</source>
        <translation>nur Mittelwert</translation>
    </message>
    <message>
        <source>Train a SISSO model: it learns a formula, which stands here.</source>
        <translation>Trainieren Sie ein SISSO-Modell: Es lernt eine Formel, die dann hier steht.</translation>
    </message>
    <message>
        <source>%1 is no formula. SISSO learns one.</source>
        <translation>%1 ist keine Formel. SISSO lernt eine.</translation>
    </message>
    <message>
        <source>mean |SHAP|</source>
        <translation>mittleres |SHAP|</translation>
    </message>
    <message>
        <source>growth of the RMSE when shuffled</source>
        <translation>Wachstum des RMSE beim Mischen</translation>
    </message>
    <message>
        <source>SHAP value, %1</source>
        <translation>SHAP-Wert, %1</translation>
    </message>
    <message>
        <source>feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Residuals by element</source>
        <translation>Abweichungen je Element</translation>
    </message>
    <message>
        <source>Share of targets that an interval should hold</source>
        <translation>Anteil der Zielwerte, den ein Intervall enthalten soll</translation>
    </message>
    <message>
        <source>Share that it holds</source>
        <translation>Anteil, den es enthält</translation>
    </message>
    <message>
        <source>Rows learnt from</source>
        <translation>Gelernte Zeilen</translation>
    </message>
    <message>
        <source>RMSE of rows not seen</source>
        <translation>RMSE ungesehener Zeilen</translation>
    </message>
    <message>
        <source>Importance of the features</source>
        <translation>Bedeutung der Merkmale</translation>
    </message>
    <message>
        <source>SHAP values of all rows</source>
        <translation>SHAP-Werte aller Zeilen</translation>
    </message>
    <message>
        <source>SHAP value against feature</source>
        <translation>SHAP-Wert gegen Merkmal</translation>
    </message>
    <message>
        <source>Train a model first.</source>
        <translation>Trainieren Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>Calibration of the errors</source>
        <translation>Kalibrierung der Fehler</translation>
    </message>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>Mean |SHAP|: by how much a feature moves predictions on average. Permutation: by how much the RMSE on rows not seen grows when its values are shuffled among them.</source>
        <translation>Mittleres |SHAP|: um wie viel ein Merkmal die Vorhersagen im Mittel bewegt. Mischen: um wie viel der RMSE an ungesehenen Zeilen wächst, wenn seine Werte unter ihnen gemischt werden.</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Screening</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Residuals</source>
        <translation>Abweichungen</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>Waterfall</source>
        <translation>Wasserfall</translation>
    </message>
    <message>
        <source>Importance</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>SHAP values</source>
        <translation>SHAP-Werte</translation>
    </message>
    <message>
        <source>Dependence</source>
        <translation>Abhängigkeit</translation>
    </message>
    <message>
        <source>Feature of the dependence plot</source>
        <translation>Merkmal des Abhängigkeitsdiagramms</translation>
    </message>
    <message>
        <source>Only models of trees tell which features act together.</source>
        <translation>Nur Modelle aus Bäumen sagen, welche Merkmale zusammenwirken.</translation>
    </message>
    <message>
        <source>Select a composition to see which features act together.</source>
        <translation>Eine Zusammensetzung wählen, um zu sehen, welche Merkmale zusammenwirken.</translation>
    </message>
    <message>
        <source>SHAP interaction, %1</source>
        <translation>SHAP-Wechselwirkung, %1</translation>
    </message>
    <message>
        <source>Pearson&apos;s r</source>
        <translation>Pearsons r</translation>
    </message>
    <message>
        <source>Correlations of the features with each other and with the target appear here.</source>
        <translation>Hier erscheinen die Korrelationen der Merkmale untereinander und mit der Zielgröße.</translation>
    </message>
    <message>
        <source>Diagonal: what a feature does by itself. Elsewhere: half of what two features do together. A row sums to the SHAP value of its feature.</source>
        <translation>Diagonale: was ein Merkmal für sich allein bewirkt. Sonst: die Hälfte dessen, was zwei Merkmale zusammen bewirken. Eine Zeile ergibt in der Summe den SHAP-Wert ihres Merkmals.</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>Wechselwirkungen</translation>
    </message>
    <message>
        <source>Decorations</source>
        <translation>Dekorationen</translation>
    </message>
    <message>
        <source>Next round</source>
        <translation>Nächste Runde</translation>
    </message>
    <message>
        <source>There is no prediction for this composition: the table says why.</source>
        <translation>Für diese Zusammensetzung gibt es keine Vorhersage: Die Tabelle sagt, warum.</translation>
    </message>
    <message>
        <source>Select a composition in a plot or in the table: what makes its prediction stands here.</source>
        <translation>Wählen Sie eine Zusammensetzung in einem Diagramm oder in der Tabelle: Hier steht, woraus ihre Vorhersage kommt.</translation>
    </message>
    <message>
        <source>Train a model: what makes its prediction of a composition stands here.</source>
        <translation>Trainieren Sie ein Modell: Hier steht, woraus seine Vorhersage einer Zusammensetzung kommt.</translation>
    </message>
    <message>
        <source>A model from a file does not tell: train one here.</source>
        <translation>Ein Modell aus einer Datei sagt das nicht: Trainieren Sie hier eines.</translation>
    </message>
    <message>
        <source>Pearson&apos;s r with %1</source>
        <translation>Pearson-Korrelation r mit %1</translation>
    </message>
    <message>
        <source>largest by chance (95 %)</source>
        <translation>größte durch Zufall (95 %)</translation>
    </message>
    <message>
        <source>at equal content</source>
        <translation>bei gleichem Gehalt</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>ohne Weiteres</translation>
    </message>
    <message>
        <source>Correlations at equal content of mobile ions</source>
        <translation>Korrelationen bei gleichem Gehalt an beweglichen Ionen</translation>
    </message>
    <message>
        <source>Correlation of each feature with the target after straight lines through the content of mobile ions are taken from both: what else than the content counts. Bars between the dashed lines may be chance.</source>
        <translation>Korrelation jedes Merkmals mit der Zielgröße, nachdem von beiden eine Gerade im Gehalt an beweglichen Ionen abgezogen ist: was außer dem Gehalt zählt. Balken zwischen den gestrichelten Linien können Zufall sein.</translation>
    </message>
    <message>
        <source>At equal content</source>
        <translation>Bei gleichem Gehalt</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnRounds</name>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Simulate</source>
        <translation>Simulieren</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Errors and the best outcome of each round appear here.</source>
        <translation>Hier erscheinen die Fehler und das beste Ergebnis jeder Runde.</translation>
    </message>
    <message>
        <source>expected improvement</source>
        <translation>erwartete Verbesserung</translation>
    </message>
    <message>
        <source>How much better than the best so far a composition is on average: the usual choice</source>
        <translation>Um wie viel eine Zusammensetzung im Mittel besser ist als die bisher beste: die übliche Wahl</translation>
    </message>
    <message>
        <source>upper confidence bound</source>
        <translation>obere Vertrauensgrenze</translation>
    </message>
    <message>
        <source>Prediction and two standard deviations: bolder</source>
        <translation>Vorhersage und zwei Standardabweichungen: kühner</translation>
    </message>
    <message>
        <source>largest uncertainty</source>
        <translation>größte Unsicherheit</translation>
    </message>
    <message>
        <source>What the model knows least: the best for a model that is good everywhere</source>
        <translation>Was das Modell am wenigsten kennt: am besten für ein Modell, das überall gut ist</translation>
    </message>
    <message>
        <source>Thompson sampling</source>
        <translation>Thompson-Stichprobe</translation>
    </message>
    <message>
        <source>The best of a draw from the predictions</source>
        <translation>Das Beste einer Ziehung aus den Vorhersagen</translation>
    </message>
    <message>
        <source>at random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>The control that the others have to beat</source>
        <translation>Die Kontrolle, die die anderen schlagen müssen</translation>
    </message>
    <message>
        <source>How compositions are picked</source>
        <translation>Wie Zusammensetzungen ausgewählt werden</translation>
    </message>
    <message>
        <source>relaxed cells of the dataset</source>
        <translation>relaxierten Zellen des Datensatzes</translation>
    </message>
    <message>
        <source>compositions of the map</source>
        <translation>Zusammensetzungen der Karte</translation>
    </message>
    <message>
        <source>What may be picked</source>
        <translation>Was ausgewählt werden darf</translation>
    </message>
    <message>
        <source>Picks of a round</source>
        <translation>Auswahl einer Runde</translation>
    </message>
    <message>
        <source>Simulations at once</source>
        <translation>Simulationen zugleich</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wähle</translation>
    </message>
    <message>
        <source>by</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>Picks of all rounds, the newest first</source>
        <translation>Auswahl aller Runden, die neueste zuerst</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runde</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>Zusammensetzung</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simuliert</translation>
    </message>
    <message>
        <source>All candidates have been simulated.</source>
        <translation>Alle Kandidaten sind simuliert.</translation>
    </message>
    <message>
        <source>A folder for the rounds</source>
        <translation>Ein Ordner für die Runden</translation>
    </message>
    <message>
        <source>Propose anew</source>
        <translation>Neu vorschlagen</translation>
    </message>
    <message>
        <source>Open the dataset of a campaign and train a model; it then proposes what to simulate next.</source>
        <translation>Öffnen Sie den Datensatz einer Kampagne und trainieren Sie ein Modell; es schlägt dann vor, was als Nächstes simuliert wird.</translation>
    </message>
    <message>
        <source>Rounds simulate compositions like the campaign of a dataset; a table has none.</source>
        <translation>Runden simulieren Zusammensetzungen wie die Kampagne eines Datensatzes; eine Tabelle hat keine.</translation>
    </message>
    <message>
        <source>Train a model first; it then proposes what to simulate next.</source>
        <translation>Zuerst ein Modell trainieren; es schlägt dann vor, was als Nächstes simuliert wird.</translation>
    </message>
    <message>
        <source>Rounds are kept in a campaign&apos;s folder. Choose one; the dataset is copied into it as %1.</source>
        <translation>Runden liegen im Ordner einer Kampagne. Wählen Sie einen; der Datensatz wird als %1 dorthin kopiert.</translation>
    </message>
    <message>
        <source>Round %1 is finished:</source>
        <translation>Runde %1 ist fertig:</translation>
    </message>
    <message>
        <source>best so far %1</source>
        <translation>bisher bestes Ergebnis %1</translation>
    </message>
    <message>
        <source>(better by %1)</source>
        <translation>(um %1 besser)</translation>
    </message>
    <message>
        <source>picks predicted to RMSE %1, %2 % of them within the 90 % interval</source>
        <translation>Auswahl auf RMSE %1 vorhergesagt, %2 % davon im 90-%-Intervall</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>Simulating. What is finished stays; it can be stopped and continued at any time.</source>
        <translation>Simuliert. Was fertig ist, bleibt; jederzeit anzuhalten und fortzusetzen.</translation>
    </message>
    <message>
        <source>Round %1 is proposed. Simulate relaxes its %2 compositions and runs their dynamics with the campaign&apos;s protocol, then trains again.</source>
        <translation>Runde %1 ist vorgeschlagen. „Simulieren“ relaxiert ihre %2 Zusammensetzungen, rechnet deren Dynamik mit dem Protokoll der Kampagne und trainiert dann neu.</translation>
    </message>
    <message>
        <source>No round yet. Propose picks what to simulate next.</source>
        <translation>Noch keine Runde. „Vorschlagen“ wählt aus, was als Nächstes simuliert wird.</translation>
    </message>
    <message>
        <source>to be simulated</source>
        <translation>zu simulieren</translation>
    </message>
    <message>
        <source>Features of cells need cells that are relaxed. A model of compositions alone can also pick from the map of the space: its types, bounds and elements.</source>
        <translation>Merkmale von Zellen brauchen relaxierte Zellen. Ein Modell allein aus Zusammensetzungen kann auch aus der Karte des Raums wählen: mit deren Typen, Grenzen und Elementen.</translation>
    </message>
    <message>
        <source>from</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>high values</source>
        <translation>hohe Werte</translation>
    </message>
    <message>
        <source>low values</source>
        <translation>niedrige Werte</translation>
    </message>
    <message>
        <source>Which end of the target is sought</source>
        <translation>Welches Ende der Zielgröße gesucht wird</translation>
    </message>
    <message>
        <source>All rounds of a folder seek the same.</source>
        <translation>Alle Runden eines Ordners suchen dasselbe.</translation>
    </message>
    <message>
        <source>Seek</source>
        <translation>Gesucht</translation>
    </message>
    <message>
        <source>The round in %1 is finished: open its dataset to learn from it.</source>
        <translation>Die Runde in %1 ist fertig: Öffnen Sie ihren Datensatz, um daraus zu lernen.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnScreening</name>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Copy for a campaign</source>
        <translation>Für Kampagne kopieren</translation>
    </message>
    <message>
        <source>Pareto front</source>
        <translation>Pareto-Front</translation>
    </message>
    <message>
        <source>Train a model first.</source>
        <translation>Trainieren Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>A group for a campaign&apos;s specification is in the clipboard.</source>
        <translation>Eine Gruppe für die Vorgabe einer Kampagne liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Condition: predicted &gt; 100 and mobile &lt; 3.5 and not La</source>
        <translation>Bedingung: predicted &gt; 100 and mobile &lt; 3.5 and not La</translation>
    </message>
    <message>
        <source>Condition on the candidates</source>
        <translation>Bedingung an die Kandidaten</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Wertung</translation>
    </message>
    <message>
        <source>Column of the score</source>
        <translation>Spalte der Wertung</translation>
    </message>
    <message>
        <source>Weight; negative where small values are good. Columns are scaled to 0…1.</source>
        <translation>Gewicht; negativ, wo kleine Werte gut sind. Spalten werden auf 0…1 gebracht.</translation>
    </message>
    <message>
        <source>Front of</source>
        <translation>Front von</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Which end is good</source>
        <translation>Welches Ende gut ist</translation>
    </message>
    <message>
        <source>How candidates without dynamics are picked for the next simulations</source>
        <translation>Wie Kandidaten ohne Dynamik für die nächsten Simulationen gewählt werden</translation>
    </message>
    <message>
        <source>expected improvement</source>
        <translation>erwartete Verbesserung</translation>
    </message>
    <message>
        <source>upper confidence bound</source>
        <translation>obere Vertrauensgrenze</translation>
    </message>
    <message>
        <source>largest uncertainty</source>
        <translation>größte Unsicherheit</translation>
    </message>
    <message>
        <source>Thompson sampling</source>
        <translation>Thompson-Ziehung</translation>
    </message>
    <message>
        <source>Next batch</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Ranked candidates</source>
        <translation>Gereihte Kandidaten</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorherg.</translation>
    </message>
    <message>
        <source>± error</source>
        <translation>± Fehler</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 of %2 match; %3 on the front</source>
        <translation>%1 von %2 passen; %3 auf der Front</translation>
    </message>
    <message>
        <source>, hypervolume %1</source>
        <translation>, Hypervolumen %1</translation>
    </message>
    <message>
        <source>predicted %1</source>
        <translation>vorhergesagt %1</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Wertung</translation>
    </message>
    <message numerus="yes">
        <source>, %n without a value</source>
        <translation>
            <numerusform>, %n ohne Wert</numerusform>
            <numerusform>, %n ohne Wert</numerusform>
        </translation>
    </message>
    <message>
        <source>The %1 of all compositions that match is known.</source>
        <translation>%1 ist für alle passenden Zusammensetzungen bekannt.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnStage</name>
    <message>
        <source>Open a dataset</source>
        <translation>Datensatz öffnen</translation>
    </message>
    <message>
        <source>Datasets of campaigns (*.h5)</source>
        <translation>Datensätze von Kampagnen (*.h5)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a table</source>
        <translation>Tabelle öffnen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabellen (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Save the model</source>
        <translation>Modell sichern</translation>
    </message>
    <message>
        <source>Models of surrogates (*.json)</source>
        <translation>Ersatzmodelle (*.json)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>Modell laden</translation>
    </message>
    <message>
        <source>%1 (relaxed)</source>
        <translation>%1 (relaxiert)</translation>
    </message>
    <message>
        <source>Predicted %1</source>
        <translation>Vorhergesagtes %1</translation>
    </message>
    <message>
        <source>Error of the predicted %1</source>
        <translation>Fehler der Vorhersage von %1</translation>
    </message>
    <message>
        <source>Class of mobility</source>
        <translation>Klasse der Beweglichkeit</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>high above 120 Å², low below 40 Å²</source>
        <translation>hoch über 120 Å², niedrig unter 40 Å²</translation>
    </message>
    <message>
        <source>the model of the Learn stage</source>
        <translation>das Modell der Stufe Lernen</translation>
    </message>
    <message>
        <source>There is a dataset in %1 already. Choose an empty folder, or open that dataset.</source>
        <translation>In %1 liegt schon ein Datensatz. Wählen Sie einen leeren Ordner, oder öffnen Sie jenen Datensatz.</translation>
    </message>
    <message>
        <source>The dataset could not be copied to %1</source>
        <translation>Der Datensatz konnte nicht nach %1 kopiert werden</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnTable</name>
    <message>
        <source>Target</source>
        <translation>Zielgröße</translation>
    </message>
    <message>
        <source>Formula, elements or condition: Hf Sn, Hf &gt; 0.3 and S_config &gt; 1.5</source>
        <translation>Formel, Elemente oder Bedingung: Hf Sn, Hf &gt; 0.3 and S_config &gt; 1.5</translation>
    </message>
    <message>
        <source>Search the data</source>
        <translation>Daten durchsuchen</translation>
    </message>
    <message>
        <source>The distribution of the target over all rows appears here.</source>
        <translation>Hier erscheint die Verteilung der Zielgröße über alle Zeilen.</translation>
    </message>
    <message>
        <source>Rows of the data</source>
        <translation>Zeilen der Daten</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Beweglich</translation>
    </message>
    <message>
        <source>S_config</source>
        <translation>S_config</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simuliert</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorherg.</translation>
    </message>
    <message>
        <source>± error</source>
        <translation>± Fehler</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Mobile ions per formula unit</source>
        <translation>Bewegliche Ionen je Formeleinheit</translation>
    </message>
    <message>
        <source>Configurational entropy, R</source>
        <translation>Konfigurationsentropie, R</translation>
    </message>
    <message>
        <source>To the nearest row that was learnt from; above 1 the model extrapolates</source>
        <translation>Zur nächsten gelernten Zeile; über 1 extrapoliert das Modell</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>nicht verstanden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>S_config %1 R</source>
        <translation>S_config %1 R</translation>
    </message>
    <message>
        <source>cell %1 × %2 × %3 Å, %4°, %5°, %6°</source>
        <translation>Zelle %1 × %2 × %3 Å, %4°, %5°, %6°</translation>
    </message>
    <message>
        <source>simulated %1</source>
        <translation>simuliert %1</translation>
    </message>
    <message>
        <source>predicted %1</source>
        <translation>vorhergesagt %1</translation>
    </message>
    <message>
        <source>higher than %1 % of all</source>
        <translation>höher als %1 % von allen</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>ausgewählt</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearningJob</name>
    <message>
        <source>train a model before it can be saved</source>
        <translation>trainieren Sie ein Modell, bevor es gesichert werden kann</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::MainWindow</name>
    <message>
        <source>Click elements to compose, then press Run (Ctrl+Enter).
Or open a run or a structure file: Ctrl+O, or drop it here.</source>
        <translation>Elemente anklicken, dann „Starten“ drücken (Strg+Eingabe).
Oder einen Lauf oder eine Strukturdatei öffnen: Strg+O oder hier ablegen.</translation>
    </message>
    <message>
        <source>Compose and simulate</source>
        <translation>Zusammensetzen und simulieren</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>%1 (not relaxed yet)</source>
        <translation>%1 (noch nicht relaxiert)</translation>
    </message>
    <message>
        <source>%1 — Ionscape</source>
        <translation>%1 — Ionscape</translation>
    </message>
    <message>
        <source>The run folder %1 cannot be created. Choose another one under More settings.</source>
        <translation>Der Ordner %1 für die Läufe lässt sich nicht anlegen. Unter „Weitere Einstellungen“ einen anderen wählen.</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 ist fehlgeschlagen: %2</translation>
    </message>
    <message>
        <source>Show the run</source>
        <translation>Lauf zeigen</translation>
    </message>
    <message>
        <source>A run is in progress. Stopping keeps what was computed; its file can be opened later.</source>
        <translation>Ein Lauf ist im Gang. Beim Anhalten bleibt Berechnetes erhalten; die Datei lässt sich später öffnen.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Save shown structure…</source>
        <translation>Gezeigte &amp;Struktur speichern …</translation>
    </message>
    <message>
        <source>Save &amp;picture…</source>
        <translation>&amp;Bild speichern …</translation>
    </message>
    <message>
        <source>&amp;Export plot or data…</source>
        <translation>Diagramm oder Daten &amp;exportieren …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Run composition</source>
        <translation>Zusammensetzung &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Stop &amp;all</source>
        <translation>A&amp;lle anhalten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>3D-Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Mouse and keys</source>
        <translation>&amp;Maus und Tasten</translation>
    </message>
    <message>
        <source>&amp;About Ionscape</source>
        <translation>Ü&amp;ber Ionscape</translation>
    </message>
    <message>
        <source>Ctrl+Enter / Ctrl+/</source>
        <translation>Strg+Eingabe / Strg+/</translation>
    </message>
    <message>
        <source>run / stop</source>
        <translation>starten / anhalten</translation>
    </message>
    <message>
        <source>Ctrl+O, Ctrl+S, Ctrl+E</source>
        <translation>Strg+O, Strg+S, Strg+E</translation>
    </message>
    <message>
        <source>open, save structure, export</source>
        <translation>öffnen, Struktur speichern, exportieren</translation>
    </message>
    <message>
        <source>Space, Home, End</source>
        <translation>Leertaste, Pos1, Ende</translation>
    </message>
    <message>
        <source>play or pause, first frame, last frame</source>
        <translation>abspielen oder pausieren, erstes Bild, letztes Bild</translation>
    </message>
    <message>
        <source>1, 2, 3</source>
        <translation>1, 2, 3</translation>
    </message>
    <message>
        <source>look along a, b, c</source>
        <translation>Blick entlang a, b, c</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>Links ziehen</translation>
    </message>
    <message>
        <source>orbit</source>
        <translation>drehen</translation>
    </message>
    <message>
        <source>Right, middle or Shift+drag</source>
        <translation>Rechts, Mitte oder Umschalt+ziehen</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>verschieben</translation>
    </message>
    <message>
        <source>Wheel / double-click</source>
        <translation>Rad / Doppelklick</translation>
    </message>
    <message>
        <source>zoom / set the centre</source>
        <translation>vergrößern / Mittelpunkt setzen</translation>
    </message>
    <message>
        <source>Right click on an element</source>
        <translation>Rechtsklick auf ein Element</translation>
    </message>
    <message>
        <source>take one away</source>
        <translation>eines wegnehmen</translation>
    </message>
    <message>
        <source>Mouse and keys</source>
        <translation>Maus und Tasten</translation>
    </message>
    <message>
        <source>About Ionscape</source>
        <translation>Über Ionscape</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Ionscape %1&lt;/h3&gt;&lt;p&gt;Explorer of high-entropy solid electrolytes.&lt;/p&gt;&lt;p&gt;Licensed under the GNU General Public License, version 3 or later.&lt;br&gt;Uses Qt %2, VTK, QCustomPlot, LibTorch, HDF5, Eigen, spglib and gemmi.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Ionscape %1&lt;/h3&gt;&lt;p&gt;Erkundet Hochentropie-Festelektrolyte.&lt;/p&gt;&lt;p&gt;Lizenziert unter der GNU General Public License, Version 3 oder später.&lt;br&gt;Verwendet Qt %2, VTK, QCustomPlot, LibTorch, HDF5, Eigen, spglib und gemmi.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Open a run or a structure</source>
        <translation>Lauf oder Struktur öffnen</translation>
    </message>
    <message>
        <source>Runs and structures (%1)</source>
        <translation>Läufe und Strukturen (%1)</translation>
    </message>
    <message>
        <source>Runs (%1)</source>
        <translation>Läufe (%1)</translation>
    </message>
    <message>
        <source>Structures (%1)</source>
        <translation>Strukturen (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>%1 is shown. It can be relaxed and run with the settings on the left.</source>
        <translation>%1 wird gezeigt und lässt sich mit den Einstellungen links relaxieren und simulieren.</translation>
    </message>
    <message>
        <source>Run this structure</source>
        <translation>Diese Struktur simulieren</translation>
    </message>
    <message>
        <source>Open another file…</source>
        <translation>Andere Datei öffnen …</translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation>Noch keine Datei</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>There is nothing to export yet: run or open something first.</source>
        <translation>Noch gibt es nichts zu exportieren: erst etwas simulieren oder öffnen.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Save the structure shown</source>
        <translation>Gezeigte Struktur speichern</translation>
    </message>
    <message>
        <source>The file is in %1</source>
        <translation>Die Datei liegt in %1</translation>
    </message>
    <message>
        <source>Potentials</source>
        <translation>Potentiale</translation>
    </message>
    <message>
        <source>A training is in progress. Stopping keeps its state; it can be resumed exactly.</source>
        <translation>Ein Training läuft. Beim Anhalten bleibt sein Stand erhalten; es lässt sich genau fortsetzen.</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Entwerfen</translation>
    </message>
    <message>
        <source>Compose, simulate and watch</source>
        <translation>Zusammenstellen, simulieren und zusehen</translation>
    </message>
    <message>
        <source>Models, labelled data, training and comparison</source>
        <translation>Modelle, Trainingsdaten, Training und Vergleich</translation>
    </message>
    <message>
        <source>%1 was stopped: %2</source>
        <translation>%1 wurde angehalten: %2</translation>
    </message>
    <message>
        <source>%1: the members of the committee disagree by %2 eV/Å on the force on an atom, more than the threshold of %3 eV/Å. The structure may be outside what they were trained on.</source>
        <translation>%1: Die Mitglieder des Komitees sind sich über die Kraft auf ein Atom um %2 eV/Å uneins, mehr als die Schwelle von %3 eV/Å. Die Struktur liegt womöglich außerhalb dessen, womit sie trainiert wurden.</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>Lauf anhalten</translation>
    </message>
    <message>
        <source>Composition space</source>
        <translation>Zusammensetzungsraum</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) were added to the queue.</source>
        <translation>
            <numerusform>%n Lauf wurde eingereiht.</numerusform>
            <numerusform>%n Läufe wurden eingereiht.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Ctrl+Z / Ctrl+Shift+Z</source>
        <translation>Strg+Z / Strg+Umschalt+Z</translation>
    </message>
    <message>
        <source>undo / redo an edit of composition or space</source>
        <translation>Änderung von Zusammensetzung oder Raum rückgängig machen / wiederherstellen</translation>
    </message>
    <message>
        <source>It is %1 of the host %2.</source>
        <translation>Es ist %1 des Wirtsgitters %2.</translation>
    </message>
    <message>
        <source>Edit this composition</source>
        <translation>Diese Zusammensetzung bearbeiten</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Browse all compositions: map, table, filters</source>
        <translation>Alle Zusammensetzungen durchsehen: Karte, Tabelle, Filter</translation>
    </message>
    <message>
        <source>CIF of the new host</source>
        <translation>CIF des neuen Wirtsgitters</translation>
    </message>
    <message>
        <source>Crystal structures (*.cif)</source>
        <translation>Kristallstrukturen (*.cif)</translation>
    </message>
    <message>
        <source>%1 does not fit the cell; the reason stands below the formula.</source>
        <translation>%1 passt nicht in die Zelle; der Grund steht unter der Formel.</translation>
    </message>
    <message>
        <source>Opening %1 … %2 %</source>
        <translation>%1 wird geöffnet … %2 %</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 was not opened.</source>
        <translation>%1 wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Transport plots</source>
        <translation>Transport-Diagramme</translation>
    </message>
    <message>
        <source>Diffusion, density, sites, jumps and paths of a run</source>
        <translation>Diffusion, Dichte, Plätze, Sprünge und Pfade eines Laufs</translation>
    </message>
    <message>
        <source>Report of the run (PDF)…</source>
        <translation>Bericht zum Lauf (PDF) …</translation>
    </message>
    <message>
        <source>Picture without background (PNG)…</source>
        <translation>Bild ohne Hintergrund (PNG) …</translation>
    </message>
    <message>
        <source>Movie (pictures, and MP4 where ffmpeg is installed)…</source>
        <translation>Film (Bilder, und MP4, wo ffmpeg installiert ist) …</translation>
    </message>
    <message>
        <source>Movie: picture %1 of %2</source>
        <translation>Film: Bild %1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are in %1</source>
        <translation>
            <numerusform>%n Bild liegt in %1</numerusform>
            <numerusform>%n Bilder liegen in %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The movie is in %1</source>
        <translation>Der Film liegt in %1</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Analyse a run first: there is nothing to report.</source>
        <translation>Zuerst einen Lauf auswerten: Es gibt nichts zu berichten.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Transport of %1</source>
        <translation>Transport von %1</translation>
    </message>
    <message>
        <source>Mean squared displacement</source>
        <translation>Mittleres Verschiebungsquadrat</translation>
    </message>
    <message>
        <source>Arrhenius plot</source>
        <translation>Arrhenius-Diagramm</translation>
    </message>
    <message>
        <source>Free energy along the easiest paths</source>
        <translation>Freie Energie entlang der leichtesten Pfade</translation>
    </message>
    <message>
        <source>Folder for the movie</source>
        <translation>Ordner für den Film</translation>
    </message>
    <message>
        <source>Path of a hop</source>
        <translation>Pfad eines Sprungs</translation>
    </message>
    <message>
        <source>All images, extended XYZ (*.extxyz)</source>
        <translation>Alle Bilder, Extended XYZ (*.extxyz)</translation>
    </message>
    <message>
        <source>Energy profile, table (*.csv)</source>
        <translation>Energieprofil, Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>The temperature ladder has ended.</source>
        <translation>Die Temperaturleiter ist zu Ende.</translation>
    </message>
    <message>
        <source>Show the Arrhenius plot</source>
        <translation>Arrhenius-Diagramm zeigen</translation>
    </message>
    <message>
        <source>%1 · seed %2</source>
        <translation>%1 · Startwert %2</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Learn plots</source>
        <translation>Diagramme zum Lernen</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Ctrl+1 … Ctrl+5</source>
        <translation>Strg+1 … Strg+5</translation>
    </message>
    <message>
        <source>compose, space, transport, learn, potentials</source>
        <translation>Zusammensetzen, Raum, Transport, Lernen, Potentiale</translation>
    </message>
    <message>
        <source>Each plot is exported by a menu on its right mouse button.</source>
        <translation>Jedes Diagramm hat ein Menü zum Ausgeben auf der rechten Maustaste.</translation>
    </message>
    <message>
        <source>From structure to mobility: train, explain, predict</source>
        <translation>Von der Struktur zur Beweglichkeit: trainieren, erklären, vorhersagen</translation>
    </message>
    <message>
        <source>%1 about &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>%1 etwa &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>extrapolated</source>
        <translation>extrapoliert</translation>
    </message>
    <message numerus="yes">
        <source>Predicted from the composition alone by a surrogate that learnt %n compositions. The Learn stage predicts from a relaxed cell and says why.</source>
        <translation>
            <numerusform>Vorhergesagt allein aus der Zusammensetzung von einem Surrogat, das %n Zusammensetzung gelernt hat. Die Stufe „Lernen“ sagt aus einer relaxierten Zelle voraus und begründet es.</numerusform>
            <numerusform>Vorhergesagt allein aus der Zusammensetzung von einem Surrogat, das %n Zusammensetzungen gelernt hat. Die Stufe „Lernen“ sagt aus einer relaxierten Zelle voraus und begründet es.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::MessageBar</name>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ModelTable</name>
    <message>
        <source>shipped</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>eigenes</translation>
    </message>
    <message>
        <source>search path</source>
        <translation>Suchpfad</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>lacks %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>any</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Never trained on %1, which the composition being edited holds: a run would be refused.</source>
        <translation>Nie auf %1 trainiert, das die bearbeitete Zusammensetzung enthält: Ein Lauf würde abgelehnt.</translation>
    </message>
    <message>
        <source>No list of elements in the file: any is accepted.</source>
        <translation>Keine Elementliste in der Datei: Jedes wird angenommen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What --potential of ionscape-cli accepts; ● is used by the next run</source>
        <translation>Was --potential von ionscape-cli annimmt; ● verwendet der nächste Lauf</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Kind of model</source>
        <translation>Art des Modells</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>How many elements it was trained on, or which of yours it lacks</source>
        <translation>Auf wie viele Elemente es trainiert ist oder welche Ihrer Elemente ihm fehlen</translation>
    </message>
    <message>
        <source>Cutoff (Å)</source>
        <translation>Abschneideradius (Å)</translation>
    </message>
    <message>
        <source>Range of one message-passing layer</source>
        <translation>Reichweite einer Nachrichtenschicht</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Numbers that were trained</source>
        <translation>Trainierte Zahlen</translation>
    </message>
    <message>
        <source>F MAE (eV/Å)</source>
        <translation>F MAE (eV/Å)</translation>
    </message>
    <message>
        <source>Mean absolute error of force components on held-out frames</source>
        <translation>Mittlerer absoluter Fehler der Kraftkomponenten auf zurückgehaltenen Strukturen</translation>
    </message>
    <message>
        <source>E MAE (meV/atom)</source>
        <translation>E MAE (meV/Atom)</translation>
    </message>
    <message>
        <source>Mean absolute error of energies on held-out frames</source>
        <translation>Mittlerer absoluter Fehler der Energien auf zurückgehaltenen Strukturen</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Licence of the weights</source>
        <translation>Lizenz der Gewichte</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Shipped with the program, from your own folder, or from IONSCAPE_MODEL_PATH</source>
        <translation>Mit dem Programm geliefert, aus Ihrem Ordner oder aus IONSCAPE_MODEL_PATH</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::MovieWriter</name>
    <message>
        <source>Another movie is being written.</source>
        <translation>Es wird schon ein Film geschrieben.</translation>
    </message>
    <message>
        <source>There are no frames to make a movie of.</source>
        <translation>Es gibt keine Bilder für einen Film.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::MsdPlot</name>
    <message>
        <source>Mean squared displacement against lag time</source>
        <translation>Mittlere quadratische Verschiebung gegen die Verzögerung</translation>
    </message>
    <message>
        <source>MSD(Δt) = ⟨|r(t + Δt) − r(t)|²⟩ over all atoms of an element and all time origins, drift of the framework removed. D* = slope / 6 by generalised least squares over the shaded window (McCluskey et al., J. Chem. Theory Comput. 20, 2024).</source>
        <translation>MSD(Δt) = ⟨|r(t + Δt) − r(t)|²⟩ über alle Atome eines Elements und alle Startzeiten, Drift des Gerüsts abgezogen. D* = Steigung / 6 aus verallgemeinerten kleinsten Quadraten im schattierten Fenster (McCluskey et al., J. Chem. Theory Comput. 20, 2024).</translation>
    </message>
    <message>
        <source>Lag time Δt (ps)</source>
        <translation>Verzögerung Δt (ps)</translation>
    </message>
    <message>
        <source>MSD (Å²)</source>
        <translation>MSD (Å²)</translation>
    </message>
    <message>
        <source>The mean squared displacement grows here as soon as the run has stored a few frames.</source>
        <translation>Hier wächst die mittlere quadratische Verschiebung, sobald der Lauf einige Bilder gespeichert hat.</translation>
    </message>
    <message>
        <source>D*(%1) = %2</source>
        <translation>D*(%1) = %2</translation>
    </message>
    <message>
        <source>slope 1</source>
        <translation>Steigung 1</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PairMap</name>
    <message>
        <source>Means over pairs of elements</source>
        <translation>Mittelwerte über Elementpaare</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2: %3&lt;br&gt;%n composition(s)</source>
        <translation>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2: %3&lt;br&gt;%n Zusammensetzung</numerusform>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2: %3&lt;br&gt;%n Zusammensetzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;no composition</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;keine Zusammensetzung</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ParityPlot</name>
    <message>
        <source>Predicted against reference energies, forces and stresses</source>
        <translation>Vorhergesagte gegen Referenzenergien, -kräfte und -spannungen</translation>
    </message>
    <message>
        <source>Predictions against labels: energies per atom, force components, stress components. On the dashed line they agree. At most %1 points of a panel are drawn; errors are taken over all.</source>
        <translation>Vorhersagen gegen Referenzwerte: Energien je Atom, Kraftkomponenten, Spannungskomponenten. Auf der gestrichelten Linie stimmen sie überein. Je Feld werden höchstens %1 Punkte gezeichnet; die Fehler gelten für alle.</translation>
    </message>
    <message>
        <source>E, reference (eV/atom)</source>
        <translation>E, Referenz (eV/Atom)</translation>
    </message>
    <message>
        <source>E, predicted (eV/atom)</source>
        <translation>E, Modell (eV/Atom)</translation>
    </message>
    <message>
        <source>F, reference (eV/Å)</source>
        <translation>F, Referenz (eV/Å)</translation>
    </message>
    <message>
        <source>F, predicted (eV/Å)</source>
        <translation>F, Modell (eV/Å)</translation>
    </message>
    <message>
        <source>σ, reference (GPa)</source>
        <translation>σ, Referenz (GPa)</translation>
    </message>
    <message>
        <source>σ, predicted (GPa)</source>
        <translation>σ, Modell (GPa)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PeriodicPicker</name>
    <message>
        <source>%1, charge %2+, %3 of %4 sites</source>
        <translation>%1, Ladung %2+, %3 von %4 Plätzen</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; %2&lt;br&gt;Click adds one; when all %3 sites are taken, it replaces one of the most abundant element.&lt;br&gt;Right click or Shift+click takes one away.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; %2&lt;br&gt;Ein Klick fügt eines hinzu; sind alle %3 Plätze besetzt, ersetzt es eines des häufigsten Elements.&lt;br&gt;Rechtsklick oder Umschalt+Klick nimmt eines weg.</translation>
    </message>
    <message>
        <source>Elements of the mixed site</source>
        <translation>Elemente des gemischten Platzes</translation>
    </message>
    <message>
        <source>Colour of the oxidation state. Higher valences on M leave fewer Li: Li per formula unit = 3 + Σ n(4 − z).</source>
        <translation>Farbe der Oxidationszahl. Höhere Wertigkeiten auf M lassen weniger Li zu: Li je Formeleinheit = 3 + Σ n(4 − z).</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PlaybackBar</name>
    <message>
        <source>First frame (Home)</source>
        <translation>Erstes Bild (Pos1)</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder pausieren (Leertaste)</translation>
    </message>
    <message>
        <source>Last frame (End): follows a run in progress</source>
        <translation>Letztes Bild (Ende): folgt einem laufenden Lauf</translation>
    </message>
    <message>
        <source>Time in the run</source>
        <translation>Zeit im Lauf</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PlotPanel</name>
    <message>
        <source>log–log</source>
        <translation>log–log</translation>
    </message>
    <message>
        <source>Double-logarithmic MSD with a guide of slope 1: parallel to it, motion is diffusive</source>
        <translation>Doppelt logarithmische MSD mit Hilfslinie der Steigung 1: parallel dazu ist die Bewegung diffusiv</translation>
    </message>
    <message>
        <source>Logarithmic axes</source>
        <translation>Logarithmische Achsen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Writes a plot as picture or its numbers as a table</source>
        <translation>Schreibt ein Diagramm als Bild oder seine Zahlen als Tabelle</translation>
    </message>
    <message>
        <source>MSD as PDF…</source>
        <translation>MSD als PDF …</translation>
    </message>
    <message>
        <source>MSD as PNG…</source>
        <translation>MSD als PNG …</translation>
    </message>
    <message>
        <source>MSD as table (CSV)…</source>
        <translation>MSD als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Temperature and energy as PDF…</source>
        <translation>Temperatur und Energie als PDF …</translation>
    </message>
    <message>
        <source>Temperature and energy as PNG…</source>
        <translation>Temperatur und Energie als PNG …</translation>
    </message>
    <message>
        <source>Temperature and energy as table (CSV)…</source>
        <translation>Temperatur und Energie als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Force spread as PDF…</source>
        <translation>Kraftstreuung als PDF …</translation>
    </message>
    <message>
        <source>Force spread as PNG…</source>
        <translation>Kraftstreuung als PNG …</translation>
    </message>
    <message>
        <source>Force spread as table (CSV)…</source>
        <translation>Kraftstreuung als Tabelle (CSV) …</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PlotWidget</name>
    <message>
        <source>%1: plots are exported as .png, .pdf or .csv</source>
        <translation>%1: Diagramme werden als .png, .pdf oder .csv exportiert</translation>
    </message>
    <message>
        <source>the picture could not be written</source>
        <translation>das Bild ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>Als PDF exportieren …</translation>
    </message>
    <message>
        <source>Export as PNG…</source>
        <translation>Als PNG exportieren …</translation>
    </message>
    <message>
        <source>Export as table (CSV)…</source>
        <translation>Als Tabelle (CSV) exportieren …</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>Zahlen kopieren</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PointPlot</name>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PotentialsComparePage</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Open data…</source>
        <translation>Daten öffnen…</translation>
    </message>
    <message>
        <source>|ΔF| of a component (eV/Å)</source>
        <translation>|ΔF| einer Komponente (eV/Å)</translation>
    </message>
    <message>
        <source>Errors of the two potentials</source>
        <translation>Fehler der beiden Potentiale</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Choose two potentials and press Compare.</source>
        <translation>Zwei Potentiale wählen und auf Vergleichen drücken.</translation>
    </message>
    <message>
        <source>How the errors of force components are spread: a long tail matters more in dynamics than the mean.</source>
        <translation>Wie die Fehler der Kraftkomponenten verteilt sind: Ein langer Schwanz wiegt in der Dynamik schwerer als das Mittel.</translation>
    </message>
    <message>
        <source>Potential A</source>
        <translation>Potential A</translation>
    </message>
    <message>
        <source>Potential B</source>
        <translation>Potential B</translation>
    </message>
    <message>
        <source>all frames</source>
        <translation>alle Strukturen</translation>
    </message>
    <message>
        <source>test part of the split</source>
        <translation>Testteil der Aufteilung</translation>
    </message>
    <message>
        <source>A model that was trained on these data knows the training part: the test part of the same split seed (1) is fairer.</source>
        <translation>Ein auf diesen Daten trainiertes Modell kennt den Trainingsteil: Der Testteil derselben Aufteilung (Startwert 1) ist fairer.</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Strukturen</translation>
    </message>
    <message>
        <source>no data open</source>
        <translation>keine Daten geöffnet</translation>
    </message>
    <message>
        <source>Evaluates both potentials on the frames</source>
        <translation>Wertet beide Potentiale auf den Strukturen aus</translation>
    </message>
    <message>
        <source>Open data first</source>
        <translation>Zuerst Daten öffnen</translation>
    </message>
    <message>
        <source>E MAE (meV/atom)</source>
        <translation>E MAE (meV/Atom)</translation>
    </message>
    <message>
        <source>E RMSE (meV/atom)</source>
        <translation>E RMSE (meV/Atom)</translation>
    </message>
    <message>
        <source>F MAE (eV/Å)</source>
        <translation>F MAE (eV/Å)</translation>
    </message>
    <message>
        <source>F RMSE (eV/Å)</source>
        <translation>F RMSE (eV/Å)</translation>
    </message>
    <message>
        <source>σ MAE (GPa)</source>
        <translation>σ MAE (GPa)</translation>
    </message>
    <message>
        <source>σ RMSE (GPa)</source>
        <translation>σ RMSE (GPa)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PotentialsDatasetPage</name>
    <message>
        <source>E − fitted elements (eV/atom)</source>
        <translation>E − Elementanteile (eV/Atom)</translation>
    </message>
    <message>
        <source>|F| (eV/Å)</source>
        <translation>|F| (eV/Å)</translation>
    </message>
    <message>
        <source>Mean stress (GPa)</source>
        <translation>Mittlere Spannung (GPa)</translation>
    </message>
    <message>
        <source>Open labelled structures (extended XYZ with energies, forces and stresses) to see what is in them, to train on them, or to compare potentials.</source>
        <translation>Öffnen Sie Strukturen mit Referenzwerten (extended XYZ mit Energien, Kräften und Spannungen), um zu sehen, was darin ist, darauf zu trainieren oder Potentiale zu vergleichen.</translation>
    </message>
    <message>
        <source>Open data…</source>
        <translation>Daten öffnen…</translation>
    </message>
    <message>
        <source>Open other data…</source>
        <translation>Andere Daten öffnen…</translation>
    </message>
    <message>
        <source>Whole compositions go to one part, so that errors on the other parts are errors on compositions the model has never seen. This preview is for split seed 1.</source>
        <translation>Ganze Zusammensetzungen kommen in einen Teil, sodass Fehler auf den anderen Teilen Fehler auf nie gesehenen Zusammensetzungen sind. Diese Vorschau gilt für den Startwert 1.</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>Zusammensetzung</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Strukturen</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Compositions of the data</source>
        <translation>Zusammensetzungen der Daten</translation>
    </message>
    <message>
        <source>Energies per atom after a sum over elements (least squares) was taken off; what is left is what a model has to learn. Lone points far outside are worth a look before training.</source>
        <translation>Energien je Atom nach Abzug einer Summe über die Elemente (kleinste Quadrate); der Rest ist, was ein Modell lernen muss. Einzelne Punkte weit außen lohnen vor dem Training einen Blick.</translation>
    </message>
    <message>
        <source>No frame has a stress.</source>
        <translation>Keine Struktur hat eine Spannung.</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 frames of %2 compositions, %3 atoms in all; cells of %4 atoms; %5 frames with stress</source>
        <translation>%1 Strukturen von %2 Zusammensetzungen, insgesamt %3 Atome; Zellen mit %4 Atomen; %5 Strukturen mit Spannung</translation>
    </message>
    <message>
        <source>%1 elements: %2</source>
        <translation>%1 Elemente: %2</translation>
    </message>
    <message>
        <source>Fewer than three compositions: not enough for a split into training, validation and test.</source>
        <translation>Weniger als drei Zusammensetzungen: zu wenige für eine Aufteilung in Training, Validierung und Test.</translation>
    </message>
    <message>
        <source>Split by composition: %1 frames for training, %2 for validation, %3 for the test</source>
        <translation>Aufteilung nach Zusammensetzung: %1 Strukturen zum Trainieren, %2 zum Validieren, %3 zum Testen</translation>
    </message>
    <message>
        <source>Open labelled structures</source>
        <translation>Strukturen mit Referenzwerten öffnen</translation>
    </message>
    <message>
        <source>Labelled structures (%1)</source>
        <translation>Strukturen mit Referenzwerten (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PotentialsLibrary</name>
    <message>
        <source>Another potential is being copied; wait for it and add this one then.</source>
        <translation>Ein anderes Potential wird gerade kopiert; warten Sie und fügen Sie dieses dann hinzu.</translation>
    </message>
    <message>
        <source>Other data are being read; stop that first.</source>
        <translation>Andere Daten werden gerade gelesen; halten Sie das zuerst an.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PotentialsModelsPage</name>
    <message>
        <source>Looking for potentials …</source>
        <translation>Suche nach Potentialen …</translation>
    </message>
    <message>
        <source>Use for the next run</source>
        <translation>Für den nächsten Lauf verwenden</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Potentials at hand</source>
        <translation>Vorhandene Potentiale</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Datei hinzufügen…</translation>
    </message>
    <message>
        <source>Copies a model into your own folder, where the program and ionscape-cli find it by name. Formats: our .h5 files and CHGNet checkpoints (.pth.tar), among others.</source>
        <translation>Kopiert ein Modell in Ihren Ordner, wo das Programm und ionscape-cli es beim Namen finden. Formate: unsere .h5-Dateien und CHGNet-Checkpoints (.pth.tar), unter anderem.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu suchen</translation>
    </message>
    <message>
        <source>Reads the folders again; only files that have changed are opened</source>
        <translation>Liest die Ordner erneut; nur geänderte Dateien werden geöffnet</translation>
    </message>
    <message>
        <source>The selected potential</source>
        <translation>Das ausgewählte Potential</translation>
    </message>
    <message>
        <source>No potential was found. Add a file: a .h5 of this program or a CHGNet checkpoint.</source>
        <translation>Kein Potential gefunden. Fügen Sie eine Datei hinzu: .h5 dieses Programms oder einen CHGNet-Checkpoint.</translation>
    </message>
    <message>
        <source>Select a potential</source>
        <translation>Ein Potential auswählen</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>lacks %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>used by the next run</source>
        <translation>für den nächsten Lauf</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>%1, %2 (%3 parameters, %4)</source>
        <translation>%1, %2 (%3 Parameter, %4)</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>any (the file has no list)</source>
        <translation>alle (die Datei hat keine Liste)</translation>
    </message>
    <message>
        <source>test set</source>
        <translation>Testmenge</translation>
    </message>
    <message>
        <source>validation set</source>
        <translation>Validierungsmenge</translation>
    </message>
    <message>
        <source>%1 meV/atom, %2 eV/Å</source>
        <translation>%1 meV/Atom, %2 eV/Å</translation>
    </message>
    <message>
        <source>, %1 GPa</source>
        <translation>, %1 GPa</translation>
    </message>
    <message>
        <source>Errors (MAE)</source>
        <translation>Fehler (MAE)</translation>
    </message>
    <message>
        <source>%1 (%2, %3 frames)</source>
        <translation>%1 (%2, %3 Strukturen)</translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation>Abschneideradius</translation>
    </message>
    <message>
        <source>%1 Å; units %2</source>
        <translation>%1 Å; Einheiten %2</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Add a potential</source>
        <translation>Ein Potential hinzufügen</translation>
    </message>
    <message>
        <source>Potentials (%1)</source>
        <translation>Potentiale (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Potentials at hand: %1. Sort by a click on a heading.</source>
        <translation>Vorhandene Potentiale: %1. Ein Klick auf eine Überschrift sortiert.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PotentialsTrainingPage</name>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>Fortsetzen…</translation>
    </message>
    <message>
        <source>Add to my potentials</source>
        <translation>Zu meinen Potentialen</translation>
    </message>
    <message>
        <source>Open data…</source>
        <translation>Daten öffnen…</translation>
    </message>
    <message>
        <source>Stops within one step; the state is kept and can be resumed exactly</source>
        <translation>Hält innerhalb eines Schritts an; der Stand bleibt und lässt sich genau fortsetzen</translation>
    </message>
    <message>
        <source>Continues a training that was stopped or interrupted as if it had never been: choose its folder</source>
        <translation>Setzt ein angehaltenes oder abgebrochenes Training fort, als wäre nichts gewesen: seinen Ordner wählen</translation>
    </message>
    <message>
        <source>Copies the trained model into your own folder under its name</source>
        <translation>Kopiert das trainierte Modell unter seinem Namen in Ihren Ordner</translation>
    </message>
    <message>
        <source>Predictions against labels of the test set appear here when the training has ended.</source>
        <translation>Vorhersagen gegen Referenzwerte der Testmenge erscheinen hier nach dem Training.</translation>
    </message>
    <message>
        <source>Open labelled structures to train on them.</source>
        <translation>Strukturen mit Referenzwerten öffnen, um darauf zu trainieren.</translation>
    </message>
    <message>
        <source>%1 hold fewer than three compositions: too few to keep some out of the training.</source>
        <translation>%1 enthalten weniger als drei Zusammensetzungen: zu wenige, um einige vom Training fernzuhalten.</translation>
    </message>
    <message>
        <source>Data: %1, %2 frames</source>
        <translation>Daten: %1, %2 Strukturen</translation>
    </message>
    <message>
        <source>Trains on the data that are open</source>
        <translation>Trainiert auf den geöffneten Daten</translation>
    </message>
    <message>
        <source>Open data with at least three compositions first</source>
        <translation>Zuerst Daten mit mindestens drei Zusammensetzungen öffnen</translation>
    </message>
    <message>
        <source>Folder of the training to resume</source>
        <translation>Ordner des Trainings, das fortgesetzt wird</translation>
    </message>
    <message>
        <source>The training was stopped; Resume continues it exactly. Its folder: %1</source>
        <translation>Das Training wurde angehalten; Fortsetzen macht genau dort weiter. Sein Ordner: %1</translation>
    </message>
    <message>
        <source>Best epoch %1 of %2. Unseen compositions: %3 meV/atom, %4 eV/Å</source>
        <translation>Beste Epoche %1 von %2. Nie gesehene Zusammensetzungen: %3 meV/Atom, %4 eV/Å</translation>
    </message>
    <message>
        <source>, %1 GPa</source>
        <translation>, %1 GPa</translation>
    </message>
    <message>
        <source> (before: %1 meV/atom, %2 eV/Å)</source>
        <translation> (vorher: %1 meV/Atom, %2 eV/Å)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PotentialsView</name>
    <message>
        <source>Potentials</source>
        <translation>Potentiale</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>&amp;Data set</source>
        <translation>&amp;Daten</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>Com&amp;pare</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>Added to your potentials: %1</source>
        <translation>Zu Ihren Potentialen hinzugefügt: %1</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PredictionPlot</name>
    <message>
        <source>Predicted against simulated values</source>
        <translation>Vorhergesagte gegen simulierte Werte</translation>
    </message>
    <message>
        <source>Open a dataset and train a model: predictions against simulated values appear here.</source>
        <translation>Öffnen Sie einen Datensatz und trainieren Sie ein Modell: Hier erscheinen Vorhersagen gegen simulierte Werte.</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>%1, simulated</source>
        <translation>%1, simuliert</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1, vorhergesagt</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ResultsCard</name>
    <message>
        <source>Results of the selected run</source>
        <translation>Ergebnisse des gewählten Laufs</translation>
    </message>
    <message>
        <source>D*</source>
        <translation>D*</translation>
    </message>
    <message>
        <source>Tracer diffusion coefficient of the mobile ion, one sixth of the slope of its MSD, with one standard deviation</source>
        <translation>Tracer-Diffusionskoeffizient des beweglichen Ions, ein Sechstel der Steigung seiner MSD, mit einer Standardabweichung</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Nernst–Einstein conductivity at the temperature of the run: σ = N q² D* / (V k_B T)</source>
        <translation>Leitfähigkeit nach Nernst und Einstein bei der Temperatur des Laufs: σ = N q² D* / (V k_B T)</translation>
    </message>
    <message>
        <source>MSD value</source>
        <translation>MSD-Wert</translation>
    </message>
    <message>
        <source>Mean of MSD(Δt) for Δt in 20–80 % of the run (Fu et al. 2026); comparable between runs of equal length only</source>
        <translation>Mittel von MSD(Δt) für Δt in 20–80 % des Laufs (Fu et al. 2026); vergleichbar nur zwischen gleich langen Läufen</translation>
    </message>
    <message>
        <source>Mean T</source>
        <translation>Mittlere T</translation>
    </message>
    <message>
        <source>Mean instantaneous temperature of the stored frames</source>
        <translation>Mittlere momentane Temperatur der gespeicherten Bilder</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Volume of the simulated cell</source>
        <translation>Volumen der simulierten Zelle</translation>
    </message>
    <message>
        <source>Broken TO₄</source>
        <translation>Gebrochene TO₄</translation>
    </message>
    <message>
        <source>Si and P with other than four O within 2.1 Å in the last frame; more than none means that the potential or the temperature is not sound</source>
        <translation>Si und P mit anderem als vier O innerhalb von 2,1 Å im letzten Bild; mehr als keines heißt, dass Potential oder Temperatur nicht taugen</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simuliert</translation>
    </message>
    <message>
        <source>Time and atoms of the run</source>
        <translation>Zeit und Atome des Laufs</translation>
    </message>
    <message>
        <source>Potential</source>
        <translation>Potential</translation>
    </message>
    <message>
        <source>Model that gave energies and forces</source>
        <translation>Modell, das Energien und Kräfte lieferte</translation>
    </message>
    <message>
        <source>%1 mS/cm</source>
        <translation>%1 mS/cm</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Select a run to see its diffusion coefficient, conductivity and MSD value.</source>
        <translation>Einen Lauf wählen, um Diffusionskoeffizient, Leitfähigkeit und MSD-Wert zu sehen.</translation>
    </message>
    <message>
        <source>embedded</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>%1 Å²</source>
        <translation>%1 Å²</translation>
    </message>
    <message>
        <source>%1 K</source>
        <translation>%1 K</translation>
    </message>
    <message>
        <source>%1 Å³</source>
        <translation>%1 Å³</translation>
    </message>
    <message>
        <source>%1 ps, %2 atoms</source>
        <translation>%1 ps, %2 Atome</translation>
    </message>
    <message>
        <source>Force spread</source>
        <translation>Kraftstreuung</translation>
    </message>
    <message>
        <source>Largest disagreement of a committee of potentials on the force on an atom; above the threshold the committee does not vouch for the run</source>
        <translation>Größte Uneinigkeit eines Komitees von Potentialen über die Kraft auf ein Atom; oberhalb der Schwelle bürgt das Komitee nicht für den Lauf</translation>
    </message>
    <message>
        <source>%1 eV/Å</source>
        <translation>%1 eV/Å</translation>
    </message>
    <message>
        <source>%1, above the threshold</source>
        <translation>%1, über der Schwelle</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::RoundsPlot</name>
    <message>
        <source>Errors and best outcome by round</source>
        <translation>Fehler und bestes Ergebnis je Runde</translation>
    </message>
    <message>
        <source>Above: the RMSE of the model, cross-validated on what was known after a round, and the RMSE of the round&apos;s picks as they had been predicted before they were simulated. Below: the outcomes of the picks and the best one so far.</source>
        <translation>Oben: der RMSE des Modells, kreuzvalidiert an dem, was nach einer Runde bekannt war, und der RMSE der Auswahl der Runde, wie sie vor der Simulation vorhergesagt war. Unten: die Ergebnisse der Auswahl und das bisher beste.</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runde</translation>
    </message>
    <message>
        <source>best so far</source>
        <translation>bisher bestes</translation>
    </message>
    <message>
        <source>regret</source>
        <translation>Abstand zum Besten</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>Regret</source>
        <translation>Abstand zum Besten</translation>
    </message>
    <message>
        <source>cross-validated</source>
        <translation>kreuzvalidiert</translation>
    </message>
    <message>
        <source>picks, beforehand</source>
        <translation>Auswahl, vorab</translation>
    </message>
    <message>
        <source>outcomes</source>
        <translation>Ergebnisse</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SimulationPanel</name>
    <message>
        <source>Relax first</source>
        <translation>Erst relaxieren</translation>
    </message>
    <message>
        <source>with cell</source>
        <translation>mit Zelle</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>alle Kerne</translation>
    </message>
    <message>
        <source>Langevin</source>
        <translation>Langevin</translation>
    </message>
    <message>
        <source>Berendsen</source>
        <translation>Berendsen</translation>
    </message>
    <message>
        <source>none (NVE)</source>
        <translation>keiner (NVE)</translation>
    </message>
    <message>
        <source>Stops the run in progress within one step; what was computed is kept (Ctrl+/)</source>
        <translation>Hält den Lauf innerhalb eines Schritts an; Berechnetes bleibt erhalten (Strg+/)</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Temperature of the dynamics, K</source>
        <translation>Temperatur der Dynamik, K</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Simulated time, ps. 10 ps show whether lithium moves; a diffusion coefficient wants 100 ps and more.</source>
        <translation>Simulierte Zeit, ps. 10 ps zeigen, ob sich Lithium bewegt; ein Diffusionskoeffizient braucht 100 ps und mehr.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Random decoration of the sites, start velocities and thermostat follow from it: the same seed gives the same run.</source>
        <translation>Zufällige Besetzung der Plätze, Anfangsgeschwindigkeiten und Thermostat folgen daraus: Gleicher Startwert, gleicher Lauf.</translation>
    </message>
    <message>
        <source>Relax the cell too</source>
        <translation>Auch die Zelle relaxieren</translation>
    </message>
    <message>
        <source>Lets the cell vectors relax to zero stress as well</source>
        <translation>Lässt auch die Zellvektoren bis zur Spannungsfreiheit relaxieren</translation>
    </message>
    <message>
        <source>Thermostat</source>
        <translation>Thermostat</translation>
    </message>
    <message>
        <source>Potential</source>
        <translation>Potential</translation>
    </message>
    <message>
        <source>embedded potential</source>
        <translation>eingebautes Potential</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Compute threads of the potential</source>
        <translation>Rechenthreads des Potentials</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>Ordner der Läufe</translation>
    </message>
    <message>
        <source>Every run gets a file of its own here; nothing is ever overwritten.</source>
        <translation>Jeder Lauf bekommt hier eine eigene Datei; nichts wird je überschrieben.</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>Modelldatei wählen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Builds the cell, relaxes it and runs the dynamics (Ctrl+Enter)</source>
        <translation>Baut die Zelle, relaxiert sie und rechnet die Dynamik (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Queue run</source>
        <translation>Einreihen</translation>
    </message>
    <message>
        <source>Name or file of a potential; the stage Potentials lists those at hand. Empty for the one shipped with the program</source>
        <translation>Name oder Datei eines Potentials; der Bereich Potentiale listet die vorhandenen. Leer für das mitgelieferte</translation>
    </message>
    <message>
        <source>warn</source>
        <translation>warnen</translation>
    </message>
    <message>
        <source>stop the run</source>
        <translation>Lauf anhalten</translation>
    </message>
    <message>
        <source>ignore</source>
        <translation>übergehen</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Uneinigkeit</translation>
    </message>
    <message>
        <source>When the committee disagrees</source>
        <translation>Wenn das Komitee uneins ist</translation>
    </message>
    <message>
        <source>What happens when the members of a committee of potentials disagree on the force on an atom by more than the threshold: nothing, a warning that the run keeps, or the end of the run. A single potential cannot disagree.</source>
        <translation>Was geschieht, wenn sich die Mitglieder eines Komitees von Potentialen über die Kraft auf ein Atom um mehr als die Schwelle uneins sind: nichts, eine Warnung, die beim Lauf bleibt, oder das Ende des Laufs. Ein einzelnes Potential kann nicht uneins sein.</translation>
    </message>
    <message>
        <source>Threshold of the force spread</source>
        <translation>Schwelle der Kraftstreuung</translation>
    </message>
    <message>
        <source>Force spread above which the committee is not trusted, eV/Å; at zero, its own</source>
        <translation>Kraftstreuung, über der dem Komitee nicht getraut wird, eV/Å; bei null seine eigene</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>Potentials (*.h5 *.json *.pth.tar *.pth *.pt)</source>
        <translation>Potentiale (*.h5 *.json *.pth.tar *.pth *.pt)</translation>
    </message>
    <message>
        <source>Bussi</source>
        <translation>Bussi</translation>
    </message>
    <message>
        <source>Nosé–Hoover</source>
        <translation>Nosé–Hoover</translation>
    </message>
    <message>
        <source>cell kept</source>
        <translation>Zelle bleibt</translation>
    </message>
    <message>
        <source>stochastic cell rescaling</source>
        <translation>stochastische Zellskalierung</translation>
    </message>
    <message>
        <source>Relaxes the atoms before the dynamics</source>
        <translation>Relaxiert die Atome vor der Dynamik</translation>
    </message>
    <message>
        <source>Bussi (stochastic velocity rescaling, 2007), Nosé–Hoover chains and Langevin (BAOAB) sample the canonical ensemble; Langevin&apos;s friction slows diffusion. Berendsen is the one of the reference study; none conserves energy.</source>
        <translation>Bussi (stochastische Skalierung der Geschwindigkeiten, 2007), Nosé–Hoover-Ketten und Langevin (BAOAB) erzeugen das kanonische Ensemble; Langevins Reibung bremst die Diffusion. Berendsen ist der der Vergleichsstudie; ohne Thermostat bleibt die Energie erhalten.</translation>
    </message>
    <message>
        <source>Barostat</source>
        <translation>Barostat</translation>
    </message>
    <message>
        <source>Keeps the cell, or lets its size follow the pressure: stochastic cell rescaling (Bernetti &amp; Bussi 2020) samples the isothermal–isobaric ensemble, Berendsen only finds the mean volume.</source>
        <translation>Lässt die Zelle, wie sie ist, oder ihre Größe dem Druck folgen: Stochastische Zellskalierung (Bernetti &amp; Bussi 2020) erzeugt das isotherm-isobare Ensemble, Berendsen findet nur das mittlere Volumen.</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Pressure that the barostat holds, GPa</source>
        <translation>Druck, den der Barostat hält, GPa</translation>
    </message>
    <message>
        <source>Equilibration</source>
        <translation>Äquilibrierung</translation>
    </message>
    <message>
        <source>Dynamics before the run proper, ps; nothing of it is stored or analysed.</source>
        <translation>Dynamik vor dem eigentlichen Lauf, ps; nichts davon wird gespeichert oder ausgewertet.</translation>
    </message>
    <message>
        <source>Temperature ladder</source>
        <translation>Temperaturleiter</translation>
    </message>
    <message>
        <source>Runs at several temperatures, for an Arrhenius plot</source>
        <translation>Läufe bei mehreren Temperaturen, für ein Arrhenius-Diagramm</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SiteTable</name>
    <message>
        <source>Sites of the mobile ion</source>
        <translation>Plätze des beweglichen Ions</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>Besetzung</translation>
    </message>
    <message>
        <source>Stay (ps)</source>
        <translation>Verweilzeit (ps)</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>Abgänge</translation>
    </message>
    <message>
        <source>Volume (Å³)</source>
        <translation>Volumen (Å³)</translation>
    </message>
    <message>
        <source>Amplitude (Å)</source>
        <translation>Amplitude (Å)</translation>
    </message>
    <message>
        <source>a</source>
        <translation>a</translation>
    </message>
    <message>
        <source>b</source>
        <translation>b</translation>
    </message>
    <message>
        <source>c</source>
        <translation>c</translation>
    </message>
    <message>
        <source>Mean number of ions in the site</source>
        <translation>Mittlere Zahl der Ionen auf dem Platz</translation>
    </message>
    <message>
        <source>Mean time that an ion stays, with one standard deviation</source>
        <translation>Mittlere Zeit, die ein Ion bleibt, mit einer Standardabweichung</translation>
    </message>
    <message>
        <source>Root mean square distance of its ions from the centre</source>
        <translation>Mittlerer quadratischer Abstand seiner Ionen von der Mitte (Wurzel)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpaceMap</name>
    <message>
        <source>Map of the composition space</source>
        <translation>Karte des Zusammensetzungsraums</translation>
    </message>
    <message>
        <source>x in the triangle</source>
        <translation>x im Dreieck</translation>
    </message>
    <message>
        <source>y in the triangle</source>
        <translation>y im Dreieck</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpaceMapPanel</name>
    <message>
        <source>Horizontal axis</source>
        <translation>Waagerechte Achse</translation>
    </message>
    <message>
        <source>Column along the horizontal axis</source>
        <translation>Spalte entlang der waagerechten Achse</translation>
    </message>
    <message>
        <source>Vertical axis</source>
        <translation>Senkrechte Achse</translation>
    </message>
    <message>
        <source>Column along the vertical axis</source>
        <translation>Spalte entlang der senkrechten Achse</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Column that the colours show</source>
        <translation>Spalte, die die Farben zeigen</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>Streudiagramm</translation>
    </message>
    <message>
        <source>Ternary</source>
        <translation>Dreieck</translation>
    </message>
    <message>
        <source>Element pairs</source>
        <translation>Elementpaare</translation>
    </message>
    <message>
        <source>Kind of map</source>
        <translation>Art der Karte</translation>
    </message>
    <message>
        <source>Two columns against each other, the shares of three species in a triangle, or means over all compositions that hold two elements</source>
        <translation>Zwei Spalten gegeneinander, die Anteile dreier Spezies in einem Dreieck oder Mittelwerte über alle Zusammensetzungen, die zwei Elemente enthalten</translation>
    </message>
    <message>
        <source>Corner of the triangle</source>
        <translation>Ecke des Dreiecks</translation>
    </message>
    <message>
        <source>Element at a corner of the triangle</source>
        <translation>Element an einer Ecke des Dreiecks</translation>
    </message>
    <message>
        <source>coloured by</source>
        <translation>gefärbt nach</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>Ganze Karte</translation>
    </message>
    <message>
        <source>Shows all points again (double click beside the points). The wheel zooms, the middle button moves, the left button draws around points; with Shift it adds them.</source>
        <translation>Zeigt wieder alle Punkte (Doppelklick neben die Punkte). Das Rad vergrößert, die mittlere Taste verschiebt, die linke Taste umfährt Punkte; mit Umschalt kommen sie hinzu.</translation>
    </message>
    <message>
        <source>No composition matches. Loosen the bounds on the left.</source>
        <translation>Keine Zusammensetzung passt. Die Grenzen links lockern.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpaceModel</name>
    <message>
        <source>In filters: %1</source>
        <translation>In Filtern: %1</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>Zusammensetzung</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpaceQueryPanel</name>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>How many sites of 16 each species takes, the host&apos;s own first: types of the literature (4-1 is 4:4:4:4, 5-1 is 4:3:3:3:3, 5-* all with five species) or your own counts such as 8:4:4. Several with commas between.</source>
        <translation>Wie viele von 16 Plätzen jede Spezies belegt, die des Wirtsgitters zuerst: Typen der Literatur (4-1 ist 4:4:4:4, 5-1 ist 4:3:3:3:3, 5-* alle mit fünf Spezies) oder eigene Anzahlen wie 8:4:4. Mehrere durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Species : counts</source>
        <translation>Spezies : Anzahlen</translation>
    </message>
    <message>
        <source>Least %1 per formula unit</source>
        <translation>Mindestgehalt an %1 je Formeleinheit</translation>
    </message>
    <message>
        <source>Most %1 per formula unit</source>
        <translation>Höchstgehalt an %1 je Formeleinheit</translation>
    </message>
    <message>
        <source>%1 per formula unit; both ends belong to the range. It follows from the charges of the species: each below 4+ adds %1, each above takes some away.</source>
        <translation>%1 je Formeleinheit; beide Grenzen gehören zum Bereich. Der Gehalt folgt aus den Ladungen der Spezies: Jede unter 4+ bringt %1 hinzu, jede darüber nimmt etwas weg.</translation>
    </message>
    <message>
        <source>%1 content</source>
        <translation>%1-Gehalt</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>medium or high (≥ 1 R)</source>
        <translation>mittel oder hoch (≥ 1 R)</translation>
    </message>
    <message>
        <source>high (≥ 1.5 R)</source>
        <translation>hoch (≥ 1,5 R)</translation>
    </message>
    <message>
        <source>Configurational entropy −R Σ x ln x of the mixed site</source>
        <translation>Konfigurationsentropie −R Σ x ln x des gemischten Platzes</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Elements: click to require, again to exclude</source>
        <translation>Elemente: Klick verlangt, noch einer schließt aus</translation>
    </message>
    <message>
        <source>valence</source>
        <translation>Wertigkeit</translation>
    </message>
    <message>
        <source>radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>What the colours of the elements show</source>
        <translation>Was die Farben der Elemente zeigen</translation>
    </message>
    <message>
        <source>Colour of the elements</source>
        <translation>Farbe der Elemente</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>e.g. S_config &gt; 1.5 and %1 &lt; 3 and not La</source>
        <translation>z. B. S_config &gt; 1.5 and %1 &lt; 3 and not La</translation>
    </message>
    <message>
        <source>Comparisons joined by and, or, not and parentheses. An element alone means that the composition holds it; with a number it is its amount per formula unit.&lt;br&gt;Columns: %1</source>
        <translation>Vergleiche, verbunden durch and, or, not und Klammern. Ein Element allein heißt, dass die Zusammensetzung es enthält; mit einer Zahl ist es seine Menge je Formeleinheit.&lt;br&gt;Spalten: %1</translation>
    </message>
    <message>
        <source>Takes back bounds, rules and filter</source>
        <translation>Nimmt Grenzen, Regeln und Filter zurück</translation>
    </message>
    <message>
        <source>change of the space</source>
        <translation>(Änderung des Raums)</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; compositions</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; Zusammensetzungen</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; of %2 compositions</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; von %2 Zusammensetzungen</translation>
    </message>
    <message>
        <source> (the first of more: narrow the space)</source>
        <translation> (nur die ersten, es gibt mehr: den Raum einengen)</translation>
    </message>
    <message>
        <source>No composition within these bounds.</source>
        <translation>Keine Zusammensetzung innerhalb dieser Grenzen.</translation>
    </message>
    <message>
        <source>Ionic radius %1 Å (Shannon 1976, coordination %2)</source>
        <translation>Ionenradius %1 Å (Shannon 1976, Koordinationszahl %2)</translation>
    </message>
    <message>
        <source>No ionic radius is tabulated.</source>
        <translation>Kein Ionenradius tabelliert.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpaceTablePanel</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which columns the table shows</source>
        <translation>Welche Spalten die Tabelle zeigt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the selected rows, to be pasted into a spreadsheet (Ctrl+C)</source>
        <translation>Kopiert die ausgewählten Zeilen zum Einfügen in eine Tabellenkalkulation (Strg+C)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Writes all rows that match as CSV</source>
        <translation>Schreibt alle passenden Zeilen als CSV</translation>
    </message>
    <message>
        <source>Compositions that match</source>
        <translation>Passende Zusammensetzungen</translation>
    </message>
    <message>
        <source>Amounts of elements</source>
        <translation>Mengen der Elemente</translation>
    </message>
    <message>
        <source>Export compositions</source>
        <translation>Zusammensetzungen exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpaceView</name>
    <message>
        <source>Composition space</source>
        <translation>Zusammensetzungsraum</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>C&amp;ompare</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>C&amp;ompare (%1)</source>
        <translation>&amp;Vergleich (%1)</translation>
    </message>
    <message>
        <source>E&amp;nsemble</source>
        <translation>E&amp;nsemble</translation>
    </message>
    <message>
        <source>Sta&amp;bility</source>
        <translation>&amp;Stabilität</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpeciesList</name>
    <message>
        <source>Colour in the 3D view</source>
        <translation>Farbe in der 3D-Ansicht</translation>
    </message>
    <message>
        <source>Number of %1 of %2 sites</source>
        <translation>Anzahl %1 auf %2 Plätzen</translation>
    </message>
    <message>
        <source>Take %1 away</source>
        <translation>%1 wegnehmen</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::SpreadPlot</name>
    <message>
        <source>Force spread of the committee against time</source>
        <translation>Kraftstreuung des Komitees gegen die Zeit</translation>
    </message>
    <message>
        <source>How far the members of the committee disagree on the force on an atom: on the atom with the largest spread (solid) and on average (dotted). Above the threshold the structure is outside what they were trained on.</source>
        <translation>Wie uneins die Mitglieder des Komitees über die Kraft auf ein Atom sind: für das Atom mit der größten Streuung (durchgezogen) und im Mittel (gepunktet). Über der Schwelle liegt die Struktur außerhalb dessen, womit sie trainiert wurden.</translation>
    </message>
    <message>
        <source>Force spread (eV/Å)</source>
        <translation>Kraftstreuung (eV/Å)</translation>
    </message>
    <message>
        <source>The disagreement of a committee of potentials appears here during a run.</source>
        <translation>Die Uneinigkeit eines Komitees von Potentialen erscheint hier während eines Laufs.</translation>
    </message>
    <message>
        <source>Time (ps)</source>
        <translation>Zeit (ps)</translation>
    </message>
    <message>
        <source>Relaxation step</source>
        <translation>Relaxationsschritt</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::StabilityPanel</name>
    <message>
        <source>First end member</source>
        <translation>Erstes Endglied</translation>
    </message>
    <message>
        <source>first formula</source>
        <translation>erste Formel</translation>
    </message>
    <message>
        <source>Second end member</source>
        <translation>Zweites Endglied</translation>
    </message>
    <message>
        <source>second formula</source>
        <translation>zweite Formel</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Stability between two compositions</source>
        <translation>Stabilität zwischen zwei Zusammensetzungen</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Ausgewählte</translation>
    </message>
    <message>
        <source>Takes the two compositions selected in the map or the table (Ctrl+click)</source>
        <translation>Übernimmt die zwei in der Karte oder der Tabelle ausgewählten Zusammensetzungen (Strg+Klick)</translation>
    </message>
    <message>
        <source>Number of compositions</source>
        <translation>Anzahl der Zusammensetzungen</translation>
    </message>
    <message>
        <source>Compositions from one end member to the other, both included. Each must fit into the cell in whole atoms.</source>
        <translation>Zusammensetzungen von einem Endglied zum anderen, beide eingeschlossen. Jede muss mit ganzen Atomen in die Zelle passen.</translation>
    </message>
    <message>
        <source> points</source>
        <translation> Punkte</translation>
    </message>
    <message>
        <source>Arrangements of each composition</source>
        <translation>Anordnungen je Zusammensetzung</translation>
    </message>
    <message>
        <source>Random arrangements of each composition: the lowest enters the hull, the others give the spread</source>
        <translation>Zufällige Anordnungen je Zusammensetzung: Die niedrigste geht in die konvexe Hülle ein, die anderen geben die Streuung</translation>
    </message>
    <message>
        <source>× </source>
        <translation>× </translation>
    </message>
    <message>
        <source> arr.</source>
        <translation> Anordn.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Takes the imported phases off the hull</source>
        <translation>Nimmt die importierten Phasen von der konvexen Hülle</translation>
    </message>
    <message>
        <source>Temperature of the weights</source>
        <translation>Temperatur der Gewichte</translation>
    </message>
    <message>
        <source>Temperature of the Boltzmann weights in the table</source>
        <translation>Temperatur der Boltzmann-Gewichte in der Tabelle</translation>
    </message>
    <message>
        <source> K</source>
        <translation> K</translation>
    </message>
    <message>
        <source>Compositions of the line</source>
        <translation>Zusammensetzungen der Linie</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>E_f (meV/atom)</source>
        <translation>E_f (meV/Atom)</translation>
    </message>
    <message>
        <source>E_hull (meV/atom)</source>
        <translation>E_hull (meV/Atom)</translation>
    </message>
    <message>
        <source>Spread (meV/atom)</source>
        <translation>Streuung (meV/Atom)</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Decomposes into</source>
        <translation>Zerfällt in</translation>
    </message>
    <message>
        <source>Share of the second end member, formula units</source>
        <translation>Anteil des zweiten Endglieds, in Formeleinheiten</translation>
    </message>
    <message>
        <source>Energy of formation from the two end members, lowest arrangement</source>
        <translation>Bildungsenergie aus den beiden Endgliedern, niedrigste Anordnung</translation>
    </message>
    <message>
        <source>Above the convex hull; 0 for a stable composition</source>
        <translation>Über der konvexen Hülle; 0 für eine stabile Zusammensetzung</translation>
    </message>
    <message>
        <source>Standard deviation over the arrangements</source>
        <translation>Standardabweichung über die Anordnungen</translation>
    </message>
    <message>
        <source>Boltzmann weight exp(−E_hull/kT) at the temperature above, E_hull for one atom</source>
        <translation>Boltzmann-Gewicht exp(−E_hull/kT) bei der Temperatur oben, E_hull für ein Atom</translation>
    </message>
    <message>
        <source>The mixture of lowest energy at this composition</source>
        <translation>Das Gemisch niedrigster Energie bei dieser Zusammensetzung</translation>
    </message>
    <message>
        <source>Stopped. Compute continues where it was: what is relaxed was kept.</source>
        <translation>Angehalten. „Berechnen“ macht an derselben Stelle weiter: Was relaxiert ist, blieb erhalten.</translation>
    </message>
    <message>
        <source>Builds and relaxes every composition of the line; what was relaxed before is taken from its file</source>
        <translation>Baut und relaxiert jede Zusammensetzung der Linie; bereits Relaxiertes kommt aus seiner Datei</translation>
    </message>
    <message>
        <source>Name both end members first</source>
        <translation>Zuerst beide Endglieder angeben</translation>
    </message>
    <message numerus="yes">
        <source>%n phases</source>
        <translation>
            <numerusform>%n Phase</numerusform>
            <numerusform>%n Phasen</numerusform>
        </translation>
    </message>
    <message>
        <source>Press Compute: energies between the end members appear here.</source>
        <translation>„Berechnen“ drücken: Die Energien zwischen den Endgliedern erscheinen hier.</translation>
    </message>
    <message>
        <source>Select two compositions in the map or the table (Ctrl+click), or type two formulas, then press Compute.</source>
        <translation>Zwei Zusammensetzungen in der Karte oder der Tabelle auswählen (Strg+Klick) oder zwei Formeln eingeben, dann „Berechnen“ drücken.</translation>
    </message>
    <message>
        <source>Competing phases</source>
        <translation>Konkurrierende Phasen</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import competing phases…</source>
        <translation>Konkurrierende Phasen importieren …</translation>
    </message>
    <message>
        <source>A table (CSV) with the columns formula, energy_per_atom or energy_per_formula_unit (eV), and label. The energies must come from the same potential: the differences are meV.</source>
        <translation>Eine Tabelle (CSV) mit den Spalten formula, energy_per_atom oder energy_per_formula_unit (eV) und label. Die Energien müssen aus demselben Potential stammen: Die Unterschiede sind meV.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::StructureView</name>
    <message>
        <source>3D view</source>
        <translation>3D-Ansicht</translation>
    </message>
    <message>
        <source>State of the view</source>
        <translation>Stand der Ansicht</translation>
    </message>
    <message>
        <source>Atoms</source>
        <translation>Atome</translation>
    </message>
    <message>
        <source>Show atoms</source>
        <translation>Atome zeigen</translation>
    </message>
    <message>
        <source>Bonds</source>
        <translation>Bindungen</translation>
    </message>
    <message>
        <source>Show bonds</source>
        <translation>Bindungen zeigen</translation>
    </message>
    <message>
        <source>Polyhedra</source>
        <translation>Polyeder</translation>
    </message>
    <message>
        <source>Show MO₆ octahedra and TO₄ tetrahedra</source>
        <translation>MO₆-Oktaeder und TO₄-Tetraeder zeigen</translation>
    </message>
    <message>
        <source>Trails</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Show the paths of the mobile ions up to the shown time</source>
        <translation>Wege der beweglichen Ionen bis zur gezeigten Zeit zeigen</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>Show the cell</source>
        <translation>Zelle zeigen</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>Gerüst</translation>
    </message>
    <message>
        <source>Show the atoms other than the mobile ion</source>
        <translation>Atome außer dem beweglichen Ion zeigen</translation>
    </message>
    <message>
        <source>Look along %1 (key %2)</source>
        <translation>Blick entlang %1 (Taste %2)</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Fit the whole cell into the view</source>
        <translation>Die ganze Zelle in die Ansicht einpassen</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>Save the view as PNG</source>
        <translation>Die Ansicht als PNG speichern</translation>
    </message>
    <message>
        <source>%1 / %2 ps</source>
        <translation>%1 / %2 ps</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1 ps</source>
        <translation>%1 ps</translation>
    </message>
    <message>
        <source>%1 K</source>
        <translation>%1 K</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>wird vorbereitet</translation>
    </message>
    <message>
        <source>relaxing, step %1</source>
        <translation>relaxiert, Schritt %1</translation>
    </message>
    <message>
        <source>largest force %1 eV/Å</source>
        <translation>größte Kraft %1 eV/Å</translation>
    </message>
    <message>
        <source>%1 atoms</source>
        <translation>%1 Atome</translation>
    </message>
    <message>
        <source>%1 Å³</source>
        <translation>%1 Å³</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TaskStrip</name>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Validating</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Measuring the start model</source>
        <translation>Fehler des Ausgangsmodells</translation>
    </message>
    <message>
        <source>Fitting reference energies</source>
        <translation>Anpassung der Referenzenergien</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Relaxing</source>
        <translation>Relaxation</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Annealing</source>
        <translation>Abkühlen</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangfolge</translation>
    </message>
    <message>
        <source>Displacements</source>
        <translation>Verschiebungen</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Abstände</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Finding sites</source>
        <translation>Plätze suchen</translation>
    </message>
    <message>
        <source>Following jumps</source>
        <translation>Sprünge verfolgen</translation>
    </message>
    <message>
        <source>Finding paths</source>
        <translation>Pfade suchen</translation>
    </message>
    <message>
        <source>Relaxing the ends</source>
        <translation>Relaxation der Enden</translation>
    </message>
    <message>
        <source>Relaxing the path</source>
        <translation>Relaxation des Pfads</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>Leiter</translation>
    </message>
    <message>
        <source>Simulating</source>
        <translation>Simuliert</translation>
    </message>
    <message>
        <source>Listing candidates</source>
        <translation>Listet Kandidaten auf</translation>
    </message>
    <message>
        <source>Measuring cells</source>
        <translation>Misst Zellen</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ThermoPlot</name>
    <message>
        <source>Temperature and potential energy against time</source>
        <translation>Temperatur und potentielle Energie gegen die Zeit</translation>
    </message>
    <message>
        <source>Instantaneous temperature (3N − 3 degrees of freedom) and potential energy of every stored frame; while the cell relaxes, the largest force and the energy of every step.</source>
        <translation>Momentane Temperatur (3N − 3 Freiheitsgrade) und potentielle Energie jedes gespeicherten Bilds; während der Relaxation die größte Kraft und die Energie jedes Schritts.</translation>
    </message>
    <message>
        <source>Temperature and energy appear here during a run.</source>
        <translation>Temperatur und Energie erscheinen hier während eines Laufs.</translation>
    </message>
    <message>
        <source>T (K)</source>
        <translation>T (K)</translation>
    </message>
    <message>
        <source>max |F| (eV/Å)</source>
        <translation>max |F| (eV/Å)</translation>
    </message>
    <message>
        <source>E (eV/atom)</source>
        <translation>E (eV/Atom)</translation>
    </message>
    <message>
        <source>Time (ps)</source>
        <translation>Zeit (ps)</translation>
    </message>
    <message>
        <source>Relaxation step</source>
        <translation>Relaxationsschritt</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TrainingForm</name>
    <message>
        <source>tuned</source>
        <translation>angepasst</translation>
    </message>
    <message>
        <source>Fit reference energies</source>
        <translation>Referenzenergien anpassen</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>alle Kerne</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Huber (δ 0.1)</source>
        <translation>Huber (δ 0,1)</translation>
    </message>
    <message>
        <source>Mean square</source>
        <translation>Quadratisch</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Ausgangsmodell</translation>
    </message>
    <message>
        <source>Model whose weights are the beginning: fine-tuning. A new model starts from random weights and wants more data and ten times the epochs.</source>
        <translation>Modell, dessen Gewichte der Anfang sind: Feinabstimmung. Ein neues Modell beginnt mit zufälligen Gewichten und braucht mehr Daten und zehnmal so viele Epochen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the trained model</source>
        <translation>Name des trainierten Modells</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Passes over the training set</source>
        <translation>Durchgänge durch die Trainingsmenge</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Step size of RAdam at the beginning; it falls along a cosine. 1e-3 to fine-tune, 3e-3 for a new model.</source>
        <translation>Schrittweite von RAdam zu Beginn; sie fällt entlang eines Kosinus. 1e-3 zur Feinabstimmung, 3e-3 für ein neues Modell.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Frames per step</source>
        <translation>Strukturen je Schritt</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Huber counts large errors linearly, so that a few bad labels do not rule</source>
        <translation>Huber zählt große Fehler linear, sodass wenige schlechte Referenzwerte nicht bestimmen</translation>
    </message>
    <message>
        <source>Weight of E</source>
        <translation>Gewicht von E</translation>
    </message>
    <message>
        <source>Weight of errors in eV/atom</source>
        <translation>Gewicht der Fehler in eV/Atom</translation>
    </message>
    <message>
        <source>Weight of F</source>
        <translation>Gewicht von F</translation>
    </message>
    <message>
        <source>Weight of errors in eV/Å</source>
        <translation>Gewicht der Fehler in eV/Å</translation>
    </message>
    <message>
        <source>Weight of σ</source>
        <translation>Gewicht von σ</translation>
    </message>
    <message>
        <source>Weight of errors in GPa</source>
        <translation>Gewicht der Fehler in GPa</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <source>Largest norm of the gradient of a step</source>
        <translation>Größte Norm des Gradienten eines Schritts</translation>
    </message>
    <message>
        <source>Fits the energy of each element to the training set, so that labels of another method (another zero of energy) can be learned</source>
        <translation>Passt die Energie jedes Elements an die Trainingsmenge an, sodass Werte einer anderen Methode (anderer Energienullpunkt) gelernt werden können</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Order of the frames and, for a new model, its first weights</source>
        <translation>Reihenfolge der Strukturen und bei einem neuen Modell seine ersten Gewichte</translation>
    </message>
    <message>
        <source>Split seed</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Which compositions validate and test: whole compositions are kept out of the training</source>
        <translation>Welche Zusammensetzungen validieren und testen: Ganze Zusammensetzungen bleiben dem Training fern</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Compute threads; runs in progress share the machine</source>
        <translation>Rechenthreads; laufende Simulationen teilen sich den Rechner</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Each training gets a folder of its own here, with the best model, the state for a resume and a log</source>
        <translation>Jedes Training bekommt hier einen eigenen Ordner mit dem besten Modell, dem Stand zum Fortsetzen und einem Protokoll</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>a new small model</source>
        <translation>neues kleines Modell</translation>
    </message>
    <message>
        <source>another file…</source>
        <translation>andere Datei…</translation>
    </message>
    <message>
        <source>Model to fine-tune</source>
        <translation>Modell zur Feinabstimmung</translation>
    </message>
    <message>
        <source>CHGNet models (%1)</source>
        <translation>CHGNet-Modelle (%1)</translation>
    </message>
    <message>
        <source>More: optimiser, averaging, freezing, replay</source>
        <translation>Mehr: Optimierer, Mittelung, Einfrieren, Wiederholung</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TrainingOptions</name>
    <message>
        <source>RAdam</source>
        <translation>RAdam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>konstant</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>RAdam (Liu et al. 2020), or AdamW with a weight decay of 0.01 (Loshchilov &amp; Hutter 2019)</source>
        <translation>RAdam (Liu et al. 2020) oder AdamW mit einem Gewichtszerfall von 0,01 (Loshchilov &amp; Hutter 2019)</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How the learning rate goes on after the warm-up</source>
        <translation>Wie die Lernrate nach dem Anlauf verläuft</translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation>Endet bei</translation>
    </message>
    <message>
        <source>Share of the learning rate where the cosine ends</source>
        <translation>Anteil der Lernrate, bei dem der Kosinus endet</translation>
    </message>
    <message>
        <source>Step every</source>
        <translation>Stufe alle</translation>
    </message>
    <message>
        <source>Epochs between steps of the learning rate</source>
        <translation>Epochen zwischen den Stufen der Lernrate</translation>
    </message>
    <message>
        <source>Step factor</source>
        <translation>Stufenfaktor</translation>
    </message>
    <message>
        <source>Each step multiplies the learning rate by this</source>
        <translation>Jede Stufe multipliziert die Lernrate damit</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Anlauf</translation>
    </message>
    <message>
        <source>Epochs over which the learning rate rises from zero</source>
        <translation>Epochen, über die die Lernrate von null ansteigt</translation>
    </message>
    <message>
        <source>Average (EMA)</source>
        <translation>Mittelwert (EMA)</translation>
    </message>
    <message>
        <source>Decay a step of the running average of the weights that is validated and saved; 0.999 smooths over about a thousand steps</source>
        <translation>Abklingfaktor je Schritt des gleitenden Mittelwerts (EMA) der Gewichte, der validiert und gespeichert wird; 0,999 glättet über etwa tausend Schritte</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Ends the training after so many epochs without a better one</source>
        <translation>Beendet das Training nach so vielen Epochen ohne eine bessere</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Weights that stay as they are: embeddings, basis, convolutions:2 (the first two), all-but-readout, or the beginning of a name; several with spaces between</source>
        <translation>Gewichte, die bleiben, wie sie sind: embeddings, basis, convolutions:2 (die ersten beiden), all-but-readout oder der Anfang eines Namens; mehrere durch Leerzeichen getrennt</translation>
    </message>
    <message>
        <source>Weight of m</source>
        <translation>Gewicht von m</translation>
    </message>
    <message>
        <source>Weight of errors of magnetic moments in μ_B; needs labels</source>
        <translation>Gewicht der Fehler magnetischer Momente in μ_B; braucht Referenzwerte</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Earlier data that the model should not forget: mixed into each batch, and what is held out of them is measured after every epoch</source>
        <translation>Frühere Daten, die das Modell nicht vergessen soll: Sie werden jedem Stapel beigemischt, und auf ihrem zurückgehaltenen Teil wird nach jeder Epoche der Fehler gemessen</translation>
    </message>
    <message>
        <source>Replay share</source>
        <translation>Wiederholungsanteil</translation>
    </message>
    <message>
        <source>Share of each batch drawn from the earlier data</source>
        <translation>Anteil jedes Stapels, der aus den früheren Daten stammt</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Teil (Fold)</translation>
    </message>
    <message>
        <source>Which tenth of the compositions validates; members of a committee take different ones</source>
        <translation>Welches Zehntel der Zusammensetzungen validiert; Mitglieder eines Komitees nehmen verschiedene</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>Dateien wählen</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TrainingPlot</name>
    <message>
        <source>Loss and validation errors against the epoch</source>
        <translation>Verlust und Validierungsfehler gegen die Epoche</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>F MAE (eV/Å)</source>
        <translation>F MAE (eV/Å)</translation>
    </message>
    <message>
        <source>E MAE (meV/atom)</source>
        <translation>E MAE (meV/Atom)</translation>
    </message>
    <message>
        <source>Loss and errors appear here after the first epoch.</source>
        <translation>Verlust und Fehler erscheinen hier nach der ersten Epoche.</translation>
    </message>
    <message>
        <source>Above the loss on the training set; below the mean absolute errors on compositions that are not in the training set: force components (left axis) and energies (right axis). Epoch 0 is the model that the training starts from; the ring marks the best epoch, which is kept. Dotted: force errors on what is held out of the replayed data, i.e. what is forgotten.</source>
        <translation>Oben der Verlust auf der Trainingsmenge; unten die mittleren absoluten Fehler auf Zusammensetzungen, die nicht in der Trainingsmenge sind: Kraftkomponenten (linke Achse) und Energien (rechte Achse). Epoche 0 ist das Modell, von dem das Training ausgeht; der Ring markiert die beste Epoche, die behalten wird. Gepunktet: Kraftfehler auf dem zurückgehaltenen Teil der wiederholten Daten, d. h. was vergessen wird.</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TransportNumbers</name>
    <message>
        <source>Begin of the fit window</source>
        <translation>Beginn des Fitfensters</translation>
    </message>
    <message>
        <source>End of the fit window</source>
        <translation>Ende des Fitfensters</translation>
    </message>
    <message>
        <source>Numbers of transport</source>
        <translation>Kennzahlen des Transports</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Fit</translation>
    </message>
    <message>
        <source>Lag times of the fit; drag the shaded window in the plot as well</source>
        <translation>Zeitdifferenzen des Fits; das schattierte Fenster im Diagramm lässt sich auch ziehen</translation>
    </message>
    <message>
        <source>Usual fit window</source>
        <translation>Übliches Fitfenster</translation>
    </message>
    <message>
        <source>The usual window: 10 to 70 % of the run</source>
        <translation>Das übliche Fenster: 10 bis 70 % des Laufs</translation>
    </message>
    <message>
        <source>Select a run with a few stored frames, or open a trajectory.</source>
        <translation>Einen Lauf mit einigen gespeicherten Bildern wählen oder eine Trajektorie öffnen.</translation>
    </message>
    <message>
        <source>D*</source>
        <translation>D*</translation>
    </message>
    <message>
        <source>D_σ</source>
        <translation>D_σ</translation>
    </message>
    <message>
        <source>From the displacement of the centre of charge: with all correlations between ions</source>
        <translation>Aus der Verschiebung des Ladungsschwerpunkts: mit allen Korrelationen zwischen Ionen</translation>
    </message>
    <message>
        <source>H_R</source>
        <translation>H_R</translation>
    </message>
    <message>
        <source>Haven ratio D*/D_σ: 1 for independent ions, 1/N for N that move as one; 95 %: %1 to %2</source>
        <translation>Haven-Verhältnis D*/D_σ: 1 für unabhängige Ionen, 1/N für N gemeinsam bewegte; 95 %: %1 bis %2</translation>
    </message>
    <message>
        <source>σ (N.–E.)</source>
        <translation>σ (N.–E.)</translation>
    </message>
    <message>
        <source>%1 mS/cm</source>
        <translation>%1 mS/cm</translation>
    </message>
    <message>
        <source>σ (coll.)</source>
        <translation>σ (koll.)</translation>
    </message>
    <message>
        <source>The same with D_σ: correlations between ions included</source>
        <translation>Dasselbe mit D_σ: einschließlich der Korrelationen zwischen Ionen</translation>
    </message>
    <message>
        <source>log–log slope</source>
        <translation>Steigung log–log</translation>
    </message>
    <message>
        <source>Of MSD against lag time in the window: 1 when diffusive</source>
        <translation>Des MSD über der Zeitdifferenz im Fenster: 1, wenn diffusiv</translation>
    </message>
    <message>
        <source>The window holds too few lags for a fit.</source>
        <translation>Das Fenster enthält zu wenige Zeitdifferenzen für einen Fit.</translation>
    </message>
    <message>
        <source>D_J</source>
        <translation>D_J</translation>
    </message>
    <message>
        <source>Jump diffusivity of %1 jumps between %2 sites, as if their directions were independent</source>
        <translation>Sprungdiffusivität von %1 Sprüngen zwischen %2 Plätzen, als wären ihre Richtungen unabhängig</translation>
    </message>
    <message>
        <source>f = D*/D_J</source>
        <translation>f = D*/D_J</translation>
    </message>
    <message>
        <source>Correlation factor: less than 1 where ions jump back</source>
        <translation>Korrelationsfaktor: kleiner als 1, wo Ionen zurückspringen</translation>
    </message>
    <message>
        <source>in concert</source>
        <translation>gemeinsam</translation>
    </message>
    <message>
        <source>%1 % (by chance %2 %)</source>
        <translation>%1 % (zufällig %2 %)</translation>
    </message>
    <message>
        <source>Jumps with another one near in time and space, against independent jumps</source>
        <translation>Sprünge mit einem anderen nahe in Zeit und Raum, gegen unabhängige Sprünge</translation>
    </message>
    <message>
        <source>barrier</source>
        <translation>Barriere</translation>
    </message>
    <message>
        <source>no path yet</source>
        <translation>noch kein Pfad</translation>
    </message>
    <message>
        <source> eV</source>
        <translation> eV</translation>
    </message>
    <message>
        <source>Highest free energy on the easiest endless path along each axis, above its lowest; from the density seen in this run</source>
        <translation>Höchste freie Energie auf dem leichtesten endlosen Pfad entlang jeder Achse über seiner niedrigsten; aus der Dichte dieses Laufs</translation>
    </message>
    <message>
        <source>%1 K</source>
        <translation>%1 K</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>Zusammensetzung</translation>
    </message>
    <message>
        <source>Potential</source>
        <translation>Potential</translation>
    </message>
    <message>
        <source>embedded, or not recorded</source>
        <translation>eingebettet oder nicht vermerkt</translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation>Ausgewertet</translation>
    </message>
    <message>
        <source>%1 frames, %2 ps, mean temperature %3 K, volume %4 Å³</source>
        <translation>%1 Bilder, %2 ps, mittlere Temperatur %3 K, Volumen %4 Å³</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>mobile %1, skipped %2 ps, drift %3, grid %4 Å, smoothing %5 Å, site depth %6 kT</source>
        <translation>beweglich %1, übersprungen %2 ps, Drift %3, Gitter %4 Å, Glättung %5 Å, Platztiefe %6 kT</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>abgezogen</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>belassen</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>%1 with Ionscape %2</source>
        <translation>%1 mit Ionscape %2</translation>
    </message>
    <message>
        <source>Tracer diffusion coefficient with one standard deviation, from the covariance of the displacements; 95 %: %1 to %2 cm²/s. Cross-checks: blocks of time ± %3, eight parts ± %4</source>
        <translation>Tracer-Diffusionskoeffizient mit einer Standardabweichung, aus der Kovarianz der Verschiebungen; 95 %: %1 bis %2 cm²/s. Gegenproben: Zeitblöcke ± %3, acht Teile ± %4</translation>
    </message>
    <message>
        <source>Nernst–Einstein conductivity: N q² D* / (V k_B T)</source>
        <translation>Nernst-Einstein-Leitfähigkeit: N q² D* / (V k_B T)</translation>
    </message>
    <message>
        <source>ν₀</source>
        <translation>ν₀</translation>
    </message>
    <message>
        <source>%1 THz</source>
        <translation>%1 THz</translation>
    </message>
    <message>
        <source>Attempt frequency: mean frequency of the ions&apos; vibrations, with its spread over the ions; the barriers of the jumps use %1 THz</source>
        <translation>Versuchsfrequenz: mittlere Frequenz der Schwingungen der Ionen, mit ihrer Streuung über die Ionen; die Barrieren der Sprünge nehmen %1 THz</translation>
    </message>
    <message>
        <source>amplitude</source>
        <translation>Amplitude</translation>
    </message>
    <message>
        <source>%1 Å</source>
        <translation>%1 Å</translation>
    </message>
    <message>
        <source>Root mean square vibration about a site along one axis; jumps do not count</source>
        <translation>Mittlere quadratische Schwingung um einen Platz entlang einer Achse; Sprünge zählen nicht</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>Of the conductivities and free energies; mean of the frames analysed: %1 K</source>
        <translation>Der Leitfähigkeiten und freien Energien; Mittel der ausgewerteten Bilder: %1 K</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TransportPlots</name>
    <message>
        <source>Distance along the path (Å)</source>
        <translation>Weg entlang des Pfads (Å)</translation>
    </message>
    <message>
        <source>Free energy (eV)</source>
        <translation>Freie Energie (eV)</translation>
    </message>
    <message>
        <source>r (Å)</source>
        <translation>r (Å)</translation>
    </message>
    <message>
        <source>g(r)</source>
        <translation>g(r)</translation>
    </message>
    <message>
        <source>neighbours within r</source>
        <translation>Nachbarn bis r</translation>
    </message>
    <message>
        <source>log–log</source>
        <translation>log–log</translation>
    </message>
    <message>
        <source>Double-logarithmic MSD with a guide of slope 1: parallel to it, motion is diffusive</source>
        <translation>Doppelt-logarithmisches MSD mit einer Hilfslinie der Steigung 1: parallel dazu ist die Bewegung diffusiv</translation>
    </message>
    <message>
        <source>Logarithmic axes</source>
        <translation>Logarithmische Achsen</translation>
    </message>
    <message>
        <source>σT</source>
        <translation>σT</translation>
    </message>
    <message>
        <source>D*</source>
        <translation>D*</translation>
    </message>
    <message>
        <source>Quantity of the Arrhenius plot</source>
        <translation>Größe im Arrhenius-Diagramm</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Tables, report, pictures and movies; plots have a menu on the right mouse button</source>
        <translation>Tabellen, Bericht, Bilder und Filme; Diagramme haben ein Menü auf der rechten Maustaste</translation>
    </message>
    <message>
        <source>Sites as table (CSV)…</source>
        <translation>Plätze als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Jumps as table (CSV)…</source>
        <translation>Sprünge als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Free energy along the easiest paths</source>
        <translation>Freie Energie entlang der leichtesten Pfade</translation>
    </message>
    <message>
        <source>No path without end through the cell yet: ions must have crossed it in the frames analysed.</source>
        <translation>Noch kein endloser Pfad durch die Zelle: Ionen müssen sie in den ausgewerteten Bildern durchquert haben.</translation>
    </message>
    <message>
        <source>Radial distribution functions</source>
        <translation>Radiale Verteilungsfunktionen</translation>
    </message>
    <message>
        <source>Radial distribution functions appear here after the analysis.</source>
        <translation>Radiale Verteilungsfunktionen erscheinen hier nach der Auswertung.</translation>
    </message>
    <message>
        <source>Van Hove function</source>
        <translation>Van-Hove-Funktion</translation>
    </message>
    <message>
        <source>The self part of the Van Hove function appears here after the analysis.</source>
        <translation>Der Selbstanteil der Van-Hove-Funktion erscheint hier nach der Auswertung.</translation>
    </message>
    <message>
        <source>Arrhenius</source>
        <translation>Arrhenius</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>Pfade</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>Jumps</source>
        <translation>Sprünge</translation>
    </message>
    <message>
        <source>Van Hove</source>
        <translation>Van Hove</translation>
    </message>
    <message>
        <source>along %1: %2 eV</source>
        <translation>entlang %1: %2 eV</translation>
    </message>
    <message>
        <source>Lag time Δt (ps)</source>
        <translation>Zeitdifferenz Δt (ps)</translation>
    </message>
    <message>
        <source>4πr²G_s (1/Å)</source>
        <translation>4πr²G_s (1/Å)</translation>
    </message>
    <message>
        <source>Energy (eV)</source>
        <translation>Energie (eV)</translation>
    </message>
    <message>
        <source>α₂</source>
        <translation>α₂</translation>
    </message>
    <message>
        <source>Displacement (Å)</source>
        <translation>Verschiebung (Å)</translation>
    </message>
    <message>
        <source>Energy along the path of a hop</source>
        <translation>Energie entlang des Pfads eines Sprungs</translation>
    </message>
    <message>
        <source>Select a jump and press “Find barrier (NEB)” on the left.</source>
        <translation>Einen Sprung auswählen und links „Barriere suchen (NEB)“ drücken.</translation>
    </message>
    <message>
        <source>Non-Gaussian parameter</source>
        <translation>Nicht-Gauß-Parameter</translation>
    </message>
    <message>
        <source>α₂ is 0 for Gaussian displacements; its maximum marks the time at which some ions have jumped and others not.</source>
        <translation>α₂ ist 0 für Gaußsche Verschiebungen; das Maximum zeigt die Zeit, zu der einige Ionen gesprungen sind und andere nicht.</translation>
    </message>
    <message>
        <source>The non-Gaussian parameter appears here after the analysis.</source>
        <translation>Der Nicht-Gauß-Parameter erscheint hier nach der Auswertung.</translation>
    </message>
    <message>
        <source>How far each mobile ion is from its start</source>
        <translation>Wie weit jedes bewegliche Ion von seinem Anfang ist</translation>
    </message>
    <message>
        <source>The displacements of the ions appear here after the analysis.</source>
        <translation>Die Verschiebungen der Ionen erscheinen hier nach der Auswertung.</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>NEB</source>
        <translation>NEB</translation>
    </message>
    <message>
        <source>Displacements</source>
        <translation>Verschiebungen</translation>
    </message>
    <message>
        <source>%1: %2 eV forth, %3 eV back</source>
        <translation>%1: %2 eV hin, %3 eV zurück</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>climbing image</source>
        <translation>kletterndes Bild</translation>
    </message>
    <message>
        <source>non-Gaussian parameter</source>
        <translation>Nicht-Gauß-Parameter</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>farthest</source>
        <translation>am weitesten</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TransportSettingsPanel</name>
    <message>
        <source>Analysis</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Mobile ion</source>
        <translation>Bewegliches Ion</translation>
    </message>
    <message>
        <source>Charge of the mobile ion</source>
        <translation>Ladung des beweglichen Ions</translation>
    </message>
    <message>
        <source> e</source>
        <translation> e</translation>
    </message>
    <message>
        <source>Left out at the beginning: equilibration</source>
        <translation>Am Anfang ausgelassen: Äquilibrierung</translation>
    </message>
    <message>
        <source>remove drift of the framework</source>
        <translation>Drift des Gerüsts abziehen</translation>
    </message>
    <message>
        <source>Subtracts the mass-weighted displacement of all other atoms</source>
        <translation>Zieht die massengewichtete Verschiebung aller anderen Atome ab</translation>
    </message>
    <message>
        <source>Largest distance between grid points of the density</source>
        <translation>Größter Abstand der Gitterpunkte der Dichte</translation>
    </message>
    <message>
        <source>Standard deviation of the Gaussian that the density is smoothed with</source>
        <translation>Standardabweichung der Gauß-Funktion, mit der die Dichte geglättet wird</translation>
    </message>
    <message>
        <source>How deep the valley between two peaks must be so that they are two sites</source>
        <translation>Wie tief das Tal zwischen zwei Maxima sein muss, damit sie zwei Plätze sind</translation>
    </message>
    <message>
        <source> kT</source>
        <translation> kT</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Gitter</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Site depth</source>
        <translation>Platztiefe</translation>
    </message>
    <message>
        <source>Surface that first encloses 95 % of the ions</source>
        <translation>Fläche, die zunächst 95 % der Ionen umschließt</translation>
    </message>
    <message>
        <source>Surface that first encloses 75 % of the ions</source>
        <translation>Fläche, die zunächst 75 % der Ionen umschließt</translation>
    </message>
    <message>
        <source>Surface that first encloses 40 % of the ions</source>
        <translation>Fläche, die zunächst 40 % der Ionen umschließt</translation>
    </message>
    <message>
        <source>Surface %1</source>
        <translation>Fläche %1</translation>
    </message>
    <message>
        <source>Density of surface %1</source>
        <translation>Dichte der Fläche %1</translation>
    </message>
    <message>
        <source>In 3D</source>
        <translation>In 3D</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Surfaces of equal density of the mobile ion</source>
        <translation>Flächen gleicher Dichte des beweglichen Ions</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>Spheres as large as their occupancy</source>
        <translation>Kugeln, so groß wie ihre Besetzung</translation>
    </message>
    <message>
        <source>Jumps</source>
        <translation>Sprünge</translation>
    </message>
    <message>
        <source>Arrows as thick as their rate</source>
        <translation>Pfeile, so dick wie ihre Rate</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>Pfade</translation>
    </message>
    <message>
        <source>Easiest endless paths, coloured by free energy</source>
        <translation>Leichteste endlose Pfade, gefärbt nach freier Energie</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Names of the sites</source>
        <translation>Namen der Plätze</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>A plane through the density, coloured by its logarithm</source>
        <translation>Eine Ebene durch die Dichte, gefärbt nach deren Logarithmus</translation>
    </message>
    <message>
        <source>Axis across the slice</source>
        <translation>Achse quer zum Schnitt</translation>
    </message>
    <message>
        <source>Position of the slice</source>
        <translation>Lage des Schnitts</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Copies of the cell along %1</source>
        <translation>Kopien der Zelle entlang %1</translation>
    </message>
    <message>
        <source>Fog</source>
        <translation>Nebel</translation>
    </message>
    <message>
        <source>The density as a fog in the colour of its logarithm, clear below the loosest surface</source>
        <translation>Die Dichte als Nebel in der Farbe ihres Logarithmus, klar unterhalb der weitesten Fläche</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::TransportStage</name>
    <message>
        <source>Jump from site %1 to site %2%3, seen %4 times</source>
        <translation>Sprung von Platz %1 zu Platz %2%3, %4-mal gesehen</translation>
    </message>
    <message>
        <source>ion %1</source>
        <translation>Ion %1</translation>
    </message>
    <message>
        <source>the ion in site %1</source>
        <translation>dem Ion auf Platz %1</translation>
    </message>
    <message>
        <source>From %1 to site %2, in the frame shown</source>
        <translation>Von %1 zu Platz %2, im gezeigten Bild</translation>
    </message>
    <message>
        <source>From %1: now click the site it should hop to</source>
        <translation>Von %1: jetzt den Platz anklicken, zu dem es springen soll</translation>
    </message>
    <message>
        <source>No ion is in site %1 in the frame shown: move the time or click an ion.</source>
        <translation>Auf Platz %1 ist im gezeigten Bild kein Ion: die Zeit verschieben oder ein Ion anklicken.</translation>
    </message>
    <message>
        <source>ion %1 → %2</source>
        <translation>Ion %1 → %2</translation>
    </message>
    <message>
        <source>image %1 of %2: %3 eV</source>
        <translation>Bild %1 von %2: %3 eV</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::ViewTools</name>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Measure: click two atoms for their distance, three for the angle, four for the dihedral</source>
        <translation>Messen: zwei Atome anklicken für den Abstand, drei für den Winkel, vier für den Diederwinkel</translation>
    </message>
    <message>
        <source>Views kept for later</source>
        <translation>Für später gemerkte Ansichten</translation>
    </message>
    <message>
        <source>click an atom</source>
        <translation>ein Atom anklicken</translation>
    </message>
    <message>
        <source>click a second atom</source>
        <translation>ein zweites Atom anklicken</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>Diese Ansicht merken</translation>
    </message>
    <message>
        <source>View %1</source>
        <translation>Ansicht %1</translation>
    </message>
    <message>
        <source>Forget all views</source>
        <translation>Alle Ansichten vergessen</translation>
    </message>
</context>
<context>
    <name>ionscape::gui::WaterfallPlot</name>
    <message>
        <source>Contributions to the prediction for the selected composition</source>
        <translation>Beiträge zur Vorhersage für die gewählte Zusammensetzung</translation>
    </message>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 on average, %3 here</source>
        <translation>%1: %2 im Mittel, %3 hier</translation>
    </message>
</context>
</TS>
