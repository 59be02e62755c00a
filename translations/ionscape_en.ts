<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ionscape::gui::ImportForm</name>
    <message numerus="yes">
        <source>Atom type %1 (%n atoms)</source>
        <translation>
            <numerusform>Atom type %1 (%n atom)</numerusform>
            <numerusform>Atom type %1 (%n atoms)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnDecorations</name>
    <message numerus="yes">
        <source>%1: %2 ± %3 %4 over %n decorations; 5 to 95 %: %5 to %6 %4.</source>
        <translation>
            <numerusform>%1: %2 ± %3 %4 over %n decoration; 5 to 95 %: %5 to %6 %4.</numerusform>
            <numerusform>%1: %2 ± %3 %4 over %n decorations; 5 to 95 %: %5 to %6 %4.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lie outside the training data.</source>
        <translation>
            <numerusform>%n lies outside the training data.</numerusform>
            <numerusform>%n lie outside the training data.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be predicted.</source>
        <translation>
            <numerusform>%n could not be predicted.</numerusform>
            <numerusform>%n could not be predicted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnForm</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n relaxed cell(s)</source>
        <translation>
            <numerusform>%n relaxed cell</numerusform>
            <numerusform>%n relaxed cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n with a problem</numerusform>
            <numerusform>%n with a problem</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) have no such features; the table says why.</source>
        <translation>
            <numerusform>%n row has no such features; the table says why.</numerusform>
            <numerusform>%n rows have no such features; the table says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 from %n row(s)</source>
        <translation>
            <numerusform>%1 from %n row</numerusform>
            <numerusform>%1 from %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::LearnScreening</name>
    <message numerus="yes">
        <source>, %n without a value</source>
        <translation>
            <numerusform>, %n without a value</numerusform>
            <numerusform>, %n without a value</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) were added to the queue.</source>
        <translation>
            <numerusform>%n run was added to the queue.</numerusform>
            <numerusform>%n runs were added to the queue.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are in %1</source>
        <translation>
            <numerusform>%n picture is in %1</numerusform>
            <numerusform>%n pictures are in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Predicted from the composition alone by a surrogate that learnt %n compositions. The Learn stage predicts from a relaxed cell and says why.</source>
        <translation>
            <numerusform>Predicted from the composition alone by a surrogate that learnt %n composition. The Learn stage predicts from a relaxed cell and says why.</numerusform>
            <numerusform>Predicted from the composition alone by a surrogate that learnt %n compositions. The Learn stage predicts from a relaxed cell and says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::PairMap</name>
    <message numerus="yes">
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2: %3&lt;br&gt;%n composition(s)</source>
        <translation>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2: %3&lt;br&gt;%n composition</numerusform>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2: %3&lt;br&gt;%n compositions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::StabilityPanel</name>
    <message numerus="yes">
        <source>%n phases</source>
        <translation>
            <numerusform>%n phase</numerusform>
            <numerusform>%n phases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ionscape::gui::WaterfallPlot</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
</TS>
