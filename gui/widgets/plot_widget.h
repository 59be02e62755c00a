// SPDX-License-Identifier: GPL-3.0-or-later
// Base of the plots: palette, hint while empty, export as PNG, PDF and CSV.
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

class QCPAxis;
class QCPAxisRect;
class QCustomPlot;
class QLabel;

namespace ionscape::gui {

class PlotWidget : public QWidget {
    Q_OBJECT

  public:
    /// The data shown: one header line, then columns separated by commas; units in the header.
    virtual QString csv() const = 0;
    /// Stem of a file name, e.g. "msd".
    virtual QString name() const = 0;

    /// Writes by extension: .png, .pdf (both in the light palette, for paper) or .csv. Throws InputError for
    /// another extension and IoError when the file cannot be written; an existing file is replaced only by a
    /// whole one.
    void exportTo(const QString& path);
    /// A picture in the light palette, for paper: width × height device-independent pixels at `scale`.
    QImage paperImage(int width, int height, double scale);
    /// Shown in the middle while there is nothing to plot.
    void setEmptyHint(const QString& text);
    bool isEmpty() const { return empty_; }

  signals:
    /// Chosen in the context menu: "pdf", "png" or "csv".
    void exportRequested(const QString& extension);

  protected:
    explicit PlotWidget(QWidget* parent);
    QCustomPlot* plot() const { return plot_; }
    void setEmpty(bool empty);
    /// Colours everything that belongs to the subclass; axes, grid and legend are done already.
    virtual void restyle(const QPalette& palette) = 0;
    /// Fonts, colours and grid of all axes for `palette`, then restyle().
    void applyPalette(const QPalette& palette);
    static void setUpAxisRect(QCPAxisRect* rect);

    void changeEvent(QEvent* event) override;
    /// Export as PDF, PNG or CSV, and the numbers to the clipboard.
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QCustomPlot* plot_;
    QLabel* hint_;
    bool empty_ = true;
};

}  // namespace ionscape::gui
