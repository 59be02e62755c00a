#!/bin/sh
# Runs a program that needs OpenGL in a virtual X display with Mesa's software renderer.
export LIBGL_ALWAYS_SOFTWARE=1 QT_QPA_PLATFORM=xcb
exec xvfb-run -a -s "-screen 0 1920x1080x24 +extension GLX" "$@"
