<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
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
        <source>Type a formula, e.g. Li2.75Zr1.5Nb0.25Hf0.25Si2PO12</source>
        <translation>Formel eingeben, z. B. Li2.75Zr1.5Nb0.25Hf0.25Si2PO12</translation>
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
        <source>%1 site: %2 positions in %3</source>
        <translation>%1-Platz: %2 Positionen in %3</translation>
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
    <name>ionscape::gui::ElementLegend</name>
    <message>
        <source>Element colours: %1</source>
        <translation>Farben der Elemente: %1</translation>
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
        <source>Relaxes the atoms with FIRE before the dynamics</source>
        <translation>Relaxiert die Atome vor der Dynamik mit FIRE</translation>
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
        <source>Langevin (BAOAB, Leimkuhler &amp; Matthews 2013) samples the canonical ensemble; Berendsen is the one of the reference study; none conserves energy.</source>
        <translation>Langevin (BAOAB, Leimkuhler &amp; Matthews 2013) erzeugt das kanonische Ensemble; Berendsen ist der der Vergleichsstudie; ohne bleibt die Energie erhalten.</translation>
    </message>
    <message>
        <source>Potential</source>
        <translation>Potential</translation>
    </message>
    <message>
        <source>Model file (.h5, .pth.tar); empty for the one shipped with the program</source>
        <translation>Modelldatei (.h5, .pth.tar); leer für die mitgelieferte</translation>
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
        <source>Potentials (*.h5 *.pth.tar *.pth *.pt)</source>
        <translation>Potentiale (*.h5 *.pth.tar *.pth *.pt)</translation>
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
</TS>
