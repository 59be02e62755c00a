// SPDX-License-Identifier: GPL-3.0-or-later
// A QOpenGLWidget that shows a StructureScene: VTK renders into Qt's framebuffer, Qt's mouse steers the
// camera.
#include "gui/widgets/scene_widget.h"

#include <vtkCallbackCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLState.h>

#include <QMouseEvent>
#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QOpenGLFunctions>
#include <QString>
#include <QSurfaceFormat>
#include <QTimer>
#include <QWheelEvent>
#include <cmath>

#include "gui/scene/pathway_layers.h"

namespace ionscape::gui {

namespace {
constexpr int clickSlack = 4;  // device-independent pixels a click may wander and still not be a drag
constexpr int restMs = 250;    // after the last turn of the wheel
/// A software renderer fills few pixels: a large scene is drawn with half of them each way while it moves.
constexpr int reduction = 2;
constexpr std::size_t manyAtoms = 500;
constexpr std::size_t manyTriangles = 20000;
}  // namespace

struct SceneWidget::Impl {
    explicit Impl(SceneWidget* widget) : self(widget) {}

    SceneWidget* self;
    vtkNew<vtkGenericOpenGLRenderWindow> window;
    vtkNew<vtkCallbackCommand> contextEvents;
    scene::StructureScene scene;
    QMetaObject::Connection contextGone;
    QPointF pressedAt;
    QPointF lastAt;
    Qt::MouseButton button = Qt::NoButton;
    bool dragged = false;
    bool software = false;  ///< the driver has no graphics processor
    int reduced = 1;
    QTimer rest;

    void onContextEvent(unsigned long event, void* data);
    void releaseContext();
    void resizeWindow();
    /// Pixel of the render window (origin bottom left).
    QPoint pixelAt(const QPointF& position) const;
    /// The view is being turned: a slow renderer gets less to do.
    void beginMotion();
    void endMotion();
};

void SceneWidget::Impl::beginMotion() {
    rest.stop();
    if (!software || scene.isMoving()) return;
    const bool large =
        scene.atomGlyphCount() > manyAtoms || scene.pathways().surfaceTriangles() > manyTriangles;
    reduced = large ? reduction : 1;
    scene.setMoving(true);
}

void SceneWidget::Impl::endMotion() {
    if (!scene.isMoving()) return;
    reduced = 1;
    scene.setMoving(false);
    self->requestRender();
}

void SceneWidget::Impl::onContextEvent(unsigned long event, void* data) {
    auto* context = self->context();
    const bool current = context != nullptr && QOpenGLContext::currentContext() == context;
    if (event == vtkCommand::WindowIsCurrentEvent) {
        *static_cast<bool*>(data) = current;
    } else if (event == vtkCommand::WindowMakeCurrentEvent) {
        // makeCurrent() also binds Qt's framebuffer: calling it while VTK sets up its own would redirect
        // VTK's drawing.
        if (context != nullptr && !current) self->makeCurrent();
    }
}

void SceneWidget::Impl::releaseContext() {
    if (self->context() == nullptr) return;
    self->makeCurrent();
    window->Finalize();
    window->SetReadyForRendering(false);
    self->doneCurrent();
}

void SceneWidget::Impl::resizeWindow() {
    const double ratio = self->devicePixelRatioF() / reduced;
    window->SetDPI(static_cast<int>(std::lround(72.0 * ratio)));
    window->SetSize(static_cast<int>(std::lround(self->width() * ratio)),
                    static_cast<int>(std::lround(self->height() * ratio)));
}

QPoint SceneWidget::Impl::pixelAt(const QPointF& position) const {
    const double ratio = self->devicePixelRatioF() / reduced;
    return {static_cast<int>(position.x() * ratio),
            window->GetSize()[1] - 1 - static_cast<int>(position.y() * ratio)};
}

SceneWidget::SceneWidget(QWidget* parent) : QOpenGLWidget(parent), impl_(std::make_unique<Impl>(this)) {
    setMinimumSize(160, 120);
    setUpdateBehavior(QOpenGLWidget::NoPartialUpdate);
    auto* window = impl_->window.Get();
    window->SetOwnContext(0);
    window->SetReadyForRendering(false);
    window->SetFrameBlitMode(vtkOpenGLRenderWindow::NoBlit);
    window->SetMultiSamples(0);
    impl_->contextEvents->SetClientData(impl_.get());
    impl_->contextEvents->SetCallback([](vtkObject*, unsigned long event, void* self, void* answer) {
        static_cast<Impl*>(self)->onContextEvent(event, answer);
    });
    window->AddObserver(vtkCommand::WindowMakeCurrentEvent, impl_->contextEvents);
    window->AddObserver(vtkCommand::WindowIsCurrentEvent, impl_->contextEvents);
    impl_->scene.attachTo(window);
    impl_->rest.setSingleShot(true);
    connect(&impl_->rest, &QTimer::timeout, this, [this] { impl_->endMotion(); });
}

SceneWidget::~SceneWidget() {
    disconnect(impl_->contextGone);
    impl_->releaseContext();
    impl_->scene.detach();
    impl_->window->RemoveObserver(impl_->contextEvents);
}

void SceneWidget::setDefaultSurfaceFormat() {
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setSwapBehavior(QSurfaceFormat::DoubleBuffer);
    format.setRedBufferSize(8);
    format.setGreenBufferSize(8);
    format.setBlueBufferSize(8);
    format.setAlphaBufferSize(8);
    format.setDepthBufferSize(24);
    format.setSamples(0);
    QSurfaceFormat::setDefaultFormat(format);
}

scene::StructureScene& SceneWidget::scene() {
    return impl_->scene;
}

void SceneWidget::requestRender() {
    update();
}

void SceneWidget::initializeGL() {
    // Docking, floating and reparenting give the widget a new context; VTK lets go of the old one first.
    disconnect(impl_->contextGone);
    impl_->contextGone =
        connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] { impl_->releaseContext(); });
    auto* window = impl_->window.Get();
    window->SetForceMaximumHardwareLineWidth(1);
    window->SetReadyForRendering(true);
    window->SetMapped(1);
    window->OpenGLInitContext();
    // Measured on llvmpipe: antialiasing takes four fifths of a frame's time.
    const auto* name = reinterpret_cast<const char*>(context()->functions()->glGetString(GL_RENDERER));
    const QString driver = QString::fromLatin1(name);
    impl_->software = driver.contains("llvmpipe") || driver.contains("softpipe");
    impl_->scene.setAntialiasing(!impl_->software);
}

void SceneWidget::resizeGL(int, int) {
    impl_->resizeWindow();
}

void SceneWidget::paintGL() {
    auto* window = impl_->window.Get();
    impl_->resizeWindow();
    auto* state = window->GetState();
    state->Reset();
    state->Push();
    state->vtkglDepthFunc(GL_LEQUAL);  // Qt leaves GL_LESS
    window->Render();
    makeCurrent();

    const int drawnWidth = window->GetSize()[0], drawnHeight = window->GetSize()[1];
    const double ratio = devicePixelRatioF();
    const int width = static_cast<int>(std::lround(this->width() * ratio));
    const int height = static_cast<int>(std::lround(this->height() * ratio));
    state->vtkglBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
    const GLenum attachment = GL_COLOR_ATTACHMENT0;
    context()->extraFunctions()->glDrawBuffers(1, &attachment);
    state->vtkglViewport(0, 0, width, height);
    state->vtkglScissor(0, 0, width, height);
    window->BlitDisplayFramebuffer(0, 0, 0, drawnWidth, drawnHeight, 0, 0, width, height, GL_COLOR_BUFFER_BIT,
                                   impl_->reduced > 1 ? GL_LINEAR : GL_NEAREST);
    // Qt composes the picture with its alpha: make it opaque.
    state->vtkglColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
    state->vtkglClearColor(0.0f, 0.0f, 0.0f, 1.0f);
    state->vtkglClear(GL_COLOR_BUFFER_BIT);
    state->vtkglColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    state->Pop();
}

void SceneWidget::mousePressEvent(QMouseEvent* event) {
    impl_->pressedAt = impl_->lastAt = event->position();
    impl_->button = event->button();
    impl_->dragged = false;
    event->accept();
}

void SceneWidget::mouseMoveEvent(QMouseEvent* event) {
    if (impl_->button == Qt::NoButton) return;
    if ((event->position() - impl_->pressedAt).manhattanLength() > clickSlack) impl_->dragged = true;
    if (!impl_->dragged) return;
    impl_->beginMotion();
    const QPointF step = event->position() - impl_->lastAt;
    impl_->lastAt = event->position();
    const bool pans = impl_->button != Qt::LeftButton || event->modifiers().testFlag(Qt::ShiftModifier);
    const double ratio = devicePixelRatioF() / impl_->reduced;
    if (pans)
        impl_->scene.pan(step.x() * ratio, -step.y() * ratio);
    else
        impl_->scene.orbit(step.x(), -step.y());
    requestRender();
}

void SceneWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != impl_->button) return;
    if (impl_->button == Qt::LeftButton && !impl_->dragged) {
        const QPoint pixel = impl_->pixelAt(event->position());
        const auto what = impl_->scene.pick(pixel.x(), pixel.y());
        emit atomPicked(what && what->atom ? static_cast<int>(*what->atom) + 1 : 0);
        emit picked(what);
    }
    impl_->button = Qt::NoButton;
    impl_->endMotion();
}

void SceneWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const QPoint pixel = impl_->pixelAt(event->position());
    impl_->scene.centreOn(pixel.x(), pixel.y());
    requestRender();
}

void SceneWidget::wheelEvent(QWheelEvent* event) {
    constexpr double perNotch = 1.15;  // a notch is 120 units
    impl_->beginMotion();
    if (impl_->button == Qt::NoButton) impl_->rest.start(restMs);
    impl_->scene.zoom(std::pow(perNotch, event->angleDelta().y() / 120.0));
    requestRender();
    event->accept();
}

}  // namespace ionscape::gui
