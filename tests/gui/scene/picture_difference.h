// SPDX-License-Identifier: GPL-3.0-or-later
// Compares a picture with its baseline.
#pragma once

#include <vtkImageData.h>
#include <vtkImageDifference.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>

#include <QString>

namespace ionscape::tests {

inline QString baseline(const QString& name) {
    return QString(IONSCAPE_TEST_BASELINES) + "/" + name + ".png";
}

/// vtkImageDifference forgives differences up to 16 of 255 levels and edges that moved by a pixel, and sums
/// the rest in units of a whole pixel.
inline double difference(const QString& picture, const QString& expected) {
    vtkNew<vtkPNGReader> left;
    left->SetFileName(picture.toUtf8().constData());
    vtkNew<vtkPNGReader> right;
    right->SetFileName(expected.toUtf8().constData());
    vtkNew<vtkImageDifference> compare;
    compare->SetInputConnection(left->GetOutputPort());
    compare->SetImageConnection(right->GetOutputPort());
    compare->SetThreshold(16);
    compare->Update();
    return compare->GetThresholdedError();
}

}  // namespace ionscape::tests
