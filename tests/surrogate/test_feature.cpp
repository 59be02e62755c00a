// SPDX-License-Identifier: GPL-3.0-or-later
// Feature columns are found by their names, and a wrong name says which one was meant.
#include <QTest>

#include "core/base/error.h"
#include "core/surrogate/feature.h"

using ionscape::InputError;
using ionscape::surrogate::Feature;
using ionscape::surrogate::featureIndex;

class TestFeature : public QObject {
    Q_OBJECT

  private slots:
    void columnsAreFoundByName() {
        const std::vector<Feature> features = {{"a", "Å", "length", ""}, {"volume", "Å³", "volume", ""}};
        QCOMPARE(featureIndex(features, "a"), 0u);
        QCOMPARE(featureIndex(features, "volume"), 1u);
    }

    void aWrongNameIsExplained() {
        const std::vector<Feature> features = {{"a", "Å", "length", ""}, {"volume", "Å³", "volume", ""}};
        QVERIFY_EXCEPTION_THROWN(featureIndex(features, ""), InputError);
        try {
            featureIndex(features, "volune");
            QFAIL("no exception");
        } catch (const InputError& error) {
            QCOMPARE(error.what(), "there is no feature 'volune': did you mean volume?");
        }
    }
};

QTEST_APPLESS_MAIN(TestFeature)
#include "test_feature.moc"
