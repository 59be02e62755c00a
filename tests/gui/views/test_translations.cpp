// SPDX-License-Identifier: GPL-3.0-or-later
// Every translation file is complete and keeps the place holders of the source.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

class TestTranslations : public QObject {
    Q_OBJECT

    /// The text of a translation, or its numerus forms.
    static QStringList forms(QXmlStreamReader& xml) {
        QStringList texts{QString()};
        bool isNumerus = false;
        while (
            !(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == QLatin1String("translation"))) {
            if (xml.isStartElement()) {
                if (isNumerus) texts << QString();
                isNumerus = true;
            }
            if (xml.isCharacters() && !(isNumerus && xml.isWhitespace())) texts.last() += xml.text();
            if (xml.atEnd()) break;
        }
        if (isNumerus)
            for (QString& text : texts)
                text = text.trimmed();
        return texts;
    }

    static QStringList placeHolders(const QString& text) {
        QStringList found;
        static const QRegularExpression pattern("%(\\d+|n)");
        for (auto it = pattern.globalMatch(text); it.hasNext();)
            found << it.next().captured(0);
        found.sort();
        return found;
    }

  private slots:
    void complete_data() {
        QTest::addColumn<QString>("path");
        QDirIterator files(IONSCAPE_TRANSLATIONS, {"*.ts"}, QDir::Files);
        while (files.hasNext()) {
            const QString path = files.next();
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
        }
    }

    void complete() {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int messages = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == QLatin1String("source")) source = xml.readElementText();
            if (xml.name() != QLatin1String("translation")) continue;
            const QString type = xml.attributes().value("type").toString();
            const QStringList texts = forms(xml);
            if (type == "vanished" || type == "obsolete") continue;
            ++messages;
            for (const QString& text : texts) {
                QVERIFY2(type != "unfinished" && !text.isEmpty(), qPrintable("not translated: " + source));
                QVERIFY2(placeHolders(text) == placeHolders(source),
                         qPrintable("place holders differ: " + source));
            }
        }
        QVERIFY(!xml.hasError());
        // The English file holds plural forms only.
        QVERIFY(messages > (path.endsWith("_en.ts") ? 10 : 100));
    }
};

QTEST_APPLESS_MAIN(TestTranslations)
#include "test_translations.moc"
