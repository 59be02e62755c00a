ionscape_test(test_scene_widget LABEL render XVFB SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_scene_widget.cpp
  LIBRARIES ionscape_gui_widgets Qt6::Widgets)
